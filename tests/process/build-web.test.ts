import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { secret } from '../support/http/tokens.ts';
import { ownDatabase } from '../support/postgres/database.ts';
import { runScript } from '../support/processes/clean-process.ts';
import { aDirectory, endWithTest, eventually } from '../support/processes/processes.ts';
import { aThrowAwayCopy } from '../support/repository/throw-away-copy.ts';

const main = 'apps/web/src/main.tsx';
const builtLine = /^Built the page in \d+\.\d s, because its sources had changed\.\n$/;
const { PATH, HOME } = process.env;

t.test('the page is built', async (t) => {
  const copy = aThrowAwayCopy(t, ['scripts']);
  const dist = join(copy.folder, 'apps/web/dist');
  const build = () => runScript(['scripts/build-web.mjs'], { cwd: copy.folder, env: { PATH, HOME } });
  const files = () => readdirSync(dist, { recursive: true }).map(String).sort();
  const scripts = () => files().filter((file) => file.endsWith('.js'));

  t.test('once', async (t) => {
    const first = await build();
    t.match(first, { code: 0, out: builtLine, err: '' });
    const page = readFileSync(join(dist, 'index.html'), 'utf8');
    for (const script of scripts().filter((file) => file.includes('index-'))) t.match(page, `./${script}`);
    t.notMatch(page, /(?:src|href)="\//, 'all addresses are relative');
    t.match(await build(), { code: 0, out: '', err: '' }, 'and not again');
  });

  t.test('again after a change of its sources, the client, or a library', async (t) => {
    const changes: Record<string, (text: string) => string> = {
      [main]: (text) => `${text}\nconsole.info('changed');\n`,
      'apps/web/index.html': (text) => text.replace('<title>', '<title>Changed '),
      'apps/web/vite.config.ts': (text) => `${text}\n`,
      'packages/client/src/index.ts': (text) => `${text}\n`,
      'apps/web/package.json': (text) => text.replace('"private"', '"homepage": "x", "private"'),
    };
    for (const [path, change] of Object.entries(changes)) {
      await copy.having({ [path]: change }, async () => {
        t.match(await build(), { code: 0, out: builtLine }, path);
        t.match(await build(), { code: 0, out: '' }, `${path}: once`);
      });
    }
    await copy.having({ [main]: (text) => `${text}\nconsole.info('another');\n` }, build);
    const before = scripts();
    t.match((await build()).out, builtLine);
    t.not(scripts().join(), before.join(), 'the name of a changed file is another');
    t.equal(scripts().length, before.length, 'and the one before is gone');
  });

  t.test('by several at once', async (t) => {
    await copy.having({ [main]: (text) => `${text}\nconsole.info('at once');\n` }, async () => {
      for (const { code, out, err } of await Promise.all([build(), build(), build()]))
        t.match({ code, err }, { code: 0, err: '' }, out);
      t.match(await build(), { code: 0, out: '' });
      t.notMatch(files().join('\n'), '.building', 'nothing is left over');
    });
  });

  t.test('or, where that fails, stays as it was, and the API starts all the same', async (t) => {
    await build();
    const before = files();
    await copy.having({ [main]: 'render(<h1>Task' }, async () => {
      const failed = await build();
      t.equal(failed.code, 1);
      t.match(
        failed.out,
        /^The page could not be built, and the API starts without it or with an older one\. Mend this,/,
      );
      t.match(failed.out, 'main.tsx', 'it says where');
      t.strictSame(files(), before);

      const child = spawn(process.execPath, ['scripts/start.mjs'], {
        cwd: copy.folder,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH,
          HOME,
          HOST: '127.0.0.1',
          PORT: '0',
          DATABASE_URL: await ownDatabase(t),
          BETTER_AUTH_SECRET: secret,
          TASKWARD_DATA_DIR: await aDirectory(t, 'start'),
        },
      });
      const end = endWithTest(child);
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
      });
      t.ok(await eventually(() => output.includes('Ctrl-C stops it') || child.exitCode !== null), output);
      t.match(output, 'The page could not be built');
      t.match(output, /Page {3}http:\/\/localhost:\d+/, 'with the older one');
      end();
    });
  });
});

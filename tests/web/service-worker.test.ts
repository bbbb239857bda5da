import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import t from 'tap';
import { findProgram, missingProgram } from '../support/processes/programs.ts';

const root = join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'";

/** Serves a built page under a path, and beside it an API. */
const aServer = async (scope: { teardown(close: () => unknown): void }, folder: string, path: string) => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    send(url, response);
  });
  const send = (url: string, response: ServerResponse): void => {
    const name = url.slice(path.length) || 'index.html';
    if (name === 'api/tasks' || name === 'web-app.json') {
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ asked: asked.length }));
      return;
    }
    const type = types[extname(name)] ?? 'application/octet-stream';
    response.setHeader('content-type', type).setHeader('content-security-policy', policy);
    if (name.startsWith('assets/')) response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    try {
      response.end(readFileSync(join(folder, name)));
    } catch {
      response.writeHead(404).end();
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  scope.teardown(close);
  return { url: `http://127.0.0.1:${port}${path}`, asked, close };
};

t.test(
  'the page opens again without a server, under a path',
  { skip: missingProgram('chromium') ?? false },
  async (t) => {
    const folder = t.testdir();
    const vite = spawnSync(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder],
      {
        cwd: join(root, 'apps/web'),
        encoding: 'utf8',
      },
    );
    t.equal(vite.status, 0, vite.stderr);
    const server = await aServer(t, folder, '/some/path/');
    const browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? '',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    t.teardown(() => browser.close());
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.url);
    await page.evaluate("navigator.serviceWorker.register('./sw.js')");
    await page.evaluate('navigator.serviceWorker.ready');
    await page.waitForFunction('navigator.serviceWorker.controller !== null');
    const read = (name: string) => page.evaluate(`fetch('${name}').then((r) => r.json(), (error) => error.name)`);
    const before = await read('web-app.json');
    await read('api/tasks');

    await page.reload();
    t.ok(server.asked.includes('/some/path/'), 'with a server, it asks the server');
    const shown = await page.content();
    const config = await read('web-app.json');
    t.notSame(config, before, 'and for its settings');

    await server.close();
    await page.reload();
    t.equal(await page.content(), shown, 'the page is drawn by its script');
    t.match(shown, /<div id="app"><./);
    t.same(await read('web-app.json'), config);
    t.equal(await read('api/tasks'), 'TypeError', 'nothing of the API is kept');
    t.strictSame(errors, []);
  },
);

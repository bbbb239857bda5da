import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findProgram } from '../support/processes/programs.ts';

interface Scope {
  teardown(close: () => unknown): void;
}

const root = join(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'";

/** Serves a built page under a path, and beside it an API. */
export const aServer = async (scope: Scope, folder: string, path: string) => {
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

/** Builds the page, or what another configuration names, into a folder. @returns what went wrong; empty if nothing did */
export const build = (folder: string, ...options: string[]): string => {
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir', ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: join(root, 'apps/web'), encoding: 'utf8' });
  return status === 0 ? '' : `${status} ${stderr}`;
};

/** Opens a page in a browser of its own, and collects its errors. */
export const aPage = async (scope: Scope) => {
  const browser = await chromium.launch({
    executablePath: findProgram('chromium') ?? '',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  scope.teardown(() => browser.close());
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
};

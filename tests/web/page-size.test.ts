import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { buildPage } from '../support/browser/web-server.ts';
import { root } from '../support/repository/workspace.ts';

const limit = 60 * 1024;

const gzippedSize = (scripts: readonly Uint8Array[]): number =>
  scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);

t.test('all scripts of the page are at most 60 KiB gzipped', async (t) => {
  await buildPage();
  const dist = join(root, 'apps/web/dist');
  const scripts = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.js'));
  t.ok(
    scripts.some((name) => name.startsWith('assets')),
    'the page has a script',
  );
  const size = gzippedSize(await Promise.all(scripts.map((name) => readFile(join(dist, name)))));
  t.comment(`${(size / 1024).toFixed(1)} KiB`);
  t.ok(size <= limit, `${size} bytes`);
});

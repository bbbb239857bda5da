// What `npm test` runs: tap, with the databases that the tests need beside it. Arguments go to tap.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { prepareGivenDatabase } from './support/given-database.ts';

const root = dirname(import.meta.dirname);

// tap takes files, people think in folders.
const filesOf = (argument: string): string[] =>
  statSync(argument, { throwIfNoEntry: false })?.isDirectory() ? globSync(join(argument, '**/*.test.ts')) : [argument];

const tap = join(root, 'node_modules/tap/dist/esm/run.mjs');

// tap compiles its plugins in on demand only, and .taprc leaves one out that does not go with this TypeScript. What an
// installation brings has it still in.
const buildTap = async (): Promise<void> => {
  const stamp = join(root, 'node_modules/.cache/tap-built');
  const wanted = await readFile(join(root, '.taprc'), 'utf8');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  const [code] = await once(
    spawn(process.execPath, [tap, 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  if (code !== 0) throw new Error('tap could not be built: remove node_modules and run `npm test` again.');
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, wanted);
};

const runTap = async (env: Record<string, string>): Promise<number> => {
  const child = spawn(process.execPath, [tap, ...process.argv.slice(2).flatMap(filesOf)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill());
  const [code] = await once(child, 'exit');
  return code ?? 1;
};

await buildTap();
const directory = await mkdtemp(join(tmpdir(), 'taskward-test-'));
// PostgreSQL may run as another user, who must get in.
await chmod(directory, 0o755);
const database = await startEmbeddedDatabase({
  directory,
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
});
try {
  const { DATABASE_URL } = process.env;
  const given = DATABASE_URL === undefined ? undefined : await prepareGivenDatabase(DATABASE_URL);
  process.exitCode = await runTap({
    TASKWARD_TEST_SERVER_URL: database.url,
    ...(given !== undefined && { TASKWARD_TEST_DATABASE_URL: given.url }),
  });
  await given?.cleanUp();
} finally {
  await database.release();
  await rm(directory, { recursive: true, force: true });
}

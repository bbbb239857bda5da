// What `npm test` runs: the test files, with the databases that they need beside them. Arguments are files and folders;
// with an option other than `--reporter=tap` it is all up to the `tap` command.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { closeDatabase, loginRole, migrate, openDatabase } from '@taskward/adapters-postgres';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { isWaiting, testFiles } from './runner/files.ts';
import { makeReport, writeTap } from './runner/report.ts';
import { runInWorkers } from './runner/workers.ts';
import { poolSettings } from './support/postgres/database.ts';
import { prepareGivenDatabase } from './support/postgres/given-database.ts';

const root = dirname(import.meta.dirname);
const given = process.argv.slice(2);
const options = given.filter((argument) => argument.startsWith('-'));

const chosenFiles = (): string[] => {
  try {
    return testFiles(
      root,
      given.filter((argument) => !argument.startsWith('-')),
    );
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
};
const files = chosenFiles();

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

const runTap = async (env: NodeJS.ProcessEnv): Promise<number> => {
  await buildTap();
  const child = spawn(process.execPath, [tap, ...options, ...files], { cwd: root, stdio: 'inherit', env });
  process.on('SIGTERM', () => child.kill());
  const [code] = await once(child, 'exit');
  return code ?? 1;
};

const runFiles = async (env: NodeJS.ProcessEnv, asTap: boolean): Promise<number> => {
  // What is skipped in CI would never be run anywhere.
  const skipsFail = process.env.CI === 'true';
  const screen = asTap ? { write: () => {} } : process.stdout;
  const report = makeReport(screen, { files: files.length, skipsFail });
  if (asTap) process.stdout.write('TAP version 14\n');
  let number = 0;
  await runInWorkers(files, {
    cwd: root,
    env,
    cores: availableParallelism(),
    isWaiting,
    onPass: report.passed,
    onFailure: report.failed,
    onResult(result) {
      number += 1;
      if (asTap) writeTap(process.stdout, number, result);
      report.finished(result);
    },
  });
  const { passed, failed, skipped } = report.end();
  if (asTap) process.stdout.write(`1..${number}\n# ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
};

const directory = await mkdtemp(join(tmpdir(), 'taskward-test-'));
// PostgreSQL may run as another user, who must get in.
await chmod(directory, 0o755);
// A run within a run, as the tests of this file are, shares the server.
const { TASKWARD_TEST_SERVER_URL: serverUrl } = process.env;
const database =
  serverUrl === undefined
    ? await startEmbeddedDatabase({
        directory,
        settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
      })
    : { url: serverUrl, release: async () => {} };
// A terminal sends Ctrl-C to the tests as well: they end, and then what they used is put away.
process.on('SIGINT', () => {});
try {
  const { DATABASE_URL } = process.env;
  const prepared = DATABASE_URL === undefined ? undefined : await prepareGivenDatabase(DATABASE_URL);
  const shared = openDatabase(prepared?.url ?? database.url, poolSettings);
  await migrate(shared, await loginRole(shared));
  await closeDatabase(shared);
  const env = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    TASKWARD_TEST_SERVER_URL: database.url,
    TASKWARD_TEST_MIGRATED: '1',
    ...(prepared !== undefined && { TASKWARD_TEST_DATABASE_URL: prepared.url }),
    ...(process.env.TASKWARD_STATEMENTS !== undefined && {
      NODE_OPTIONS: `--import=${join(root, 'tests/citus/record-statements.ts')}`,
    }),
  };
  const isOurs = options.every((option) => option === '--reporter=tap');
  process.exitCode = isOurs ? await runFiles(env, options.length > 0) : await runTap(env);
  await prepared?.cleanUp();
} finally {
  await database.release();
  await rm(directory, { recursive: true, force: true });
}

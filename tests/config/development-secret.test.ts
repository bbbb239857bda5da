import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { acquireResources, readConfig } from '@taskward/api';
import t, { type Test } from 'tap';

const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nowhere';

/** A data directory of the test's own, which does not exist yet. */
const aDataDirectory = (t: Test): string => {
  const parent = mkdtempSync(join(tmpdir(), 'taskward-secret-'));
  const directory = join(parent, 'not', 'there', 'yet');
  t.teardown(() => rmSync(parent, { recursive: true, force: true }));
  return directory;
};

const acquire = async (directory: string, env: Record<string, string> = {}) => {
  const notices: string[] = [];
  const config = readConfig({ DATABASE_URL: databaseUrl, TASKWARD_DATA_DIR: directory, ...env });
  const resources = await acquireResources(config, (line) => notices.push(line));
  return { given: config, notices, ...resources };
};

t.test('a secret is made once, for its owner only, and found again', async (t) => {
  const directory = aDataDirectory(t);
  const umask = process.umask(0);
  const first = await acquire(directory).finally(() => process.umask(umask));
  t.match(first.config.auth.secret, /^[\w-]{43}$/, '32 random bytes');
  t.strictSame(readdirSync(directory), ['secret'], 'and nothing else is made where DATABASE_URL is set');
  if (process.platform !== 'win32') t.equal(statSync(join(directory, 'secret')).mode & 0o777, 0o600);
  t.equal(readFileSync(join(directory, 'secret'), 'utf8').trim(), first.config.auth.secret);
  t.strictSame(
    first.config,
    { ...first.given, databaseUrl, auth: { ...first.given.auth, secret: first.config.auth.secret } },
    'all else is as configured',
  );
  t.strictSame(first.notices, []);

  const changed = statSync(join(directory, 'secret')).mtimeMs;
  const second = await acquire(directory);
  t.equal(second.config.auth.secret, first.config.auth.secret);
  t.equal(statSync(join(directory, 'secret')).mtimeMs, changed, 'it is not written again');
  await first.release();
  await second.release();
  t.equal((await acquire(directory)).config.auth.secret, first.config.auth.secret, 'letting go does not remove it');
});

t.test('the directory is of the configuration, absolute, and that of the project where none is set', async (t) => {
  const directoryOf = (TASKWARD_DATA_DIR: string) => readConfig({ TASKWARD_DATA_DIR }).dataDirectory;
  t.equal(directoryOf('some/where'), resolve('some/where'));
  t.equal(directoryOf(tmpdir()), tmpdir());
  for (const nothing of ['', ' ']) t.equal(directoryOf(nothing), resolve(import.meta.dirname, '../../.data'));
});

t.test('each directory has a secret of its own', async (t) => {
  const one = await acquire(aDataDirectory(t));
  t.not((await acquire(aDataDirectory(t))).config.auth.secret, one.config.auth.secret);
});

t.test('all who start at once have the same', async (t) => {
  const directory = aDataDirectory(t);
  const all = await Promise.all(Array.from({ length: 10 }, () => acquire(directory)));
  t.equal(new Set(all.map(({ config }) => config.auth.secret)).size, 1);
  t.match(all[0]?.config.auth.secret, /^[\w-]{43}$/);
});

t.test('a secret that is set is taken, and none is made', async (t) => {
  const directory = aDataDirectory(t);
  const { config } = await acquire(directory, { BETTER_AUTH_SECRET: 'a secret of my own' });
  t.equal(config.auth.secret, 'a secret of my own');
  t.throws(() => readdirSync(directory), { code: 'ENOENT' });
});

t.test('a file that a crash left empty is not taken for a secret', async (t) => {
  const directory = aDataDirectory(t);
  await acquire(directory);
  writeFileSync(join(directory, 'secret'), '');
  // A new one, or an error that says what to do; but not a key that anybody can guess.
  const secret = await acquire(directory).then(
    ({ config }) => config.auth.secret,
    (error: Error) => error.message,
  );
  t.not(secret, '');
});

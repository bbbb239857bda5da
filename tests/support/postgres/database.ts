import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabase, type Database, loginRole, migrate, openDatabase } from '@taskward/adapters-postgres';
import { startEmbeddedDatabase } from '@taskward/embedded-database';

export const poolSettings = { size: 5, maxOverflow: 5, prePing: true, recycleSeconds: 300, connectSeconds: 10 };

/** A place to close what a test opened. */
interface Scope {
  teardown(close: () => Promise<void>): void;
}

/**
 * The database server that tests may do anything to: a superuser's URL. `npm test` starts one for the whole run; a
 * test file that is run by itself starts its own.
 */
export const testServerUrl = async (scope: Scope): Promise<string> => {
  if (process.env.TASKWARD_TEST_SERVER_URL !== undefined) return process.env.TASKWARD_TEST_SERVER_URL;
  const directory = join(tmpdir(), `taskward-test-${process.getuid?.() ?? 0}`);
  const database = await startEmbeddedDatabase({ directory, settings: { fsync: 'off' } });
  scope.teardown(() => database.release());
  return database.url;
};

/** The same server or login with another database. */
export const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

/** Opens a database and closes it when the test ends. */
export const open = (scope: Scope, url: string, settings = poolSettings): Database => {
  const database = openDatabase(url, settings);
  scope.teardown(() => closeDatabase(database));
  return database;
};

/** Runs SQL as whoever opened the database. */
export const sqlOn =
  ({ orm }: Database) =>
  <T = Record<string, unknown>>(text: string, parameters: unknown[] = []): Promise<T[]> =>
    orm.em.getConnection().execute(text, parameters);

/** Where the database that all tests share is. */
export const sharedDatabaseUrl = async (scope: Scope): Promise<string> =>
  process.env.TASKWARD_TEST_DATABASE_URL ?? (await testServerUrl(scope));

const migrated = new Map<string, Promise<unknown>>();

// A busy machine may need longer to accept a connection than Taskward waits for one.
const patienceMilliseconds = 60_000;

const migratePatiently = async (database: Database): Promise<void> => {
  for (const deadline = Date.now() + patienceMilliseconds; ; await wait(100)) {
    try {
      await migrate(database, await loginRole(database));
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'database/unavailable' || Date.now() > deadline) throw error;
    }
  }
};

/**
 * The migrated database that all tests share: each works with users of its own, so none sees another's tasks.
 * It is on the server of DATABASE_URL where that is set, which `npm test` has prepared.
 */
export const sharedDatabase = async (scope: Scope, settings = poolSettings): Promise<Database> => {
  const url = await sharedDatabaseUrl(scope);
  const database = open(scope, url, settings);
  const isMigrated = process.env.TASKWARD_TEST_MIGRATED === '1';
  const upToDate = migrated.get(url) ?? (isMigrated ? Promise.resolve() : migratePatiently(database));
  migrated.set(url, upToDate);
  await upToDate;
  return database;
};

/**
 * An empty database of the test's own, gone when it ends.
 * @param like options of `create database`
 */
export const ownDatabase = async (scope: Scope, like = ''): Promise<string> => {
  const serverUrl = await testServerUrl(scope);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const server = openDatabase(serverUrl, poolSettings);
  scope.teardown(async () => {
    await server.orm.em.getConnection().execute(`drop database if exists ${name} with (force)`);
    await closeDatabase(server);
  });
  await server.orm.em.getConnection().execute(`create database ${name} ${like}`);
  return withDatabase(serverUrl, name);
};

/** The same, migrated and open. */
export const ownMigratedDatabase = async (scope: Scope): Promise<{ url: string; database: Database }> => {
  const url = await ownDatabase(scope);
  const database = open(scope, url);
  await migratePatiently(database);
  return { url, database };
};

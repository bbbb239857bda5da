import { startEmbeddedDatabase } from '@taskward/embedded-database';
import pg from 'pg';
import { BenchError } from './processes.ts';

/** A PostgreSQL server with room for the benchmark's databases. */
export interface DatabaseServer {
  /** A description of the server. */
  readonly title: string;
  /** Its version, and the settings that affect speed. */
  readonly facts: Readonly<Record<string, string>>;
  /** Creates a database, empty or as a copy of another of the benchmark's databases. @returns its URL */
  create(name: string, template?: string): Promise<string>;
  /** Returns the URL of one of the benchmark's databases. */
  urlOf(name: string): string;
  /** Drops all of the benchmark's databases and releases the server. */
  release(): Promise<void>;
}

const prefix = 'taskward_bench_';
// Prevents two benchmarks on one server: they would disturb each other and drop each other's databases.
const lockKey = 7_402_211;
const settings = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_connections', 'jit'];

const withDatabase = (url: string, database: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
};

const openServer = async (notice: (line: string) => void, directory: string) => {
  const { DATABASE_URL } = process.env;
  if (DATABASE_URL) return { title: 'the server of DATABASE_URL', url: DATABASE_URL, release: async () => {} };
  const embedded = await startEmbeddedDatabase({ directory, database: 'postgres', notice });
  return {
    title: 'the embedded one, with its settings as they come',
    url: embedded.url,
    release: () => embedded.release(),
  };
};

const assertUsable = async (admin: pg.Client): Promise<void> => {
  const { rows } = await admin.query('select rolsuper from pg_roles where rolname = current_user');
  if (!rows[0]?.rolsuper) {
    throw new BenchError(
      "DATABASE_URL must name a superuser: tasks are loaded past row security, which Taskward's tables force.",
    );
  }
  const { rows: locks } = await admin.query('select pg_try_advisory_lock($1) as mine', [lockKey]);
  if (!locks[0]?.mine) throw new BenchError('Another benchmark runs on this PostgreSQL: wait for its end.');
};

const dropAll = async (admin: pg.Client): Promise<void> => {
  const { rows } = await admin.query('select datname from pg_database where starts_with(datname, $1)', [prefix]);
  for (const { datname } of rows) {
    await admin.query(`drop database if exists ${admin.escapeIdentifier(datname)} with (force)`);
  }
};

const readFacts = async (admin: pg.Client): Promise<Record<string, string>> => {
  const { rows } = await admin.query('select name, current_setting(name) as value from unnest($1::text[]) name', [
    settings,
  ]);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};

/**
 * Opens the PostgreSQL of DATABASE_URL, or the embedded one.
 * @param directory the data directory of the embedded one
 * @throws BenchError if it cannot be used
 */
export const openDatabaseServer = async (
  directory: string,
  notice: (line: string) => void,
): Promise<DatabaseServer> => {
  const server = await openServer(notice, directory);
  const admin = new pg.Client({ connectionString: server.url });
  admin.on('error', () => {});
  try {
    await admin.connect();
    await assertUsable(admin);
    await dropAll(admin);
    const urlOf = (name: string) => withDatabase(server.url, prefix + name);
    return {
      title: server.title,
      facts: await readFacts(admin),
      urlOf,
      async create(name, template) {
        const copied = template === undefined ? '' : ` template ${prefix}${template}`;
        await admin.query(`create database ${prefix}${name}${copied}`);
        return urlOf(name);
      },
      async release() {
        await dropAll(admin).catch(() => {});
        await admin.end().catch(() => {});
        await server.release();
      },
    };
  } catch (error) {
    await admin.end().catch(() => {});
    await server.release();
    throw error;
  }
};

const connected = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Runs statements, one after the other, on a connection of their own. */
export const execute = (url: string, statements: readonly string[]): Promise<void> =>
  connected(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** The names of a table's columns, which are not the same in every version of Taskward. */
export const columnsOf = (url: string, schema: string, table: string): Promise<string[]> =>
  connected(url, async (client) => {
    const select = 'select column_name from information_schema.columns where table_schema = $1 and table_name = $2';
    const { rows } = await client.query(select, [schema, table]);
    return rows.map(({ column_name }) => column_name);
  });

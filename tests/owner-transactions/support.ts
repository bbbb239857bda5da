import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { OwnerTransactions, type OwnerTransactionsSettings, poolConfig, statement } from '@taskward/owner-transactions';
import { Client, Pool } from 'pg';
import type { Test } from 'tap';

/** How the pools of these tests are made. */
export const poolSettings = { size: 4, maxOverflow: 4, prePing: true, recycleSeconds: 300, connectSeconds: 10 };

const serverUrl = async (t: Test): Promise<string> => {
  if (process.env.TASKWARD_TEST_SERVER_URL !== undefined) return process.env.TASKWARD_TEST_SERVER_URL;
  const directory = join(tmpdir(), `taskward-test-${process.getuid?.() ?? 0}`);
  const database = await startEmbeddedDatabase({ directory, settings: { fsync: 'off' } });
  t.teardown(() => database.release());
  return database.url;
};

/** Runs SQL as a superuser, on a connection of its own. */
export type Sql = <T>(text: string, values?: unknown[]) => Promise<T[]>;

/** A database with a table of its own, and a role that sees it through row security. */
export interface Notes {
  readonly url: string;
  readonly role: string;
  readonly sql: Sql;
}

/** Makes a database with the tables `owners` and `notes`. Both, and their role, are gone when the test ends. */
export const aDatabaseOfNotes = async (t: Test): Promise<Notes> => {
  const server = new Client(await serverUrl(t));
  await server.connect();
  const id = randomUUID().slice(0, 8);
  const [database, role] = [`notes_${id}`, `notes_user_${id}`];
  await server.query(`create database ${database}`);
  await server.query(`create role ${role} nologin`);
  const url = new URL(await serverUrl(t));
  url.pathname = `/${database}`;
  const client = new Client(url.href);
  await client.connect();
  t.teardown(async () => {
    await client.end();
    await server.query(`drop database ${database} with (force)`);
    await server.query(`drop role ${role}`);
    await server.end();
  });
  await client.query(`
    create table owners (id text primary key, count integer not null default 0);
    create table notes (owner text not null default current_setting('notes.owner'), body text check (length(body) < 10));
    alter table owners enable row level security;
    alter table notes enable row level security;
    create policy own on owners using (id = current_setting('notes.owner', true));
    create policy own on notes using (owner = current_setting('notes.owner', true));
    grant select, insert, update, delete on owners, notes to ${role};
  `);
  return { url: url.href, role, sql: async (text, values) => (await client.query(text, values)).rows };
};

/** Opens the engine on a database of notes, as one process would, and closes it when the test ends. */
export const open = (
  t: Test,
  { url, role }: Pick<Notes, 'url' | 'role'>,
  { engine = { OwnerTransactions, poolConfig }, ...settings }: Options = {},
): OwnerTransactions => {
  const transactions = new engine.OwnerTransactions({
    role,
    ownerSetting: 'notes.owner',
    lockOwner: statement('select from owners where id = $1 for no key update'),
    pool: poolSettings,
    makePool() {
      const pool = new Pool(engine.poolConfig(url, poolSettings));
      pool.on('error', () => {});
      transactions.watch(pool);
    },
    ...settings,
  });
  t.teardown(() => transactions.close());
  return transactions;
};

interface Options extends Partial<OwnerTransactionsSettings> {
  /** The package, or one with deliberate faults. */
  readonly engine?: Pick<typeof import('@taskward/owner-transactions'), 'OwnerTransactions' | 'poolConfig'>;
}

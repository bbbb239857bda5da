import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loginRole, migrate } from '@taskward/adapters-postgres';
import { startEmbeddedDatabase } from '@taskward/embedded-database';
import type { Test } from 'tap';
import { aDirectory } from '../processes/processes.ts';
import { open, poolSettings, sqlOn } from './database.ts';

const settings = { fsync: 'off' };

/** A PostgreSQL server of the test's own. */
interface Server {
  readonly url: string;
  sql<T = Record<string, unknown>>(text: string): Promise<T[]>;
}

/** Two PostgreSQL servers: a primary, and a standby that streams from it. */
export interface ReplicatedServers {
  readonly primary: Server;
  readonly standby: Server;
  /** Makes the primary refuse writes, without closing a connection. */
  makePrimaryReadOnly(): Promise<void>;
  /** Waits until the standby has replayed what the primary has written so far. */
  catchUp(): Promise<void>;
  /** Changes a setting of the standby. */
  setOnStandby(name: string, value: string): Promise<void>;
  /** Kills the standby outright. It is started again, on the same port. */
  killStandby(): Promise<void>;
  /** Makes the standby accept writes. */
  promoteStandby(): Promise<void>;
  /** Restarts the primary as a standby, which closes its connections. */
  demotePrimary(): Promise<void>;
}

/** Starts a primary with Taskward's schema and a standby of it. They end with the test. */
export const replicatedServers = async (t: Test): Promise<ReplicatedServers> => {
  const [first, second] = [await aDirectory(t, 'primary'), await aDirectory(t, 'standby')];
  const start = async (directory: string) => {
    const database = await startEmbeddedDatabase({ directory, settings });
    t.teardown(() => database.release());
    return database.url;
  };
  const dataOf = (directory: string) => join(directory, 'postgres', 'data');

  const made = await startEmbeddedDatabase({ directory: first, settings });
  await made.release();
  await cp(join(first, 'postgres'), join(second, 'postgres'), { recursive: true, preserveTimestamps: true });

  const primaryUrl = await start(first);
  const { hostname, port, username, password } = new URL(primaryUrl);
  const from = `host=${hostname} port=${port} user=${username} password=${password}`;
  await appendFile(join(dataOf(second), 'postgresql.auto.conf'), `primary_conninfo = '${from}'\n`);
  await writeFile(join(dataOf(second), 'standby.signal'), '');
  const standbyUrl = await start(second);

  const serverAt = (url: string): Server => {
    const database = open(t, url, { ...poolSettings, size: 1, maxOverflow: 1 });
    return { url, sql: sqlOn(database) };
  };
  const primary = serverAt(primaryUrl);
  const standby = serverAt(standbyUrl);
  // Before any other session: PostgreSQL passes a changed configuration on to the oldest session last.
  await primary.sql('select 1');
  const owner = open(t, primaryUrl, { ...poolSettings, size: 1, maxOverflow: 1 });
  await migrate(owner, await loginRole(owner));

  const postmasterOf = async (directory: string) =>
    Number((await readFile(join(dataOf(directory), 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  const catchUp = async () => {
    const [written] = await primary.sql<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn');
    while (true) {
      const [at] = await standby.sql<{ done: boolean }>(
        `select coalesce(pg_last_wal_replay_lsn() >= '${written?.lsn}', false) as done`,
      );
      if (at?.done) return;
      await wait(10);
    }
  };

  return {
    primary,
    standby,
    async makePrimaryReadOnly() {
      await primary.sql('alter system set default_transaction_read_only = on');
      await primary.sql('select pg_reload_conf()');
      const isReadOnly = async () =>
        (await primary.sql<{ value: string }>(`select current_setting('default_transaction_read_only') as value`))[0]
          ?.value === 'on';
      while (!(await isReadOnly())) await wait(5);
    },
    catchUp,
    async setOnStandby(name, value) {
      await standby.sql(`alter system set ${name} = '${value}'`);
      await standby.sql('select pg_reload_conf()');
      const shown = async () => (await standby.sql<{ value: string }>(`select current_setting('${name}') as value`))[0];
      while ((await shown())?.value !== value) await wait(5);
    },
    async killStandby() {
      process.kill(await postmasterOf(second), 'SIGKILL');
    },
    async promoteStandby() {
      await catchUp();
      await standby.sql('select pg_promote()');
    },
    async demotePrimary() {
      await writeFile(join(dataOf(first), 'standby.signal'), '');
      process.kill(await postmasterOf(first), 'SIGINT');
      // Its keeper starts it again, on the same port.
      const isStandby = async () => {
        try {
          const [row] = await primary.sql<{ standby: boolean }>('select pg_is_in_recovery() as standby');
          return row?.standby === true;
        } catch {
          return false;
        }
      };
      while (!(await isStandby())) await wait(20);
    },
  };
};

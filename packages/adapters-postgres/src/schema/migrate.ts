import { setTimeout as wait } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { isTimeout } from '@taskward/owner-transactions';
import { distribute } from '../citus/distribute.ts';
import type { Database } from '../database.ts';
import { toApplicationError } from '../errors.ts';
import { inTransaction } from '../isolation/job.ts';
import { foldStoredTexts } from './fold-stored-texts.ts';
import { MigrationError } from './migration-error.ts';
import { jobsRole, requestRole, schema } from './names.ts';
import { verifyFitness } from './verify-server.ts';

// An arbitrary number, the same in every version of Taskward.
const advisoryLock = 7_435_527_301;

// SQLSTATE insufficient_privilege.
const isForbidden = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '42501';

// In milliseconds. Short, because requests queue behind a migration that waits for a table lock.
const lockTimeout = 1_000;
const pause = 2_000;
// Longer than the longest job, which erases a user in up to ten minutes.
const patience = 900_000;

const searchIndex = '20261127-index-search';

// Since PostgreSQL 16 a membership has separate options for switching to a role (`set`) and inheriting its privileges.
const allowSwitching = async (em: SqlEntityManager, servingRole: string): Promise<void> => {
  const [server] = await em.execute<{ modern: boolean }[]>(
    `select current_setting('server_version_num')::int >= 160000 as modern`,
  );
  const login = `"${servingRole.replaceAll('"', '""')}"`;
  for (const name of [requestRole, jobsRole]) {
    const [role] = await em.execute<{ may_switch: boolean }[]>(`select pg_has_role(?, ?, ?) as may_switch`, [
      servingRole,
      name,
      server?.modern ? 'SET' : 'MEMBER',
    ]);
    if (role?.may_switch) continue;
    await em.execute(`grant ${name} to ${login} ${server?.modern ? 'with inherit false, set true' : ''}`);
  }
};

// The migrator would create its table on a second connection and without the advisory lock. Creating the same table
// here first avoids both.
const makeMigrationsTable = (database: Database): Promise<void> =>
  inTransaction(database, patience, async (execute) => {
    await execute('select pg_advisory_xact_lock(?)', [advisoryLock]);
    const [table] = await execute<{ is_there: boolean }>(
      `select to_regclass('${schema}.migrations') is not null as is_there`,
    );
    if (table?.is_there) return;
    await execute(`create schema if not exists ${schema}`);
    await execute(`create table ${schema}.migrations (
      id serial primary key, name varchar(255) not null, executed_at timestamptz not null default current_timestamp
    )`);
  });

const run = async ({ orm }: Database, servingRole: string): Promise<string[]> => {
  await orm.migrator.getPending();
  return orm.em.fork().transactional(async (em) => {
    await em.execute('select pg_advisory_xact_lock(?)', [advisoryLock]);
    await em.execute(`select set_config('lock_timeout', ?, true)`, [`${lockTimeout}ms`]);
    const transaction = em.getTransactionContext();
    const done = await orm.migrator.up({ ...(transaction && { transaction }) });
    await allowSwitching(em, servingRole);
    return done.map(({ name }) => name);
  });
};

const withPatience = async <T>(notice: (queue: string) => void, work: () => Promise<T>): Promise<T> => {
  const giveUp = performance.now() + patience;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (performance.now() > giveUp) {
        const minutes = Math.round(patience / 60_000);
        throw new MigrationError(
          `Other transactions have kept a table locked for ${minutes} minutes, so it was not changed. See \`select pid, query from pg_stat_activity where state <> 'idle'\`, end what should not be there with \`select pg_terminate_backend(pid)\`, and run the migration again.`,
          { cause: error },
        );
      }
      notice('A table that has to be changed is in use by another transaction. The migration waits, and tries again.');
      await wait(pause);
    }
  }
};

const withRemedy = (error: unknown, servingRole: string): unknown => {
  if (error instanceof MigrationError) return error;
  if (!isForbidden(error)) return toApplicationError(error);
  const once = [requestRole, jobsRole]
    .map((role) => `  create role ${role} nologin;\n  grant ${role} to "${servingRole}";`)
    .join('\n');
  const [why] = error.message.split('\n').slice(-1);
  return new MigrationError(
    `The database role "${servingRole}" may not do all that the migration needs: ${why}.\nSet MIGRATION_DATABASE_URL to a role that may, or let such a role run, once:\n${once}`,
    { cause: error },
  );
};

/**
 * Brings the schema up to date and allows the serving role to switch to the roles of requests and jobs. Safe to run from
 * several processes at once: they queue on an advisory lock, and later ones find nothing to do. Waiting for a table that
 * is in use does not block its users for long.
 * @param database open as a role that may create roles and the schema (MIGRATION_DATABASE_URL); one connection suffices
 * @param servingRole the role that DATABASE_URL logs in as
 * @param notice called with a sentence when the migration has to wait
 * @returns the names of the migrations that were run
 * @throws MigrationError, saying what to do, when a privilege is missing or a table stays in use; UnfitDatabaseError
 */
export const migrate = async (
  database: Database,
  servingRole: string,
  notice: (queue: string) => void = () => {},
): Promise<string[]> => {
  await verifyFitness(database);
  let done: string[];
  try {
    await makeMigrationsTable(database);
    done = await withPatience(notice, () => run(database, servingRole));
    const spread = await distribute(database);
    if (spread.length > 0) notice(`Spread over the workers of Citus: ${spread.join(', ')}.`);
  } catch (error) {
    throw withRemedy(error, servingRole);
  }
  // Optional: where the login role may not switch roles, searches fold the remaining texts each time.
  if (done.includes(searchIndex)) {
    await foldStoredTexts(database).catch((error) => {
      if (!isForbidden(error)) throw error;
    });
  }
  return done;
};

/** Returns the role that a database is logged in as. @throws ApplicationError `database/unavailable` */
export const loginRole = async ({ orm }: Database): Promise<string> => {
  try {
    const [row] = await orm.em.fork().execute<{ name: string }[]>('select session_user as name');
    return (row as { name: string }).name;
  } catch (error) {
    throw toApplicationError(error);
  }
};

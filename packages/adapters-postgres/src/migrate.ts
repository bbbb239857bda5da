import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Database } from './database.ts';
import { unavailableOr } from './failures.ts';
import { foldStoredTexts } from './fold-stored-texts.ts';
import { jobsRole, requestRole } from './names.ts';

// Any number will do, as long as every version of Taskward takes the same.
const advisoryLock = 7_435_527_301;

// SQLSTATE insufficient_privilege.
const isForbidden = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === '42501';

const searchIndex = '20261127-index-search';

/** The migrations cannot go on until somebody has done what the message says. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

// Since PostgreSQL 16 a membership says whether it lets a role switch, and whether its privileges hold without that.
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

/**
 * Brings the schema up to date and lets the serving role switch to those of requests and jobs. Safe to run from several
 * processes at once: they queue up on an advisory lock, and those that come later find nothing to do.
 * @param database open as a role that may create roles and the schema (MIGRATION_DATABASE_URL)
 * @param servingRole the role that DATABASE_URL logs in as
 * @returns the names of the migrations that were run, none when all had been
 * @throws MigrationError when the role may not do that, with what to do
 */
export const migrate = async (database: Database, servingRole: string): Promise<string[]> => {
  const done = await bringUpToDate(database, servingRole);
  // Where the login role may not switch roles, searches go on folding what is not folded.
  if (done.includes(searchIndex)) {
    await foldStoredTexts(database).catch((error) => {
      if (!isForbidden(error)) throw error;
    });
  }
  return done;
};

const bringUpToDate = async ({ orm }: Database, servingRole: string): Promise<string[]> =>
  orm.em.fork().transactional(async (lock) => {
    await lock.execute('select pg_advisory_xact_lock(?)', [advisoryLock]);
    try {
      const done = await orm.migrator.up();
      await allowSwitching(lock, servingRole);
      return done.map(({ name }) => name);
    } catch (error) {
      if (!isForbidden(error)) throw unavailableOr(error);
      const once = [requestRole, jobsRole]
        .map((role) => `  create role ${role} nologin;\n  grant ${role} to "${servingRole}";`)
        .join('\n');
      const [why] = error.message.split('\n').slice(-1);
      throw new MigrationError(
        `The database role "${servingRole}" may not do all that the migration needs: ${why}.\nSet MIGRATION_DATABASE_URL to a role that may, or let such a role run, once:\n${once}`,
        { cause: error },
      );
    }
  });

/** The role that a database is logged in as. @throws DomainError `database/unavailable` */
export const loginRole = async ({ orm }: Database): Promise<string> => {
  try {
    const [row] = await orm.em.fork().execute<{ name: string }[]>('select session_user as name');
    return (row as { name: string }).name;
  } catch (error) {
    throw unavailableOr(error);
  }
};

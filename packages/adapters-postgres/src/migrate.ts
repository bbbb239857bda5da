import type { Database } from './database.ts';
import { requestRole } from './names.ts';

// Any number will do, as long as every version of Taskward takes the same.
const advisoryLock = 7_435_527_301;

const mayNotCreateRoles = (error: unknown): boolean =>
  error instanceof Error && /permission denied to create role/i.test(error.message);

/** The migrations cannot go on until somebody has done what the message says. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings the schema up to date and lets the serving role switch to the request role. Safe to run from several
 * processes at once: they queue up on an advisory lock, and those that come later find nothing to do.
 * @param database open as a role that may create roles and the schema (MIGRATION_DATABASE_URL)
 * @param servingRole the role that DATABASE_URL logs in as
 * @returns the names of the migrations that were run, none when all had been
 * @throws MigrationError when the role may not do that, with what to do
 */
export const migrate = async ({ orm }: Database, servingRole: string): Promise<string[]> =>
  orm.em.fork().transactional(async (lock) => {
    await lock.execute('select pg_advisory_xact_lock(?)', [advisoryLock]);
    try {
      const done = await orm.migrator.up();
      const [role] = await lock.execute<{ may_switch: boolean }[]>(
        `select pg_has_role(?, ?, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as may_switch`,
        [servingRole, requestRole],
      );
      if (!role?.may_switch) await lock.execute(`grant ${requestRole} to "${servingRole.replaceAll('"', '""')}"`);
      return done.map(({ name }) => name);
    } catch (error) {
      if (!mayNotCreateRoles(error)) throw error;
      throw new MigrationError(
        `The database role may not create roles. Once, as one that may, run\n  create role ${requestRole} nologin;\n  grant ${requestRole} to "${servingRole}";\nor set MIGRATION_DATABASE_URL to a role that may.`,
        { cause: error },
      );
    }
  });

/** The role that a database is logged in as. */
export const loginRole = async ({ orm }: Database): Promise<string> => {
  const [row] = await orm.em.fork().execute<{ name: string }[]>('select session_user as name');
  if (row === undefined) throw new Error('PostgreSQL did not say who is logged in.');
  return row.name;
};

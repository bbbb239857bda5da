import { timeouts } from '@taskward/owner-transactions';
import { faultsOnWorkers } from '../citus/verify-workers.ts';
import type { Database } from '../database.ts';
import { toApplicationError } from '../errors.ts';
import { jobsRole, requestRole, schema } from '../schema/names.ts';
import { type Execute, inTransaction } from './job.ts';

interface RoleFacts {
  exists: boolean;
  may_switch: boolean;
  connected_as: string;
}

interface RequestFacts {
  superuser: boolean;
  bypasses: boolean;
}

interface TableFacts {
  name: string;
  owned: boolean;
  forced: boolean;
}

/** The database does not isolate users from each other. Each of `faults` is a sentence that says what to correct. */
export class UnsafeDatabaseError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The database does not keep users apart:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'UnsafeDatabaseError';
    this.faults = faults;
  }
}

// In milliseconds. Every shard is asked.
const workersTimeout = 60_000;

const assertMaySwitch = async (execute: Execute, name: string): Promise<void> => {
  const [role] = await execute<RoleFacts>(
    `select current_user as connected_as, r.oid is not null as exists,
       coalesce(pg_has_role(r.oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end), false) as may_switch
     from (select 1) one left join pg_roles r on r.rolname = ?`,
    [name],
  );
  if (!role?.exists) throw new UnsafeDatabaseError([`The role ${name} is missing: run \`npm run migrate\`.`]);
  if (!role.may_switch) {
    throw new UnsafeDatabaseError([
      `The role "${role.connected_as}" may not switch to ${name}: as a role that may, run \`grant ${name} to "${role.connected_as}"\`, or \`npm run migrate\` with MIGRATION_DATABASE_URL.`,
    ]);
  }
};

const faultsAs = (database: Database, name: string): Promise<string[]> =>
  inTransaction(database, timeouts.response, async (execute) => {
    await assertMaySwitch(execute, name);
    const faults: string[] = [];
    await execute(`select set_config('role', ?, true)`, [name]);
    const [facts] = await execute<RequestFacts>(
      `select rolsuper as superuser, rolbypassrls as bypasses from pg_roles where rolname = current_user`,
    );
    if (facts?.superuser) faults.push(`${name} is a superuser: run \`alter role ${name} nosuperuser\`.`);
    if (facts?.bypasses) faults.push(`${name} bypasses row security: run \`alter role ${name} nobypassrls\`.`);
    const tables = await execute<TableFacts>(
      `select format('%I.%I', n.nspname, c.relname) as name, pg_has_role(c.relowner, 'USAGE') as owned,
         c.relrowsecurity and c.relforcerowsecurity as forced
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = ? and c.relkind in ('r', 'p')
         and (pg_has_role(c.relowner, 'USAGE') or has_table_privilege(c.oid, 'select, insert, update, delete, truncate'))
       order by 1`,
      [schema],
    );
    if (tables.length === 0) faults.push(`The schema ${schema} has no tables yet: run \`npm run migrate\`.`);
    for (const { name: table, owned, forced } of tables) {
      if (owned) faults.push(`${name} owns ${table}, or is a member of its owner: give it to another role.`);
      if (!forced) {
        faults.push(
          `${table} is open: run \`alter table ${table} enable row level security, force row level security\`.`,
        );
      }
    }
    return faults;
  });

/**
 * Verifies that the login role may switch to the roles of requests and jobs.
 * @throws UnsafeDatabaseError saying what to run; ApplicationError `database/unavailable`
 */
export const verifyRoles = async (database: Database): Promise<void> => {
  try {
    await inTransaction(database, timeouts.response, async (execute) => {
      for (const role of [requestRole, jobsRole]) await assertMaySwitch(execute, role);
    });
  } catch (error) {
    throw toApplicationError(error);
  }
};

/**
 * Verifies row security in the roles of requests and jobs: neither is a superuser, has BYPASSRLS or owns a table that it
 * can access, and every such table has row security forced.
 * @throws UnsafeDatabaseError naming each fault; ApplicationError `database/unavailable`
 */
export const verifyIsolation = async (database: Database): Promise<void> => {
  const faults = new Set<string>();
  try {
    for (const role of [requestRole, jobsRole]) {
      for (const fault of await faultsAs(database, role)) faults.add(fault);
    }
    if (faults.size === 0 && (await database.transactions.isDistributed()))
      for (const fault of await inTransaction(database, workersTimeout, faultsOnWorkers)) faults.add(fault);
  } catch (error) {
    throw toApplicationError(error);
  }
  if (faults.size > 0) throw new UnsafeDatabaseError([...faults]);
};

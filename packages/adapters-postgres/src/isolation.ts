import type { Database } from './database.ts';
import { unavailableOr } from './failures.ts';
import { requestRole, schema } from './names.ts';

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

/** Refuses to go on: the database would not keep users apart. `faults` says what to mend, one sentence each. */
export class UnsafeDatabaseError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The database does not keep users apart:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'UnsafeDatabaseError';
    this.faults = faults;
  }
}

/**
 * Proves, as the role that requests run as, that row security holds: the role is neither superuser nor BYPASSRLS nor
 * owner of anything it can touch, and every such table has row security forced.
 * @throws UnsafeDatabaseError naming each fault; DomainError `database/unavailable`
 */
export const verifyIsolation = async ({ orm }: Database): Promise<void> => {
  const em = orm.em.fork();
  const faults: string[] = [];
  try {
    const [role] = await em.execute<RoleFacts[]>(
      `select current_user as connected_as, r.oid is not null as exists,
         coalesce(pg_has_role(r.oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end), false) as may_switch
       from (select 1) one left join pg_roles r on r.rolname = ?`,
      [requestRole],
    );
    if (!role?.exists) throw new UnsafeDatabaseError([`The role ${requestRole} is missing: run \`npm run migrate\`.`]);
    if (!role.may_switch) {
      throw new UnsafeDatabaseError([
        `The role "${role.connected_as}" may not switch to ${requestRole}: as a role that may, run \`grant ${requestRole} to "${role.connected_as}"\`, or \`npm run migrate\` with MIGRATION_DATABASE_URL.`,
      ]);
    }
    await em.transactional(async (tx) => {
      await tx.execute(`select set_config('role', ?, true)`, [requestRole]);
      const [facts] = await tx.execute<RequestFacts[]>(
        `select rolsuper as superuser, rolbypassrls as bypasses from pg_roles where rolname = current_user`,
      );
      if (facts?.superuser)
        faults.push(`${requestRole} is a superuser: run \`alter role ${requestRole} nosuperuser\`.`);
      if (facts?.bypasses) {
        faults.push(`${requestRole} bypasses row security: run \`alter role ${requestRole} nobypassrls\`.`);
      }
      const tables = await tx.execute<TableFacts[]>(
        `select format('%I.%I', n.nspname, c.relname) as name, pg_has_role(c.relowner, 'USAGE') as owned,
           c.relrowsecurity and c.relforcerowsecurity as forced
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = ? and c.relkind in ('r', 'p')
           and (pg_has_role(c.relowner, 'USAGE') or has_table_privilege(c.oid, 'select, insert, update, delete, truncate'))
         order by 1`,
        [schema],
      );
      if (tables.length === 0) faults.push(`The schema ${schema} has no tables yet: run \`npm run migrate\`.`);
      for (const { name, owned, forced } of tables) {
        if (owned) faults.push(`${requestRole} owns ${name}, or is a member of its owner: give it to another role.`);
        if (!forced) {
          faults.push(
            `${name} is open: run \`alter table ${name} enable row level security, force row level security\`.`,
          );
        }
      }
    });
  } catch (error) {
    throw unavailableOr(error);
  }
  if (faults.length > 0) throw new UnsafeDatabaseError(faults);
};

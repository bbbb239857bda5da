import { jobsRole, requestRole } from '@taskward/adapters-postgres';

/** Runs SQL and returns its rows. */
type Sql = <T>(text: string, parameters?: unknown[]) => Promise<T[]>;

/** What a role may do with one thing. */
interface Grant {
  readonly role: string;
  readonly kind: string;
  readonly thing: string;
  readonly privilege: string;
  /** Of columns only. */
  readonly columns: string | null;
}

// What has no list of its own has the one that PostgreSQL gives it. PUBLIC, which is everybody, has the oid 0.
const query = `
  with acls(kind, thing, schema, acl, column_name) as (
    select 'schema', nspname::text, nspname, coalesce(nspacl, acldefault('n', nspowner)), null::text from pg_namespace
    union all
    select case relkind when 'S' then 'sequence' else 'table' end, relname::text, nspname,
      coalesce(relacl, acldefault(case relkind when 'S' then 's' else 'r' end::"char", relowner)), null
      from pg_class join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all
    select 'table', relname::text, nspname, attacl, attname::text
      from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace where attacl is not null
    union all
    select 'function', proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', nspname,
      coalesce(proacl, acldefault('f', proowner)), null from pg_proc p join pg_namespace n on n.oid = pronamespace
    union all
    select 'default of', defaclobjtype::text, 'taskward', defaclacl, null from pg_default_acl
  )
  select coalesce(r.rolname, 'PUBLIC') as role, kind, thing, privilege_type as privilege,
    string_agg(column_name, ', ' order by column_name) as columns
  from acls cross join lateral aclexplode(acl) left join pg_roles r on r.oid = grantee
  where (r.rolname in (?, ?) or (grantee = 0 and kind <> 'schema')) and schema = any (?)
  group by 1, 2, 3, 4, column_name is null order by 1, 2 desc, 3, 4, 5`;

const schemasOf = async (sql: Sql): Promise<string> => {
  const rows = await sql<{ nspname: string }>(
    `select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'`,
  );
  return `{${rows.map(({ nspname }) => nspname).join(',')}}`;
};

const mayDo = (grants: readonly Grant[]): string =>
  grants.map(({ privilege, columns }) => (columns === null ? privilege : `${privilege} (${columns})`)).join('; ');

/**
 * Reads from the catalogue what the roles of requests and jobs, and everybody, may do in the schemas of a database: with tables,
 * columns, sequences, functions and schemas.
 * @returns a table in Markdown
 */
export const privilegeTable = async (sql: Sql): Promise<string> => {
  const grants = await sql<Grant>(query, [requestRole, jobsRole, await schemasOf(sql)]);
  const things = Map.groupBy(grants, ({ role, kind, thing }) => `| \`${role}\` | ${kind} \`${thing}\` |`);
  return ['| role | may, with | |', '| --- | --- | --- |']
    .concat([...things].map(([cells, ones]) => `${cells} ${mayDo(ones)} |`))
    .join('\n');
};

import type { Database } from '../database.ts';
import { type Execute, inTransaction } from '../isolation/job.ts';
import { MigrationError } from '../schema/migration-error.ts';
import { jobsRole, requestRole, schema } from '../schema/names.ts';

/**
 * The tables that Citus spreads over its workers, and the column with the user. The first one comes first: the others lie
 * beside it. The tables of webhooks stay on the coordinator.
 */
export const distributedTables = [
  ['users', 'id'],
  ['tasks', 'user_id'],
  ['imports', 'user_id'],
  ['idempotency_keys', 'user_id'],
  ['idempotency_usage', 'user_id'],
  ['changes', 'user_id'],
] as const;

// In milliseconds. Rows are copied to their shards, which takes as long as there are many.
const patience = 3_600_000;

const textLiteral = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Returns whether the tables are to be spread: whether the database has the extension. */
export const hasCitus = async (execute: Execute): Promise<boolean> => {
  const [found] = await execute<{ there: boolean }>(
    `select exists (select from pg_extension where extname = 'citus') as there`,
  );
  return found?.there === true;
};

const undistributed = async (execute: Execute): Promise<(typeof distributedTables)[number][]> => {
  const rows = await execute<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = ? and c.relkind = 'r' and not exists (select from pg_dist_partition p where p.logicalrelid = c.oid)`,
    [schema],
  );
  return distributedTables.filter(([table]) => rows.some(({ name }) => name === table));
};

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

const foreignKeysOf = (execute: Execute, tables: readonly string[]): Promise<ForeignKey[]> =>
  execute<ForeignKey>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conrelid = any (?::regclass[])`,
    [tables],
  );

const policiesOf = async (execute: Execute, table: string): Promise<{ name: string; create: string }[]> =>
  execute<{ name: string; create: string }>(
    `select policyname as name, format('create policy %I on %I.%I for %s to %s', policyname, schemaname, tablename, cmd,
         (select string_agg(quote_ident(role), ', ') from unnest(roles) role))
       || coalesce(' using (' || qual || ')', '') || coalesce(' with check (' || with_check || ')', '') as create
     from pg_policies where schemaname = ? and tablename = ?`,
    [schema, table],
  );

// Citus joins tables on columns of one type only, and `text` and a domain over it are two. A policy on the column would keep
// its type from changing. A domain's values are texts already: nothing is rewritten.
const makeText = async (execute: Execute, table: string, column: string): Promise<void> => {
  const [found] = await execute<{ is_domain: boolean }>(
    `select t.typtype = 'd' as is_domain from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = ?::regclass and a.attname = ?`,
    [`${schema}.${table}`, column],
  );
  if (!found?.is_domain) return;
  const policies = await policiesOf(execute, table);
  for (const { name } of policies) await execute(`drop policy ${name} on ${schema}.${table}`);
  await execute(`alter table ${schema}.${table} alter column ${column} type text`);
  await execute(
    `alter table ${schema}.${table} add constraint ${table}_${column}_check check (char_length(${column}) between 1 and 255) not valid`,
  );
  for (const { create } of policies) await execute(create);
};

const assertWithoutOutbox = async (execute: Execute): Promise<void> => {
  const [trigger] = await execute(
    `select from pg_trigger where tgrelid = '${schema}.changes'::regclass and tgname = 'changes_outbox'`,
  );
  if (trigger !== undefined)
    throw new MigrationError(
      'There are enabled webhook endpoints, and Taskward sends no webhooks from a database with Citus. Disable each with `npm run taskward -- webhook disable ID`, and run the migration again.',
    );
};

// Citus connects to a worker as the role of the transaction. It repeats this on every worker, and whenever one is added.
const allowLogin = async (execute: Execute): Promise<void> => {
  const roles = await execute<{ name: string }>(
    'select rolname as name from pg_roles where rolname = any (?::text[]) and not rolcanlogin',
    [[requestRole, jobsRole]],
  );
  for (const { name } of roles) await execute(`alter role ${name} login`);
};

/**
 * Spreads the users over the workers of a database with Citus: every table with data of users, and all rows of a user to
 * one worker. Does nothing on other databases, and nothing to tables that are spread already. Meanwhile requests that write
 * have to wait.
 * @returns the names of the tables that were spread
 * @throws MigrationError, saying what to do; the database's error
 */
export const distribute = (database: Database): Promise<string[]> =>
  inTransaction(database, patience, async (execute) => {
    if (!(await hasCitus(execute))) return [];
    await allowLogin(execute);
    const tables = await undistributed(execute);
    if (tables.length === 0) return [];
    await assertWithoutOutbox(execute);
    // The triggers that forget folded texts look at their own row only, which is the same on a shard.
    await execute('set local citus.enable_unsafe_triggers = on');
    await execute(`set local citus.multi_shard_modify_mode = 'sequential'`);
    const names = tables.map(([table]) => `${schema}.${table}`);
    const foreignKeys = await foreignKeysOf(execute, names);
    for (const { table, name } of foreignKeys) await execute(`alter table ${table} drop constraint ${name}`);
    for (const [table, column] of tables) await makeText(execute, table, column);
    for (const [table, column] of tables) {
      const beside = table === 'users' ? 'none' : `${schema}.users`;
      await execute(
        `select create_distributed_table(${textLiteral(`${schema}.${table}`)}, ${textLiteral(column)}, colocate_with => ${textLiteral(beside)})`,
      );
    }
    for (const { table, name, definition } of foreignKeys)
      await execute(`alter table ${table} add constraint ${name} ${definition}`);
    return names;
  });

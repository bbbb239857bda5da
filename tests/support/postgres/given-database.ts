import { randomUUID } from 'node:crypto';
import { closeDatabase, type Database, loginRole, migrate, openDatabase, schema } from '@taskward/adapters-postgres';
import { userPrefix } from '../builders.ts';
import { poolSettings, withDatabase } from './database.ts';

const say = (line: string) => console.log(`# ${line}`);

const execute = (database: Database, sql: string, parameters: unknown[] = []) =>
  database.orm.em.getConnection().execute(sql, parameters);

const tablesOfUsers = [
  ['users', 'id'],
  ['idempotency_keys', 'user_id'],
  ['idempotency_usage', 'user_id'],
  ['changes', 'user_id'],
] as const;

// A database of their own would have to be made on every worker, too.
const createDatabase = async (given: Database, name: string): Promise<string | undefined> => {
  if (await given.transactions.isDistributed()) return 'The database of DATABASE_URL has Citus';
  try {
    await execute(given, `create database ${name}`);
    return undefined;
  } catch (error) {
    if (!/permission denied to create database/.test(String(error))) throw error;
    return 'The role of DATABASE_URL may not create databases';
  }
};

/**
 * Readies the server of DATABASE_URL for tests: with a database of their own where the role may create one, else with
 * users of their own in the database that it names. Both are removed afterwards.
 */
export const prepareGivenDatabase = async (url: string): Promise<{ url: string; cleanUp(): Promise<void> }> => {
  const given = openDatabase(url, poolSettings);
  const name = `taskward_test_${randomUUID().slice(0, 8)}`;
  const obstacle = await createDatabase(given, name);
  if (obstacle === undefined) {
    say(`The tests use the database ${name} on the server of DATABASE_URL, and drop it.`);
    return {
      url: withDatabase(url, name),
      async cleanUp() {
        await execute(given, `drop database ${name} with (force)`);
        await closeDatabase(given);
      },
    };
  }
  say(`${obstacle}: the tests use users called ${userPrefix}… in its own, and remove them.`);
  await migrate(given, await loginRole(given));
  return {
    url,
    async cleanUp() {
      // Row security is forced, so the owner of the tables sees rows only after it has lifted that for itself.
      for (const [table, column] of tablesOfUsers) {
        await execute(given, `alter table ${schema}.${table} no force row level security`);
        await execute(given, `delete from ${schema}.${table} where ${column} like '${userPrefix}%'`);
        await execute(given, `alter table ${schema}.${table} force row level security`);
      }
      await closeDatabase(given);
    },
  };
};

import { randomUUID } from 'node:crypto';
import { closeDatabase, type Database, loginRole, migrate, openDatabase, schema } from '@taskward/adapters-postgres';
import { userPrefix } from '../builders.ts';
import { poolSettings, withDatabase } from './database.ts';

const say = (line: string) => console.log(`# ${line}`);

const execute = (database: Database, sql: string, parameters: unknown[] = []) =>
  database.orm.em.getConnection().execute(sql, parameters);

/**
 * Readies the server of DATABASE_URL for tests: with a database of their own where the role may create one, else with
 * users of their own in the database that it names. Both are removed afterwards.
 */
export const prepareGivenDatabase = async (url: string): Promise<{ url: string; cleanUp(): Promise<void> }> => {
  const given = openDatabase(url, poolSettings);
  const name = `taskward_test_${randomUUID().slice(0, 8)}`;
  try {
    await execute(given, `create database ${name}`);
    say(`The tests use the database ${name} on the server of DATABASE_URL, and drop it.`);
    return {
      url: withDatabase(url, name),
      async cleanUp() {
        await execute(given, `drop database ${name} with (force)`);
        await closeDatabase(given);
      },
    };
  } catch (error) {
    if (!/permission denied to create database/.test(String(error))) throw error;
  }
  say(
    `The role of DATABASE_URL may not create databases: the tests use users called ${userPrefix}… in its own, and remove them.`,
  );
  await migrate(given, await loginRole(given));
  return {
    url,
    async cleanUp() {
      // Row security is forced, so the owner of the tables sees rows only after it has lifted that for itself.
      await execute(
        given,
        `begin; alter table ${schema}.users no force row level security; delete from ${schema}.users where id like '${userPrefix}%';
         alter table ${schema}.users force row level security;
         alter table ${schema}.answers no force row level security; delete from ${schema}.answers where user_id like '${userPrefix}%';
         alter table ${schema}.answers force row level security; commit`,
      );
      await closeDatabase(given);
    },
  };
};

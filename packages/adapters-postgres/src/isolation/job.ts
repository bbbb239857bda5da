import type { PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { jobsRole, userSetting } from '../schema/names.ts';
import { isLostConnection } from '../transactions/failures.ts';
import { withClient, withRetries } from '../transactions/owner-session.ts';

/** Runs a statement, with `?` for its parameters. */
export type Execute = <T>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;

const executeOn =
  (client: PoolClient): Execute =>
  async (sql, parameters = []) => {
    let count = 0;
    const numbered = sql.replaceAll('?', () => {
      count += 1;
      return `$${count}`;
    });
    return (await client.query(numbered, [...parameters])).rows;
  };

/**
 * Runs `work` in one transaction, on a connection of the pool that is given back however it ends: the ORM keeps one on
 * which `begin` failed (ADR 6). Where the connection was lost before it began, another one is tried.
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const inTransaction = async <T>(database: Database, work: (execute: Execute) => Promise<T>): Promise<T> => {
  let isUnderWay = false;
  const attempt = () =>
    withClient(database, async (client) => {
      const execute = executeOn(client);
      await execute('begin');
      isUnderWay = true;
      const result = await work(execute);
      await execute('commit');
      return result;
    });
  return withRetries(database, (error) => !isUnderWay && isLostConnection(error), attempt);
};

/**
 * Runs `work` in one transaction in the role of jobs, which can see and do little, but for all users.
 * @param job the user whom it is about, none if it is about all, and how long a statement of it may take
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const asJob = <T>(
  database: Database,
  { user = '', timeout }: { user?: string; timeout: string },
  work: (execute: Execute) => Promise<T>,
): Promise<T> =>
  inTransaction(database, async (execute) => {
    await execute(
      `select set_config('role', ?, true), set_config(?, ?, true), set_config('statement_timeout', ?, true)`,
      [jobsRole, userSetting, user, timeout],
    );
    return work(execute);
  });

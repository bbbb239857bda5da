import type { PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { jobsRole, userSetting } from '../schema/names.ts';

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
 * Runs `work` in one transaction, on a connection that is given back however it ends: the ORM keeps one on which `begin`
 * failed (ADR 6).
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const inTransaction = <T>({ transactions }: Database, work: (execute: Execute) => Promise<T>): Promise<T> =>
  transactions.transaction((client) => work(executeOn(client)));

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

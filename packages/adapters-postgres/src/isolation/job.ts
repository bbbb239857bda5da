import { timeouts } from '@taskward/owner-transactions';
import type { PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { jobsRole, userSetting } from '../schema/names.ts';

/** Runs a statement, with `?` for its parameters. */
export type Execute = <T>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;

const executeOn =
  (client: PoolClient, limit: number): Execute =>
  async (sql, parameters = []) => {
    let count = 0;
    const numbered = sql.replaceAll('?', () => {
      count += 1;
      return `$${count}`;
    });
    // A server that was frozen ends no statement, and a connection that says nothing is not used again.
    const giveUp = () => client.connection.stream.destroy(new Error('Query read timeout'));
    const timer = setTimeout(giveUp, limit);
    try {
      return (await client.query(numbered, [...parameters])).rows;
    } finally {
      clearTimeout(timer);
    }
  };

/**
/**
 * Runs `work` in one transaction, on a connection that is given back however it ends: the ORM keeps one on which `begin`
 * failed (ADR 6).
 * @param limit how long the response to a statement of `work` is waited for, in milliseconds; then the connection is closed
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const inTransaction = <T>(
  { transactions }: Database,
  limit: number,
  work: (execute: Execute) => Promise<T>,
): Promise<T> => transactions.transaction((client) => work(executeOn(client, limit)));

/**
 * Runs `work` in one transaction in the role of jobs, which can see and do little, but for all users.
 * @param job the user whom it is about, none if it is about all, and how long a statement of it may take, in milliseconds
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const asJob = <T>(
  database: Database,
  { user = '', timeout }: { user?: string; timeout: number },
  work: (execute: Execute) => Promise<T>,
): Promise<T> =>
  // The server ends a statement before the client gives it up.
  inTransaction(database, timeout + timeouts.response, async (execute) => {
    await execute(
      `select set_config('role', ?, true), set_config(?, ?, true), set_config('statement_timeout', ?, true)`,
      [jobsRole, userSetting, user, `${timeout}ms`],
    );
    return work(execute);
  });

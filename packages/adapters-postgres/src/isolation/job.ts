import { type RunStatement, setLocally, timeouts } from '@taskward/owner-transactions';
import type { Database } from '../database.ts';
import { jobsRole, userSetting } from '../schema/names.ts';

/** Runs a statement, with `?` for its parameters, if it is given any. */
export type Execute = <T>(sql: string, parameters?: readonly unknown[]) => Promise<T[]>;

const executeWith =
  (run: RunStatement): Execute =>
  (sql, parameters) => {
    // A text without parameters may hold a user's id, and so a question mark.
    if (parameters === undefined) return run(sql);
    let count = 0;
    const numbered = sql.replaceAll('?', () => {
      count += 1;
      return `$${count}`;
    });
    return run(numbered, parameters);
  };

/**
 * Runs `work` in one transaction. Always releases the connection, unlike the ORM, which leaks one whose `begin` failed
 * (ADR 6).
 * @param limit the time limit for each statement of `work`, in milliseconds; after it the connection is closed
 * @throws ApplicationError `database/unavailable`, or what `work` throws
 */
export const inTransaction = <T>(
  { transactions }: Database,
  limit: number,
  work: (execute: Execute) => Promise<T>,
): Promise<T> => transactions.transaction(limit, (run) => work(executeWith(run)));

/**
 * Switches a transaction to a role and a user, on a database with Citus also on its workers.
 * @param settings further ones, until the transaction ends
 */
export const switchTo = async (
  { transactions }: Pick<Database, 'transactions'>,
  execute: Execute,
  role: string,
  user: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const all = { ...settings, [userSetting]: user };
  if (await transactions.isDistributed()) {
    for (const command of setLocally(role, all)) await execute(command);
    return;
  }
  const further = Object.entries(all).flat();
  const places = ', set_config(?, ?, true)'.repeat(further.length / 2);
  await execute(`select set_config('role', ?, true)${places}`, [role, ...further]);
};

/**
 * Runs `work` in one transaction in the role of jobs, which has few privileges, but for all users.
 * @param job `user`: the user that the job is about, none if it is about all; `timeout`: the time limit for each
 * statement, in milliseconds
 * @throws ApplicationError `database/unavailable`, or what `work` throws
 */
export const asJob = <T>(
  database: Database,
  { user = '', timeout }: { user?: string; timeout: number },
  work: (execute: Execute) => Promise<T>,
): Promise<T> =>
  // The server cancels a statement before the client gives up on it.
  inTransaction(database, timeout + timeouts.response, async (execute) => {
    await switchTo(database, execute, jobsRole, user, { statement_timeout: `${timeout}ms` });
    return work(execute);
  });

/** A statement of the ORM's query builder. */
interface Built {
  toQuery(): { sql: string; params: readonly unknown[] };
}

/** Runs a statement that the ORM's query builder made. The ORM would run it in a transaction of its own (ADR 6). */
export const executeBuilt = <T>(execute: Execute, built: Built): Promise<T[]> => {
  const { sql, params } = built.toQuery();
  return execute<T>(sql, params);
};

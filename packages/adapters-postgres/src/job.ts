import type { Database } from './database.ts';
import { unavailableOr } from './failures.ts';
import { jobsRole, userSetting } from './names.ts';

/** Runs a statement, with `?` for its parameters. */
export type Execute = <T>(sql: string, parameters: readonly unknown[]) => Promise<T[]>;

/**
 * Runs `work` in one transaction in the role of jobs, which can see and do little, but for all users.
 * @param job the user whom it is about, none if it is about all, and how long a statement of it may take
 * @throws DomainError `database/unavailable`; else what `work` throws
 */
export const asJob = async <T>(
  { orm, connections }: Database,
  { user = '', timeout }: { user?: string; timeout: string },
  work: (execute: Execute) => Promise<T>,
): Promise<T> => {
  const since = performance.now();
  try {
    return await orm.em.fork().transactional(async (em) => {
      await em.execute(
        `select set_config('role', ?, true), set_config(?, ?, true), set_config('statement_timeout', ?, true)`,
        [jobsRole, userSetting, user, timeout],
      );
      return work((sql, parameters) => em.execute(sql, [...parameters]));
    });
  } catch (error) {
    connections.noteFailure(error, since);
    throw unavailableOr(error);
  }
};

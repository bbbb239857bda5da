import { makeTaskRepository } from '@taskward/adapters-postgres';
import type { Test } from 'tap';
import { sharedDatabase } from '../support/database.ts';

export const several = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Whether a settled promise was rejected because the database could not answer in time. */
export const isUnavailable = (result: { reason?: { code?: string } }) => result.reason?.code === 'database/unavailable';

/** A repository, and a superuser's view of the same database. */
export const aRepository = async (t: Test) => {
  const database = await sharedDatabase(t);
  const sql = <T>(text: string, parameters: unknown[] = []): Promise<T[]> =>
    database.orm.em.getConnection().execute(text, parameters);
  return { tasks: makeTaskRepository({ database }), database, sql };
};

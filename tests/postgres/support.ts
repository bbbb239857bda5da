import { type Database, makeTaskRepository } from '@taskward/adapters-postgres';
import type { TaskRepository } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, aUser } from '../support/builders.ts';
import { sharedDatabase, sqlOn } from '../support/database.ts';

export const several = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Whether a settled promise was rejected because the database could not answer in time. */
export const isUnavailable = (result: { reason?: { code?: string } }) => result.reason?.code === 'database/unavailable';

/** A repository, and a superuser's view of the same database. */
export const aRepository = async (t: Test) => {
  const database = await sharedDatabase(t);
  return { tasks: makeTaskRepository({ database }), database, sql: sqlOn(database) };
};

/** New users, each with a task. */
export const newcomers = async (tasks: TaskRepository, count: number): Promise<[UserId, ...UserId[]]> => {
  const owners = several(count, aUser) as [UserId, ...UserId[]];
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner))));
  return owners;
};

/** Does something while somebody else has a lock on these users' rows. */
export const whileLocked = ({ orm }: Database, owners: readonly UserId[], work: () => Promise<void>): Promise<void> =>
  orm.em.fork().transactional(async (tx) => {
    await tx.execute('select 1 from taskward.users where id = any(?) for update', [`{${owners.join()}}`]);
    await work();
  });

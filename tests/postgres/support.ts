import { type Database, makeOwnerPorts } from '@taskward/adapters-postgres';
import type { TaskRepository } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { ownDatabase, poolSettings, sharedDatabase, sqlOn } from '../support/postgres/database.ts';

export const several = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** Whether a settled promise was rejected because the database could not respond in time, or had no slot for it. */
export const isUnavailable = (result: { reason?: { code?: string } }) =>
  result.reason?.code?.startsWith('database/') === true;

/** A repository, and a superuser's view of the same database. */
export const aRepository = async (t: Test) => {
  const database = await sharedDatabase(t);
  return { ...makeOwnerPorts({ database }), database, sql: sqlOn(database) };
};

/** A repository with deliberate faults in the adapter's sources, over a database of its own. */
export const aFaultyRepository = async (t: Test, mutations: readonly Mutation[]): Promise<TaskRepository> => {
  const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>(
    '@taskward/adapters-postgres',
    mutations,
  );
  const database = adapter.openDatabase(await ownDatabase(t), poolSettings);
  t.teardown(() => adapter.closeDatabase(database));
  await adapter.migrate(database, await adapter.loginRole(database));
  return adapter.makeOwnerPorts({ database }).tasks;
};

/** The server processes of the connections that the pool hands out from now on. */
export const backendsOf = async ({ orm }: Database): Promise<Set<number>> => {
  const backends = new Set<number>();
  const pool = await orm.em.getConnection().getNativeClient();
  pool.on('acquire', (client) => backends.add((client as unknown as { processID: number }).processID));
  return backends;
};

/** New users, each with a task. */
export const newcomers = async (tasks: TaskRepository, count: number): Promise<[UserId, ...UserId[]]> => {
  const owners = several(count, aUser) as [UserId, ...UserId[]];
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
  return owners;
};

/** Does something while somebody else has a lock on these users' rows. */
export const whileLocked = ({ orm }: Database, owners: readonly UserId[], work: () => Promise<void>): Promise<void> =>
  orm.em.fork().transactional(async (tx) => {
    await tx.execute('select 1 from taskward.users where id = any(?) for update', [`{${owners.join()}}`]);
    await work();
  });

import type { Database } from '@taskward/adapters-postgres';
import { makeListTasks, makeTaskUseCases } from '@taskward/application';
import type { PoolClient } from 'pg';
import type { Test } from 'tap';
import { aDraft, anOrigin, aSteadyClock, aUser } from '../support/builders.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { calendar, keys } from '../support/planning.ts';
import { poolSettings, sharedDatabase, sharedDatabaseUrl } from '../support/postgres/database.ts';

/** What was sent to the server. */
export interface Counted {
  /** Messages that were sent to the server, each with a response of its own. */
  batches: number;
  /** Statements that the server said it completed. */
  statements: number;
  /** Rows that it sent. */
  rows: number;
}

type Query = (batch: PipelinedQuery, ...more: unknown[]) => unknown;

/** What pg sends, as pg calls it back. */
interface PipelinedQuery {
  handleCommandComplete(...args: unknown[]): void;
  handleDataRow(...args: unknown[]): void;
}

const adapterWith = (mutations: readonly Mutation[]) =>
  mutations.length === 0
    ? import('@taskward/adapters-postgres')
    : importMutated<typeof import('@taskward/adapters-postgres')>('@taskward/adapters-postgres', mutations);

/** Counts what pg’s client sends while something is done, from the first connection on. */
const aCounter = async (database: Database) => {
  let counted: Counted = { batches: 0, statements: 0, rows: 0 };
  const pool = await database.orm.em.getConnection().getNativeClient();
  const watched = new WeakSet<PoolClient>();
  pool.on('acquire', (client: PoolClient) => {
    if (watched.has(client)) return;
    watched.add(client);
    const { query } = client;
    const watchedQuery = (batch: PipelinedQuery, ...more: unknown[]) => {
      const { handleCommandComplete, handleDataRow } = batch;
      if (handleCommandComplete === undefined) return (query as unknown as Query).call(client, batch, ...more);
      counted.batches += 1;
      batch.handleCommandComplete = (...args) => {
        counted.statements += 1;
        handleCommandComplete.apply(batch, args);
      };
      batch.handleDataRow = (...args) => {
        counted.rows += 1;
        handleDataRow.apply(batch, args);
      };
      return (query as unknown as Query).call(client, batch, ...more);
    };
    client.query = watchedQuery as unknown as PoolClient['query'];
  });
  return async (work: () => Promise<unknown>): Promise<Counted> => {
    counted = { batches: 0, statements: 0, rows: 0 };
    await work();
    return { ...counted };
  };
};

/**
 * A repository whose messages to the server are counted.
 * @param mutations deliberate faults in the adapter's sources
 */
export const aCountedRepository = async (t: Test, mutations: readonly Mutation[] = []) => {
  await sharedDatabase(t);
  const adapter = await adapterWith(mutations);
  const database = adapter.openDatabase(await sharedDatabaseUrl(t), poolSettings);
  t.teardown(() => adapter.closeDatabase(database));
  const counting = await aCounter(database);
  const ports = adapter.makeOwnerPorts({ database });
  const { tasks, planning } = ports;
  const idempotency = adapter.makeIdempotencyStore({ database });
  const ids = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  /** A user with so many tasks. */
  const aUserWith = async (count: number) => {
    const owner = aUser();
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (const _ of ids(count)) unit.add(aDraft(owner));
      return { store: true, result: undefined };
    });
    return owner;
  };
  return {
    counting,
    tasks,
    useCases: makeTaskUseCases({ ...ports, calendar, keys, clock: aSteadyClock('2026-11-21T00:00:00.000Z') }),
    listTasks: makeListTasks({ tasks, planning, calendar, clock: aSteadyClock() }),
    idempotency,
    ids,
    aUserWith,
  };
};

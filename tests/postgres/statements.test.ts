import { type Database, makeTaskRepository } from '@taskward/adapters-postgres';
import type { PoolClient } from 'pg';
import t, { type Test } from 'tap';
import { changing } from '../contract/task-lists.ts';
import { aDraft, aQuery, aUser } from '../support/builders.ts';
import { sharedDatabase } from '../support/database.ts';

interface Counted {
  /** Messages that were sent to the server, each answered at once. */
  flights: number;
  /** Statements that the server said it completed. */
  statements: number;
  /** Rows that it sent. */
  rows: number;
}

/** What pg sends, as pg calls it back. */
interface Flight {
  handleCommandComplete(...args: unknown[]): void;
  handleDataRow(...args: unknown[]): void;
}

/** Counts, at pg’s own door, what passes while `work` is done. */
const counting = async (database: Database, work: () => Promise<unknown>): Promise<Counted> => {
  const counted = { flights: 0, statements: 0, rows: 0 };
  const pool = await database.orm.em.getConnection().getNativeClient();
  const watched = new Map<PoolClient, PoolClient['query']>();
  const watch = (client: PoolClient): void => {
    if (watched.has(client)) return;
    const { query } = client;
    watched.set(client, query);
    const watchedQuery = (flight: Flight) => {
      const { handleCommandComplete, handleDataRow } = flight;
      counted.flights += 1;
      flight.handleCommandComplete = (...args) => {
        counted.statements += 1;
        handleCommandComplete.apply(flight, args);
      };
      flight.handleDataRow = (...args) => {
        counted.rows += 1;
        handleDataRow.apply(flight, args);
      };
      return (query as unknown as (flight: Flight) => unknown).call(client, flight);
    };
    client.query = watchedQuery as unknown as PoolClient['query'];
  };
  pool.on('acquire', watch);
  try {
    await work();
  } finally {
    pool.off('acquire', watch);
    for (const [client, query] of watched) client.query = query;
  }
  return counted;
};

const aRepository = async (t: Test) => {
  const database = await sharedDatabase(t);
  const tasks = makeTaskRepository({ database });
  const ids = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
  /** A user with so many tasks. */
  const aUserWith = async (count: number) => {
    const owner = aUser();
    await tasks.transact(owner, [], (shelf) => {
      for (const _ of ids(count)) shelf.add(aDraft(owner));
      return { store: true, result: undefined };
    });
    return owner;
  };
  return { database, tasks, ids, aUserWith };
};

t.test('several changes take as many statements as one', async (t) => {
  const { database, tasks, ids, aUserWith } = await aRepository(t);
  const counts: Counted[] = [];
  for (const count of [1, 10, 900]) {
    const owner = await aUserWith(count);
    const work = () =>
      tasks.transact(owner, ids(count), (shelf) => {
        for (const id of ids(count)) {
          if (id % 3 === 0) shelf.remove(id, () => {});
          else shelf.update(id, changing(owner, { completed: true }));
          shelf.add(aDraft(owner));
        }
        return { store: true, result: undefined };
      });
    counts.push(await counting(database, work));
  }
  const [one, ten, many] = counts.map(({ flights, statements }) => ({ flights, statements }));
  t.strictSame(one, { flights: 2, statements: 6 }, 'begin, enter, lock, read; store, commit');
  t.strictSame(ten, one);
  t.strictSame(many, one);
});

t.test('what is counted is what is done: one by one it is more', async (t) => {
  const { database, tasks, aUserWith } = await aRepository(t);
  const owner = await aUserWith(0);
  const { flights, statements } = await counting(database, async () => {
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner));
  });
  t.ok(flights >= 3 && statements === 6, `${flights} flights, ${statements} statements`);
});

t.test('a list that is known costs the same however many tasks there are', async (t) => {
  const { database, tasks, aUserWith } = await aRepository(t);
  for (const count of [1, 400]) {
    const owner = await aUserWith(count);
    const query = aQuery({ limit: 500 });
    const known = () => tasks.list(owner, query, [count]);
    t.match(await known(), { unchanged: true });
    // What the server sends: the settings, the counter, and no task.
    t.strictSame(await counting(database, known), { flights: 1, statements: 3, rows: 2 }, `${count} tasks`);
    t.equal((await counting(database, () => tasks.list(owner, query))).rows, 2 + count, 'else every task');
  }
});

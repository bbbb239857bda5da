import { setTimeout as wait } from 'node:timers/promises';
import { type Database, makeOwnerPorts, makePolledChangeFeed, makeUserDirectory } from '@taskward/adapters-postgres';
import { databaseUnavailable } from '@taskward/application';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { sharedDatabase } from '../support/postgres/database.ts';
import { eventually } from '../support/processes/processes.ts';

/** A feed, and how often it asks the database, which can be down. */
const aFeed = async (t: Test) => {
  const database = await sharedDatabase(t);
  const state = { queries: 0, isDown: false };
  const transactions = new Proxy(database.transactions, {
    get(target, name: 'transaction') {
      // Its private fields are not the proxy's.
      const found: unknown = target[name];
      if (name !== 'transaction') return typeof found === 'function' ? found.bind(target) : found;
      const transaction: typeof target.transaction = (...parameters) => {
        state.queries += 1;
        if (state.isDown) throw databaseUnavailable();
        return target.transaction(...parameters);
      };
      return transaction;
    },
  });
  const outages: unknown[] = [];
  const watched: Database = { ...database, transactions };
  const feed = makePolledChangeFeed(watched, (error) => void outages.push(error));
  t.teardown(() => feed.close());
  return { feed, state, outages, ...makeOwnerPorts({ database }) };
};

t.test('asks once a second for all owners, and not at all when nobody waits', async (t) => {
  const { feed, state } = await aFeed(t);
  await wait(1_200);
  t.equal(state.queries, 0);
  const began = performance.now();
  const subscriptions = Array.from({ length: 500 }, () => feed.subscribe(aUser(), () => {}));
  await wait(3_000);
  const seconds = (performance.now() - began) / 1_000;
  t.ok(state.queries >= 1 && state.queries <= seconds / 0.9, `${state.queries} queries in ${seconds} s`);
  for (const unsubscribe of subscriptions) unsubscribe();
  await wait(1_000);
  const { queries } = state;
  await wait(2_000);
  t.equal(state.queries, queries, 'a database may sleep again');
});

t.test('gives the counter of what it found, and tells of an erasure', async (t) => {
  const { feed, tasks } = await aFeed(t);
  const owner = aUser();
  const told: (number | undefined)[] = [];
  feed.subscribe(owner, (revision) => void told.push(revision));
  for (let n = 1; n <= 3; n += 1) await tasks.add(aDraft(owner), anOrigin());
  t.ok(await eventually(() => told.at(-1) === 3));
  await makeUserDirectory({ database: await sharedDatabase(t) }).erase(owner);
  t.ok(await eventually(() => told.at(-1) === 0));
});

t.test('an outage is reported when it begins and when it ends, and no change of it is lost', async (t) => {
  const { feed, state, outages, tasks } = await aFeed(t);
  const owner = aUser();
  let told = 0;
  feed.subscribe(owner, () => {
    told += 1;
  });
  state.isDown = true;
  t.ok(await eventually(() => state.queries >= 3));
  t.match(outages, [{ code: 'database/unavailable' }], 'once');
  await tasks.add(aDraft(owner), anOrigin());
  t.equal(told, 0);
  state.isDown = false;
  t.ok(await eventually(() => told > 0));
  t.match(outages, [{ code: 'database/unavailable' }, undefined]);
});

t.test('a closed feed asks no more', async (t) => {
  const { feed, state, outages } = await aFeed(t);
  feed.subscribe(aUser(), () => {});
  t.ok(await eventually(() => state.queries > 0));
  feed.close();
  await wait(100);
  const { queries } = state;
  await wait(2_000);
  t.equal(state.queries, queries);
  t.strictSame(outages, []);
});

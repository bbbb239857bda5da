import t, { type Test } from 'tap';
import type { Outcome, Task } from '../support/http/two-users.ts';
import { withoutOwnerFilter, withoutRowSecurity } from '../support/isolation-faults.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { scaled } from '../support/scale.ts';

// Of its own: without filters and row security, writes would reach the tasks of other tests. And as a superuser, whom
// row security does not stop: only the role that each transaction switches to keeps it up.
const theDatabase = ownMigratedDatabase(t).then(({ url }) => url);

const twoUsersAtOnce = async (
  t: Test,
  task: Pick<Task, 'mutations' | 'operations' | 'seed' | 'compatibility'>,
): Promise<Outcome> => {
  const databaseUrl = await theDatabase;
  const outcome = await runInWorker<Outcome>(new URL('../support/http/two-users.ts', import.meta.url), {
    ...task,
    databaseUrl,
  });
  t.comment(JSON.stringify(outcome));
  return outcome;
};

const operations = scaled(6_000, 2_500);
const some = scaled(20, 5);

t.test(`${operations} random operations of two users: nothing crosses`, async (t) => {
  const { foreign, translated, replayed, statuses } = await twoUsersAtOnce(t, { mutations: [], operations, seed: 1 });
  t.equal(foreign, 0);
  for (const status of [200, 201, 204, 304, 403, 404, 409, 410, 412])
    t.ok((statuses[status] ?? 0) > some, `${status} was seen`);
  t.ok(replayed > operations / 50, `${replayed} responses were replayed`);
  t.ok(translated > operations / 50, `${translated} requests were translated`);
  t.notOk(Object.keys(statuses).some((status) => Number(status) >= 500));
});

t.test(`${operations} more with the owner filter mutated away: row security alone keeps them apart`, async (t) => {
  t.equal((await twoUsersAtOnce(t, { mutations: withoutOwnerFilter, operations, seed: 2 })).foreign, 0);
});

t.test('some with row security off: the owner filter alone keeps them apart', async (t) => {
  t.equal(
    (await twoUsersAtOnce(t, { mutations: withoutRowSecurity, operations: scaled(1_000, 500), seed: 3 })).foreign,
    0,
  );
});

t.test('with both off it leaks: this test can fail', async (t) => {
  const mutations = [...withoutOwnerFilter, ...withoutRowSecurity];
  t.ok((await twoUsersAtOnce(t, { mutations, operations: 150, seed: 4 })).foreign > 0);
});

t.test('where responses have the shapes of other backends: nothing crosses either', async (t) => {
  const compatibility = [
    'bare',
    'tasks',
    'delete-json',
    'camel-case',
    'is-completed',
    'status',
    'extra-fields',
  ] as const;
  const task = { operations: scaled(1_000, 500), seed: 5, compatibility };
  const { foreign, translated } = await twoUsersAtOnce(t, { ...task, mutations: [] });
  t.equal(foreign, 0);
  t.ok(translated > task.operations / 50, `${translated} requests were translated`);
  const mutations = [...withoutOwnerFilter, ...withoutRowSecurity];
  t.ok((await twoUsersAtOnce(t, { ...task, operations: 150, mutations })).foreign > 0, 'this test can fail');
});

import t, { type Test } from 'tap';
import type { Outcome, Task } from '../support/http/two-users.ts';
import { withoutOwnerFilter, withoutRowSecurity } from '../support/isolation-faults.ts';
import type { Mutation } from '../support/mutation.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { scaled } from '../support/scale.ts';

t.setTimeout(300_000);

const servers = replicatedServers(t);

const withoutAnyOwnerFilter: Mutation[] = [
  ...withoutOwnerFilter,
  { file: 'replica-reads.ts', from: /where id = \$1/g, to: 'where $1::text is not null' },
];

const twoUsersAtOnce = async (t: Test, task: Pick<Task, 'mutations' | 'operations' | 'seed'>): Promise<Outcome> => {
  const { primary, standby, catchUp } = await servers;
  await catchUp();
  const outcome = await runInWorker<Outcome>(new URL('../support/http/two-users.ts', import.meta.url), {
    ...task,
    databaseUrl: primary.url,
    replicaUrl: standby.url,
  });
  t.comment(JSON.stringify(outcome));
  return outcome;
};

const operations = scaled(3_000, 600);

t.test(`${operations} random operations of two users, where a replica answers lists: nothing crosses`, async (t) => {
  const { foreign, fromReplica, statuses } = await twoUsersAtOnce(t, { mutations: [], operations, seed: 11 });
  t.equal(foreign, 0);
  t.ok(fromReplica > operations / 50, `the replica answered ${fromReplica} lists`);
  t.notOk(Object.keys(statuses).some((status) => Number(status) >= 500));
});

t.test('with the owner filter mutated away: row security alone keeps them apart, on the replica too', async (t) => {
  const task = { mutations: withoutAnyOwnerFilter, operations, seed: 12 };
  const { foreign, fromReplica } = await twoUsersAtOnce(t, task);
  t.equal(foreign, 0);
  t.ok(fromReplica > operations / 50, `the replica answered ${fromReplica} lists`);
});

t.test('with row security off: the owner filter alone keeps them apart', async (t) => {
  const { foreign, fromReplica } = await twoUsersAtOnce(t, { mutations: withoutRowSecurity, operations, seed: 13 });
  t.equal(foreign, 0);
  t.ok(fromReplica > operations / 50, `the replica answered ${fromReplica} lists`);
});

t.test('with both off it leaks: this test can fail', async (t) => {
  const mutations = [...withoutAnyOwnerFilter, ...withoutRowSecurity];
  t.ok((await twoUsersAtOnce(t, { mutations, operations: 150, seed: 14 })).foreign > 0);
});

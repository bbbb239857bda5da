import { toUserId, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import type { Mutation } from '../support/mutation.ts';
import { aFaultyRepository, aRepository, newcomers, several } from './support.ts';

const titleOf = (owner: UserId) => `Of ${owner}`;
const owning = (result: PromiseSettledResult<{ title: string }>, owner: UserId) =>
  result.status === 'fulfilled' && result.value.title === titleOf(owner);
const missing = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' && result.reason.code === 'task/not-found';

t.test('of many owners who read the same at once, each gets their own, whatever their ids are', async (t) => {
  const { tasks } = await aRepository(t);
  const names = ['"', '\\', '{}', '{"a",b}', 'a,b', 'NULL', 'null', ' ', '\\"', "'", '\n', 'ÿ 🏡', '$1', '%00'];
  const owners = names.map((name) => toUserId(`${aUser()} ${name}`));
  for (const id of [1, 2])
    await Promise.all(
      owners.map((owner, n) => tasks.add(aDraft(owner, { title: `${id} of number ${n}` }), anOrigin())),
    );
  const requested = owners.flatMap((owner, n) => [(n % 2) + 1, 2, 3].map((id) => ({ owner, n, id })));
  const results = await Promise.allSettled(requested.map(({ owner, id }) => tasks.get(owner, id)));
  for (const [index, result] of results.entries()) {
    const { owner, n, id } = requested[index] as (typeof requested)[number];
    if (id === 3) t.ok(missing(result), `nothing at 3 for ${owner}`);
    else t.match(result, { value: { owner, id, title: `${id} of number ${n}` } });
  }
  const revisions = await Promise.all(owners.map((owner) => tasks.revision(owner)));
  t.ok(
    revisions.every((revision) => revision === 2),
    'and the counter, which tells whether a list is known',
  );
});

t.test('a read that the server rejects does not fail the others', async (t) => {
  const { tasks } = await aRepository(t);
  const owners = await newcomers(tasks, 12);
  const beyond = 2 ** 31;
  const isBad = (n: number) => n === 4 || n === 9;
  const results = await Promise.allSettled(owners.map((owner, n) => tasks.get(owner, isBad(n) ? beyond : 1)));
  for (const [n, result] of results.entries()) {
    if (isBad(n)) t.match(result, { status: 'rejected', reason: { code: '22003' } }, 'out of range');
    else t.match(result, { status: 'fulfilled', value: { owner: owners[n], id: 1 } });
  }
});

/** Lets users with a task each read it at once, over a faulty adapter. @returns how many got their own, and none */
const readAtOnce = async (t: Test, mutations: readonly Mutation[]) => {
  const tasks = await aFaultyRepository(t, mutations);
  const owners = several(8, aUser);
  for (const owner of owners) await tasks.add(aDraft(owner, { title: titleOf(owner) }), anOrigin());
  const results = await Promise.allSettled(owners.map((owner) => tasks.get(owner, 1)));
  return {
    own: results.filter((result, n) => owning(result, owners[n] as UserId)).length,
    none: results.filter(missing).length,
    all: owners.length,
  };
};

const unfiltered: Mutation = {
  file: 'task-repository.ts',
  from: 'where user_id = $1 and id = $2`',
  to: 'where $1::text is not null and id = $2`',
};
const ownerNotSet: Mutation = { file: 'owner-context.ts', from: `setOwnerTo(ownerSetting, 'p1')`, to: `'p1'` };
const withoutRowSecurity: Mutation = {
  file: 'owner-context.ts',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
  from: "set_config('role', ${escapeLiteral(role)}, true), ",
  to: '',
};

t.test('without the filter on the owner, row security gives each their own', async (t) => {
  const { own, all } = await readAtOnce(t, [unfiltered]);
  t.equal(own, all);
});

t.test('without row security, the filter does', async (t) => {
  const { own, all } = await readAtOnce(t, [withoutRowSecurity]);
  t.equal(own, all);
});

t.test('where the owner is not set for each, only the owner of the transaction finds anything', async (t) => {
  const { own, none, all } = await readAtOnce(t, [ownerNotSet]);
  t.match({ own, none }, { own: 1, none: all - 1 });
});

t.test('with neither, owners get each other’s tasks: these tests can fail', async (t) => {
  const { own, none, all } = await readAtOnce(t, [unfiltered, ownerNotSet]);
  t.ok(own + none < all);
});

import { toUserId, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, aQuery, aUser } from '../support/builders.ts';
import type { Mutation } from '../support/mutation.ts';
import { aFaultyRepository, aRepository, newcomers, several } from './support.ts';

const titleOf = (owner: UserId) => `Of ${owner}`;
const owning = (result: PromiseSettledResult<{ title: string }>, owner: UserId) =>
  result.status === 'fulfilled' && result.value.title === titleOf(owner);
const missing = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' && result.reason.code === 'task/not-found';

t.test('what many ask at once each gets for themselves, whatever they are called', async (t) => {
  const { tasks } = await aRepository(t);
  const names = ['"', '\\', '{}', '{"a",b}', 'a,b', 'NULL', 'null', ' ', '\\"', "'", '\n', 'ÿ 🏡', '$1', '%00'];
  const owners = names.map((name) => toUserId(`${aUser()} ${name}`));
  for (const id of [1, 2])
    await Promise.all(owners.map((owner, n) => tasks.add(aDraft(owner, { title: `${id} of number ${n}` }))));
  const asked = owners.flatMap((owner, n) => [(n % 2) + 1, 2, 3].map((id) => ({ owner, n, id })));
  const answers = await Promise.allSettled(asked.map(({ owner, id }) => tasks.get(owner, id)));
  for (const [index, answer] of answers.entries()) {
    const { owner, n, id } = asked[index] as (typeof asked)[number];
    if (id === 3) t.ok(missing(answer), `nothing at 3 for ${owner}`);
    else t.match(answer, { value: { owner, id, title: `${id} of number ${n}` } });
  }
  const lists = await Promise.all(owners.map((owner) => tasks.list(owner, aQuery(), [2])));
  t.ok(
    lists.every(({ unchanged }) => unchanged),
    'and a list that all of them know is known to each',
  );
});

t.test('one who asks what cannot be answered does not keep the others from their answers', async (t) => {
  const { tasks } = await aRepository(t);
  const owners = await newcomers(tasks, 12);
  const beyond = 2 ** 31;
  const isBad = (n: number) => n === 4 || n === 9;
  const answers = await Promise.allSettled(owners.map((owner, n) => tasks.get(owner, isBad(n) ? beyond : 1)));
  for (const [n, answer] of answers.entries()) {
    if (isBad(n)) t.match(answer, { status: 'rejected', reason: { code: '22003' } }, 'out of range');
    else t.match(answer, { status: 'fulfilled', value: { owner: owners[n], id: 1 } });
  }
});

/** Users with a task each, and how each is answered who asks for it while all others do, over a faulty adapter. */
const asking = async (t: Test, mutations: readonly Mutation[]) => {
  const tasks = await aFaultyRepository(t, mutations);
  const owners = several(8, aUser);
  for (const owner of owners) await tasks.add(aDraft(owner, { title: titleOf(owner) }));
  const answers = await Promise.allSettled(owners.map((owner) => tasks.get(owner, 1)));
  return {
    own: answers.filter((answer, n) => owning(answer, owners[n] as UserId)).length,
    none: answers.filter(missing).length,
    all: owners.length,
  };
};

const unfiltered: Mutation = {
  file: 'task-repository.ts',
  from: 'where user_id = $1 and id = $2`',
  to: 'where $1::text is not null and id = $2`',
};
const notHandedOn: Mutation = { file: 'owner-context.ts', from: `forOwner.replace('$1', 'p1')`, to: `'p1'` };
const withoutRowSecurity: Mutation = {
  file: 'owner-context.ts',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
  from: "set_config('role', '${requestRole}', true), ",
  to: '',
};

t.test('without the filter on the owner, row security gives each of those who ask at once their own', async (t) => {
  const { own, all } = await asking(t, [unfiltered]);
  t.equal(own, all);
});

t.test('without row security, the filter does', async (t) => {
  const { own, all } = await asking(t, [withoutRowSecurity]);
  t.equal(own, all);
});

t.test('where the transaction is not handed on, there is nothing but for whom it is', async (t) => {
  const { own, none, all } = await asking(t, [notHandedOn]);
  t.match({ own, none }, { own: 1, none: all - 1 });
});

t.test('with neither of both lines, they get each other’s: these tests can fail', async (t) => {
  const { own, none, all } = await asking(t, [unfiltered, notHandedOn]);
  t.ok(own + none < all);
});

import type { ChangePosition, Operation } from '@taskward/application';
import { ownerActor, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aQuery, sortedBy } from '../support/builders.ts';
import type { Mutation } from '../support/mutation.ts';
import { aCountedRepository } from './counted.ts';

/** What is done, and how many round trips and statements it takes. */
type Cost = [name: string, work: () => Promise<unknown>, roundTrips: number, statements: number];

/** A user with tasks, of whom some operations count, over an adapter with deliberate faults, if any. */
const anAccount = async (t: Test, tasks: number, mutations: readonly Mutation[] = []) => {
  const { counting, useCases, aUserWith } = await aCountedRepository(t, mutations);
  const owner = await aUserWith(tasks);
  const actor = ownerActor(owner);
  const check = async (costs: readonly Cost[]) => {
    for (const [name, work, batches, statements] of costs) t.match(await counting(work), { batches, statements }, name);
  };
  return { counting, useCases, owner, actor, check };
};

const whoHas = (owner: UserId) => ({ owner, limit: 20 });

t.test('what sync costs', async (t) => {
  const { useCases, owner, actor, check } = await anAccount(t, 30);
  const changes = (since?: ChangePosition) =>
    useCases.listChanges(actor, { ...whoHas(owner), ...(since && { since }) });
  const first = await changes();
  const end = await useCases.endOfChanges(actor, { owner });
  await useCases.changeTask(actor, { owner, id: 1, change: { kind: 'complete' } });
  await check([
    ['the first page of all tasks', () => changes(), 1, 2],
    ['the next one', () => changes(first.next), 1, 2],
    ['what has changed', () => changes(end), 1, 2],
    ['that nothing has', async () => changes({ ...end, revision: end.revision + 1 }), 1, 2],
    ['where the log ends', () => useCases.endOfChanges(actor, { owner }), 1, 2],
  ]);
});

t.test('what the log costs: history, trash, restoration, undo', async (t) => {
  const { useCases, owner, actor, check } = await anAccount(t, 10);
  const title = (id: number) =>
    useCases.changeTask(actor, { owner, id, change: { kind: 'update', changes: { title: `${id}` } } });
  const revision = async () => (await useCases.endOfChanges(actor, { owner })).revision;
  await title(1);
  const changed = await revision();
  for (const id of [2, 3]) await useCases.deleteTask(actor, { owner, id });
  const operations: Operation[] = [4, 5, 6].map((id) => ({ kind: 'update', id, changes: { title: 'Together' } }));
  const batch = await useCases.applyBatch(actor, { owner, operations, atomic: true, dryRun: false });
  await check([
    ['the history of a task', () => useCases.taskHistory(actor, { ...whoHas(owner), id: 1 }), 1, 3],
    ['the log of all', () => useCases.listLog(actor, whoHas(owner)), 1, 2],
    ['the trash', () => useCases.listTrash(actor, whoHas(owner)), 1, 2],
    ['restore', () => useCases.restoreTask(actor, { owner, id: 2 }), 2, 6],
    ['restore what exists', () => useCases.restoreTask(actor, { owner, id: 2 }), 1, 4],
    ['undo a change', () => useCases.undoChange(actor, { owner, revision: changed }), 2, 7],
    ['undo a batch', () => useCases.undoChange(actor, { owner, revision: batch.revision as number }), 2, 7],
    ['empty the trash', () => useCases.purgeTrash(actor, { owner }), 2, 5],
  ]);
});

t.test('what filtered and sorted lists cost', async (t) => {
  const { useCases, owner, actor, check } = await anAccount(t, 30);
  type Query = Parameters<typeof useCases.listTasks>[1]['query'];
  const list = (query: Partial<Query>) => () => useCases.listTasks(actor, { owner, query: { ...aQuery(), ...query } });
  await check([
    [
      'open tasks by due date, of an owner of unknown size',
      list({ status: 'pending', sort: sortedBy('due_date') }),
      2,
      5,
    ],
    ['open tasks by due date', list({ status: 'pending', sort: sortedBy('due_date') }), 1, 3],
    ['with a tag', list({ tags: ['home'] }), 1, 3],
    ['with a tag, due this week', list({ tags: ['home'], due: 'week' }), 2, 5],
    ['by priority, then due date', list({ sort: sortedBy('priority', 'due_date') }), 1, 3],
    ['in the order of their own', list({ sort: sortedBy('position') }), 1, 3],
    ['a search', list({ search: 'milk' }), 1, 3],
    ['with the total', list({ status: 'pending', count: true }), 1, 4],
  ]);
});

t.test('what batches cost, whatever is in them', async (t) => {
  const { useCases, owner, actor, check } = await anAccount(t, 120);
  const apply =
    (operations: readonly Operation[], dryRun = false) =>
    () =>
      useCases.applyBatch(actor, { owner, operations, atomic: true, dryRun });
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  const creations = hundred.map((): Operation => ({ kind: 'create', content: { title: 'New' } }));
  const completions = hundred.map((id): Operation => ({ kind: 'complete', id, completed: true }));
  const mixed: Operation[] = [
    { kind: 'create', content: { title: 'New', tags: ['home'] } },
    { kind: 'update', id: 1, changes: { priority: 'high', add_tags: ['home'] } },
    { kind: 'delete', id: 2 },
  ];
  await check([
    ['a hundred new tasks', apply(creations), 2, 5],
    ['a hundred completions', apply(completions), 2, 5],
    ['creation, change and deletion', apply(mixed), 2, 5],
    ['the same, only tried', apply(mixed.slice(0, 2), true), 1, 3],
    ['a restoration', apply([{ kind: 'restore', id: 2 }]), 2, 6],
    [
      'a change of all that meet a filter',
      apply([{ kind: 'update_where', where: { status: 'pending' }, set: { priority: 'low' } }]),
      2,
      6,
    ],
  ]);
});

const planted: readonly [fault: string, mutation: Mutation, batches: number, statements: number][] = [
  [
    'read one after the other',
    {
      file: 'change-log.ts',
      from: /const \[tasks = \[\], entries = \[\]\] = await sessionOf\(owner\)\.read\(\s*query\(selectTask, owner, id\),/g,
      to: 'const [tasks = []] = await sessionOf(owner).read(query(selectTask, owner, id));\n const [entries = []] = await sessionOf(owner).read(',
    },
    2,
    4,
  ],
  [
    'read twice',
    {
      file: 'change-log.ts',
      from: 'query(selectTask, owner, id),',
      to: 'query(selectTask, owner, id), query(selectHistory, owner, id, from, limit),',
    },
    1,
    4,
  ],
];

t.test('planted faults: a round trip or a statement too many is counted', async (t) => {
  for (const [fault, mutation, batches, statements] of planted) {
    const { counting, useCases, owner, actor } = await anAccount(t, 1, [mutation]);
    const history = () => useCases.taskHistory(actor, { ...whoHas(owner), id: 1 });
    t.match(await counting(history), { batches, statements }, fault);
  }
});

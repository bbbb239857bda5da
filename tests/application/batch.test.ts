import { makeTaskUseCases, type Operation, type Outcome } from '@taskward/application';
import { type DomainError, invalid, operator, ownerActor } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { anInstant, aQuery, aSteadyClock, aUser, sortedBy } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';

const now = anInstant();

/** The use-cases over an empty store, and a batch of its owner’s. */
const aBench = () => {
  const { tasks: store, changes, planning } = makeMemoryStores();
  const owner = aUser();
  const useCases = makeTaskUseCases({ tasks: store, changes, planning, calendar, keys, clock: { now: () => now } });
  const batch = (
    operations: readonly (Operation | DomainError)[],
    { atomic = true, dryRun = false, actor = ownerActor(owner) as Parameters<typeof useCases.applyBatch>[0] } = {},
  ) => useCases.applyBatch(actor, { owner, operations, atomic, dryRun });
  const list = () => store.list(owner, aQuery({ sort: sortedBy('created_at') }));
  return { store, owner, batch, list };
};

/** An outcome in short: what became of it, its task's id and revision, or its code. */
const short = (outcome: Outcome): unknown[] => {
  if (outcome.kind === 'rejected') return [outcome.kind, outcome.error.code];
  return 'task' in outcome ? [outcome.kind, outcome.task.id, outcome.task.revision] : [outcome.kind];
};
const shorts = (outcomes: readonly Outcome[]) => outcomes.map(short);

const create = (title: string): Operation => ({ kind: 'create', content: { title } });

t.test('operations are worked through in order, and a later one sees an earlier one', async (t) => {
  const { batch, list } = aBench();
  const { applied, outcomes } = await batch([
    create(' Milk '),
    create('Bread'),
    { kind: 'update', id: 1, changes: { description: 'Oat' }, condition: { match: [1] } },
    { kind: 'complete', id: 1 },
    { kind: 'complete', id: 1 },
    { kind: 'complete', id: 2, completed: true },
    { kind: 'complete', id: 2, completed: true },
    { kind: 'delete', id: 1, condition: { match: [5] } },
    create('Eggs'),
  ]);
  t.equal(applied, true);
  t.strictSame(shorts(outcomes), [
    ['created', 1, 1],
    ['created', 2, 2],
    ['changed', 1, 3],
    ['changed', 1, 4],
    ['changed', 1, 5],
    ['changed', 2, 6],
    ['changed', 2, 6],
    ['deleted'],
    ['created', 3, 8],
  ]);
  t.match(outcomes[3], { task: { title: 'Milk', description: 'Oat', completed: true } }, 'each as it was by then');
  t.match(outcomes[4], { task: { completed: false } });
  const { tasks, revision } = await list();
  t.equal(revision, 8);
  t.match(tasks, [
    { id: 2, title: 'Bread', completed: true, revision: 6 },
    { id: 3, title: 'Eggs', completed: false, revision: 8 },
  ]);
});

t.test('atomic: one that is refused keeps all from being stored, and every outcome is told', async (t) => {
  const { batch, list } = aBench();
  await batch([create('Milk')]);
  const before = await list();
  const operations: Operation[] = [
    create('Bread'),
    { kind: 'delete', id: 1 },
    { kind: 'update', id: 1, changes: { title: 'Gone' } },
    { kind: 'update', id: 2, changes: { title: '' } },
    { kind: 'complete', id: 2 },
  ];
  const { applied, outcomes } = await batch(operations);
  t.equal(applied, false);
  t.strictSame(shorts(outcomes), [
    ['created', 2, 2],
    ['deleted'],
    ['rejected', 'task/not-found'],
    ['rejected', 'request/invalid'],
    ['changed', 2, 4],
  ]);
  t.strictSame(await list(), before);
  t.match(await batch([create('Bread')]), { outcomes: [{ task: { id: 2, revision: 2 } }] }, 'no id, no revision spent');
});

t.test('not atomic: what is refused leaves the others alone, and counts nothing', async (t) => {
  const { batch, list } = aBench();
  const { applied, outcomes } = await batch(
    [
      create('Milk'),
      create(''),
      { kind: 'update', id: 99, changes: { title: 'x' } },
      create('Bread'),
      { kind: 'delete', id: 1, condition: { match: [9] } },
    ],
    { atomic: false },
  );
  t.equal(applied, true);
  t.strictSame(shorts(outcomes), [
    ['created', 1, 1],
    ['rejected', 'request/invalid'],
    ['rejected', 'task/not-found'],
    ['created', 2, 2],
    ['rejected', 'task/stale'],
  ]);
  t.match((await list()).tasks, [
    { id: 1, revision: 1 },
    { id: 2, revision: 2 },
  ]);
});

t.test('a dry run tells the same and stores nothing', async (t) => {
  for (const atomic of [true, false]) {
    const { batch, list } = aBench();
    await batch([create('Milk')]);
    const before = await list();
    const operations: Operation[] = [create('Bread'), { kind: 'complete', id: 1 }, { kind: 'delete', id: 7 }];
    const dry = await batch(operations, { atomic, dryRun: true });
    t.equal(dry.applied, false);
    t.strictSame(await list(), before);
    const wet = await batch(operations, { atomic });
    t.strictSame(
      dry.outcomes.map((one) => JSON.stringify(one)),
      wet.outcomes.map((one) => JSON.stringify(one)),
    );
    t.equal(wet.applied, !atomic);
  }
});

t.test('an operation that could not be read is refused in its place', async (t) => {
  const unreadable = invalid([{ field: 'op', message: 'must be one of these' }]);
  const { batch, list } = aBench();
  const atomic = await batch([create('Milk'), unreadable]);
  t.equal(atomic.applied, false);
  t.equal((await list()).revision, 0);
  const loose = await batch([create('Milk'), unreadable, create('Bread')], { atomic: false });
  t.strictSame(loose.outcomes[1], { kind: 'rejected', error: unreadable }, 'as it was given');
  t.strictSame(
    (await list()).tasks.map(({ title }) => title),
    ['Milk', 'Bread'],
  );
});

t.test('a condition that does not hold is stale, with the task as it is by then', async (t) => {
  const { batch } = aBench();
  await batch([create('Milk')]);
  for (const kind of ['update', 'complete', 'delete'] as const) {
    const { outcomes } = await batch([
      { kind: 'update', id: 1, changes: { title: 'Bread' } },
      { kind, id: 1, changes: { title: 'Eggs' }, condition: { match: [1] } } as Operation,
    ]);
    const [, second] = outcomes;
    t.match(
      second,
      { kind: 'rejected', error: { code: 'task/stale', current: { title: 'Bread', revision: 2 } } },
      kind,
    );
  }
});

t.test('an owner on their own tasks only, an operator on anybody’s', async (t) => {
  const { batch, list } = aBench();
  await t.rejects(batch([create('Milk')], { actor: ownerActor(aUser()) }), { code: 'auth/wrong-user' });
  await t.rejects(batch([], { actor: ownerActor(aUser()) }), { code: 'auth/wrong-user' }, 'also with nothing to do');
  t.equal((await list()).revision, 0);
  t.equal((await batch([create('Milk')], { actor: operator })).applied, true);
  t.equal((await list()).revision, 1);
});

t.test('an unexpected failure is rethrown, and nothing is stored', async (t) => {
  const { batch, list } = aBench();
  const broken = { kind: 'create', content: undefined } as unknown as Operation;
  await t.rejects(batch([create('Milk'), broken], { atomic: false }), TypeError);
  t.equal((await list()).revision, 0);
});

t.test('all have one time', async (t) => {
  const owner = aUser();
  const { applyBatch } = makeTaskUseCases({ ...makeMemoryStores(), calendar, keys, clock: aSteadyClock() });
  const { outcomes } = await applyBatch(operator, {
    owner,
    operations: [create('a'), create('b'), { kind: 'complete', id: 1 }],
    atomic: true,
    dryRun: false,
  });
  const times = outcomes.flatMap((one) => ('task' in one ? [one.task.createdAt, one.task.updatedAt] : []));
  t.equal(new Set(times).size, 1);
});

const anId = fc.integer({ min: 1, max: 5 });
const aCondition = fc.option(
  fc.record({ match: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 6 }) }, { noNullPrototype: true }),
  { nil: undefined, freq: 3 },
);
const anOperation = fc
  .tuple(
    fc.constantFrom('create', 'update', 'complete', 'delete'),
    anId,
    fc.constantFrom('a', 'b', ''),
    fc.option(fc.boolean(), { nil: undefined }),
    aCondition,
  )
  .map(([kind, id, title, completed, condition]): Operation => {
    const named = { id, ...(condition && { condition }) };
    if (kind === 'create') return { kind, content: { title } };
    if (kind === 'update') return { kind, ...named, changes: { title } };
    if (kind === 'complete') return { kind, ...named, ...(completed !== undefined && { completed }) };
    return { kind: 'delete', ...named };
  });

t.test('a batch that is not atomic is the same as its operations by themselves', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(anOperation, { minLength: 1, maxLength: 10 }), async (operations) => {
      const [whole, single] = [aBench(), aBench()];
      const batch = (await whole.batch(operations, { atomic: false })).outcomes;
      const each: Outcome[] = [];
      for (const operation of operations) each.push(...(await single.batch([operation])).outcomes);
      const of = (outcomes: Outcome[]) => JSON.stringify(outcomes.map(short));
      if (of([...batch]) !== of(each)) throw new Error(`${of([...batch])} is not ${of(each)}`);
      const stored = async ({ list, owner }: typeof whole) => JSON.stringify(await list()).replaceAll(owner, '');
      if ((await stored(whole)) !== (await stored(single))) throw new Error('they left other tasks');
    }),
    { numRuns: 60 },
  );
  t.pass('no counter-example was found');
});

t.test('the revision of the first change, by which the batch is undone', async (t) => {
  const { batch } = aBench();
  t.equal((await batch([create('a'), create('b')])).revision, 1);
  t.equal((await batch([{ kind: 'delete', id: 1 }, create('c')], { dryRun: true })).revision, 3);
  t.equal((await batch([{ kind: 'update', id: 2, changes: { title: 'b' } }])).revision, undefined, 'nothing changed');
  t.equal((await batch([{ kind: 'delete', id: 1 }])).revision, 3);
  t.match((await batch([{ kind: 'undo', revision: 1 }])).outcomes, [{ kind: 'rejected' }], 'a was deleted since');
});

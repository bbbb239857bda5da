import assert from 'node:assert/strict';
import {
  operator,
  Task,
  type TaskChanges,
  type TaskDraft,
  toUserId,
  UnitOfWork,
  type UnitOfWorkState,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aState, holds, someChanges, stateOf } from '../support/arbitraries.ts';
import { aDraft, anInstant, aUser } from '../support/builders.ts';
import { contentOf } from '../support/contents.ts';
import { aPlanning } from '../support/planning.ts';
import { storedAfter } from './account.ts';

const owner = toUserId('somebody');
const later = anInstant('2026-11-21T00:00:00.000Z');

/** Something that is done to a unit of work, or to a store. */
type Deed =
  | { readonly kind: 'add'; readonly title: string }
  | { readonly kind: 'update'; readonly id: number; readonly changes: TaskChanges }
  | { readonly kind: 'remove'; readonly id: number; readonly refused: boolean };

const anId = fc.integer({ min: 1, max: 8 });
const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), title: fc.constantFrom('a', 'b') }, { noNullPrototype: true }),
  fc.record(
    {
      kind: fc.constant('update' as const),
      id: anId,
      changes: fc.oneof(
        someChanges.map(({ typed }) => typed),
        fc.constantFrom<TaskChanges[]>({ completed: true }, { title: ' ' }),
      ),
    },
    { noNullPrototype: true },
  ),
  fc.record({ kind: fc.constant('remove' as const), id: anId, refused: fc.boolean() }, { noNullPrototype: true }),
);

/** An owner with some of the tasks 1 to 5, each at a revision of its own. */
const aUnitOfWorkState: fc.Arbitrary<UnitOfWorkState> = fc
  .tuple(fc.subarray([1, 2, 3, 4, 5]), aState, fc.integer({ min: 0, max: 3 }))
  .map(([ids, state, more]) => ({
    lastTaskId: 5,
    revision: 5 + more,
    taskCount: ids.length,
    tasks: ids.map((id) => Task.restore({ ...state, owner, id, revision: id })),
  }));

const rejection = new Error('it stays');

const perform = (unit: UnitOfWork, deed: Deed): unknown => {
  if (deed.kind === 'add') return stateOf(unit.add(aDraft(owner, { title: deed.title })));
  if (deed.kind === 'update') {
    return stateOf(unit.update(deed.id, (task) => task.change(operator, deed.changes, later, aPlanning())));
  }
  return unit.remove(deed.id, () => {
    if (deed.refused) throw rejection;
  });
};

/** What a deed gives, or how it is refused. */
const outcomeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
};

const plain = ({ tasks, log = [], ...counters }: UnitOfWorkState) => ({
  ...counters,
  tasks: tasks.map(stateOf),
  changes: log.map(({ batch: _batch, ...change }) => change),
});

t.test('several changes in one step are the same as one by one', async (t) => {
  holds(
    t,
    fc.property(aUnitOfWorkState, fc.array(aDeed, { maxLength: 12 }), (before, deeds) => {
      const whole = new UnitOfWork(before);
      const atOnce = deeds.map((deed) => outcomeOf(() => perform(whole, deed)));

      let state = before;
      const oneByOne = deeds.map((deed) => {
        const unit = new UnitOfWork(state);
        const outcome = outcomeOf(() => perform(unit, deed));
        assert.ok(unit.revision - state.revision <= 1, 'one deed is one change at most');
        state = storedAfter(state, unit);
        return outcome;
      });

      assert.deepEqual(atOnce, oneByOne);
      assert.deepEqual(plain(storedAfter(before, whole)), plain(state));
    }),
    { numRuns: 300 },
  );
});

t.test('what is to be stored: each task once, none that is gone, every revision from this unit of work', async (t) => {
  holds(
    t,
    fc.property(aUnitOfWorkState, fc.array(aDeed, { maxLength: 12 }), (before, deeds) => {
      const unit = new UnitOfWork(before);
      for (const deed of deeds) outcomeOf(() => perform(unit, deed));
      const ids = unit.written.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
      assert.equal(new Set(unit.removed).size, unit.removed.length);
      for (const id of unit.removed) {
        assert.ok(!ids.includes(id));
        assert.throws(() => unit.get(id), { code: 'task/not-found' });
      }
      const revisions = unit.written.map(({ revision }) => revision);
      assert.equal(new Set(revisions).size, revisions.length);
      for (const revision of revisions) assert.ok(revision > before.revision && revision <= unit.revision);
      const touched = ids.length + unit.removed.length;
      assert.equal(unit.revision > before.revision, touched > 0, 'counted if, and only if, something changed');
      assert.equal(unit.taskCount, storedAfter(before, unit).tasks.length, 'as many as there are when it is stored');
    }),
  );
});

const aUnitOfWork = (...drafts: TaskDraft[]) => {
  const tasks = drafts.map((draft, n) => Task.restore({ ...draft, id: n + 1, revision: n + 1 }));
  return new UnitOfWork({ lastTaskId: tasks.length, revision: tasks.length, taskCount: tasks.length, tasks });
};

t.test('a later change sees an earlier one', async (t) => {
  const mine = aUser();
  const unit = aUnitOfWork(aDraft(mine));
  t.match(unit.add(aDraft(mine, { title: 'New' })), { id: 2, revision: 2 });
  t.match(
    unit.update(2, (task) => task.setCompleted(operator, {}, later, aPlanning())),
    { id: 2, completed: true, revision: 3 },
  );
  t.match(unit.get(2), { title: 'New', completed: true, revision: 3 });
  unit.remove(2, (task) => t.equal(task.revision, 3, 'as it is by then'));
  t.throws(() => unit.get(2), { code: 'task/not-found' });
  t.throws(() => unit.update(2, (task) => task), { code: 'task/not-found' });
  t.throws(() => unit.remove(2, () => {}), { code: 'task/not-found' });
  t.match(unit.add(aDraft(mine)), { id: 3, revision: 5 }, 'the id of a task that is gone is not used again');
  t.strictSame([unit.written.map(({ id }) => id), unit.removed], [[3], [2]]);
  t.strictSame([unit.lastTaskId, unit.revision], [3, 5]);
});

t.test('what changes nothing, or is refused, counts nothing', async (t) => {
  const unit = aUnitOfWork(aDraft(aUser()));
  const task = unit.get(1);
  t.equal(
    unit.update(1, (one) => one.change(operator, { title: ' Buy milk ' }, later, aPlanning())),
    task,
  );
  t.throws(() => unit.update(1, (one) => one.change(operator, { title: '' }, later, aPlanning())), {
    code: 'request/invalid',
  });
  t.throws(() => {
    unit.remove(1, () => {
      throw rejection;
    });
  }, rejection);
  t.equal(unit.get(1), task);
  t.strictSame([unit.written, unit.removed, unit.revision, unit.lastTaskId], [[], [], 1, 1]);
});

t.test('each change is noted, with what it takes to go back', async (t) => {
  const mine = aUser();
  const unit = aUnitOfWork(aDraft(mine), aDraft(mine));
  t.strictSame(unit.changes, []);
  const removed = unit.get(2);
  unit.update(1, (task) => task.change(operator, { title: 'Buy bread', completed: true }, later, aPlanning()));
  t.strictSame(unit.changes, [
    { kind: 'updated', taskId: 1, revision: 3, before: { title: 'Buy milk', completed: false } },
  ]);
  unit.remove(2);
  unit.add(aDraft(mine));
  unit.restore(removed);
  const { createdAt, updatedAt, completedAt, revision } = removed;
  const before = { ...contentOf(removed), createdAt, updatedAt, completedAt, revision };
  t.strictSame(unit.changes, [
    { kind: 'updated', taskId: 1, revision: 3, batch: 3, before: { title: 'Buy milk', completed: false } },
    { kind: 'deleted', taskId: 2, revision: 4, batch: 3, before },
    { kind: 'created', taskId: 3, revision: 5, batch: 3 },
    { kind: 'restored', taskId: 2, revision: 6, batch: 3 },
  ]);
  t.strictSame([unit.written.map(({ id }) => id), unit.removed], [[1, 3, 2], []]);
});

t.test('what a unit of work has of the log: newest first, of one task, and of one step', async (t) => {
  const at = anInstant();
  const log = [
    { kind: 'updated', taskId: 1, revision: 5, before: { title: 'b' }, at },
    { kind: 'updated', taskId: 2, revision: 4, before: { title: 'a' }, batch: 3, at },
    { kind: 'updated', taskId: 1, revision: 3, before: { title: 'a' }, batch: 3, at },
  ] as const;
  const tasks = [1, 2].map((id) => Task.restore({ ...aDraft(aUser()), id, revision: id + 3 }));
  const unit = new UnitOfWork({ lastTaskId: 2, revision: 5, taskCount: 2, tasks, log });
  const revisions = (changes: readonly { revision: number }[]) => changes.map(({ revision }) => revision);
  t.strictSame(revisions(unit.changesOf(1)), [5, 3]);
  t.strictSame(revisions(unit.changesOf(3)), []);
  t.strictSame(revisions(unit.changesMadeWith(5)), [5]);
  t.strictSame(revisions(unit.changesMadeWith(4)), [4, 3]);
  t.strictSame(revisions(unit.changesMadeWith(3)), [4, 3]);
  t.strictSame(revisions(unit.changesMadeWith(6)), []);
  unit.remove(1);
  t.strictSame(revisions(unit.changesOf(1)), [6, 5, 3], 'with those made here');
  t.strictSame(revisions(unit.changesMadeWith(6)), [], 'but those are not stored yet');
  const partly = new UnitOfWork({ lastTaskId: 2, revision: 5, taskCount: 2, tasks, log: log.slice(0, 2) });
  t.strictSame(revisions(partly.changesMadeWith(4)), [], 'a step that is not kept as a whole is not known');
});

t.test('no more tasks are added than the quota, and removing one makes room', async (t) => {
  const mine = aUser();
  const unit = aUnitOfWork(aDraft(mine), aDraft(mine));
  unit.add(aDraft(mine), 3);
  t.throws(() => unit.add(aDraft(mine), 3), { code: 'task/quota-exceeded', message: /already has 3 tasks/ });
  t.strictSame([unit.taskCount, unit.lastTaskId, unit.revision], [3, 3, 3], 'what is refused spends nothing');
  unit.update(1, (task) => task.change(operator, { title: 'Still changed' }, later, aPlanning()));
  unit.remove(2, () => {});
  t.match(unit.add(aDraft(mine), 3), { id: 4 });
  t.throws(() => unit.add(aDraft(mine), 2), { code: 'task/quota-exceeded' }, 'also where there are more already');
  const gone = unit.get(3);
  unit.remove(3);
  t.throws(() => unit.restore(gone, 2), { code: 'task/quota-exceeded' });
  t.match(unit.restore(gone, 3), { id: 3 });
});

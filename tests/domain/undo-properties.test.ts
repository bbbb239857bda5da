import assert from 'node:assert/strict';
import {
  contentBefore,
  operator,
  restoreTask,
  type TaskContent,
  type TaskFields,
  toUserId,
  type UnitOfWork,
  undoChange,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds, someChanges, someContent } from '../support/arbitraries.ts';
import { aDraft, anInstant } from '../support/builders.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { anAccount, contentsOf } from './account.ts';

const owner = toUserId('somebody');
const now = anInstant('2026-11-21T00:00:00.000Z');
const context = { actor: operator, owner, now, calendar, quota: 6 };

type Deed = (unit: UnitOfWork) => unknown;

const anId = fc.integer({ min: 1, max: 7 });
const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  someContent.map(
    ({ typed }): Deed =>
      (unit) =>
        unit.add(aDraft(owner, typed as TaskContent), context.quota),
  ),
  fc.tuple(anId, someChanges).map(
    ([id, { typed }]): Deed =>
      (unit) =>
        unit.update(id, (task) => task.change(operator, typed, now, aPlanning())),
  ),
  anId.map(
    (id): Deed =>
      (unit) =>
        unit.remove(id),
  ),
  anId.map(
    (id): Deed =>
      (unit) =>
        restoreTask(unit, id, {}, context),
  ),
  fc.integer({ min: 1, max: 12 }).map(
    (revision): Deed =>
      (unit) =>
        undoChange(unit, revision, context),
  ),
);
const someDeeds = fc.array(aDeed, { maxLength: 8 });

const perform = (unit: UnitOfWork, deeds: readonly Deed[]): void => {
  for (const deed of deeds) {
    try {
      deed(unit);
    } catch (error) {
      assert.match((error as { code?: string }).code ?? String(error), /^(task|change|undo)\//);
    }
  }
};

/** An owner with four tasks, one of them deleted, and what deeds made of them, each in a step of its own. */
const aHistory = fc.tuple(fc.array(someContent, { minLength: 4, maxLength: 4 }), someDeeds).map(([contents, deeds]) => {
  const account = anAccount(
    owner,
    contents.map(({ stored }) => stored),
  );
  account.transact((unit) => unit.remove(2));
  for (const deed of deeds) account.transact((unit) => perform(unit, [deed]));
  return account;
});

t.test('the changes of a step, taken backwards, lead from what there is to what there was', async (t) => {
  holds(
    t,
    fc.property(aHistory, someDeeds, (account, deeds) => {
      const before = account.contents();
      const changes = account.transact((unit) => {
        perform(unit, deeds);
        return unit.changes;
      });
      const contents = new Map<number, TaskFields>(account.contents());
      for (const change of changes.toReversed()) {
        const content = contentBefore(change, contents.get(change.taskId));
        if (content === undefined) contents.delete(change.taskId);
        else contents.set(change.taskId, content);
      }
      assert.deepEqual(contents, new Map(before));
    }),
    { numRuns: 300 },
  );
});

t.test('the whole log, taken backwards, leads to the empty account', async (t) => {
  holds(
    t,
    fc.property(aHistory, (account) => {
      const contents = new Map<number, TaskFields>(account.contents());
      const { log = [], revision } = account.state();
      assert.deepEqual(
        log.map((change) => change.revision),
        Array.from({ length: revision }, (_, n) => revision - n),
        'one change a revision',
      );
      for (const change of log) {
        const content = contentBefore(change, contents.get(change.taskId));
        if (content === undefined) contents.delete(change.taskId);
        else contents.set(change.taskId, content);
      }
      assert.equal(contents.size, 0);
    }),
  );
});

t.test('the last step can always be undone, and its undo, and that one’s', async (t) => {
  holds(
    t,
    fc.property(aHistory, someDeeds, (account, deeds) => {
      const before = account.contents();
      const revision = account.state().revision;
      account.transact((unit) => perform(unit, deeds));
      const after = account.contents();
      for (const [expected, count] of [
        [before, 'the step'],
        [after, 'its undo'],
        [before, 'the undo of that'],
      ] as const) {
        const last = account.state().revision;
        if (last === revision) break;
        const outcomes = account.transact((unit) => undoChange(unit, last, { ...context, quota: 100 }));
        assert.deepEqual(account.contents(), expected, count);
        if (account.state().revision === last) break;
        for (const outcome of outcomes) {
          const id = outcome.kind === 'put' ? outcome.task.id : outcome.id;
          const { tasks } = account.state();
          assert.equal(contentsOf({ tasks }).has(id), outcome.kind === 'put');
        }
      }
    }),
    { numRuns: 300 },
  );
});

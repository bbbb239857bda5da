import assert from 'node:assert/strict';
import {
  assertOperator,
  type Condition,
  DomainError,
  operator,
  ownerActor,
  type Revisions,
  Task,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { allowedActors, aMoment, aSingleTask, aTask, aUserId, holds, stateOf } from '../support/arbitraries.ts';
import { aPlanning } from '../support/planning.ts';

const at = (task: Task, revision: number): Task => Object.freeze(task.revise(revision)) as Task;

t.test('isAt: any, or one of those that are named', async (t) => {
  const table: [revisions: Revisions, at7: boolean][] = [
    ['any', true],
    [[], false],
    [[7], true],
    [[6], false],
    [[6, 7], true],
    [[6, 8, 77], false],
    [[7, 7], true],
    [[Number.NaN], false],
  ];
  const [task] = fc.sample(aTask, 1);
  for (const [revisions, expected] of table) {
    t.equal(at(task as Task, 7).isAt(revisions), expected, JSON.stringify(revisions));
  }
});

t.test('assertMeets: goes ahead, or throws with the task as it is', async (t) => {
  const table: [condition: Condition, ok: boolean][] = [
    [{}, true],
    [{ match: 'any' }, true],
    [{ match: [7] }, true],
    [{ match: [1, 7] }, true],
    [{ match: [8] }, false],
    [{ match: [] }, false],
    [{ noneMatch: [] }, true],
    [{ noneMatch: [6, 8] }, true],
    [{ noneMatch: [7] }, false],
    [{ noneMatch: 'any' }, false],
    [{ match: [7], noneMatch: [6] }, true],
    [{ match: [7], noneMatch: [7] }, false],
    [{ match: [6], noneMatch: [6] }, false],
    [{ match: 'any', noneMatch: 'any' }, false],
  ];
  for (const task of fc.sample(aTask, 5).map((one) => at(one, 7))) {
    for (const [condition, ok] of table) {
      const name = JSON.stringify(condition);
      if (ok) t.doesNotThrow(() => task.assertMeets(condition), name);
      else {
        t.throws(
          () => task.assertMeets(condition),
          {
            name: 'DomainError',
            code: 'task/stale',
            message:
              'The task was changed meanwhile, and is at revision 7 now. Look at it, merge, and try again with that revision.',
            faults: [],
          },
          name,
        );
        try {
          task.assertMeets(condition);
        } catch (error) {
          t.equal((error as DomainError).current, task, `${name}: the task itself`);
        }
      }
    }
  }
});

t.test(
  'a condition holds if, and only if, the revision is among those to match and among none of the others',
  async (t) => {
    const revisions: fc.Arbitrary<Revisions> = fc.oneof(
      fc.constant('any' as const),
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    );
    const condition = fc.record(
      { match: revisions, noneMatch: revisions },
      { requiredKeys: [], noNullPrototype: true },
    );
    const meets = (task: Task, { match, noneMatch }: Condition): boolean =>
      (match === undefined || match === 'any' || match.some((one) => one === task.revision)) &&
      (noneMatch === undefined || (noneMatch !== 'any' && noneMatch.every((one) => one !== task.revision)));
    holds(
      t,
      fc.property(aTask, fc.integer({ min: 0, max: 5 }), condition, (task, revision, wanted) => {
        const one = at(task, revision);
        if (meets(one, wanted)) one.assertMeets(wanted);
        else assert.throws(() => one.assertMeets(wanted), { code: 'task/stale' });
      }),
    );
  },
);

t.test('only a stale error has a current task', async (t) => {
  t.equal(new DomainError('task/not-found', 'None.').current, undefined);
});

t.test('setCompleted: to the given value, else the opposite', async (t) => {
  holds(
    t,
    fc.property(aSingleTask, fc.option(fc.boolean(), { nil: undefined }), aMoment, (task, completed, now) => {
      for (const actor of allowedActors(task)) {
        const changed = task.setCompleted(actor, { completed }, now, aPlanning());
        assert.deepEqual(
          stateOf(changed),
          stateOf(task.change(actor, { completed: completed ?? !task.completed }, now, aPlanning())),
        );
        assert.equal(changed === task, completed === task.completed, 'the very same task if nothing changes');
        const { whenCompleted, whenOpen, at } = Task.completionRule(completed, now);
        assert.equal(changed.completed, task.completed ? whenCompleted : whenOpen, 'as the completion rule says');
        assert.equal(at, now);
      }
    }),
  );
});

t.test('setCompleted: on one’s own tasks only, whatever it would change', async (t) => {
  holds(
    t,
    fc.property(aTask, aUserId, fc.option(fc.boolean(), { nil: undefined }), aMoment, (task, other, completed, now) => {
      if (other === task.owner) return;
      assert.throws(() => task.setCompleted(ownerActor(other), { completed }, now, aPlanning()), {
        code: 'auth/wrong-user',
      });
    }),
  );
});

t.test('assertOperator: no owner is one', async (t) => {
  t.doesNotThrow(() => assertOperator(operator));
  holds(
    t,
    fc.property(aUserId, (userId) => {
      assert.throws(() => assertOperator(ownerActor(userId)), { name: 'DomainError', code: 'auth/wrong-user' });
    }),
  );
});

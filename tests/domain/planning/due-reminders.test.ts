import assert from 'node:assert/strict';
import {
  dueReminders,
  type Instant,
  operator,
  reminderLimits,
  Task,
  toUserId,
  UnitOfWork,
  undoChange,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../../support/arbitraries.ts';
import { anInstant, changing } from '../../support/builders.ts';
import { calendar } from '../../support/planning.ts';
import { after, aReminding } from '../../support/reminders.ts';
import { anAccount } from '../account.ts';

const owner = toUserId('somebody');
const nine = anInstant('2026-12-01T09:00:00.000Z');
const minute = 60_000;
const hour = 60 * minute;

t.test('a reminder is fired when it is due, marked as late after a minute, and missed after an hour', async (t) => {
  const table: [late: number, becomes: 'waits' | 'fired' | 'late' | 'missed'][] = [
    [-1, 'waits'],
    [0, 'fired'],
    [minute, 'fired'],
    [minute + 1, 'late'],
    [hour, 'late'],
    [hour + 1, 'missed'],
    [365 * 24 * hour, 'missed'],
  ];
  for (const [milliseconds, becomes] of table) {
    const now = after(nine, milliseconds);
    const { fired, missed, last } = dueReminders({ completed: false, remindAt: [nine] }, now, calendar);
    const isFired = becomes === 'fired' || becomes === 'late';
    t.same(fired, isFired ? [{ at: nine, late: becomes === 'late' }] : [], `${milliseconds} ms late: ${becomes}`);
    t.same(missed, becomes === 'missed' ? [nine] : []);
    t.equal(last, becomes === 'waits' ? undefined : nine);
  }
  t.same(reminderLimits, { punctual: minute, latest: hour });
});

t.test('a completed task reminds nobody, and loses what was due', async (t) => {
  const remindAt = [nine, after(nine, hour)];
  t.same(dueReminders({ completed: true, remindAt }, nine, calendar), { fired: [], missed: [], last: nine });
  t.same(dueReminders({ completed: true }, nine, calendar), { fired: [], missed: [], last: undefined });
});

t.test('each reminder that is due is fired or missed, and no other is', async (t) => {
  const anAt = fc.integer({ min: -3 * hour, max: hour }).map((milliseconds) => after(nine, milliseconds));
  const some: fc.Arbitrary<Instant[]> = fc.uniqueArray(anAt, { maxLength: 10 }).map((at) => at.sort());
  holds(
    t,
    fc.property(some, (remindAt) => {
      const { fired, missed, last } = dueReminders({ completed: false, remindAt }, nine, calendar);
      const due = remindAt.filter((at) => at <= nine);
      assert.deepEqual([...missed, ...fired.map(({ at }) => at)], due);
      assert.equal(last, due.at(-1));
      for (const { at, late } of fired) assert.equal(late, Date.parse(nine) - Date.parse(at) > minute);
    }),
  );
});

/** A unit of work with a task that reminds at these moments. */
const aUnit = (at: readonly Instant[]) => {
  const task = Task.restore({ ...aReminding(owner, ...at), id: 1, revision: 7 });
  return new UnitOfWork({ lastTaskId: 1, revision: 9, taskCount: 1, tasks: [task] });
};

t.test('a reminder is an entry of the log, and leaves the task at its revision', async (t) => {
  const later = after(nine, hour);
  const unit = aUnit([nine, later]);
  unit.remind(unit.get(1), { at: nine, late: false });
  t.same(unit.changes, [{ kind: 'reminded', reminder: { at: nine, late: false }, taskId: 1, revision: 10 }]);
  t.match(unit.written, [{ id: 1, revision: 7, remindAt: [later] }]);
  t.equal(unit.revision, 10);
});

t.test('reminders that are skipped leave no entry, and are counted', async (t) => {
  const later = after(nine, hour);
  const unit = aUnit([nine, later]);
  unit.skipReminders(unit.get(1), nine);
  t.same(unit.changes, []);
  t.match(unit.written, [{ id: 1, revision: 7, remindAt: [later] }]);
  t.equal(unit.revision, 10, 'so that a unit of work that began before does not bring them back');
});

t.test('a reminder cannot be undone, and keeps nothing else from being undone', async (t) => {
  const account = anAccount(owner);
  const remind = (at: Instant) => account.transact((unit) => unit.remind(unit.get(1), { at, late: false }));
  const undo = (revision: number) =>
    account.transact((unit) =>
      undoChange(unit, revision, { actor: operator, owner, now: after(nine, hour), calendar, quota: 10 }),
    );
  account.transact((unit) => unit.add(aReminding(owner, nine, after(nine, 1), after(nine, 2))));
  remind(nine);
  account.transact((unit) => unit.update(1, changing(owner, { title: 'Call back' }, nine)));
  account.transact((unit) => {
    unit.remind(unit.get(1), { at: after(nine, 1), late: false });
    unit.remind(unit.get(1), { at: after(nine, 2), late: false });
  });
  for (const revision of [2, 4, 5]) t.throws(() => undo(revision), { code: 'change/not-found' });
  t.match(undo(3), [{ kind: 'put', task: { title: 'Call', revision: 6 } }]);
  t.match(undo(1), [{ kind: 'deleted', id: 1 }], 'a creation, with reminders since');
});

import { operator, Task } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import type { MakeRepository } from './task-lists.ts';

const now = anInstant('2026-11-24T08:00:00.000Z');
const reminders = [{ at: '2026-12-01T09:00:00Z' }, { at: '2026-12-02T09:00:00Z' }];
const remindAt = ['2026-12-01T09:00:00.000Z', '2026-12-02T09:00:00.000Z'];

/** What every task repository must load into a unit of work, and store of it, besides the tasks that are named. */
export const testTaskUnits = (t: Test, make: MakeRepository): void => {
  t.test('reminders still to come are in units of work only, and a plain change keeps them', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const pending = (): Promise<readonly string[]> =>
      tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({ result: unit.get(1).remindAt, store: false }));
    t.strictSame((await tasks.add(aDraft(owner, { reminders }), anOrigin())).remindAt, []);
    t.strictSame((await tasks.get(owner, 1)).remindAt, []);
    t.strictSame(await pending(), remindAt);
    await tasks.update(owner, 1, changing(owner, { title: 'New', tags: ['a'] }), anOrigin());
    const complete = (task: Task) => task.setCompleted(operator, {}, now, aPlanning());
    await tasks.update(owner, 1, complete, anOrigin(), Task.completionRule(undefined, now));
    t.match(await tasks.get(owner, 1), { title: 'New', completed: true, remindAt: [] });
    t.strictSame(await pending(), remindAt);
    await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => {
      unit.remind(unit.get(1), { at: anInstant(remindAt[0]), late: false });
      return { result: undefined, store: true };
    });
    t.strictSame(await pending(), remindAt.slice(1), 'the one that was fired is gone');
    await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({
      result: unit.update(1, changing(owner, { reminders: [] })),
      store: true,
    }));
    t.strictSame(await pending(), []);
  });

  t.test('a completion rule leaves a recurring task to the change', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const content = { due_date: '2026-11-30', repeat: 'weekly' };
    const before = await tasks.add(aDraft(owner, content), anOrigin());
    const seen: Task[] = [];
    for (const completed of [undefined, true]) {
      const change = (task: Task) => {
        seen.push(task);
        return task;
      };
      const after = await tasks.update(owner, 1, change, anOrigin(), Task.completionRule(completed, now));
      t.strictSame(after, before);
    }
    t.strictSame(seen, [before, before]);
    t.strictSame(await tasks.get(owner, 1), before);
  });

  t.test('due dates at both ends of the calendar', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const table = [
      ['0001-01-01', '0001-01-01T23:59:59.999Z'],
      ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
      ['9999-12-31', '9999-12-31T23:59:59.999Z'],
      ['9999-12-31T23:59:59.999[Asia/Calcutta]', '9999-12-31T18:29:59.999Z'],
    ] as const;
    for (const [due_date, dueAt] of table) {
      const { id } = await tasks.add(aDraft(owner, { due_date }), anOrigin());
      t.match(await tasks.get(owner, id), { due_date, dueAt });
    }
  });
};

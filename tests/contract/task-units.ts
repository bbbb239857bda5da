import { neighbourCount } from '@taskward/application';
import { operator, positionOf, Task } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing, giving } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import type { MakeRepository } from './task-lists.ts';

const now = anInstant('2026-11-24T08:00:00.000Z');
const reminders = [{ at: '2026-12-01T09:00:00Z' }, { at: '2026-12-02T09:00:00Z' }];
const remindAt = ['2026-12-01T09:00:00.000Z', '2026-12-02T09:00:00.000Z'];

/** What every task repository must load into a unit of work, and store of it, besides the tasks that are named. */
export const testTaskUnits = (t: Test, make: MakeRepository): void => {
  t.test('of what a filter selects there are at most so many, by id, and the others are not loaded', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (let n = 0; n < 6; n += 1) await tasks.add(aDraft(owner, { tags: n % 2 ? ['odd'] : ['even'] }), anOrigin());
    const matching = [
      { status: 'all', tags: ['even'], limit: 2 },
      { status: 'all', tags: ['odd'] },
      { status: 'completed' },
    ] as const;
    const result = await tasks.transact(owner, { ids: [6], matching }, anOrigin(), (unit) => {
      for (const id of unit.selected()) unit.update(id, changing(owner, { completed: true }, now));
      const loaded = unit.tasks.map(({ id }) => id).sort((a, b) => a - b);
      return { result: { selected: [0, 1, 2, 3].map((index) => unit.selected(index)), loaded }, store: true };
    });
    t.strictSame(result, { selected: [[1, 3], [2, 4, 6], [], []], loaded: [1, 2, 3, 4, 6] });
    const completed = await Promise.all([1, 2, 3, 4, 5, 6].map((id) => tasks.get(owner, id)));
    t.strictSame(
      completed.map((task) => task.completed),
      [true, false, true, false, false, false],
    );
  });

  t.test('a task’s neighbours are loaded with it, on both sides in the order by position', async (t) => {
    const tasks = await make(t);
    const [owner, other] = [aUser(), aUser()];
    await tasks.transact(other, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 0; n < 60; n += 1) unit.add(aDraft(other));
      return { result: undefined, store: true };
    });
    const total = 50;
    const ordered = await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 0; n < total; n += 1) unit.add(aDraft(owner));
      // Moved to the top, into the middle, between others that were moved, and to the end.
      for (const [id, position] of [
        [40, 'a0'],
        [41, 'h00000014V'],
        [42, 'h00000014G'],
        [3, 'zz0'],
        [4, 'zz0V'],
      ] as const) {
        unit.update(id, giving(owner, { position }));
      }
      const byPosition = unit.tasks.sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
      return { result: byPosition.map(({ id }) => id), store: true };
    });
    for (const around of [1, 40, 20, 41, 42, 21, 50, 3, 4, 'top', 'bottom'] as const) {
      const index = around === 'top' ? 0 : around === 'bottom' ? total - 1 : ordered.indexOf(around);
      const loaded = await tasks.transact(owner, { ids: [], around }, anOrigin(), (unit) => ({
        result: new Set(unit.tasks.map(({ id }) => id)),
        store: false,
      }));
      const reach = neighbourCount - Number(typeof around === 'string');
      const wanted = ordered.slice(Math.max(0, index - reach), index + reach + 1);
      t.ok(
        wanted.every((id) => loaded.has(id)),
        `${around}: ${[...loaded]}`,
      );
      t.ok(loaded.size <= 2 * neighbourCount + 3, `${around}, and few others`);
    }
    const ofNone = await tasks.transact(owner, { ids: [], around: 999 }, anOrigin(), (unit) => ({
      result: unit.find(999),
      store: false,
    }));
    t.equal(ofNone, undefined, 'an anchor that is gone is not there');
  });

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

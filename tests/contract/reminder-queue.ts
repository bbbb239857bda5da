import type { ReminderQueue, TaskRepository } from '@taskward/application';
import type { Instant } from '@taskward/domain';
import type { Test } from 'tap';
import { anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { after, aReminding, remind, remindersToCome } from '../support/reminders.ts';

const nine = anInstant('2026-12-01T09:00:00.000Z');
const minute = 60_000;

/** The queue, and the repository whose tasks are in it. */
export interface ReminderStores {
  readonly tasks: TaskRepository;
  readonly reminderQueue: ReminderQueue;
}

/** What every queue of reminders must do. @param make gives stores without tasks */
export const testReminderQueue = (t: Test, make: (scope: Test) => Promise<ReminderStores>): void => {
  const aQueue = async (t: Test) => {
    const { tasks, reminderQueue } = await make(t);
    const add = async (owner = aUser(), ...at: Instant[]) => {
      const { id } = await tasks.add(aReminding(owner, ...at), anOrigin());
      return { owner, id };
    };
    const due = (now: Instant, limit = 100, except = [] as never[]) => reminderQueue.due({ now, limit, except });
    return { tasks, add, due };
  };

  t.test('what is due, the longest first', async (t) => {
    const { add, due } = await aQueue(t);
    const second = await add(aUser(), after(nine, 1));
    const first = await add(aUser(), after(nine, minute), nine);
    const third = await add(second.owner, after(nine, 2));
    await add();
    t.same(await due(after(nine, -1)), []);
    t.same(await due(nine), [first]);
    t.same(await due(after(nine, 1)), [first, second]);
    t.same(await due(after(nine, minute)), [first, second, third]);
    t.same(await due(after(nine, minute), 2), [first, second]);
    t.same(await due(after(nine, minute), 2, [first.owner] as never[]), [second, third]);
    t.same(await due(after(nine, minute), 2, [first.owner, second.owner] as never[]), []);
  });

  t.test('what is due next once a reminder was fired', async (t) => {
    const { tasks, add, due } = await aQueue(t);
    const later = after(nine, minute);
    const task = await add(aUser(), nine, later);
    await remind(tasks, task.owner, task.id, { at: nine, late: false });
    t.same(await due(nine), []);
    t.same(await due(later), [task]);
    t.same(await remindersToCome(tasks, task.owner, task.id), [later]);
    await remind(tasks, task.owner, task.id, { at: later, late: false });
    t.same(await due(after(nine, 100 * minute)), []);
    t.same(await remindersToCome(tasks, task.owner, task.id), []);
  });

  t.test('other changes of a task keep its reminders, also in a unit of work', async (t) => {
    const { tasks, add, due } = await aQueue(t);
    const { owner, id } = await add(aUser(), nine);
    await tasks.update(owner, id, changing(owner, { title: 'Call again' }), anOrigin());
    await tasks.update(owner, id, changing(owner, { completed: true }), anOrigin());
    t.same(await due(nine), [{ owner, id }], 'a completed task is among them');
    await tasks.transact(owner, { ids: [id] }, anOrigin(), (unit) => ({
      result: unit.update(id, changing(owner, { description: 'by phone' })),
      store: true,
    }));
    t.same(await due(nine), [{ owner, id }]);
    await tasks.remove(owner, id, anOrigin());
    t.same(await due(nine), []);
  });

  t.test('reminders that are skipped are stored, and leave no entry in the log', async (t) => {
    const { tasks, add, due } = await aQueue(t);
    const { owner, id } = await add(aUser(), nine, after(nine, minute));
    await tasks.transact(owner, { ids: [id] }, anOrigin(), (unit) => ({
      result: unit.skipReminders(unit.get(id), nine),
      store: true,
    }));
    t.same(await due(nine), []);
    t.same(await remindersToCome(tasks, owner, id), [after(nine, minute)]);
    t.match(await tasks.get(owner, id), { revision: 1 });
    t.equal(await tasks.revision(owner), 2);
  });
};

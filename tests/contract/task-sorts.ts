import { type SortKey, sortOrders, type TaskRepository, type TaskSort } from '@taskward/application';
import { foldText, type Priority, positionOf, priorities, type Task, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aSteadyClock, aUser, changing } from '../support/builders.ts';
import { walk } from '../support/walk.ts';
import { idsOf, type MakeRepository } from './task-lists.ts';

const count = 24;

/** Tasks of which several have the same value of each field, and several none. */
const addAll = async (tasks: TaskRepository, owner: UserId) => {
  const clock = aSteadyClock();
  const [titles, days] = [
    ['b', 'A', 'a', 'é', '😀'],
    [null, '2026-12-01', '2026-11-30T12:00', '2026-12-01T23:59:59.999Z', null, '2026-11-29'],
  ] as const;
  for (let n = 0; n < count; n += 1) {
    const content = {
      title: titles[n % titles.length] as string,
      due_date: days[n % days.length] ?? null,
      priority: [null, ...priorities][(n * 3) % 7] ?? null,
      completed: n % 4 === 0,
      // Keys that sort before, among and after those of tasks that were never moved.
      position: n % 5 === 0 ? `${['a0', 'h0000000aV', 'zz'][n % 3]}${String.fromCodePoint(66 + n)}` : null,
    };
    await tasks.add(aDraft(owner, content, n % 3 === 0 ? anInstant() : clock.now()), anOrigin());
  }
  await tasks.update(owner, 5, changing(owner, { description: 'changed' }), anOrigin());
};

const values: Record<TaskSort, (task: Task) => string | null> = {
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
  title: ({ title }) => foldText(title),
  due_date: ({ dueAt }) => dueAt,
  priority: ({ priority }) => priority && `${priorities.indexOf(priority as Priority)}`,
  position: positionOf,
  completed_at: ({ completedAt }) => completedAt,
};

/** Whether one task comes before another, by these fields and then by id. */
const isBefore = (a: Task, b: Task, sort: readonly SortKey[]): boolean => {
  for (const { field, order } of sort) {
    const [left, right] = [values[field](a), values[field](b)];
    if (left === right) continue;
    // No value comes last, whichever the order.
    if (left === null || right === null) return right === null;
    return left < right === (order === 'asc');
  }
  return a.id < b.id === (sort.at(-1)?.order === 'asc');
};

const fields = Object.keys(sortOrders) as TaskSort[];
const orders = ['asc', 'desc'] as const;
const single: readonly SortKey[] = fields.flatMap((field) => orders.map((order) => ({ field, order })));
const pairs = single.flatMap((first) =>
  single.filter(({ field }) => field !== first.field).map((second) => [first, second] as const),
);

/** How every task repository must sort: by each field, and by several. */
export const testTaskSorts = (t: Test, make: MakeRepository): void => {
  t.test('lists are sorted by each field and each two of them, and paged without a gap or a repeat', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await addAll(tasks, owner);
    for (const sort of [...single.map((key) => [key]), ...pairs]) {
      const name = sort.map(({ field, order }) => `${field} ${order}`).join(', ');
      const { tasks: whole } = await tasks.list(owner, aQuery({ sort, limit: 100 }));
      const isOrdered = whole.every((task, n) => n === 0 || isBefore(whole[n - 1] as Task, task, sort));
      t.ok(isOrdered && whole.length === count, `${name}: ${idsOf(whole)}`);
      t.strictSame(idsOf(await walk(tasks, owner, aQuery({ sort, limit: 5 }))), idsOf(whole), `${name}, by pages`);
    }
  });

  t.test('three fields, one by one, and a page by its offset', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await addAll(tasks, owner);
    const sort = [
      { field: 'completed_at', order: 'desc' },
      { field: 'priority', order: 'asc' },
      { field: 'due_date', order: 'desc' },
    ] as const;
    const { tasks: whole } = await tasks.list(owner, aQuery({ sort }));
    t.ok(whole.every((task, n) => n === 0 || isBefore(whole[n - 1] as Task, task, sort)));
    t.strictSame(idsOf(await walk(tasks, owner, aQuery({ sort, limit: 1 }))), idsOf(whole));
    const middle = await tasks.list(owner, aQuery({ sort, limit: 7, offset: 9 }));
    t.strictSame(idsOf(middle.tasks), idsOf(whole).slice(9, 16));
  });
};

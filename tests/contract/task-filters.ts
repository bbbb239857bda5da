import type { TaskFilter, TaskRepository } from '@taskward/application';
import type { TaskContent, UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { idsOf, type MakeRepository } from './task-lists.ts';

const friday = anInstant('2026-11-20T09:30:00.123Z');
const tuesday = anInstant('2026-11-24T08:00:00.000Z');

const contents: readonly (Partial<TaskContent> & { readonly now?: typeof tuesday })[] = [
  {
    title: 'Rent',
    priority: 'high',
    tags: ['Home', 'money'],
    due_date: '2026-11-30',
    repeat: 'monthly',
    metadata: { project: 'garden', size: 3, shared: true },
  },
  { title: 'Milk' },
  {
    title: 'Call',
    priority: 'urgent',
    tags: ['work'],
    due_date: '2026-11-20T12:00:00Z',
    metadata: { project: 'garden', size: '3', shared: { by: 'me' } },
  },
  {
    title: 'Trip',
    priority: 'low',
    tags: ['home', 'Cafe\u0301 🌍', 'a"\\,{}'],
    due_date: '2026-11-20',
    completed: true,
    metadata: { size: 1e21, 'it’s "a".b\\': 'ö', none: '' },
  },
  {
    title: 'Book',
    tags: ['WORK', 'home'],
    reminders: [{ at: '2026-12-01T09:00:00Z' }],
    completed: true,
    now: tuesday,
  },
  { title: 'Gym', priority: 'medium', due_date: '2026-11-19T08:00', reminders: [{ before: 'PT30M' }] },
];

const addAll = async (tasks: TaskRepository, owner: UserId) => {
  for (const { now = friday, ...content } of contents) await tasks.add(aDraft(owner, content, now), anOrigin());
};

/** Each filter, and the ids of the tasks that it admits. */
const table: readonly [filter: Partial<TaskFilter>, ids: readonly number[]][] = [
  [{}, [1, 2, 3, 4, 5, 6]],
  [{ priority: ['high', 'urgent'] }, [1, 3]],
  [{ priority: ['none'] }, [2, 5]],
  [{ priority: ['none', 'low'] }, [2, 4, 5]],
  [{ tags: ['home'] }, [1, 4, 5]],
  [{ tags: ['HOME', 'work'] }, [5]],
  [{ tags: ['caf\u00e9 🌍'] }, [4]],
  [{ tags: ['a"\\,{}'] }, [4]],
  [{ tags: ['hom'] }, []],
  [{ tags: ['%'] }, []],
  [{ anyTag: ['Money', 'work'] }, [1, 3, 5]],
  [{ anyTag: ['money', 'nothing'] }, [1]],
  [{ anyTag: ['nothing'] }, []],
  [{ untagged: true }, [2, 6]],
  [{ untagged: false }, [1, 3, 4, 5]],
  [{ metadata: [['project', 'garden']] }, [1, 3]],
  [{ metadata: [['project', 'Garden']] }, []],
  [{ metadata: [['size', '3']] }, [1, 3]],
  [{ metadata: [['size', '1e+21']] }, [4]],
  [{ metadata: [['shared', 'true']] }, [1]],
  [{ metadata: [['shared', '{"by":"me"}']] }, []],
  [{ metadata: [['it’s "a".b\\', 'ö']] }, [4]],
  [{ metadata: [['none', '']] }, [4]],
  [{ metadata: [['__proto__', '']] }, []],
  [
    {
      metadata: [
        ['project', 'garden'],
        ['shared', 'true'],
      ],
    },
    [1],
  ],
  [{ due: 'none' }, [2, 5]],
  [{ due: { from: anInstant('2026-11-20T00:00:00.000Z'), before: anInstant('2026-11-21T00:00:00.000Z') } }, [3, 4]],
  [{ due: { before: anInstant('2026-11-20T12:00:00.000Z') } }, [6]],
  [{ due: { before: anInstant('2026-11-20T12:00:00.001Z') } }, [3, 6]],
  [{ due: { from: anInstant('2026-11-20T12:00:00.000Z') } }, [1, 3, 4]],
  [{ due: { from: anInstant('2026-11-20T12:00:00.001Z') } }, [1, 4]],
  [{ repeating: true }, [1]],
  [{ repeating: false }, [2, 3, 4, 5, 6]],
  [{ completed: { from: friday } }, [4, 5]],
  [{ completed: { from: tuesday } }, [5]],
  [{ completed: { before: tuesday } }, [4]],
  [{ updated: { from: tuesday } }, [5]],
  [{ updated: { before: tuesday } }, [1, 2, 3, 4, 6]],
  [{ dated: true }, [1, 3, 4, 5, 6]],
  [{ dated: false }, [2]],
  [{ status: 'pending', tags: ['home'] }, [1]],
  [{ status: 'completed', anyTag: ['home', 'money'], due: 'none' }, [5]],
  [{ search: 'r', priority: ['high', 'low'], untagged: false }, [1, 4]],
];

/** How every task repository must filter, in lists and for units of work. */
export const testTaskFilters = (t: Test, make: MakeRepository): void => {
  t.test('each filter admits the tasks that meet it, on every page and in the count', async (t) => {
    const tasks = await make(t);
    const [owner, other] = [aUser(), aUser()];
    await addAll(tasks, other);
    await addAll(tasks, owner);
    for (const [filter, ids] of table) {
      const query = aQuery({ ...filter, sort: sortedBy('created_at'), count: true });
      const name = JSON.stringify(filter);
      const page = await tasks.list(owner, query);
      t.strictSame([idsOf(page.tasks).sort(), page.total], [ids, ids.length], name);
      const [first] = page.tasks;
      if (first === undefined) continue;
      const rest = await tasks.list(owner, { ...query, limit: 1, offset: 1 });
      t.strictSame(idsOf(rest.tasks), idsOf(page.tasks).slice(1, 2), `${name}, one by one`);
    }
  });

  t.test('a filter selects the same tasks for a unit of work', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await addAll(tasks, owner);
    const matching = table.map(([filter]) => ({ status: 'all', ...filter }) as const);
    const selected = await tasks.transact(owner, { ids: [], matching }, anOrigin(), (unit) => ({
      result: table.map((_, index) => [unit.selected(index), unit.selected(index).map((id) => unit.get(id).id)]),
      store: false,
    }));
    t.strictSame(
      selected,
      table.map(([, ids]) => [ids, ids]),
    );
  });
};

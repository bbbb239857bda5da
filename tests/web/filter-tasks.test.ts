import type { ListQuery, NewTask } from '@taskward/client';
import { makeMemoryStore } from '@taskward/client';
import { selectTasks } from '@taskward/web/list/filter-tasks.ts';
import type { Filter } from '@taskward/web/list/task-list.ts';
import t from 'tap';
import { aListeningApi, aSignedInClient } from '../client/support.ts';
import { aSteadyClock } from '../support/builders.ts';

const everything: Filter = { search: '', status: 'all', due: 'any', priority: 'any', tag: '', sort: 'position' };
const settings = { time_zone: 'America/New_York', day_starts_at: '04:00', week_starts_on: 'sunday' } as const;

const titles = [
  'Buy milk',
  'buy bread',
  'ÄRGER',
  'a\u0308rger',
  'ΟΔΟΣ',
  'Zebra',
  '中',
  '👍 yes',
  'call Ann',
  'CALL Bob',
];
const days = [
  null,
  '2026-11-19',
  '2026-11-20',
  '2026-11-20T09:00',
  '2026-11-20T09:30:00Z',
  '2026-11-21T03:59',
  '2026-11-22',
];
const priorities = ['urgent', 'high', 'medium', 'low', null] as const;

const contents: NewTask[] = Array.from({ length: 70 }, (_, index) => ({
  title: `${titles[index % titles.length]}`,
  description: index % 3 === 0 ? `about the Straße ${index}` : null,
  completed: index % 4 === 1,
  priority: priorities[index % 5] ?? null,
  due_date: days[index % 7] ?? null,
  tags: [['Home'], ['home', 'Garden'], []][index % 3] ?? [],
}));

const filters: Partial<Filter>[] = [
  {},
  ...(['position', 'due_date', 'priority', 'created_at', 'title'] as const).map((sort) => ({ sort })),
  ...(['overdue', 'today', 'week', 'none'] as const).map((due) => ({ due, sort: 'due_date' as const })),
  ...(['urgent', 'none'] as const).map((priority) => ({ priority })),
  ...(['pending', 'completed'] as const).map((status) => ({ status })),
  ...['ÄRGER', 'οδος', 'STRASSE', 'straße 1', 'ann', '  milk ', 'none of them'].map((search) => ({ search })),
  ...['HOME', 'garden', 'none of them'].map((tag) => ({ tag })),
  { status: 'pending', due: 'week', tag: 'home', priority: 'high', search: 'a', sort: 'title' },
];

const queryOf = ({ search, status, due, priority, tag, sort }: Filter): ListQuery => ({
  ...{ status, sort, limit: 500 },
  ...(search.trim() !== '' && { search: search.trim() }),
  ...(due !== 'any' && { due }),
  ...(priority !== 'any' && { priority }),
  ...(tag !== '' && { tag }),
});

t.test('filters and orders are those of the server', async (t) => {
  const { client } = aSignedInClient(await aListeningApi(t));
  await client.changeSettings(settings);
  for (const content of contents) await client.create(content);
  await client.move(3, { to: 'bottom' });
  await client.move(60, { before: 5 });
  const local = client.sync(makeMemoryStore());
  await local.sync();
  const tasks = await local.list();
  const moment = { now: Date.parse(aSteadyClock().now()), settings };
  for (const changes of filters) {
    const filter = { ...everything, ...changes };
    const expected = (await client.list(queryOf(filter))).tasks.map(({ id }) => id);
    const shown = selectTasks(tasks, filter, moment).tasks.map(({ id }) => id);
    t.strictSame(shown, expected, JSON.stringify(changes));
    // What the server makes is computed here as long as it is not there.
    const unsent = tasks.map((task) => ({ ...task, due_at: null }));
    t.strictSame(
      selectTasks(unsent, filter, moment).tasks.map(({ id }) => id),
      expected,
    );
  }
  const { counts, tags } = selectTasks(tasks, everything, moment);
  const { pending, completed, overdue, today } = await client.summary();
  t.strictSame(counts, { all: pending + completed, pending, overdue, today });
  t.strictSame(
    tags.map((tag) => tag.toLowerCase()),
    (await client.tags()).map(({ name }) => name.toLowerCase()),
  );
});

t.test('what is not sent is where the server will put it', async (t) => {
  const { client } = aSignedInClient(await aListeningApi(t));
  const local = client.sync(makeMemoryStore());
  for (const title of ['a', 'b', 'c']) await client.create({ title });
  await local.sync();
  for (const title of ['d', 'e']) await local.create({ title });
  const moment = { now: Date.now(), settings };
  const order = async (sort: Filter['sort']) =>
    selectTasks(await local.list(), { ...everything, sort }, moment)
      .tasks.map(({ title }) => title)
      .join('');
  const sorts = ['position', 'due_date', 'created_at', 'title'] as const;
  const before = await Promise.all(sorts.map(order));
  t.strictSame(before, ['abcde', 'abcde', 'edcba', 'abcde']);
});

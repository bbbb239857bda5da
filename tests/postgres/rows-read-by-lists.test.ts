import type { TaskFilter, TaskSort } from '@taskward/application';
import type { PositionAnchor } from '@taskward/domain';
import t, { type Test } from 'tap';
import { anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { ownDatabase, sqlOn } from '../support/postgres/database.ts';
import { anExplainedRepository } from './explained.ts';

const total = 50_000;

/** An owner with many tasks: 2 of 5 are completed, 1 of 3 has a due date, 1 of 5 a tag, 1 of 4 a priority. */
const aLargeOwner = async (t: Test) => {
  const given = await anExplainedRepository(t, await ownDatabase(t));
  const sql = sqlOn(given.database);
  const owner = aUser();
  const fill = async () => {
    await sql(
      'insert into taskward.users (id, last_task_id, revision, removed_count, created_at) values (?, ?, 1, 0, now())',
      [...[owner, total]],
    );
    await sql(
      `insert into taskward.tasks
         (user_id, id, title, title_folded, completed, created_at, updated_at, revision, priority, tags, tag_keys, due_date, due_at)
       select ?, n, 'Task ' || n, '', n % 5 < 2, at, at, 1, case n % 8 when 0 then 'high' when 1 then 'low' end, tags, tags,
         case when n % 3 = 0 then to_char(due, 'YYYY-MM-DD"T"HH24:MI"Z"') end, case when n % 3 = 0 then due end
       from generate_series(1, ?) n, lateral (select timestamptz '2026-01-01' + n * interval '1 minute' as at,
         timestamptz '2026-06-01' + (n % 9000) * interval '1 hour' as due, case when n % 5 = 0 then '{home}'::text[] end as tags) made`,
      [owner, total],
    );
  };
  const move = (condition: string) =>
    sql(
      `update taskward.tasks set position = case when ${condition} then 'h' || lpad(to_hex(id * 7919 % 60000), 8, '0') || '8' end`,
    );
  return { ...given, sql, owner, fill, move };
};

const sorts = ['-created_at', '-updated_at', 'title', 'due_date', 'priority', 'position', '-completed_at'] as const;
type Sort = TaskSort | `-${TaskSort}`;
const byIndex = ['-created_at', 'due_date'] as const;

const day = { from: anInstant('2026-07-01T00:00:00.000Z'), before: anInstant('2026-07-02T00:00:00.000Z') };
// What each filter reads of 50 000 tasks for a page of 20: few rows in the orders that an index has for it, all in the others.
const filters: readonly [filter: Partial<TaskFilter>, inFew: readonly Sort[]][] = [
  [{}, byIndex],
  [{ status: 'pending' }, byIndex],
  [{ priority: ['high'] }, byIndex],
  [{ tags: ['home'] }, byIndex],
  [{ anyTag: ['home', 'none'] }, byIndex],
  [{ untagged: true }, byIndex],
  [{ due: 'none' }, ['-created_at']],
  [{ updated: { from: anInstant('2026-01-30T00:00:00.000Z') } }, byIndex],
  // By the index of due dates: only tasks that are due then.
  [{ due: day }, sorts],
  // Almost nothing is found, so everything is looked at.
  [{ metadata: [['project', 'garden']] }, []],
  [{ repeating: true }, []],
  [{ completed: day }, []],
  [{ search: 'nowhere' }, []],
];

t.test('what lists of a large owner read', { timeout: 240_000 }, async (t) => {
  const { tasks, owner, fill, explained } = await aLargeOwner(t);
  const list = (filter: Partial<TaskFilter>, sort: Sort) =>
    tasks.list(owner, aQuery({ ...filter, sort: sortedBy(sort), limit: 20 }));
  // Planned while there is nothing.
  for (const [filter] of filters) for (const sort of sorts) await list(filter, sort);
  await fill();
  await list({ status: 'pending' }, 'title');
  for (const [filter, inFew] of filters) {
    for (const sort of sorts) {
      const { rows, scans } = await explained(() => list(filter, sort));
      const isFew = inFew.includes(sort as never);
      const name = `${JSON.stringify(filter)} by ${sort}: ${rows} rows`;
      // Where due dates order what is hardly ever found, tasks that have one are read twice: by their index, and among all.
      const most = total + (sort === 'due_date' ? total / 3 : 0) + 1;
      t.ok(isFew ? rows <= 200 : rows > 5_000 && rows <= most, name);
      t.equal(scans, 0, name);
    }
  }
});

t.test('what moves among many tasks read', { timeout: 240_000 }, async (t) => {
  const { tasks, owner, fill, move, explained } = await aLargeOwner(t);
  const around = async (anchor: PositionAnchor) => {
    let ids: number[] = [];
    await tasks.transact(owner, { ids: [], around: anchor }, anOrigin(), (unit) => {
      ids = unit.tasks.map(({ id }) => id);
      return { store: false, result: undefined };
    });
    return ids.sort((a, b) => a - b);
  };
  const anchors = ['top', 'bottom', 1, 20, 25_000, total] as const;
  for (const anchor of anchors) await around(anchor);
  await fill();
  for (const [share, condition] of [
    ['none', 'false'],
    ['1 %', 'id % 100 = 0'],
    ['half', 'id % 2 = 0'],
    ['all', 'true'],
  ] as const) {
    await move(condition);
    const { tasks: all } = await tasks.list(owner, aQuery({ sort: sortedBy('position'), limit: total }));
    const order = all.map(({ id }) => id);
    for (const anchor of anchors) {
      let ids: number[] = [];
      const { rows, scans } = await explained(async () => {
        ids = await around(anchor);
      });
      t.ok(rows <= 110, `${share} of them moved, around ${anchor}: ${rows} rows`);
      t.equal(scans, 0);
      const index = anchor === 'top' ? 0 : anchor === 'bottom' ? total : order.indexOf(anchor);
      const expected = order.slice(Math.max(0, index - 16), index + (typeof anchor === 'number' ? 17 : 16));
      t.same(
        ids,
        expected.sort((a, b) => a - b),
        'its neighbours',
      );
    }
  }
});

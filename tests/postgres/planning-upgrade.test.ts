import { loginRole, makeOwnerPorts, migrate } from '@taskward/adapters-postgres';
import { makeUseCases, type TaskSort } from '@taskward/application';
import { ownerActor, positionOf } from '@taskward/domain';
import t, { type Test } from 'tap';
import { absentPorts } from '../support/absent-ports.ts';
import { anInstant, anOrigin, aQuery, aSteadyClock, aUser, sortedBy } from '../support/builders.ts';
import { importMutated } from '../support/mutation.ts';
import { calendar, keys } from '../support/planning.ts';
import { open, ownDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';

type Adapter = typeof import('@taskward/adapters-postgres');

const [created, changed] = ['2026-11-01T09:00:00.000Z', '2026-11-02T09:00:00.500Z'];

// As the version before wrote them.
const lastState = {
  title: 'Deleted',
  description: null,
  completed: true,
  created_at: '2026-11-01T09:00:00+00:00',
  updated_at: '2026-11-02T09:00:00.5+00:00',
  revision: 3,
};
const entries = [
  [1, 1, 'created', null],
  [2, 2, 'created', null],
  [3, 3, 'created', null],
  [4, 2, 'updated', { completed: false }],
  [5, 3, 'deleted', lastState],
] as const;

/** A database that has a user's tasks and changes from before, and is migrated after `write`. */
const anUpgrade = async (t: Test) => {
  const older = await importMutated<Adapter>('@taskward/adapters-postgres', [
    { file: 'database.ts', from: "{ name: '20261203-plan-tasks', class: PlanTasks },", to: '' },
    { file: 'database.ts', from: "{ name: '20261204-keep-metadata', class: KeepMetadata },", to: '' },
  ]);
  const url = await ownDatabase(t);
  const before = older.openDatabase(url, poolSettings);
  await older.migrate(before, await older.loginRole(before));
  await older.closeDatabase(before);
  const database = open(t, url);
  const sql = sqlOn(database);
  const owner = aUser();
  await sql(
    'insert into taskward.users (id, last_task_id, revision, removed_count, created_at) values (?, 3, 5, 1, now())',
    [owner],
  );
  for (const [id, title, completed, revision] of [
    [1, 'Open', false, 1],
    [2, 'Completed', true, 4],
  ])
    await sql(
      `insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision, title_folded)
       values (?, ?, ?, null, ?, ?, ?, ?, '')`,
      [owner, id, title, completed, created, completed ? changed : created, revision],
    );
  for (const [revision, id, kind, state] of entries)
    await sql('insert into taskward.changes (user_id, revision, task_id, kind, at, before) values (?, ?, ?, ?, ?, ?)', [
      ...[owner, revision, id, kind, changed],
      state && JSON.stringify(state),
    ]);
  t.same(await migrate(database, await loginRole(database)), ['20261203-plan-tasks', '20261204-keep-metadata']);
  const ports = makeOwnerPorts({ database });
  const useCases = makeUseCases({ ...absentPorts, ...ports, clock: aSteadyClock(), calendar, keys });
  return { sql, owner, useCases, ...ports };
};

const unplanned = {
  priority: null,
  tags: [],
  metadata: {},
  due_date: null,
  repeat: null,
  reminders: [],
  position: null,
  dueAt: null,
};

t.test('tasks from before read as they were', async (t) => {
  const { owner, tasks, planning } = await anUpgrade(t);
  const [open, completed] = await Promise.all([tasks.get(owner, 1), tasks.get(owner, 2)]);
  t.match(open, { title: 'Open', completed: false, completedAt: null, updatedAt: created, revision: 1, ...unplanned });
  t.match(completed, { title: 'Completed', completedAt: changed, updatedAt: changed, revision: 4, ...unplanned });
  t.same([open, completed].map(positionOf), ['h00000001', 'h00000002']);

  const idsBy = async (sort: TaskSort | `-${TaskSort}`) =>
    (await tasks.list(owner, aQuery({ sort: sortedBy(sort) }))).tasks.map(({ id }) => id);
  t.same(await idsBy('position'), [1, 2]);
  t.same(await idsBy('-completed_at'), [2, 1]);
  const found = await tasks.list(owner, aQuery({ completed: { from: anInstant(changed) } }));
  t.same(
    found.tasks.map(({ id }) => id),
    [2],
    'it was completed when it was changed last',
  );
  t.match(await planning.settings(owner), { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' });
  t.same((await planning.tags(owner)).tags, []);
});

t.test('changes from before are undone, and deleted tasks are restored', async (t) => {
  const { owner, useCases } = await anUpgrade(t);
  const actor = ownerActor(owner);
  const restored = await useCases.restoreTask(actor, { owner, id: 3 });
  t.match(restored, { id: 3, title: 'Deleted', completed: true, completedAt: changed, ...unplanned });
  const outcomes = await useCases.undoChange(actor, { owner, revision: 4 });
  t.match(outcomes, [{ kind: 'put', task: { id: 2, completed: false, completedAt: null, ...unplanned } }]);
});

t.test('what processes of the version before still write reads sensibly', async (t) => {
  const { sql, owner, tasks } = await anUpgrade(t);
  const toggle = (id: number, at: string) =>
    sql(
      'update taskward.tasks set completed = not completed, updated_at = ?, revision = revision + 10 where user_id = ? and id = ?',
      [at, owner, id],
    );
  const complete = (id: number) =>
    tasks.update(owner, id, (task) => task, anOrigin(), {
      whenCompleted: false,
      whenOpen: true,
      at: anInstant('2026-11-03T00:00:00.000Z'),
    });
  await toggle(1, '2026-11-04T00:00:00.000Z');
  t.match(await tasks.get(owner, 1), { completed: true, completedAt: '2026-11-04T00:00:00.000Z' });
  await toggle(2, '2026-11-02T10:00:00.000Z');
  t.match(await tasks.get(owner, 2), { completed: false, completedAt: null });
  t.match(await complete(2), { completed: true, completedAt: '2026-11-03T00:00:00.000Z' });
  await toggle(2, '2026-11-05T00:00:00.000Z');
  t.match(await tasks.get(owner, 2), { completed: false, completedAt: null });
  // Such a process leaves the moment of an earlier completion, until a process of this version completes the task.
  await toggle(2, '2026-11-06T00:00:00.000Z');
  t.match(await tasks.get(owner, 2), { completed: true, completedAt: '2026-11-03T00:00:00.000Z' });
});

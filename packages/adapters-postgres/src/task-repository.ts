import type { TaskPage, TaskQuery, TaskRepository, Work } from '@taskward/application';
import { type Revisions, Shelf, type TaskDraft, taskNotFound, type UserId } from '@taskward/domain';
import type { Database } from './database.ts';
import { type Row, type Step, statement, step } from './flight.ts';
import { countMatching, positionOf, selectPage, selectRevision } from './lists.ts';
import { type OwnerSession, ownerSession } from './session.ts';
import { recordsOf, selectRecords, taskColumns, taskFromRow } from './task-mapper.ts';

const select = statement(`select ${taskColumns} from taskward.tasks where user_id = $1 and id = $2`);

// $1 to $6: owner, title, description, completed, created_at, updated_at.
const insertUnder = (owner: string) =>
  statement(
    `with owner as (${owner} returning id, last_task_id, revision)
     insert into taskward.tasks (${taskColumns})
     select id, last_task_id, $2::text, $3::text, $4::boolean, $5::timestamptz, $6::timestamptz, revision from owner
     returning ${taskColumns}`,
  );

// Nearly every task is of an owner who has some already, and to update a row costs less than to find out that it
// cannot be inserted.
const insert = insertUnder(
  'update taskward.users set last_task_id = last_task_id + 1, revision = revision + 1 where id = $1',
);
const insertFirst = insertUnder(
  `insert into taskward.users as u (id, last_task_id, revision, created_at) values ($1, 1, 1, $5::timestamptz)
   on conflict (id) do update set last_task_id = u.last_task_id + 1, revision = u.revision + 1`,
);

const selectForChange = statement(
  `select ${taskColumns.replaceAll(/\w+/g, 't.$&')}, u.revision
   from taskward.users u join taskward.tasks t on t.user_id = u.id where u.id = $1 and t.id = $2`,
);

// What follows writes only if the owner's counter still is what was read: then nothing of theirs was changed since.
const update = statement(
  `with owner as (update taskward.users set revision = $7::bigint where id = $1 and revision = $7::bigint - 1 returning id)
   update taskward.tasks t
   set title = $3, description = $4, completed = $5::boolean, updated_at = $6::timestamptz, revision = $7::bigint
   from owner where t.user_id = owner.id and t.id = $2::integer returning t.id`,
);

const removeUnchanged = statement(
  `with owner as (update taskward.users set revision = $3::bigint where id = $1 and revision = $3::bigint - 1 returning id)
   delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = $2::integer returning t.id`,
);

const remove = statement(
  `with owner as (
     select id from taskward.users where id = $1 for no key update
   ), gone as (
     delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = $2::integer returning t.user_id
   )
   update taskward.users u set revision = u.revision + 1 from gone where u.id = gone.user_id returning u.id`,
);

const selectCounters = statement('select last_task_id, revision from taskward.users where id = $1');

const selectSome = statement(
  `select ${taskColumns} from taskward.tasks where user_id = $1 and id = any ($2::integer[])`,
);

// A new owner's row is made by the first of those who want to make it; the others find a revision that is not 0.
const storeShelf = statement(
  `with owner as (
     insert into taskward.users as u (id, last_task_id, revision, created_at)
     values ($1, $2::integer, $3::bigint, now())
     on conflict (id) do update set last_task_id = excluded.last_task_id, revision = excluded.revision
     where u.revision = $6::bigint returning id
   ), gone as (
     delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = any ($4::integer[])
   ), written as (
     insert into taskward.tasks as t (${taskColumns})
     ${selectRecords('$5')}
     on conflict (user_id, id) do update set title = excluded.title, description = excluded.description,
       completed = excluded.completed, updated_at = excluded.updated_at, revision = excluded.revision
   )
   select id from owner`,
);

const revisionIn = (rows: readonly Row[] = []): number => Number(rows[0]?.[0] ?? 0);

const list = async (
  session: OwnerSession,
  owner: UserId,
  query: TaskQuery,
  known: Revisions = [],
): Promise<TaskPage> => {
  // Who knows the page most often knows it still: then nothing else is asked.
  if (known === 'any' || known.length > 0) {
    const [counter] = await session.read(selectRevision(owner));
    const revision = revisionIn(counter);
    if (known === 'any' || known.includes(revision)) return { revision, unchanged: true, tasks: [] };
  }
  // The counter before the page: a page that is newer than it says is only fetched once more.
  const steps = [selectRevision(owner), selectPage(owner, query)];
  if (query.count) steps.push(countMatching(owner, query));
  const [counter, rows = [], count] = await session.read(...steps);
  const found = rows.map(taskFromRow);
  const tasks = found.slice(0, query.limit);
  const last = found.length > query.limit ? tasks.at(-1) : undefined;
  return {
    revision: revisionIn(counter),
    unchanged: false,
    tasks,
    ...(last && { next: positionOf(last, query) }),
    ...(count && { total: Number(count[0]?.[0]) }),
  };
};

const found = (rows: readonly Row[], id: number): Row => {
  if (rows[0] === undefined) throw taskNotFound(id);
  return rows[0];
};

const shelfOf = ([counters]: readonly Row[], tasks: readonly Row[]): Shelf => {
  const [lastTaskId, revision] = counters ?? ['0', '0'];
  return new Shelf({ lastTaskId: Number(lastTaskId), revision: Number(revision), tasks: tasks.map(taskFromRow) });
};

const storing = (owner: UserId, shelf: Shelf, before: number): Step =>
  step(
    storeShelf,
    owner,
    shelf.lastTaskId,
    shelf.revision,
    `{${shelf.removed.join()}}`,
    recordsOf(shelf.written),
    before,
  );

/** The task repository over sessions, be each call a transaction of its own or all within one. */
export const tasksOver = (sessionOf: (owner: UserId) => OwnerSession): TaskRepository => ({
  async add(draft: TaskDraft) {
    const { owner, title, description, completed, createdAt, updatedAt } = draft;
    const values = [owner, title, description, completed, createdAt, updatedAt] as const;
    const session = sessionOf(owner);
    const [added] = await session.write(step(insert, ...values));
    if (added !== undefined) return taskFromRow(added);
    const [first] = await session.write(step(insertFirst, ...values));
    return taskFromRow(first as Row);
  },

  async get(owner, id) {
    const [rows] = await sessionOf(owner).read(step(select, owner, id));
    return taskFromRow(found(rows as Row[], id));
  },

  list: (owner, query, known) => list(sessionOf(owner), owner, query, known),

  update: (owner, id, change) =>
    sessionOf(owner).decide([step(selectForChange, owner, id)], (rows = []) => {
      const row = found(rows, id);
      const before = taskFromRow(row);
      const after = change(before);
      if (after === before) return { result: before };
      const stored = after.revise(Number(row.at(-1)) + 1);
      const { title, description, completed, updatedAt, revision } = stored;
      return {
        write: step(update, owner, id, title, description, completed, updatedAt, revision),
        result: stored,
      };
    }),

  async remove(owner, id, allow) {
    if (allow === undefined) return void found(await sessionOf(owner).write(step(remove, owner, id)), id);
    return sessionOf(owner).decide([step(selectForChange, owner, id)], (rows = []) => {
      const row = found(rows, id);
      allow(taskFromRow(row));
      return { write: step(removeUnchanged, owner, id, Number(row.at(-1)) + 1), result: undefined };
    });
  },

  transact: <T>(owner: UserId, ids: readonly number[], work: (shelf: Shelf) => Work<T>) =>
    sessionOf(owner).decide(
      [step(selectCounters, owner), step(selectSome, owner, `{${ids.join()}}`)],
      (owned, rows) => {
        const shelf = shelfOf(owned as Row[], rows as Row[]);
        const { revision } = shelf;
        const { result, store } = work(shelf);
        return { result, ...(store && shelf.revision > revision && { write: storing(owner, shelf, revision) }) };
      },
    ),
});

/** The task repository over PostgreSQL. Every statement names the owner, and row security checks it once more. */
export const makeTaskRepository = ({ database }: { database: Database }): TaskRepository =>
  tasksOver((owner) => ownerSession(database, owner));

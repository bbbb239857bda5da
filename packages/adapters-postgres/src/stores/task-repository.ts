import type { TaskPage, TaskQuery, TaskRepository, Work } from '@taskward/application';
import {
  maxTaskId,
  type Revisions,
  searchTooSlow,
  type Task,
  type TaskDraft,
  taskNotFound,
  UnitOfWork,
  type UserId,
} from '@taskward/domain';
import {
  isStatementTimeout,
  type OwnerSession,
  type Query,
  query,
  type Row,
  statement,
} from '@taskward/owner-transactions';
import { ownerStatement } from '../isolation/owner-settings.ts';
import { counters, countersFromRow } from './owner-counters.ts';
import type { OwnerSizes } from './owner-sizes.ts';
import { countMatching, isSearch, positionOf, selectPage, selectRevision } from './task-lists.ts';
import {
  content,
  contentButTexts,
  leavesTexts,
  recordsOf,
  selectedColumns,
  selectRecords,
  setExcluded,
  storedColumns,
  taskFromRow,
} from './task-mapper.ts';

const select = ownerStatement(
  ['text', 'integer'],
  `select ${selectedColumns} from taskward.tasks where user_id = $1 and id = $2`,
);

// $1 to $4: owner, created_at, updated_at, quota. From $5 on: the content.
const insertUnder = (owner: string) =>
  statement(
    `with owner as (${owner} returning id, last_task_id, revision)
     insert into taskward.tasks (user_id, ${storedColumns})
     select id, last_task_id, $2::timestamptz, $3::timestamptz, revision, ${content.places(5)} from owner
     returning ${selectedColumns}`,
  );

// Every assigned id is that of an existing or a removed task. An unknown `removed_count` counts as 0.
const hasRoom = (user = 'users') => `${user}.last_task_id - coalesce(${user}.removed_count, 0) < $4::integer`;

// Nearly every owner has tasks already, and an update costs less than an insert that conflicts.
const insert = insertUnder(
  `update taskward.users set last_task_id = last_task_id + 1, revision = revision + 1 where id = $1 and ${hasRoom()}`,
);
const insertFirst = insertUnder(
  `insert into taskward.users as u (id, last_task_id, revision, removed_count, created_at)
   values ($1, 1, 1, 0, $2::timestamptz)
   on conflict (id) do update set last_task_id = u.last_task_id + 1, revision = u.revision + 1
   where ${hasRoom('u')}`,
);

// $1 to $4: owner, id, the revision that was read, updated_at. From $5 on: the content. Writes only if the task still has
// that revision. If not, the owner's counter skips a value, which is harmless.
const updating = (assignments: string) =>
  statement(
    `with owner as (update taskward.users set revision = revision + 1 where id = $1 returning revision)
     update taskward.tasks
     set updated_at = $4::timestamptz, revision = (select revision from owner), ${assignments}
     where user_id = $1 and id = $2::integer and revision = $3::bigint returning revision`,
  );
const update = updating(content.assignments(5));
const updateLeavingTexts = updating(contentButTexts.assignments(5));

const updateQuery = (before: Task, after: Task): Query => {
  const { owner, id, revision } = before;
  const [statement, columns] = leavesTexts(before, after) ? [updateLeavingTexts, contentButTexts] : [update, content];
  return query(statement, owner, id, revision, after.updatedAt, ...columns.values(after));
};

// $1 to $5: owner, id, whenCompleted, whenOpen, updated_at. Writes only if `completed` changes, so its new value is the
// opposite. Of two concurrent calls, the second waits for the owner's row and then sees what the first wrote; if it
// changes nothing then, the counter skips a value here too.
const changesCompleted =
  'completed <> case when completed then $3::boolean else $4::boolean end and updated_at <= $5::timestamptz';
const setCompleted = statement(
  `with owner as (
     update taskward.users set revision = revision + 1
     where id = $1 and exists (select from taskward.tasks where user_id = $1 and id = $2::integer and ${changesCompleted})
     returning revision
   )
   update taskward.tasks
   set completed = not completed, updated_at = $5::timestamptz, revision = (select revision from owner)
   where user_id = $1 and id = $2::integer and ${changesCompleted} returning ${selectedColumns}`,
);

const removing = (condition = '') =>
  statement(
    `with owner as (
       select id from taskward.users where id = $1 for no key update
     ), gone as (
       delete from taskward.tasks t using owner
       where t.user_id = owner.id and t.id = $2::integer${condition} returning t.user_id
     )
     update taskward.users u set revision = u.revision + 1, removed_count = u.removed_count + 1
     from gone where u.id = gone.user_id returning u.id`,
  );
const remove = removing();
// $3: the revision that was read.
const removeUnchanged = removing(' and t.revision = $3::bigint');

// Not locked: `storeUnitOfWork` checks that the owner's revision is still the one read here.
const selectCounters = statement(`select ${counters} from taskward.users where id = $1`);

const selectSome = statement(
  `select ${selectedColumns} from taskward.tasks where user_id = $1 and id = any ($2::integer[])`,
);

// Of several concurrent first writes, one inserts the owner's row; the others find a revision other than 0.
const storeUnitOfWork = statement(
  `with owner as (
     insert into taskward.users as u (id, last_task_id, revision, removed_count, created_at)
     values ($1, $2::integer, $3::bigint, $7::integer, now())
     on conflict (id) do update set last_task_id = excluded.last_task_id, revision = excluded.revision,
       removed_count = excluded.removed_count
     where u.revision = $6::bigint returning id
   ), gone as (
     delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = any ($4::integer[])
   ), written as (
     insert into taskward.tasks as t (user_id, ${storedColumns})
     ${selectRecords('$5')}
     on conflict (user_id, id) do update set ${setExcluded}
   )
   select id from owner`,
);

const revisionIn = (rows: readonly Row[] = []): number => Number(rows[0]?.[0] ?? 0);
const sizeIn = (rows: readonly Row[] = []): number => Number(rows[0]?.[1] ?? 0);

// Runs queries that filter, sort or count, which may have to scan all of the owner's tasks.
const search = async (
  session: OwnerSession,
  owner: UserId,
  query: TaskQuery,
  queries: readonly Query[],
  sizes: OwnerSizes | undefined,
): Promise<Row[][]> => {
  if (sizes?.isLarge(owner) === undefined && sizes !== undefined) {
    const [counter] = await session.read(selectRevision(owner));
    sizes.set(owner, sizeIn(counter));
  }
  try {
    const rows = await session.search(queries, sizes?.isLarge(owner) ?? false);
    sizes?.set(owner, sizeIn(rows[0]));
    return rows;
  } catch (error) {
    throw query.search !== undefined && isStatementTimeout(error) ? searchTooSlow(error) : error;
  }
};

const list = async (
  session: OwnerSession,
  owner: UserId,
  query: TaskQuery,
  known: Revisions,
  sizes: OwnerSizes | undefined,
): Promise<TaskPage> => {
  // A caller that has the page usually has the current one: the counter alone decides that.
  if (known === 'any' || known.length > 0) {
    const [counter] = await session.read(selectRevision(owner));
    const revision = revisionIn(counter);
    if (isSearch(query)) sizes?.set(owner, sizeIn(counter));
    if (known === 'any' || known.includes(revision)) return { revision, unchanged: true, tasks: [] };
  }
  // The counter before the page: if a write comes between them, the caller only fetches the page once more.
  const queries = [selectRevision(owner), selectPage(owner, query)];
  // A search that fits on the first page gives the count, so it does not run twice.
  const isCountedLater = query.count && query.search !== undefined;
  if (query.count && !isCountedLater) queries.push(countMatching(owner, query));
  let [counter, rows = [], count] = await (isSearch(query)
    ? search(session, owner, query, queries, sizes)
    : session.read(...queries));
  if (isCountedLater) {
    const isWhole = rows.length <= query.limit && query.after === undefined && query.offset === 0;
    if (isWhole) count = [[String(rows.length)]];
    else [, count] = await search(session, owner, query, [selectRevision(owner), countMatching(owner, query)], sizes);
  }
  const found = rows.map((row) => taskFromRow(owner, row));
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

const unitOfWorkOf = (owner: UserId, [row]: readonly Row[], tasks: readonly Row[]): UnitOfWork =>
  new UnitOfWork({ ...countersFromRow(row), tasks: tasks.map((one) => taskFromRow(owner, one)) });

const storeQuery = (owner: UserId, unit: UnitOfWork, before: number): Query =>
  query(
    storeUnitOfWork,
    owner,
    unit.lastTaskId,
    unit.revision,
    `{${unit.removed.join()}}`,
    recordsOf(unit.written),
    before,
    unit.lastTaskId - unit.taskCount,
  );

const transact = <T>(
  session: OwnerSession,
  owner: UserId,
  ids: readonly number[],
  work: (unit: UnitOfWork) => Work<T>,
): Promise<T> =>
  session.readThenWrite([query(selectCounters, owner), query(selectSome, owner, `{${ids.join()}}`)], (owned, rows) => {
    const unit = unitOfWorkOf(owner, owned as Row[], rows as Row[]);
    const { revision } = unit;
    const { result, store } = work(unit);
    return {
      result: () => result,
      ...(store && unit.revision > revision && { write: storeQuery(owner, unit, revision) }),
    };
  });

/**
 * Makes the task repository over sessions, each of which is a transaction of its own or part of one.
 * @param sizes the cached owner sizes, if filtered lists share connections with other owners
 */
export const tasksOver = (sessionOf: (owner: UserId) => OwnerSession, sizes?: OwnerSizes): TaskRepository => ({
  async add(draft: TaskDraft, quota = maxTaskId) {
    const { owner, createdAt, updatedAt } = draft;
    const values = [owner, createdAt, updatedAt, quota, ...content.values(draft)] as const;
    const session = sessionOf(owner);
    const [added] = await session.write(query(insert, ...values));
    if (added !== undefined) return taskFromRow(owner, added);
    const [first] = await session.write(query(insertFirst, ...values));
    if (first !== undefined) return taskFromRow(owner, first);
    // The quota is reached, unless `removed_count` is unknown: the unit of work counts the tasks.
    return transact(session, owner, [], (unit) => ({ result: unit.add(draft, quota), store: true }));
  },

  async get(owner, id) {
    const [rows] = await sessionOf(owner).read(query(select, owner, id));
    return taskFromRow(owner, found(rows as Row[], id));
  },

  list: (owner, query, known = []) => list(sessionOf(owner), owner, query, known, sizes),

  async update(owner, id, change, rule) {
    const session = sessionOf(owner);
    if (rule !== undefined) {
      const { whenCompleted, whenOpen, at } = rule;
      const [changed] = await session.write(query(setCompleted, owner, id, whenCompleted, whenOpen, at));
      if (changed !== undefined) return taskFromRow(owner, changed);
    }
    return session.readThenWrite([query(select, owner, id)], (rows = []) => {
      const before = taskFromRow(owner, found(rows, id));
      const after = change(before);
      if (after === before) return { result: () => before };
      return {
        write: updateQuery(before, after),
        result: ([revision]) => after.revise(Number(revision)),
      };
    });
  },

  async remove(owner, id, allow) {
    if (allow === undefined) return void found(await sessionOf(owner).write(query(remove, owner, id)), id);
    return sessionOf(owner).readThenWrite([query(select, owner, id)], (rows = []) => {
      const task = taskFromRow(owner, found(rows, id));
      allow(task);
      return { write: query(removeUnchanged, owner, id, task.revision), result: () => undefined };
    });
  },

  transact: (owner, ids, work) => transact(sessionOf(owner), owner, ids, work),
});

import { pageOf, searchTooSlow, type TaskPage, type TaskQuery, type TaskRepository } from '@taskward/application';
import { maxTaskId, taskNotFound, type UserId } from '@taskward/domain';
import {
  isStatementTimeout,
  type OwnerReads,
  type OwnerSession,
  type Query,
  query,
  type Row,
} from '@taskward/owner-transactions';
import { ownerStatement } from '../../isolation/owner-settings.ts';
import type { OwnerSizes } from './owner-sizes.ts';
import { countMatching, isSearch, positionOf, revisionIn, selectPage, selectRevision } from './task-lists.ts';
import { selectedColumns, taskFromRow } from './task-mapper.ts';
import { completionQuery, insertQuery, removalOfQuery, removalQuery, updateQuery } from './task-writes.ts';
import { transact } from './unit-of-work-store.ts';

/** Selects one of the owner's tasks. */
export const selectTask = ownerStatement(
  ['text', 'integer'],
  `select ${selectedColumns} from taskward.tasks where user_id = $1 and id = $2`,
);

const sizeIn = (rows: readonly Row[] = []): number => Number(rows[0]?.[1] ?? 0);

// Runs queries that filter, sort or count, which may have to scan all of the owner's tasks.
const search = async (
  session: OwnerReads,
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
  session: OwnerReads,
  owner: UserId,
  query: TaskQuery,
  sizes: OwnerSizes | undefined,
): Promise<TaskPage> => {
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
  const { items, last } = pageOf(
    rows.map((row) => taskFromRow(owner, row)),
    query.limit,
  );
  return {
    revision: revisionIn(counter),
    tasks: items,
    ...(last && { next: positionOf(last, query) }),
    ...(count && { total: Number(count[0]?.[0]) }),
  };
};

const found = (rows: readonly Row[], id: number): Row => {
  if (rows[0] === undefined) throw taskNotFound(id);
  return rows[0];
};

/**
 * Makes the task repository over sessions, each of which is a transaction of its own or part of one.
 * @param sizes the cached owner sizes, if filtered lists share connections with other owners
 * @param listsOf what reads first pages, if that is not the session
 */
export const tasksOver = (
  sessionOf: (owner: UserId) => OwnerSession,
  sizes?: OwnerSizes,
  listsOf: (owner: UserId) => OwnerReads = sessionOf,
): TaskRepository => ({
  async add(draft, origin, quota = maxTaskId) {
    const { owner } = draft;
    const session = sessionOf(owner);
    const [added] = await session.write(insertQuery(draft, origin, quota));
    if (added !== undefined) return taskFromRow(owner, added);
    const [addedFirst] = await session.write(insertQuery(draft, origin, quota, { isFirst: true }));
    if (addedFirst !== undefined) return taskFromRow(owner, addedFirst);
    // The quota is reached, unless `removed_count` is unknown: the unit of work counts the tasks.
    return transact(session, owner, { ids: [] }, origin, (unit) => ({ result: unit.add(draft, quota), store: true }));
  },

  async get(owner, id) {
    const [rows] = await sessionOf(owner).read(query(selectTask, owner, id));
    return taskFromRow(owner, found(rows as Row[], id));
  },

  list: (owner, query) => list((query.after === undefined ? listsOf : sessionOf)(owner), owner, query, sizes),

  async revision(owner) {
    const [counter] = await sessionOf(owner).read(selectRevision(owner));
    // A filtered list may follow, which needs the size.
    sizes?.set(owner, sizeIn(counter));
    return revisionIn(counter);
  },

  async update(owner, id, change, origin, rule) {
    const session = sessionOf(owner);
    if (rule !== undefined) {
      const [changed] = await session.write(completionQuery(owner, id, rule, origin));
      if (changed !== undefined) return taskFromRow(owner, changed);
    }
    return session.readThenWrite([query(selectTask, owner, id)], (rows = []) => {
      const before = taskFromRow(owner, found(rows, id));
      const after = change(before);
      if (after === before) return { result: () => before };
      return {
        write: updateQuery(before, after, origin),
        result: ([revision]) => after.revise(Number(revision)),
      };
    });
  },

  async remove(owner, id, origin, allow) {
    if (allow === undefined) return void found(await sessionOf(owner).write(removalQuery(owner, id, origin)), id);
    return sessionOf(owner).readThenWrite([query(selectTask, owner, id)], (rows = []) => {
      const task = taskFromRow(owner, found(rows, id));
      allow(task);
      return { write: removalOfQuery(task, origin), result: () => undefined };
    });
  },

  transact: (owner, scope, origin, work) => transact(sessionOf(owner), owner, scope, origin, work),
});

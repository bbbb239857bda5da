import type { TaskPosition, TaskQuery, TaskRepository } from '@taskward/application';
import { type Task, taskNotFound, type UserId } from '@taskward/domain';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from './database.ts';
import { inOwnerTransaction, type OwnerTransaction } from './session.ts';
import { type StoredTask, taskFromRow } from './task-mapper.ts';

const columns = sql.raw('user_id, id, title, description, completed, created_at, updated_at, revision');

// One collation that every PostgreSQL with ICU has, so that case means the same whatever locale a database was made
// with; compared by code point, so that the order does not change with the ICU version either.
// A capital sigma becomes one of two small ones by its place in the word, which must not keep it from being found.
const folded = (text: RawBuilder<unknown>) => sql`translate(lower(${text} collate "und-x-icu"), 'ς', 'σ') collate "C"`;

const sortKeys = {
  created_at: { column: sql.raw('created_at'), of: (value: string) => sql`${value}::timestamptz` },
  updated_at: { column: sql.raw('updated_at'), of: (value: string) => sql`${value}::timestamptz` },
  title: { column: folded(sql.raw('title')), of: (value: string) => folded(sql`${value}::text`) },
};

const positionOf = (task: Task, { sort }: TaskQuery): TaskPosition => ({
  value: sort === 'title' ? task.title : sort === 'created_at' ? task.createdAt : task.updatedAt,
  id: task.id,
});

const matching = (owner: UserId, { status, search }: TaskQuery): RawBuilder<SqlBool>[] => {
  const conditions = [sql<SqlBool>`user_id = ${owner}`];
  if (status !== 'all') conditions.push(sql<SqlBool>`completed = ${status === 'completed'}`);
  if (search !== undefined) {
    const found = (column: string) => sql`strpos(${folded(sql.raw(column))}, ${folded(sql`${search}::text`)}) > 0`;
    conditions.push(sql<SqlBool>`(${found('title')} or ${found(`coalesce(description, '')`)})`);
  }
  return conditions;
};

const and = (conditions: RawBuilder<SqlBool>[]) => sql.join(conditions, sql` and `);

const selectPage = async (tx: OwnerTransaction, owner: UserId, query: TaskQuery): Promise<Task[]> => {
  const { column, of } = sortKeys[query.sort];
  const direction = sql.raw(query.order);
  const conditions = matching(owner, query);
  if (query.after !== undefined) {
    const { value, id } = query.after;
    conditions.push(
      sql<SqlBool>`(${column}, id) ${sql.raw(query.order === 'asc' ? '>' : '<')} (${of(value)}, ${id}::integer)`,
    );
  }
  // One more than the page holds tells whether there is a next one.
  const rows = await tx.query(sql<StoredTask>`
    select ${columns} from taskward.tasks where ${and(conditions)}
    order by ${column} ${direction}, id ${direction} limit ${query.limit + 1} offset ${query.offset}`);
  return rows.map(taskFromRow);
};

const countMatching = async (tx: OwnerTransaction, owner: UserId, query: TaskQuery): Promise<number> => {
  const rows = await tx.query(sql<{ count: string }>`
    select count(*) from taskward.tasks where ${and(matching(owner, query))}`);
  return Number(rows[0]?.count);
};

/** The task repository over PostgreSQL. Every statement names the owner, and row security checks it once more. */
export const makeTaskRepository = ({ database }: { database: Database }): TaskRepository => ({
  add: (draft) =>
    inOwnerTransaction(database, draft.owner, async (tx) => {
      const rows = await tx.query(sql<StoredTask>`
        with owner as (
          insert into taskward.users as u (id, last_task_id, revision, created_at)
          values (${draft.owner}, 1, 1, ${draft.createdAt})
          on conflict (id) do update set last_task_id = u.last_task_id + 1, revision = u.revision + 1
          returning id, last_task_id, revision
        )
        insert into taskward.tasks (${columns})
        select id, last_task_id, ${draft.title}::text, ${draft.description}::text, ${draft.completed}::boolean,
          ${draft.createdAt}::timestamptz, ${draft.updatedAt}::timestamptz, revision
        from owner returning ${columns}`);
      return taskFromRow(rows[0] as StoredTask);
    }),

  get: (owner, id) =>
    inOwnerTransaction(database, owner, async (tx) => {
      const rows = await tx.query(sql<StoredTask>`
        select ${columns} from taskward.tasks where user_id = ${owner} and id = ${id}`);
      if (rows[0] === undefined) throw taskNotFound(id);
      return taskFromRow(rows[0]);
    }),

  list: (owner, query) =>
    inOwnerTransaction(database, owner, async (tx) => {
      const found = await selectPage(tx, owner, query);
      const tasks = found.slice(0, query.limit);
      const last = found.length > query.limit ? tasks.at(-1) : undefined;
      return {
        tasks,
        ...(last && { next: positionOf(last, query) }),
        ...(query.count && { total: await countMatching(tx, owner, query) }),
      };
    }),

  update: (owner, id, change) =>
    inOwnerTransaction(database, owner, async (tx) => {
      // Every write locks the owner first and the task second, so two writes of one user never wait in a circle.
      const rows = await tx.query(sql<StoredTask>`
        select t.* from taskward.users u join taskward.tasks t on t.user_id = u.id
        where u.id = ${owner} and t.id = ${id} for no key update of u, t`);
      if (rows[0] === undefined) throw taskNotFound(id);
      const before = taskFromRow(rows[0]);
      const after = change(before);
      if (after === before) return before;
      const counted = await tx.query(sql<{ revision: string }>`
        with owner as (
          update taskward.users set revision = revision + 1 where id = ${owner} returning id, revision
        )
        update taskward.tasks t set title = ${after.title}, description = ${after.description},
          completed = ${after.completed}, updated_at = ${after.updatedAt}, revision = owner.revision
        from owner where t.user_id = owner.id and t.id = ${id} returning t.revision`);
      return after.revise(Number(counted[0]?.revision));
    }),

  remove: (owner, id) =>
    inOwnerTransaction(database, owner, async (tx) => {
      const rows = await tx.query(sql`
        with owner as (
          select id from taskward.users where id = ${owner} for no key update
        ), gone as (
          delete from taskward.tasks t using owner where t.user_id = owner.id and t.id = ${id} returning t.user_id
        )
        update taskward.users u set revision = u.revision + 1 from gone where u.id = gone.user_id
        returning u.id`);
      if (rows.length === 0) throw taskNotFound(id);
    }),
});

import type { SortKey, TaskPosition, TaskQuery, TaskSelection, TaskSort } from '@taskward/application';
import { foldText, type Instant, positionOf as keyOf, type Task, type UserId } from '@taskward/domain';
import { type Query, type Row, type Statement, statement, type Value } from '@taskward/owner-transactions';
import { ownerStatement } from '../../isolation/owner-settings.ts';
import { completedAt, filtering, folded, parameters, positionKey } from './task-filters.ts';
import { selectedColumns, unitColumns } from './task-mapper.ts';

interface SortColumn {
  /** The expression that is compared. */
  readonly key: string;
  /** The type of its values as parameters, with a collation where they are texts. */
  readonly type: string;
  /** Whether it can be null; then tasks without a value come last in both orders. */
  readonly nullable?: boolean;
  /** Returns the value of a task. */
  of(task: Task): string | null;
  /** Returns a value as it is compared. */
  comparable?(value: string): string;
}

const sortColumns: Record<TaskSort, SortColumn> = {
  created_at: { key: 'created_at', type: 'timestamptz', of: ({ createdAt }) => createdAt },
  updated_at: { key: 'updated_at', type: 'timestamptz', of: ({ updatedAt }) => updatedAt },
  title: { key: folded('title'), type: 'text collate "C"', of: ({ title }) => title, comparable: foldText },
  due_date: { key: 'due_at', type: 'timestamptz', nullable: true, of: ({ dueAt }) => dueAt },
  priority: {
    key: `array_position('{urgent,high,medium,low}'::text[], priority::text)`,
    type: 'text',
    nullable: true,
    of: ({ priority }) => priority,
  },
  position: { key: positionKey, type: 'text collate "C"', of: keyOf },
  completed_at: {
    key: completedAt,
    type: 'timestamptz',
    nullable: true,
    of: (task): Instant | null => task.completedAt,
  },
};

/** Returns the task's position in a list. */
export const positionOf = (task: Task, { sort }: TaskQuery): TaskPosition => ({
  values: sort.map(({ field }) => sortColumns[field].of(task)),
  id: task.id,
});

const lastOrder = (sort: readonly SortKey[]): SortKey['order'] => sort.at(-1)?.order ?? 'asc';

const ordering = (sort: readonly SortKey[]): string =>
  [
    ...sort.map(({ field, order }) => {
      const { key, nullable } = sortColumns[field];
      return `${key} ${order}${nullable ? ' nulls last' : ''}`;
    }),
    `id ${lastOrder(sort)}`,
  ].join(', ');

type Place = ReturnType<typeof parameters>['place'];

const placed = ({ type, comparable = (text) => text, key }: SortColumn, value: string, place: Place): string =>
  type === 'text' ? key.replace('priority::text', `${place(value)}::text`) : `${place(comparable(value))}::${type}`;

/** The condition that a row comes after a position, from the key with this index on. */
const beyond = (sort: readonly SortKey[], { values, id }: TaskPosition, place: Place, index = 0): string => {
  const sign = (order: SortKey['order']) => (order === 'asc' ? '>' : '<');
  const sortKey = sort[index];
  if (sortKey === undefined) return `id ${sign(lastOrder(sort))} ${place(id)}::integer`;
  const column = sortColumns[sortKey.field];
  const value = values[index] ?? null;
  const rest = beyond(sort, { values, id }, place, index + 1);
  // Nothing comes after tasks without a value except for others of them.
  if (value === null) return `(${column.key} is null and ${rest})`;
  const key = placed(column, value, place);
  const isAfter = `${column.key} ${sign(sortKey.order)} ${key}${column.nullable ? ` or ${column.key} is null` : ''}`;
  return `(${isAfter} or (${column.key} = ${key} and ${rest}))`;
};

const continued = (sort: readonly SortKey[], after: TaskPosition, place: Place): string => {
  const [first] = sort;
  const column = sortColumns[first?.field ?? 'created_at'];
  // One comparison of rows, which an index can begin at.
  if (sort.length > 1 || column.nullable || first === undefined) return beyond(sort, after, place);
  const sign = first.order === 'asc' ? '>' : '<';
  return `(${column.key}, id) ${sign} (${placed(column, after.values[0] as string, place)}, ${place(after.id)}::integer)`;
};

/** Returns whether a query may have to scan all of the owner's tasks, not only those of its page. */
export const isSearch = (query: TaskQuery): boolean =>
  query.sort.length !== 1 ||
  query.sort[0]?.field !== 'created_at' ||
  query.count ||
  query.offset > 0 ||
  filtering(query, () => '').length > 0;

// Caches statements, one per combination of filters and order, because naming one takes a hash of its text.
const maxStatements = 500;
const statements = new Map<string, Statement>();

const toQuery = (text: string, values: readonly Value[]): Query => {
  let cached = statements.get(text);
  if (cached === undefined) {
    cached = { ...statement(text), isGenerated: true };
    if (statements.size >= maxStatements) statements.delete(statements.keys().next().value as string);
    statements.set(text, cached);
  }
  return { statement: cached, values };
};

const revisionStatement = ownerStatement(['text'], 'select revision, last_task_id from taskward.users where id = $1');

/** Selects the owner's change counter and last task id. An unknown owner has no row. */
export const selectRevision = (owner: UserId): Query => ({ statement: revisionStatement, values: [owner] });

/** Returns the owner's change counter from the rows of `selectRevision`; 0 for an unknown owner. */
export const revisionIn = (rows: readonly Row[] = []): number => Number(rows[0]?.[0] ?? 0);

// Tasks in the order of their due dates, those without one last. The index of due dates does not have the latter: they are read by
// their ids, and only if the page is not full without them.
const selectByDueDate = (owner: UserId, query: TaskQuery, { field, order }: SortKey): Query => {
  const { values, place } = parameters();
  const { limit, offset, after } = query;
  const { key, type } = sortColumns[field];
  const selected = [`user_id = ${place(owner)}`, ...filtering(query, place)].join(' and ');
  const needed = place(limit + 1 + offset);
  const sign = order === 'asc' ? '>' : '<';
  const [due = null] = after?.values ?? [];
  const id = after && `${place(after.id)}::integer`;
  const dated = due === null ? '' : ` and (${key}, id) ${sign} (${place(due)}::${type}, ${id})`;
  const isUndatedOnly = after !== undefined && due === null;
  return toQuery(
    `with dated as materialized (
       select ${selectedColumns} from taskward.tasks where ${selected} and ${isUndatedOnly ? 'false' : `${key} is not null${dated}`}
       order by ${key} ${order}, id ${order} limit ${needed}
     ), undated as (
       select ${selectedColumns} from taskward.tasks
       where ${selected} and ${key} is null and (select count(*) from dated) < ${needed}
         ${isUndatedOnly ? `and id ${sign} ${id}` : ''}
       order by id ${order} limit ${needed}
     )
     select * from dated union all select * from undated
     order by ${key} ${order} nulls last, id ${order} limit ${place(limit + 1)} offset ${place(offset)}`,
    values,
  );
};

/** Selects a page of tasks and one more, which shows that there is a next page. */
export const selectPage = (owner: UserId, query: TaskQuery): Query => {
  const [first, ...others] = query.sort;
  if (first?.field === 'due_date' && others.length === 0 && query.due === undefined)
    return selectByDueDate(owner, query, first);
  const { values, place } = parameters();
  const selected = [`user_id = ${place(owner)}`, ...filtering(query, place)];
  if (query.after !== undefined) selected.push(continued(query.sort, query.after, place));
  const limit = `limit ${place(query.limit + 1)} offset ${place(query.offset)}`;
  return toQuery(
    `select ${selectedColumns} from taskward.tasks where ${selected.join(' and ')}
     order by ${ordering(query.sort)} ${limit}`,
    values,
  );
};

/** Selects tasks for a unit of work. */
export const selectMatching = (owner: UserId, { limit, ...filter }: TaskSelection): Query => {
  const { values, place } = parameters();
  const selected = [`user_id = ${place(owner)}`, ...filtering(filter, place)];
  return toQuery(
    `select ${unitColumns} from taskward.tasks where ${selected.join(' and ')} order by id
     limit ${place(limit ?? null)}::bigint`,
    values,
  );
};

/** Counts the matching tasks on all pages. */
export const countMatching = (owner: UserId, query: TaskQuery): Query => {
  const { values, place } = parameters();
  const selected = [`user_id = ${place(owner)}`, ...filtering(query, place)];
  return toQuery(`select count(*) from taskward.tasks where ${selected.join(' and ')}`, values);
};

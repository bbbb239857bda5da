import type { TaskFilter, TaskPosition, TaskQuery } from '@taskward/application';
import { type FieldName, foldText, searchedFields, type Task, type UserId } from '@taskward/domain';
import { type Query, type Statement, statement, type Value } from '@taskward/owner-transactions';
import { ownerStatement } from '../isolation/owner-settings.ts';
import { foldedColumn, selectedColumns } from './task-mapper.ts';

// Texts are folded when they are written (see `foldedForSearch`), because folding dominated the time of a search. Texts of
// older versions are folded here, with ICU's root locale, which does not depend on the database's locale. All texts are
// compared by code point, so that the order does not depend on the ICU version.
const folded = (column: FieldName) =>
  `(case when ${foldedColumn(column)} <> '' then ${foldedColumn(column)} collate "C"
    when ${foldedColumn(column)} = '' or octet_length(${column}) = char_length(${column}) then lower(${column} collate "C")
    else normalize(translate(lower(${column} collate "und-x-icu"), 'ς', 'σ')) collate "C" end)`;

const sortKeys = {
  created_at: { column: 'created_at', of: (value: string) => `${value}::timestamptz` },
  updated_at: { column: 'updated_at', of: (value: string) => `${value}::timestamptz` },
  title: { column: folded('title'), of: (value: string) => `${value}::text collate "C"` },
};

/** Returns the task's position in a list. */
export const positionOf = (task: Task, { sort }: TaskQuery): TaskPosition => ({
  value: sort === 'title' ? task.title : sort === 'created_at' ? task.createdAt : task.updatedAt,
  id: task.id,
});

/** Collects parameter values and numbers their placeholders: `$1`, `$2` … */
const parameters = () => {
  const values: Value[] = [];
  return { values, place: (value: Value) => `$${values.push(value)}` };
};

type Place = ReturnType<typeof parameters>['place'];

/** The condition of each filter, or `undefined` where it selects all tasks. */
const conditions = {
  status: ({ status }, place) => (status === 'all' ? undefined : `completed = ${place(status === 'completed')}`),
  search: ({ search }, place) => {
    if (search === undefined) return undefined;
    const text = `${place(foldText(search))}::text`;
    return `(${searchedFields.map((name) => `strpos(${folded(name)}, ${text}) > 0`).join(' or ')})`;
  },
} satisfies Record<keyof TaskFilter, (filter: TaskFilter, place: Place) => string | undefined>;

const filtering = (filter: TaskFilter, place: Place): string[] =>
  Object.values(conditions).flatMap((condition) => condition(filter, place) ?? []);

const matching = (place: Place, owner: UserId, query: TaskQuery): string[] => [
  `user_id = ${place(owner)}`,
  ...filtering(query, place),
];

/** Returns whether a query may have to scan all of the owner's tasks, not only those of its page. */
export const isSearch = (query: TaskQuery): boolean =>
  query.sort !== 'created_at' || query.count || query.offset > 0 || filtering(query, () => '').length > 0;

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

/** Selects a page of tasks and one more, which shows that there is a next page. */
export const selectPage = (owner: UserId, query: TaskQuery): Query => {
  const { values, place } = parameters();
  const { column, of } = sortKeys[query.sort];
  const selected = matching(place, owner, query);
  if (query.after !== undefined) {
    const { value, id } = query.after;
    const beyond = query.order === 'asc' ? '>' : '<';
    selected.push(
      `(${column}, id) ${beyond} (${of(place(query.sort === 'title' ? foldText(value) : value))}, ${place(id)}::integer)`,
    );
  }
  const limit = `limit ${place(query.limit + 1)} offset ${place(query.offset)}`;
  return toQuery(
    `select ${selectedColumns} from taskward.tasks where ${selected.join(' and ')}
     order by ${column} ${query.order}, id ${query.order} ${limit}`,
    values,
  );
};

/** Counts the matching tasks on all pages. */
export const countMatching = (owner: UserId, query: TaskQuery): Query => {
  const { values, place } = parameters();
  return toQuery(`select count(*) from taskward.tasks where ${matching(place, owner, query).join(' and ')}`, values);
};

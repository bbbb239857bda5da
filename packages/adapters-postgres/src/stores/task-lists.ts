import type { TaskFilter, TaskPosition, TaskQuery } from '@taskward/application';
import { type FieldName, foldText, searchedFields, type Task, type UserId } from '@taskward/domain';
import { type Query, type Statement, statement, type Value } from '@taskward/owner-transactions';
import { foldedColumn, selectedColumns } from './task-mapper.ts';

// Texts are folded when they are written (see `foldedForSearch`): folding them for each search took most of its time. What
// an older version wrote is folded here, by ICU's root locale, which means the same whatever locale a database was made
// with. All of it is compared by code point, so that the order does not change with the ICU version either.
const folded = (column: FieldName) =>
  `(case when ${foldedColumn(column)} <> '' then ${foldedColumn(column)} collate "C"
    when ${foldedColumn(column)} = '' or octet_length(${column}) = char_length(${column}) then lower(${column} collate "C")
    else normalize(translate(lower(${column} collate "und-x-icu"), 'ς', 'σ')) collate "C" end)`;

const sortKeys = {
  created_at: { column: 'created_at', of: (value: string) => `${value}::timestamptz` },
  updated_at: { column: 'updated_at', of: (value: string) => `${value}::timestamptz` },
  title: { column: folded('title'), of: (value: string) => `${value}::text collate "C"` },
};

/** The task's place in a list. */
export const positionOf = (task: Task, { sort }: TaskQuery): TaskPosition => ({
  value: sort === 'title' ? task.title : sort === 'created_at' ? task.createdAt : task.updatedAt,
  id: task.id,
});

/** Writes down parameters as it hands out their places: `$1`, `$2` … */
const parameters = () => {
  const values: Value[] = [];
  return { values, place: (value: Value) => `$${values.push(value)}` };
};

type Place = ReturnType<typeof parameters>['place'];

/** What each filter asks of a task, as a condition, or `undefined` where it admits all. */
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

/** Whether a page may need all of the owner's tasks to be looked at, not only its own. */
export const isSearch = (query: TaskQuery): boolean =>
  query.sort !== 'created_at' || query.count || query.offset > 0 || filtering(query, () => '').length > 0;

// There are as many texts as ways to filter and sort: each of the latest is named, and so hashed, once.
const mostKnown = 500;
const statements = new Map<string, Statement>();

const toQuery = (text: string, values: readonly Value[]): Query => {
  let known = statements.get(text);
  if (known === undefined) {
    known = { ...statement(text), isGenerated: true };
    if (statements.size >= mostKnown) statements.delete(statements.keys().next().value as string);
    statements.set(text, known);
  }
  return { statement: known, values };
};

const theRevision = statement('select revision, last_task_id from taskward.users where id = $1');

/** The owner's change counter, and how many tasks they have made: no row for an owner that is not known. */
export const selectRevision = (owner: UserId): Query => ({ statement: theRevision, values: [owner] });

/** A page's tasks, and one more, which tells whether there is a next page. */
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

/** How many tasks match, on all pages. */
export const countMatching = (owner: UserId, query: TaskQuery): Query => {
  const { values, place } = parameters();
  return toQuery(`select count(*) from taskward.tasks where ${matching(place, owner, query).join(' and ')}`, values);
};

import {
  type FieldName,
  fieldNames,
  foldText,
  type Instant,
  isTextField,
  searchedFields,
  Task,
  type TaskContent,
  type TaskFields,
  type UserId,
} from '@taskward/domain';
import type { Row, Value } from '@taskward/owner-transactions';

/** How a content field is stored. */
interface Column {
  /** The type that parameters are cast to. */
  readonly type: 'text' | 'boolean';
  /** The PostgreSQL domain that checks the value, if any. */
  readonly domain?: string;
}

/** The column of each content field. Its name is the field's. */
export const columns = {
  title: { type: 'text', domain: 'title' },
  description: { type: 'text', domain: 'description' },
  completed: { type: 'boolean' },
} as const satisfies Record<keyof TaskContent, Column>;

/** Returns the column of a content field. */
export const columnOf = (name: FieldName): Column => columns[name];

/** Returns the column with a text's folded copy, which is searched and sorted by. */
export const foldedColumn = (name: FieldName): string => `${name}_folded`;

/**
 * Returns the folded copy of a text. It is '' for ASCII, where PostgreSQL's `lower` in the C collation gives the same
 * result and costs less than a second copy.
 */
export const foldedForSearch = (text: string | null): string | null => {
  if (text === null) return null;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  return /^[\x00-\x7f]*$/.test(text) ? '' : foldText(text);
};

interface Stored {
  readonly column: string;
  readonly type: string;
  valueIn(task: TaskFields): Value;
}

const stored = (name: FieldName): Stored => ({
  column: name,
  type: columnOf(name).type,
  valueIn: (task) => task[name],
});
const folded = (name: FieldName): Stored => ({
  column: foldedColumn(name),
  type: 'text',
  valueIn: (task) => foldedForSearch(task[name] as string | null),
});

/** Makes the parts of a statement that write the columns: its text and the values of its parameters. */
const writing = (columns: readonly Stored[]) => {
  const place = (index: number, { type }: Stored, first: number) => `$${first + index}::${type}`;
  return {
    columns,
    /** The parameters, numbered from `first`. */
    places: (first: number) => columns.map((column, index) => place(index, column, first)).join(', '),
    /** Assignments of the parameters, numbered from `first`. */
    assignments: (first: number) =>
      columns.map((column, index) => `${column.column} = ${place(index, column, first)}`).join(', '),
    values: (task: TaskFields): Value[] => columns.map(({ valueIn }) => valueIn(task)),
  };
};

const texts = fieldNames.filter(isTextField);
const others = fieldNames.filter((name) => !isTextField(name)).map(stored);

/** All columns of a task's content. */
export const content = writing([...others, ...texts.map(stored), ...searchedFields.map(folded)]);

/** The content columns without texts, so that unchanged texts need not be sent and checked again. */
export const contentButTexts = writing(others);

/** Returns whether a change keeps all texts. */
export const leavesTexts = (before: TaskFields, after: TaskFields): boolean =>
  texts.every((name) => after[name] === before[name]);

const contentColumns = content.columns.map(({ column }) => column);
const storedNames = ['id', 'created_at', 'updated_at', 'revision', ...contentColumns];

/** Statement text: the columns of a task except its owner. */
export const storedColumns = storedNames.join(', ');

/**
 * Statement text: the columns of a task, as `taskFromRow` reads them. `updated_at` is null where it equals `created_at`:
 * most tasks are never changed, and instants are the most expensive values of a row to print and parse.
 */
export const selectedColumns = `id, created_at, nullif(updated_at, created_at), revision, ${fieldNames.join(', ')}`;

/** Statement text: the assignments of an upsert, from the row proposed for insertion. */
export const setExcluded = ['updated_at', 'revision', ...contentColumns]
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/**
 * Statement text: selects the rows of a parameter made by `recordsOf`, with the id of a row named `owner`.
 * @param parameter its placeholder, such as `$5`
 */
export const selectRecords = (parameter: string): string =>
  `select owner.id, ${storedNames.map((name) => `w.${name}`).join(', ')}
   from owner, json_to_recordset(${parameter}::json) as w (
     id integer, created_at timestamptz, updated_at timestamptz, revision bigint,
     ${content.columns.map(({ column, type }) => `${column} ${type}`).join(', ')}
   )`;

/** Returns any number of tasks of one owner as a single parameter. */
export const recordsOf = (tasks: readonly Task[]): string =>
  JSON.stringify(
    tasks.map((task) => {
      const { id, createdAt, updatedAt, revision } = task;
      const record: Record<string, Value> = { id, created_at: createdAt, updated_at: updatedAt, revision };
      for (const { column, valueIn } of content.columns) record[column] = valueIn(task);
      return record;
    }),
  );

/**
 * Converts `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`.
 * The column's type and the session's time zone rule out any other format. Uses `join` to get a flat string: V8
 * serialises an object to JSON twice as fast if all its strings are flat.
 */
export const instantFromRow = (text: string): Instant =>
  [text.slice(0, 10), 'T', text.slice(11, -3), '.000'.slice(text.length - 22), 'Z'].join('') as Instant;

/** Returns the task in a row of `selectedColumns`. */
export const taskFromRow = (owner: UserId, row: Row): Task => {
  const createdAt = instantFromRow(row[1] as string);
  return Task.restore({
    owner,
    id: Number(row[0]),
    title: row[4] as string,
    description: row[5] as string | null,
    completed: row[6] === 't',
    createdAt,
    updatedAt: typeof row[2] === 'string' ? instantFromRow(row[2]) : createdAt,
    revision: Number(row[3]),
  });
};

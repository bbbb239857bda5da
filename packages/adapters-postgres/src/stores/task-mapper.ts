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
  /** Its type, as parameters are cast to it. */
  readonly type: 'text' | 'boolean';
  /** The domain that checks what is written, where there is one. */
  readonly domain?: string;
}

/** The column of each content field, which has the field's name. */
export const columns = {
  title: { type: 'text', domain: 'title' },
  description: { type: 'text', domain: 'description' },
  completed: { type: 'boolean' },
} as const satisfies Record<keyof TaskContent, Column>;

/** The same, whichever column it is. */
export const columnOf = (name: FieldName): Column => columns[name];

/** The column in which a text is stored once more, in the form in which it is searched and sorted. */
export const foldedColumn = (name: FieldName): string => `${name}_folded`;

/**
 * A text as it is stored for searching: folded, or '' where PostgreSQL's own `lower` of the C collation gives the same,
 * which costs less than a second copy.
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

/** Columns, as statements write them. What they return is text of a statement, and the parameters that go with it. */
const written = (columns: readonly Stored[]) => {
  const place = (index: number, { type }: Stored, first: number) => `$${first + index}::${type}`;
  return {
    columns,
    /** Their parameters, from the place of the first one on. */
    places: (first: number) => columns.map((column, index) => place(index, column, first)).join(', '),
    /** What sets them to their parameters. */
    assignments: (first: number) =>
      columns.map((column, index) => `${column.column} = ${place(index, column, first)}`).join(', '),
    values: (task: TaskFields): Value[] => columns.map(({ valueIn }) => valueIn(task)),
  };
};

const texts = fieldNames.filter(isTextField);
const others = fieldNames.filter((name) => !isTextField(name)).map(stored);

/** All columns of a task's content. */
export const content = written([...others, ...texts.map(stored), ...searchedFields.map(folded)]);

/** Those of them that hold no texts. Texts that stay as they are need not be sent, and checked, again. */
export const contentButTexts = written(others);

/** Whether a change leaves all texts as they are. */
export const leavesTexts = (before: TaskFields, after: TaskFields): boolean =>
  texts.every((name) => after[name] === before[name]);

const contentColumns = content.columns.map(({ column }) => column);
const storedNames = ['id', 'created_at', 'updated_at', 'revision', ...contentColumns];

/** Statement text: the columns of a task beside its owner. */
export const storedColumns = storedNames.join(', ');

/**
 * Statement text: the columns of a task, as the mapper reads them. Most tasks were never changed, and an instant is what
 * takes longest of a row, to write and to read: that of a change is there only if there was one.
 */
export const selectedColumns = `id, created_at, nullif(updated_at, created_at), revision, ${fieldNames.join(', ')}`;

/** Statement text: takes what a task becomes from the row that could not be inserted. */
export const setExcluded = ['updated_at', 'revision', ...contentColumns]
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/**
 * Statement text: the rows that a parameter made by `recordsOf` stands for, under the owner of a row called `owner`.
 * @param parameter its place, such as `$5`
 */
export const selectRecords = (parameter: string): string =>
  `select owner.id, ${storedNames.map((name) => `w.${name}`).join(', ')}
   from owner, json_to_recordset(${parameter}::json) as w (
     id integer, created_at timestamptz, updated_at timestamptz, revision bigint,
     ${content.columns.map(({ column, type }) => `${column} ${type}`).join(', ')}
   )`;

/** Tasks of one owner's as a parameter: any number of them in one. */
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
 * `2026-11-20 09:30:00.12+00`, as PostgreSQL prints it (without trailing zeros), to `2026-11-20T09:30:00.120Z`.
 * Joined, not added up, so that the text is in one piece: V8 writes an object down as JSON in half the time if all its
 * texts are. The column's type, the time zone of every transaction and what instants there are leave no other form.
 */
export const instantFromRow = (text: string): Instant =>
  [text.slice(0, 10), 'T', text.slice(11, -3), '.000'.slice(text.length - 22), 'Z'].join('') as Instant;

/** The task of an owner's that a row of `selectedColumns` holds. Content comes last there, in the order of the fields. */
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

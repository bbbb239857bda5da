import {
  emptyAsNull,
  type FieldName,
  fieldNames,
  foldText,
  isTextField,
  searchedFields,
  type Task,
  type TaskDraft,
  type TaskFields,
  tagKey,
} from '@taskward/domain';
import type { Value } from '@taskward/owner-transactions';

/** How a content field is stored. */
interface Column {
  /** The type that parameters are cast to. */
  readonly type: 'text' | 'boolean' | 'text[]' | 'json';
  /** The PostgreSQL domain that checks the value, if any. */
  readonly domain?: string;
  /** The collation of texts that are not compared by the database's own. */
  readonly collation?: string;
  /** Whether the column can be null. A list or an object is null where it is empty. */
  readonly nullable?: boolean;
}

/** The column of each content field. Its name is the field's. */
export const columns = {
  title: { type: 'text', domain: 'title' },
  description: { type: 'text', domain: 'description', nullable: true },
  completed: { type: 'boolean' },
  priority: { type: 'text', domain: 'priority', nullable: true },
  tags: { type: 'text[]', nullable: true },
  due_date: { type: 'text', nullable: true },
  repeat: { type: 'json', nullable: true },
  reminders: { type: 'json', nullable: true },
  position: { type: 'text', collation: 'C', nullable: true },
  metadata: { type: 'json', nullable: true },
} as const satisfies Record<FieldName, Column>;

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

type Stored = TaskDraft | Task;

/** A column that is written. `valueIn` gives its value as JSON has it. */
interface WrittenColumn {
  readonly column: string;
  readonly type: string;
  valueIn(task: Stored): unknown;
}

const written = (name: FieldName): WrittenColumn => ({
  column: name,
  type: columnOf(name).type,
  valueIn: (task) => emptyAsNull(task[name]),
});
const folded = (name: FieldName): WrittenColumn => ({
  column: foldedColumn(name),
  type: 'text',
  valueIn: (task) => foldedForSearch(task[name] as string | null),
});

// In quotes, so that only quotes and backslashes have a meaning.
/** Returns the text form of an array. */
export const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join()}}`;

/** Returns a value as the parameter of a statement. */
const toParameter = (value: unknown, type: string): Value => {
  if (value === null || typeof value !== 'object') return value as Value;
  return type === 'json' ? JSON.stringify(value) : arrayText(value as readonly string[]);
};

/** Makes the parts of a statement that write the columns: its text and the values of its parameters. */
const writing = (columns: readonly WrittenColumn[]) => {
  const place = (index: number, { type }: WrittenColumn, first: number) => `$${first + index}::${type}`;
  return {
    columns,
    /** The parameters, numbered from `first`. */
    places: (first: number) => columns.map((column, index) => place(index, column, first)).join(', '),
    /** Assignments of the parameters, numbered from `first`. */
    assignments: (first: number) =>
      columns.map((column, index) => `${column.column} = ${place(index, column, first)}`).join(', '),
    values: (task: Stored): Value[] => columns.map(({ valueIn, type }) => toParameter(valueIn(task), type)),
  };
};

const tagKeys: WrittenColumn = {
  column: 'tag_keys',
  type: 'text[]',
  valueIn: ({ tags }) => emptyAsNull(tags.map(tagKey)),
};
const moment = (column: string, valueIn: WrittenColumn['valueIn']): WrittenColumn => ({
  column,
  type: 'timestamptz',
  valueIn,
});
const remindAt: WrittenColumn = {
  column: 'remind_at',
  type: 'timestamptz[]',
  valueIn: ({ remindAt = [] }) => emptyAsNull(remindAt),
};

const texts = fieldNames.filter(isTextField);
const others = [
  ...fieldNames.filter((name) => !isTextField(name)).map(written),
  tagKeys,
  moment('completed_at', ({ completedAt }) => completedAt),
  moment('due_at', ({ dueAt }) => dueAt),
];
const contentColumns = [...others, ...texts.map(written), ...searchedFields.map(folded)];

/** The columns of a task's content, and what is computed from it, except for the reminders that are still to come. */
export const content = writing(contentColumns);

/** The same without texts, so that unchanged texts need not be sent and checked again. */
export const contentButTexts = writing(others);

/** The same with the reminders that are still to come. */
export const wholeContent = writing([...contentColumns, remindAt]);

/** Returns whether a change keeps all texts. */
export const leavesTexts = (before: TaskFields, after: TaskFields): boolean =>
  texts.every((name) => after[name] === before[name]);

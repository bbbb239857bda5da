import { fieldNames, type Instant, Task, type UserId } from '@taskward/domain';
import type { Row } from '@taskward/owner-transactions';
import { wholeContent } from './task-columns.ts';

const contentColumns = wholeContent.columns.map(({ column }) => column);
const storedNames = ['id', 'created_at', 'updated_at', 'revision', ...contentColumns];

/** Statement text: the columns of a task except its owner. */
export const storedColumns = storedNames.join(', ');

/**
 * Statement text: the columns of a task, as `taskFromRow` reads them. `updated_at` is null where it equals `created_at`:
 * most tasks are never changed, and instants are the most expensive values of a row to print and parse.
 */
export const selectedColumns = [
  'id, created_at, nullif(updated_at, created_at), revision',
  ...fieldNames.map((name) => (name === 'tags' ? 'array_to_json(tags)' : name)),
  'completed_at, due_at',
].join(', ');

/** Statement text: the columns of a task for a unit of work, as `taskFromRow` reads them. */
export const unitColumns = `${selectedColumns}, array_to_json(remind_at)`;

/** Statement text: the assignments of an upsert, from the row proposed for insertion. */
export const setExcluded = ['updated_at', 'revision', ...contentColumns]
  .map((column) => `${column} = excluded.${column}`)
  .join(', ');

/** Statement text: the columns of a parameter made by `recordsOf`, and their selection from a row named `w`. */
export const taskRecord = `id integer, created_at timestamptz, updated_at timestamptz, revision bigint,
     ${wholeContent.columns.map(({ column, type }) => `${column} ${type}`).join(', ')}`;
export const taskRecordColumns = storedNames.map((name) => `w.${name}`).join(', ');

/**
 * Statement text: selects the rows of a parameter made by `recordsOf`, with the id of a row named `owner`.
 * @param parameter its placeholder, such as `$5`
 */
export const selectRecords = (parameter: string): string =>
  `select owner.id, ${taskRecordColumns}
   from owner, json_to_recordset(${parameter}::json) as w (
     ${taskRecord}
   )`;

/** Returns any number of tasks of one owner as a single parameter. */
export const recordsOf = (tasks: readonly Task[]): string =>
  JSON.stringify(
    tasks.map((task) => {
      const { id, createdAt, updatedAt, revision } = task;
      const record: Record<string, unknown> = { id, created_at: createdAt, updated_at: updatedAt, revision };
      for (const { column, valueIn } of wholeContent.columns) record[column] = valueIn(task);
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

const none: readonly never[] = [];
const noMetadata = {};

const parsed = <T>(json: string | null | undefined, otherwise: T): T =>
  typeof json === 'string' ? JSON.parse(json) : otherwise;

/** Returns the task in a row of `selectedColumns` or `unitColumns`. */
export const taskFromRow = (owner: UserId, row: Row): Task => {
  const createdAt = instantFromRow(row[1] as string);
  const updatedAt = typeof row[2] === 'string' ? instantFromRow(row[2]) : createdAt;
  const completed = row[6] === 't';
  return Task.restore({
    owner,
    id: Number(row[0]),
    title: row[4] as string,
    description: row[5] as string | null,
    completed,
    priority: row[7] as Task['priority'],
    tags: parsed(row[8], none),
    due_date: row[9] as string | null,
    repeat: parsed(row[10], null),
    reminders: parsed(row[11], none),
    position: row[12] as string | null,
    metadata: parsed(row[13], noMetadata),
    createdAt,
    updatedAt,
    // Versions before this column did not note when a task was completed.
    completedAt: completed ? (typeof row[14] === 'string' ? instantFromRow(row[14]) : updatedAt) : null,
    dueAt: typeof row[15] === 'string' ? instantFromRow(row[15]) : null,
    remindAt: parsed<string[]>(row[16], []).map((text) => new Date(text).toISOString() as Instant),
    revision: Number(row[3]),
  });
};

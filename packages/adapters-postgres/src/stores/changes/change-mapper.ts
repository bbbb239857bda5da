import {
  type Change,
  type ChangeEffect,
  type ChangeKind,
  changesFields,
  contentOf,
  type DraftChange,
  fieldNames,
  type Instant,
  type LastState,
  type StoredValues,
  type TaskState,
  withDefaults,
} from '@taskward/domain';
import type { Row } from '@taskward/owner-transactions';
import { instantFromRow } from '../tasks/task-mapper.ts';

interface Before extends StoredValues {
  readonly created_at: string;
  readonly updated_at: string;
  readonly completed_at?: string | null;
  readonly revision: number;
}

/** Statement text: the columns of an entry, as `changeFromRow` reads them, from a row of `taskward.changes`. */
export const entryColumns = (row: string): string =>
  ['revision', 'task_id', 'kind', 'at', 'before', 'batch', 'request_id'].map((name) => `${row}.${name}`).join(', ');

/** Statement text: the last state of a task, from its row. */
export const lastStateOf = (row: string): string =>
  `json_build_object(${[...fieldNames, 'created_at', 'updated_at', 'completed_at', 'revision'].map((name) => `'${name}', ${row}.${name}`).join(', ')})`;

/** Statement text: the columns of a parameter made by `entriesOf`. */
export const entryRecord = 'revision bigint, task_id integer, kind text, before json, batch bigint';

/** Statement text: inserts the entries of a parameter made by `entriesOf`, with the id of a row named `owner`. */
export const insertEntries = (parameter: string, at: string, requestId: string): string =>
  `insert into taskward.changes (user_id, revision, task_id, kind, at, before, batch, request_id)
   select owner.id, e.revision, e.task_id, e.kind, ${at}::timestamptz, e.before, e.batch, ${requestId}
   from owner, json_to_recordset(${parameter}::json) as e (
     ${entryRecord}
   )`;

const beforeOf = (change: ChangeEffect): object | undefined => {
  if (change.kind === 'reminded') return change.reminder;
  if (changesFields(change)) return change.before;
  if (change.kind !== 'deleted' || change.before === undefined) return undefined;
  const { createdAt, updatedAt, completedAt, revision } = change.before;
  return {
    ...contentOf(change.before),
    created_at: createdAt,
    updated_at: updatedAt,
    completed_at: completedAt,
    revision,
  };
};

/** Returns any number of changes as a single parameter. */
export const entriesOf = (changes: readonly DraftChange[]): string =>
  JSON.stringify(
    changes.map((change) => {
      const { revision, taskId, kind, batch } = change;
      return { revision, task_id: taskId, kind, before: beforeOf(change), batch };
    }),
  );

/** Returns an instant as PostgreSQL prints it, in any time zone. */
export const instantOf = (text: string): Instant => new Date(text).toISOString() as Instant;

// Lists are null where they are empty, and a version that did not know a field has not written it.
const withoutEmpty = (content: StoredValues): StoredValues =>
  Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null));

const lastStateOfRecord = ({ created_at, updated_at, completed_at, revision, ...content }: Before): LastState => {
  const updatedAt = instantOf(updated_at);
  const fields = withDefaults(withoutEmpty(content));
  return {
    ...fields,
    createdAt: instantOf(created_at),
    updatedAt,
    completedAt: fields.completed ? (completed_at ? instantOf(completed_at) : updatedAt) : null,
    revision,
  };
};

/** Parses the last state of a deleted task. */
export const lastStateFrom = (json: string): LastState => lastStateOfRecord(JSON.parse(json));

/** Parses the state of a task in an event. A deleted task is due at no instant: that is computed when it is restored. */
export const stateFrom = (json: string): LastState & Pick<TaskState, 'dueAt'> => {
  const { due_at, ...record }: Before & { readonly due_at?: string | null } = JSON.parse(json);
  return { ...lastStateOfRecord(record), dueAt: due_at ? instantOf(due_at) : null };
};

/** Returns what a change did, given the columns of its entry. */
export const effectOf = (kind: ChangeKind, before: string | null): ChangeEffect => {
  if (kind === 'updated' || kind === 'occurrence_completed') return { kind, before: JSON.parse(before ?? '{}') };
  if (kind === 'reminded') return { kind, reminder: JSON.parse(before as string) };
  if (kind === 'deleted') return before === null ? { kind } : { kind, before: lastStateFrom(before) };
  return { kind };
};

/** Returns the change in a row of `entryColumns`. */
export const changeFromRow = ([revision, taskId, kind, at, before, batch, requestId]: Row): Change => ({
  ...effectOf(kind as ChangeKind, before ?? null),
  revision: Number(revision),
  taskId: Number(taskId),
  at: instantFromRow(at as string),
  ...(typeof batch === 'string' && { batch: Number(batch) }),
  ...(typeof requestId === 'string' && { requestId }),
});

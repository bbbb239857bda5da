import type { BatchOperation, BatchResult, Failure, NewTask, Task, TaskChanges } from '../types.ts';
import { differencesOf, type Edit, type Entry, put, type TaskField, withFields } from './edits.ts';
import { isSame, patchOf, tagChanges } from './values.ts';

/** Returns what sends the new value of a field. */
const sending = (field: TaskField, { changes, base }: Edit): TaskChanges => {
  if (field === 'tags') return tagChanges(base.tags, changes.tags ?? []);
  if (field === 'metadata') return { metadata: patchOf(base.metadata ?? {}, changes.metadata ?? {}) };
  return { [field]: changes[field] };
};

/** Returns the operation that creates a task. One that recurs is completed after that, so that it moves on. */
const creationOf = ({ changes, occurrence }: Edit): BatchOperation => ({
  op: 'create',
  ...(changes as NewTask),
  ...(occurrence !== undefined && { completed: false }),
});

/** Returns the operation that sends an edit, as far as it may be sent; `undefined` if nothing of it may. */
export const operationOf = (entry: Entry): BatchOperation | undefined => {
  const { task, edit } = entry;
  if (edit === undefined || edit.rejected !== undefined) return undefined;
  const { id, changes, deletes, gone, restores } = edit;
  if (task === undefined) return deletes === undefined ? creationOf(edit) : undefined;
  if (gone !== undefined) return restores ? { op: 'restore', id, ...(gone > 0 && { if_revision: gone }) } : undefined;
  const conflicting = new Set<string>(differencesOf(entry).map(({ field }) => field));
  if (deletes !== undefined) return conflicting.size > 0 ? undefined : { op: 'delete', id, if_revision: deletes };
  const fields = (Object.keys(changes) as TaskField[]).filter((field) => !conflicting.has(field));
  if (fields.length === 0) return undefined;
  const { occurrence, movesSeries } = withFields(edit, fields);
  return {
    ...{ op: 'update', id },
    ...Object.assign({}, ...fields.map((field) => sending(field, edit))),
    ...(occurrence !== undefined && { occurrence: occurrence.due_date }),
    ...(movesSeries && { scope: 'series' }),
    if_revision: task.revision,
  };
};

/** The names under which an operation may have a field. */
const namesOf = (field: TaskField): readonly (keyof TaskChanges)[] =>
  field === 'tags' ? ['tags', 'add_tags', 'remove_tags'] : [field];

/** Returns whether an operation sends a field. */
export const isSentBy = (operation: BatchOperation, field: TaskField): boolean =>
  operation.op === 'create' || (operation.op === 'update' && namesOf(field).some((name) => name in operation));

/** Returns what is left of an edit after it was sent. What was edited again meanwhile is based on what was sent. */
const unsent = (edit: Edit, operation: BatchOperation, task: Task): Edit => {
  const values = operation as TaskChanges;
  const fields = Object.keys(edit.changes) as TaskField[];
  const wasSent = (field: TaskField): boolean => isSentBy(operation, field);
  const isAsSent = (field: TaskField): boolean => {
    const now = sending(field, edit);
    return wasSent(field) && namesOf(field).every((name) => isSame(now[name], values[name]));
  };
  const left = fields.filter((field) => !isAsSent(field));
  const base = { ...edit.base, ...Object.fromEntries(left.filter(wasSent).map((field) => [field, task[field]])) };
  const rest = withFields({ ...edit, base }, left);
  const isMoved = rest.occurrence !== undefined && wasSent('due_date') && task.due_date !== null;
  const isSameDeletion =
    operation.op === 'create' || ('if_revision' in operation && edit.deletes === operation.if_revision);
  return {
    ...rest,
    ...(isMoved && { occurrence: { due_date: task.due_date as string, revision: task.revision } }),
    ...(edit.deletes !== undefined && isSameDeletion && { deletes: task.revision }),
  };
};

/** What has become of an entry: another state, nothing left of it, or it must be created once more. */
export type Sent = Entry | 'removed' | 'recreate';

/** Returns what becomes of an entry by the result of its operation. */
export const sent = (entry: Entry, operation: BatchOperation, { status, task, error }: BatchResult): Sent => {
  const { edit } = entry;
  if (status === 204 || (operation.op === 'delete' && status === 404)) return 'removed';
  if (task !== undefined) {
    const isWrite = operation.op === 'create' || operation.op === 'update';
    return put({ edit: edit && isWrite ? unsent(edit, operation, task) : edit }, task);
  }
  if (operation.op === 'restore' && (status === 404 || status === 410)) return 'recreate';
  // It has changed or is gone meanwhile: the changes that are read next say how.
  if (status === 412 || status === 404 || edit === undefined || error === undefined) return entry;
  return { ...entry, edit: { ...edit, rejected: error as Failure } };
};

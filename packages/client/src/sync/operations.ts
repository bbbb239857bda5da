import type { BatchOperation, BatchResult, Failure, NewTask, TaskChanges } from '../types.ts';
import { differencesOf, type Edit, type Entry, put } from './edits.ts';

/** Returns the operation that sends an edit, as far as it may be sent; `undefined` if nothing of it may. */
export const operationOf = (entry: Entry): BatchOperation | undefined => {
  const { task, edit } = entry;
  if (edit === undefined || edit.rejected !== undefined) return undefined;
  const { id, changes, deletes, gone, restores } = edit;
  if (task === undefined) return deletes === undefined ? { op: 'create', ...(changes as NewTask) } : undefined;
  if (gone !== undefined) return restores ? { op: 'restore', id, ...(gone > 0 && { if_revision: gone }) } : undefined;
  const conflicting = new Set<string>(differencesOf(entry).map(({ field }) => field));
  if (deletes !== undefined) return conflicting.size > 0 ? undefined : { op: 'delete', id, if_revision: deletes };
  const fields = Object.entries(changes).filter(([field]) => !conflicting.has(field));
  if (fields.length === 0) return undefined;
  return { op: 'update', id, ...(Object.fromEntries(fields) as TaskChanges), if_revision: task.revision };
};

const unsent = (edit: Edit, operation: BatchOperation, sent: TaskChanges): Edit => {
  const values = operation as TaskChanges;
  const fields = Object.keys(edit.changes) as (keyof TaskChanges)[];
  // What was edited again meanwhile is based on what was sent.
  const left = fields.filter((field) => !(field in values && edit.changes[field] === values[field]));
  const base = {
    ...edit.base,
    ...Object.fromEntries(left.filter((field) => field in values).map((f) => [f, sent[f]])),
  };
  const isSame = operation.op === 'create' || ('if_revision' in operation && edit.deletes === operation.if_revision);
  return {
    ...edit,
    changes: Object.fromEntries(left.map((field) => [field, edit.changes[field]])),
    base: Object.fromEntries(left.map((field) => [field, base[field]])),
    ...(edit.deletes !== undefined && isSame && { deletes: (sent as { revision: number }).revision }),
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

import type { Failure, NewTask, Task, TaskChanges } from '../types.ts';

/** The fields that an app edits. */
export type TaskField = keyof TaskChanges;

/** What was done here to a task and is not sent. */
export interface Edit {
  /** The task's id; before it has one, a negative number. */
  readonly id: number;
  /** The new values of the fields that were changed. */
  readonly changes: TaskChanges;
  /** The values of the same fields on which the changes are based. */
  readonly base: TaskChanges;
  /** When the task was created here. */
  readonly createdAt?: string | undefined;
  /** Deleted here: the revision that was deleted. */
  readonly deletes?: number | undefined;
  /** Deleted elsewhere: the revision of the deletion; 0 if it is not known. */
  readonly gone?: number | undefined;
  /** Whether the app has decided to bring back the task that was deleted elsewhere. */
  readonly restores?: boolean | undefined;
  /** Why the server rejected the edit. It is not sent again as it is. */
  readonly rejected?: Failure | undefined;
}

/** A task in the local copy: as the server had it last, and what was done to it here. */
export interface Entry {
  readonly task?: Task | undefined;
  readonly edit?: Edit | undefined;
}

type ConflictingField = TaskField | 'deleted';

/** The part of a conflict that does not depend on how a task is shown. */
export interface Difference {
  readonly field: ConflictingField;
  readonly mine: string | boolean | null;
  readonly theirs: string | boolean | null;
}

const noEdit = (id: number): Edit => ({ id, changes: {}, base: {} });

const isEmpty = ({ id, changes, deletes, gone }: Edit): boolean =>
  id > 0 && Object.keys(changes).length === 0 && deletes === undefined && gone === undefined;

const fieldsOf = (changes: TaskChanges): TaskField[] => Object.keys(changes) as TaskField[];

const pick = (values: TaskChanges, fields: readonly TaskField[]): TaskChanges =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

/** Returns the edit without what is the same on the server; `undefined` if nothing is left. */
const settled = ({ task, edit }: Entry): Edit | undefined => {
  if (task === undefined || edit === undefined) return edit;
  const left = fieldsOf(edit.changes).filter((field) => edit.changes[field] !== task[field]);
  const rest = { ...edit, changes: pick(edit.changes, left), base: pick(edit.base, left) };
  return isEmpty(rest) ? undefined : rest;
};

const entryOf = (task: Task, edit: Edit | undefined): Entry => ({ task, edit: settled({ task, edit }) });

/** Returns a new entry of a task that the server does not have. */
export const created = (id: number, { title, description, completed }: NewTask): Entry => ({
  edit: {
    ...noEdit(id),
    changes: { title, description: description ?? null, completed: completed ?? false },
    createdAt: new Date().toISOString(),
  },
});

/** Returns the entry after a change of some fields here. */
export const changed = ({ task, edit }: Entry, id: number, changes: TaskChanges): Entry => {
  const before = edit ?? noEdit(id);
  const given = pick(
    changes,
    fieldsOf(changes).filter((field) => changes[field] !== undefined),
  );
  const next: Edit = { ...before, changes: { ...before.changes, ...given }, rejected: undefined };
  if (task === undefined) return { edit: next };
  const base = { ...pick(task, fieldsOf(given)), ...before.base };
  // Back at the value that it is based on, nothing has changed: neither is it a conflict.
  const left = fieldsOf(next.changes).filter((field) => next.changes[field] !== base[field]);
  return entryOf(task, { ...next, changes: pick(next.changes, left), base: pick(base, left) });
};

/** Returns the entry after its deletion here; `undefined` if it is deleted elsewhere, too. */
export const removed = ({ task, edit }: Entry, id: number): Entry | undefined =>
  edit?.gone === undefined
    ? { task, edit: { ...(edit ?? noEdit(id)), deletes: task?.revision ?? 0, rejected: undefined } }
    : undefined;

/** Returns the entry after the server has sent the task's state. */
export const put = ({ edit }: Entry, task: Task): Entry =>
  entryOf(task, edit && { ...edit, id: task.id, createdAt: undefined, gone: undefined, restores: undefined });

/** Returns the entry after the server has sent that the task is deleted; `undefined` if nothing here depends on it. */
export const deleted = ({ task, edit }: Entry, revision: number): Entry | undefined => {
  if (edit === undefined || edit.deletes !== undefined || fieldsOf(edit.changes).length === 0) return undefined;
  return { task, edit: { ...edit, gone: revision } };
};

/** Returns where an edit differs from what was done to the same elsewhere. */
export const differencesOf = ({ task, edit }: Entry): Difference[] => {
  if (task === undefined || edit === undefined) return [];
  const { changes, base, deletes, gone, restores } = edit;
  if (gone !== undefined) return restores ? [] : [{ field: 'deleted', mine: false, theirs: true }];
  if (deletes !== undefined) return deletes === task.revision ? [] : [{ field: 'deleted', mine: true, theirs: false }];
  return fieldsOf(changes).flatMap((field) => {
    const [mine, theirs] = [changes[field] ?? null, task[field]];
    return base[field] === theirs || mine === theirs ? [] : [{ field, mine, theirs }];
  });
};

/** Returns the entry after the app has decided a difference; `undefined` if nothing of the task is left. */
export const resolved = (
  entry: Entry,
  { field, theirs, revision }: Difference & { readonly revision: number },
  keep: 'mine' | 'theirs',
): Entry | undefined => {
  const { task, edit } = entry;
  if (task === undefined || edit === undefined || !differencesOf(entry).some((one) => one.field === field))
    return entry;
  if (field === 'deleted' && edit.gone !== undefined)
    return keep === 'theirs' ? undefined : { task, edit: { ...edit, restores: true } };
  // The app has seen this revision, or this value. If there is a newer one, it is a conflict again.
  if (field === 'deleted') return entryOf(task, { ...edit, deletes: keep === 'mine' ? revision : undefined });
  if (keep === 'mine') return entryOf(task, { ...edit, base: { ...edit.base, [field]: theirs } });
  const left = fieldsOf(edit.changes).filter((one) => one !== field);
  return entryOf(task, { ...edit, changes: pick(edit.changes, left), base: pick(edit.base, left) });
};

/** Returns the entry as it was on the server; `undefined` if it is not there. */
export const discarded = ({ task, edit }: Entry): Entry | undefined =>
  task === undefined || edit?.gone !== undefined ? undefined : { task };

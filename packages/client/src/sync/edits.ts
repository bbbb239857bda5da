import { taskTypes } from '../schema.ts';
import type { Failure, NewTask, Task, TaskChanges } from '../types.ts';
import { editedTags, isSame, mergedMetadata, mergedTags, patchOf } from './values.ts';

/** The fields that an app edits. */
export type TaskField = Exclude<keyof TaskChanges, 'add_tags' | 'remove_tags' | 'scope' | 'occurrence'>;

/** Values of some fields. */
export type FieldValues = Pick<TaskChanges, TaskField>;

const isMade: Readonly<Record<Exclude<keyof Task, TaskField>, true>> = {
  ...{ id: true, user_id: true, revision: true, position: true },
  ...{ due_at: true, completed_at: true, created_at: true, updated_at: true },
};
const taskFields = Object.keys(taskTypes).filter((name) => !(name in isMade)) as TaskField[];

/** What was done here to a task and is not sent. */
export interface Edit {
  /** The task's id; before it has one, a negative number. */
  readonly id: number;
  /** The new values of the fields that were changed. */
  readonly changes: FieldValues;
  /** The values of the same fields on which the changes are based. */
  readonly base: FieldValues;
  /** Which occurrence of a recurring task was completed here: its due date, and the revision at which it was current. */
  readonly occurrence?: { readonly due_date: string; readonly revision: number } | undefined;
  /** Whether the new due date moves the whole series. */
  readonly movesSeries?: boolean | undefined;
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
  readonly mine: unknown;
  readonly theirs: unknown;
}

const noEdit = (id: number): Edit => ({ id, changes: {}, base: {} });

const isEmpty = ({ id, changes, deletes, gone }: Edit): boolean =>
  id > 0 && Object.keys(changes).length === 0 && deletes === undefined && gone === undefined;

const fieldsOf = (changes: FieldValues): TaskField[] => Object.keys(changes) as TaskField[];

const pick = (values: FieldValues, fields: readonly TaskField[]): FieldValues =>
  Object.fromEntries(fields.map((field) => [field, values[field]]));

const givenOf = (input: FieldValues): FieldValues =>
  pick(
    input,
    taskFields.filter((field) => input[field] !== undefined),
  );

/** Returns the edit with some of its fields only. */
export const withFields = (edit: Edit, fields: readonly TaskField[]): Edit => ({
  ...edit,
  changes: pick(edit.changes, fields),
  base: pick(edit.base, fields),
  occurrence: fields.includes('completed') ? edit.occurrence : undefined,
  movesSeries: fields.includes('due_date') ? edit.movesSeries : undefined,
});

/** Returns the edit without a field. */
export const withoutField = (edit: Edit, field: TaskField): Edit =>
  withFields(
    edit,
    fieldsOf(edit.changes).filter((one) => one !== field),
  );

const nothing = (): boolean => false;

/** Returns the edit without what is the same on the server, and stays so; `undefined` if nothing is left. */
const settled = ({ task, edit }: Entry, isOnItsWay: (field: TaskField) => boolean = nothing): Edit | undefined => {
  if (task === undefined || edit === undefined) return edit;
  const left = fieldsOf(edit.changes).filter((field) => isOnItsWay(field) || !isSame(edit.changes[field], task[field]));
  const rest = withFields(edit, left);
  return isEmpty(rest) ? undefined : rest;
};

const entryOf = (task: Task, edit: Edit | undefined): Entry => ({ task, edit: settled({ task, edit }) });

/** Returns a new entry of a task that the server does not have. */
export const created = (id: number, input: NewTask): Entry => ({
  edit: {
    ...noEdit(id),
    changes: {
      ...{ description: null, completed: false, ...givenOf(input) },
      ...(input.metadata && { metadata: mergedMetadata({}, input.metadata) }),
    },
    createdAt: new Date().toISOString(),
  },
});

/** Returns a new entry of a task that the server has no more, with what was done to it here. */
export const recreated = (id: number, task: Task, edit: Edit | undefined): Entry => {
  const entry = created(id, { ...task, ...edit?.changes });
  return { edit: entry.edit && { ...entry.edit, occurrence: edit?.occurrence } };
};

/** Returns the occurrence that a completion means: none if the task does not recur. */
const occurrenceOf = ({ repeat, due_date }: FieldValues, task: Task | undefined, { occurrence }: TaskChanges) => {
  if (repeat === undefined || repeat === null) return undefined;
  const current = occurrence ?? (task === undefined ? due_date : task.due_date);
  return current ? { due_date: current, revision: task?.revision ?? 0 } : undefined;
};

/**
 * Returns the entry after a change of some fields here.
 * @param isOnItsWay whether another value of a field is being sent: to take that back is a change, too
 */
export const changed = (
  { task, edit }: Entry,
  id: number,
  changes: TaskChanges,
  isOnItsWay: (field: TaskField) => boolean = nothing,
): Entry => {
  const before = edit ?? noEdit(id);
  const { add_tags = [], remove_tags = [] } = changes;
  const shown: FieldValues = { ...task, ...before.changes };
  const given = givenOf(changes);
  if (add_tags.length + remove_tags.length > 0)
    given.tags = editedTags(given.tags ?? shown.tags ?? [], add_tags, remove_tags);
  if (given.metadata !== undefined) given.metadata = mergedMetadata(shown.metadata ?? {}, given.metadata);
  const next: Edit = {
    ...before,
    changes: { ...before.changes, ...given },
    rejected: undefined,
    ...('completed' in given && {
      occurrence: given.completed ? occurrenceOf({ ...shown, ...given }, task, changes) : undefined,
    }),
    ...('due_date' in given && { movesSeries: changes.scope === 'series' }),
  };
  if (task === undefined) return { edit: next };
  const base = { ...pick(task, fieldsOf(given)), ...before.base };
  // Back at the value that it is based on, nothing has changed: neither is it a conflict.
  const left = fieldsOf(next.changes).filter((field) => isOnItsWay(field) || !isSame(next.changes[field], base[field]));
  return { task, edit: settled({ task, edit: withFields({ ...next, base }, left) }, isOnItsWay) };
};

/** Returns the entry after its deletion here; `undefined` if it is deleted elsewhere, too. */
export const removed = ({ task, edit }: Entry, id: number): Entry | undefined =>
  edit?.gone === undefined
    ? { task, edit: { ...(edit ?? noEdit(id)), deletes: task?.revision ?? 0, rejected: undefined } }
    : undefined;

const mergedValues = {
  tags: mergedTags,
  metadata: (base: Task['metadata'], mine: Task['metadata'], theirs: Task['metadata']) =>
    mergedMetadata(theirs, patchOf(base, mine)),
};

const rebasedField = (edit: Edit, task: Task, field: keyof typeof mergedValues): Edit => {
  const [mine, base, theirs] = [edit.changes[field], edit.base[field], task[field]];
  if (mine === undefined || base === undefined) return edit;
  const merged = mergedValues[field](base as never, mine as never, theirs as never);
  return { ...edit, changes: { ...edit.changes, [field]: merged }, base: { ...edit.base, [field]: theirs } };
};

/** Returns the edit with its tags and its metadata on top of those that the task has now. */
const rebased = (edit: Edit, task: Task): Edit => rebasedField(rebasedField(edit, task, 'tags'), task, 'metadata');

/** Returns the revision that a deletion here is about: a task that was only moved since is the same to who deletes it. */
const deletionOf = ({ deletes }: Edit, before: Task | undefined, task: Task): number | undefined => {
  if (before === undefined || deletes !== before.revision) return deletes;
  return taskFields.every((field) => isSame(before[field], task[field])) ? task.revision : deletes;
};

/** Returns the entry after the server has sent the task's state. */
export const put = ({ task: before, edit }: Entry, task: Task): Entry =>
  entryOf(
    task,
    edit && {
      ...rebased(edit, task),
      ...{ id: task.id, createdAt: undefined, gone: undefined, restores: undefined },
      deletes: deletionOf(edit, before, task),
    },
  );

/** Returns the entry after the server has sent that the task is deleted; `undefined` if nothing here depends on it. */
export const deleted = ({ task, edit }: Entry, revision: number): Entry | undefined => {
  if (edit === undefined || edit.deletes !== undefined || fieldsOf(edit.changes).length === 0) return undefined;
  return { task, edit: { ...edit, gone: revision } };
};

/** Returns whether a recurring task is due on another occurrence than the one that was completed here. */
export const isPassed = ({ task, edit }: Entry): boolean =>
  edit?.occurrence !== undefined && task !== undefined && edit.occurrence.due_date !== task.due_date;

/** Returns where an edit differs from what was done to the same elsewhere. */
export const differencesOf = ({ task, edit }: Entry): Difference[] => {
  if (task === undefined || edit === undefined) return [];
  const { changes, base, deletes, gone, restores } = edit;
  if (gone !== undefined) return restores ? [] : [{ field: 'deleted', mine: false, theirs: true }];
  if (deletes !== undefined) return deletes === task.revision ? [] : [{ field: 'deleted', mine: true, theirs: false }];
  return fieldsOf(changes).flatMap((field) => {
    const [mine, theirs] = [changes[field] ?? null, task[field]];
    const isBased = isSame(base[field], theirs) && !(field === 'completed' && isPassed({ task, edit }));
    return isBased || isSame(mine, theirs) ? [] : [{ field, mine, theirs }];
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
  if (keep === 'theirs') return entryOf(task, withoutField(edit, field));
  const next = { ...edit, base: { ...edit.base, [field]: theirs } };
  if (field !== 'completed' || edit.occurrence === undefined || revision !== task.revision) return entryOf(task, next);
  return entryOf(task, { ...next, occurrence: occurrenceOf(task, task, {}) });
};

/** Returns the entry as it was on the server; `undefined` if it is not there. */
export const discarded = ({ task, edit }: Entry): Entry | undefined =>
  task === undefined || edit?.gone !== undefined ? undefined : { task };

import type { Actor } from './actor.ts';
import type { Instant } from './instant.ts';
import { fieldNames, type StoredValues, type TaskFields } from './task-fields.ts';
import type { TaskState } from './task-state.ts';
import { emptyAsNull, isSameValue } from './values.ts';

/** Where a change comes from. */
export interface ChangeOrigin {
  readonly at: Instant;
  /** Identifies the request in the log of the driving adapter. */
  readonly requestId?: string | undefined;
}

/** Returns the origin of what the actor changes now. */
export const originOf = ({ requestId }: Actor, now: Instant): ChangeOrigin => ({ at: now, requestId });

/** The last state of a deleted task. What depends on its owner's settings is computed when it is restored. */
export type LastState = Omit<TaskState, 'owner' | 'id' | 'dueAt' | 'remindAt'>;

/** A reminder that has come due. */
export interface FiredReminder {
  /** When it was due. */
  readonly at: Instant;
  /** Whether it comes noticeably later than that. */
  readonly late: boolean;
}

/** What a change did, and what is needed to take it back. */
export type ChangeEffect =
  | { readonly kind: 'created' | 'restored' }
  /** `before`: the previous values of the fields that changed. */
  | { readonly kind: 'updated'; readonly before: StoredValues }
  /** An occurrence of a recurring task was completed. `before`: its due date, and what else changed with it. */
  | { readonly kind: 'occurrence_completed'; readonly before: StoredValues }
  /** The owner was reminded of the task, which did not change. */
  | { readonly kind: 'reminded'; readonly reminder: FiredReminder }
  /** `before`: the task as it was; absent once it has been purged. */
  | { readonly kind: 'deleted'; readonly before?: LastState };

/** Changes that keep the task, and change some of its fields. */
const fieldChanges: readonly ChangeKind[] = ['updated', 'occurrence_completed'];

/** Returns whether a change has kept the task and changed some of its fields, whose previous values it has. */
export const changesFields = <C extends ChangeEffect>(
  change: C,
): change is Extract<C, { readonly kind: 'updated' | 'occurrence_completed' }> => fieldChanges.includes(change.kind);

/** The kind of a change. */
export type ChangeKind = ChangeEffect['kind'];

/** A change of one task that is not stored yet. */
export type DraftChange = ChangeEffect & {
  /** The owner's change counter after it, which identifies it. */
  readonly revision: number;
  readonly taskId: number;
  /** The first revision of the changes that were made in one step with it; absent if it was made alone. */
  readonly batch?: number;
};

/** A change of one task, as the owner's log has it. */
export type Change = DraftChange & ChangeOrigin;

/** The values that an update changed, before and after it. */
export type ChangedFields = {
  readonly [F in keyof TaskFields]?: readonly [TaskFields[F] | null, TaskFields[F] | null];
};

/** Returns the previous values of the fields that differ. */
export const previousValues = (before: TaskFields, after: TaskFields): StoredValues =>
  Object.fromEntries(
    fieldNames.filter((name) => !isSameValue(before[name], after[name])).map((name) => [name, before[name]]),
  );

/** Returns the content of a task. */
export const contentOf = (task: TaskFields): TaskFields =>
  Object.fromEntries(fieldNames.map((name) => [name, task[name]])) as unknown as TaskFields;

/** Returns a task's content before a change, given that after it; `undefined` where there was no task, or it is purged. */
export const contentBefore = (change: ChangeEffect, after: TaskFields | undefined): TaskFields | undefined => {
  if (change.kind === 'reminded') return after;
  if (changesFields(change)) return after && { ...after, ...change.before };
  return change.kind === 'deleted' && change.before ? contentOf(change.before) : undefined;
};

/**
 * Returns a task's content after each of its changes.
 * @param current its content now; `undefined` if it is deleted
 * @param changes its latest changes, newest first, without gaps
 */
export const contentAfterEach = (
  current: TaskFields | undefined,
  changes: readonly ChangeEffect[],
): (TaskFields | undefined)[] => {
  let content = current;
  return changes.map((change) => {
    const after = content;
    content = contentBefore(change, after);
    return after;
  });
};

/** Returns the fields in which two states of a task differ, with both values; `null` where there was no task. */
export const changedFields = (before: TaskFields | undefined, after: TaskFields | undefined): ChangedFields =>
  // A new task has empty lists, which are nothing to tell.
  Object.fromEntries(
    fieldNames
      .map((name) => [name, [before?.[name] ?? null, after?.[name] ?? null]] as const)
      .filter(([, [previous, current]]) => !isSameValue(emptyAsNull(previous), emptyAsNull(current))),
  );

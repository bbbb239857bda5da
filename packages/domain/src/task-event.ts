import { type Change, type ChangedFields, changedFields, contentBefore, type FiredReminder } from './change.ts';
import type { Instant } from './instant.ts';
import type { TaskState } from './task-state.ts';

/** What can happen to a task, in words for other systems. */
export const taskEventTypes = [
  'created',
  'updated',
  'completed',
  'occurrence_completed',
  'reopened',
  'deleted',
  'restored',
  'reminder',
] as const;

/** What happened to a task. */
export type TaskEventType = (typeof taskEventTypes)[number];

/** A change of a task, as other systems are told of it. */
export interface TaskEvent {
  readonly type: TaskEventType;
  /** The task after the change; a deleted one as it was last. */
  readonly task: TaskState;
  /** The fields that changed, with both values. */
  readonly changed: ChangedFields;
  /** The owner's change counter after the change: orders the events of one owner. */
  readonly revision: number;
  readonly at: Instant;
  /** Which reminder came due; only with `reminder`. */
  readonly reminder?: FiredReminder;
}

const typeOf = (change: Change, { completed }: TaskState): TaskEventType => {
  if (change.kind === 'reminded') return 'reminder';
  if (change.kind !== 'updated' || change.before.completed === undefined) return change.kind;
  return completed ? 'completed' : 'reopened';
};

/**
 * Returns the event of a change. Each change is one event: an update that also completes or reopens the task is
 * `completed` or `reopened`.
 * @param task the task after the change; a deleted one as it was last
 */
export const taskEventOf = (change: Change, task: TaskState): TaskEvent => {
  const after = change.kind === 'deleted' ? undefined : task;
  const before = change.kind === 'deleted' ? task : contentBefore(change, task);
  const { revision, at } = change;
  const reminder = change.kind === 'reminded' && { reminder: change.reminder };
  return { type: typeOf(change, task), task, changed: changedFields(before, after), revision, at, ...reminder };
};

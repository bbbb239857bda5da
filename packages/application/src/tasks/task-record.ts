import {
  type ChangedFields,
  type ChangeKind,
  type FiredReminder,
  type Instant,
  positionOf,
  type Superseded,
  type Task,
  type TaskFields,
  type TaskOutcome,
  type TaskState,
  type UserId,
} from '@taskward/domain';
import type { HistoryEntry } from '../changes/task-history.ts';
import type { DeletedTask, LoggedReminder } from '../ports/change-log.ts';

/** A task as it is serialised over HTTP and in files. */
export interface TaskRecord extends Omit<TaskFields, 'position'> {
  readonly id: number;
  readonly user_id: UserId;
  /** The instant that the due date means for the owner. */
  readonly due_at: Instant | null;
  /** The key of the task's place in its owner's own order. */
  readonly position: string;
  readonly completed_at: Instant | null;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly revision: number;
}

/** Returns the record of a task. Lists the fields explicitly, so that V8 gives all records one shape. */
export const toRecord = (task: TaskState): TaskRecord => ({
  id: task.id,
  user_id: task.owner,
  title: task.title,
  description: task.description,
  completed: task.completed,
  priority: task.priority,
  tags: task.tags,
  due_date: task.due_date,
  due_at: task.dueAt,
  repeat: task.repeat,
  reminders: task.reminders,
  position: positionOf(task),
  metadata: task.metadata,
  completed_at: task.completedAt,
  created_at: task.createdAt,
  updated_at: task.updatedAt,
  revision: task.revision,
});

/** A task as the result of its change has it. */
export interface ChangedTaskRecord extends TaskRecord {
  /** The due date of the occurrence that the change has completed. */
  readonly completed_occurrence?: string;
  /** How many occurrences were passed over. */
  readonly skipped?: number;
}

/** Returns the record of a task that was changed. */
export const toChangedRecord = (task: Task): ChangedTaskRecord => {
  const { completedOccurrence } = task;
  if (completedOccurrence === undefined) return toRecord(task);
  const { dueDate, skipped } = completedOccurrence;
  return { ...toRecord(task), completed_occurrence: dueDate, skipped };
};

/** What has become of a task, as it is serialised over HTTP and in files. */
export type ChangeRecord =
  | { readonly op: 'put'; readonly task: TaskRecord }
  | { readonly op: 'delete'; readonly id: number; readonly revision: number; readonly at: Instant };

/** Returns the record of what has become of a task. */
export const toChangeRecord = (outcome: TaskOutcome): ChangeRecord =>
  outcome.kind === 'put'
    ? { op: 'put', task: toRecord(outcome.task) }
    : { op: 'delete', id: outcome.id, revision: outcome.revision, at: outcome.at };

/** A reminder that was fired, as it is serialised over HTTP. `revision` is that of its entry in the log. */
export interface ReminderRecord {
  readonly reminder: FiredReminder;
  readonly task: TaskRecord;
  readonly revision: number;
}

/** Returns the record of a reminder that was fired. */
export const toReminderRecord = ({ reminder, task, revision }: LoggedReminder): ReminderRecord => ({
  reminder,
  task: toRecord(task),
  revision,
});

/** A deleted task as it is serialised over HTTP and in files. `revision` is that of the deletion. */
export interface DeletedTaskRecord extends TaskRecord {
  readonly deleted_at: Instant;
}

/** Returns the record of an owner's deleted task. */
export const toDeletedTaskRecord = (
  owner: UserId,
  { id, revision, deletedAt, last }: DeletedTask,
): DeletedTaskRecord => ({
  ...toRecord({ ...last, dueAt: null, owner, id, revision }),
  deleted_at: deletedAt,
});

/** One change of a task, as it is serialised over HTTP and in files. */
export interface HistoryRecord {
  readonly revision: number;
  readonly at: Instant;
  readonly kind: ChangeKind;
  readonly changed: ChangedFields;
  readonly batch?: number;
  readonly request_id?: string;
}

/** Returns the record of one change of a task. */
export const toHistoryRecord = ({ revision, at, kind, changed, batch, requestId }: HistoryEntry): HistoryRecord => ({
  revision,
  at,
  kind,
  changed,
  ...(batch !== undefined && { batch }),
  ...(requestId !== undefined && { request_id: requestId }),
});

/** Returns the record of a field that no longer has the value which a change gave it. */
export const toSupersededRecord = ({ taskId, field, given, current }: Superseded) => ({
  id: taskId,
  field,
  given,
  current,
});

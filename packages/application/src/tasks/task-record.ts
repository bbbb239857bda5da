import type { Instant, Superseded, TaskFields, TaskOutcome, TaskState, UserId } from '@taskward/domain';

/** A task as it is serialised over HTTP and in files. */
export interface TaskRecord extends TaskFields {
  readonly id: number;
  readonly user_id: UserId;
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
  created_at: task.createdAt,
  updated_at: task.updatedAt,
  revision: task.revision,
});

/** What has become of a task, as it is serialised over HTTP and in files. */
export type ChangeRecord =
  | { readonly op: 'put'; readonly task: TaskRecord }
  | { readonly op: 'delete'; readonly id: number; readonly revision: number; readonly at: Instant };

/** Returns the record of what has become of a task. */
export const toChangeRecord = (outcome: TaskOutcome): ChangeRecord =>
  outcome.kind === 'put'
    ? { op: 'put', task: toRecord(outcome.task) }
    : { op: 'delete', id: outcome.id, revision: outcome.revision, at: outcome.at };

/** Returns the record of a field that no longer has the value which a change gave it. */
export const toSupersededRecord = ({ taskId, field, given, current }: Superseded) => ({
  id: taskId,
  field,
  given,
  current,
});

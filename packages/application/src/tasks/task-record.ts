import type { Instant, TaskFields, TaskState, UserId } from '@taskward/domain';

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

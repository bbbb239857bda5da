import type { Instant, Task, TaskFields, UserId } from '@taskward/domain';

/** A task as people and programs see it outside, be it over HTTP or in a file: its names are those of the wire. */
export interface TaskRecord extends TaskFields {
  readonly id: number;
  readonly user_id: UserId;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly revision: number;
}

/** The task's record. It is written out field by field, so that V8 gives all records one shape. */
export const toRecord = (task: Task): TaskRecord => ({
  id: task.id,
  user_id: task.owner,
  title: task.title,
  description: task.description,
  completed: task.completed,
  created_at: task.createdAt,
  updated_at: task.updatedAt,
  revision: task.revision,
});

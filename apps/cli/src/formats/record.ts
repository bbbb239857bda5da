import type { Task } from '@taskward/domain';
import { escapeUnsafe } from '../escape.ts';

/** A task as files and programs see it; the same as over HTTP. */
export interface TaskRecord {
  readonly id: number;
  readonly user_id: string;
  readonly title: string;
  readonly description: string | null;
  readonly completed: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  readonly revision: number;
}

/** The task's record. */
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

/** A value as JSON in one line that is safe to look at, and means the same. */
export const toJson = (value: unknown): string => escapeUnsafe(JSON.stringify(value));

import type { Task } from '@taskward/domain';
import { escapeUnsafe } from '../escape.ts';

/** A task in files and JSON output; the same as over HTTP. */
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

/** Converts a task to its record. */
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

/** Formats a value as one line of JSON that is safe on a terminal. */
export const toJson = (value: unknown): string => escapeUnsafe(JSON.stringify(value));

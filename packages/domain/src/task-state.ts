import type { Instant } from './instant.ts';
import type { TaskFields } from './task-fields.ts';
import type { UserId } from './user-id.ts';

/** Everything there is to know of a stored task. */
export interface TaskState extends TaskFields {
  readonly owner: UserId;
  /** Counted per owner from 1, never used twice: owner and id together are the task's identity. */
  readonly id: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The owner's change counter at this task's last change. */
  readonly revision: number;
}

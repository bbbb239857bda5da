import type { Instant } from './instant.ts';
import type { TaskFields } from './task-fields.ts';
import type { UserId } from './user-id.ts';

/** The state of a stored task. */
export interface TaskState extends TaskFields {
  readonly owner: UserId;
  /** Counted per owner from 1 and never reused: owner and id together identify the task. */
  readonly id: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** The owner's change counter at this task's last change. */
  readonly revision: number;
}

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
  /** When it was completed; `null` while it is open. */
  readonly completedAt: Instant | null;
  /** The instant that the due date means for the owner, by their settings. */
  readonly dueAt: Instant | null;
  /** When it is still to remind its owner, earliest first. Only a unit of work and a draft have it. */
  readonly remindAt?: readonly Instant[];
  /** The owner's change counter at this task's last change. */
  readonly revision: number;
}

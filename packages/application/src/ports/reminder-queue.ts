import type { Instant, UserId } from '@taskward/domain';

/** A task whose reminder has come due. */
export interface DueTask {
  readonly owner: UserId;
  readonly id: number;
}

/** Which reminders to find. */
export interface DueQuery {
  readonly now: Instant;
  /** At most this many tasks, ≥ 1. */
  readonly limit: number;
  /** Leaves out the tasks of these owners. */
  readonly except: readonly UserId[];
}

/**
 * Finds reminders that have come due, of all users. An operator's port: what it finds names tasks, and has no content. Its
 * contract suite is in `tests/contract`.
 */
export interface ReminderQueue {
  /**
   * Returns the tasks whose earliest reminder is due, those that are due the longest first. Completed ones are among them.
   * @throws ApplicationError `database/unavailable`
   */
  due(query: DueQuery): Promise<readonly DueTask[]>;
}

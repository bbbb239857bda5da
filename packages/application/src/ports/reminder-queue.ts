import type { Instant, UserId } from '@taskward/domain';

/** A task whose reminder has come due. */
export interface DueTask {
  readonly owner: UserId;
  readonly id: number;
}

/** Finds reminders that have come due, of all users. An operator's port: what it finds names tasks, and has no content. */
export interface ReminderQueue {
  /**
   * Returns tasks whose earliest reminder is due, at most `limit`, those that are due the longest first.
   * @throws ApplicationError `database/unavailable`
   */
  due(now: Instant, limit: number): Promise<readonly DueTask[]>;
}

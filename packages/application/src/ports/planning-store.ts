import type { Instant, Priority, UserId, UserSettings } from '@taskward/domain';

/** The moments that a summary is about. */
export interface SummaryMoments {
  readonly now: Instant;
  /** The start of the owner's day, and of the next one. */
  readonly today: { readonly from: Instant; readonly before: Instant };
}

/** How many tasks there are of each kind. By priority and tag, only open tasks are counted. */
export interface TaskSummary {
  /** The owner's change counter at reading. */
  readonly revision: number;
  readonly pending: number;
  readonly completed: number;
  readonly priorities: Readonly<Record<Priority | 'none', number>>;
  /** Open tasks whose due date has passed. */
  readonly overdue: number;
  /** Open tasks that are due today. */
  readonly today: number;
}

/** How many tasks have a tag. */
export interface TagCount {
  /** The tag in the spelling of the task that was changed last. */
  readonly name: string;
  readonly pending: number;
  readonly completed: number;
}

/**
 * Reads what planning needs of an owner's tasks as a whole. Every method names the owner and never reads another owner's data.
 * Its contract suite is in `tests/contract`. All methods reject with ApplicationError `database/unavailable` when the store does
 * not respond in time.
 */
export interface PlanningStore {
  /** Returns how the owner counts days: the defaults for an unknown owner. */
  settings(owner: UserId): Promise<UserSettings>;

  /** Counts the owner's tasks. */
  summary(owner: UserId, moments: SummaryMoments): Promise<TaskSummary>;

  /** Returns the owner's tags with their counts, in the order of their folded texts, and the owner's change counter. */
  tags(owner: UserId): Promise<{ readonly revision: number; readonly tags: readonly TagCount[] }>;
}

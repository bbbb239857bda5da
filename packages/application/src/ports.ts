import type { Instant, Task, TaskDraft, UserId } from '@taskward/domain';

/** Tells the time. Inner code never reads a clock of its own. */
export interface Clock {
  /** The moment of the call. */
  now(): Instant;
}

/** What tasks can be sorted by. Titles compare without regard to case, by Unicode code point, the same everywhere. */
export type TaskSort = 'created_at' | 'updated_at' | 'title';

/** A place in a sorted list: just after the task with this sort value and id. */
export interface TaskPosition {
  /** The sort field's value: an `Instant`, or a title. */
  readonly value: string;
  readonly id: number;
}

/** Which tasks of an owner to list, in which order. */
export interface TaskQuery {
  readonly status: 'all' | 'pending' | 'completed';
  /** Text to find in title or description, without regard to case; every character stands for itself. */
  readonly search?: string;
  readonly sort: TaskSort;
  /** Applies to the sort field and to `id`, which breaks its ties. */
  readonly order: 'asc' | 'desc';
  /** At most this many tasks, ≥ 1. */
  readonly limit: number;
  /** Start just after this place; not together with an `offset`. */
  readonly after?: TaskPosition;
  /** Skip this many tasks first. */
  readonly offset: number;
  /** Count all tasks that match, too. */
  readonly count: boolean;
}

/** One page of an owner's tasks. */
export interface TaskPage {
  readonly tasks: readonly Task[];
  /** Where the next page starts; absent on the last page. */
  readonly next?: TaskPosition;
  /** How many tasks match on all pages; only if the query asked for it. */
  readonly total?: number;
}

/**
 * Keeps each user's tasks. Nothing can be said to it without naming the owner, and nothing of another owner's is ever
 * read or written. Every implementation passes the contract suite in `tests/contract`.
 *
 * Each change takes the next number of the owner's change counter, the `revision`: they are counted without gaps, in
 * the order in which changes become visible.
 *
 * All methods reject with DomainError `database/unavailable` when the store cannot answer in time.
 */
export interface TaskRepository {
  /** Stores a draft under the owner's next id and revision. The owner is known from their first task on. */
  add(draft: TaskDraft): Promise<Task>;

  /** The owner's task. @throws DomainError `task/not-found` */
  get(owner: UserId, id: number): Promise<Task>;

  /** A page of the owner's tasks. The order is total, so pages neither repeat nor skip a task that did not change. */
  list(owner: UserId, query: TaskQuery): Promise<TaskPage>;

  /**
   * Reads the owner's task, lets `change` decide, and stores what it returns, as one atomic step: of two at once,
   * the second sees what the first wrote. `change` must be pure and synchronous. If it throws, nothing is written
   * and its error is passed on; if it returns the same task, nothing is written either.
   * @throws DomainError `task/not-found`
   */
  update(owner: UserId, id: number, change: (task: Task) => Task): Promise<Task>;

  /** Removes the owner's task; its id is never used again. @throws DomainError `task/not-found` */
  remove(owner: UserId, id: number): Promise<void>;
}

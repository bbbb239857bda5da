import type {
  ChangeOrigin,
  CompletionRule,
  Instant,
  PositionAnchor,
  Priority,
  Task,
  TaskDraft,
  UnitOfWork,
  UserId,
} from '@taskward/domain';

/** The fields that a list can be sorted by, each with the order that it has by default. */
export const sortOrders = {
  created_at: 'desc',
  updated_at: 'desc',
  title: 'asc',
  due_date: 'asc',
  priority: 'asc',
  position: 'asc',
  completed_at: 'desc',
} as const;

/**
 * A sort field. Titles compare case-insensitively, by Unicode code point, independent of locale; due dates by the instant that
 * they mean; priorities highest first. Tasks without a value come last in both orders.
 */
export type TaskSort = keyof typeof sortOrders;

/** A sort field and its order. */
export interface SortKey {
  readonly field: TaskSort;
  readonly order: 'asc' | 'desc';
}

/** A position in a sorted list: just after the task with these sort values and id. */
export interface TaskPosition {
  /** The value of each sort field: an `Instant`, a title, a priority or a position; `null` where the task has none. */
  readonly values: readonly (string | null)[];
  readonly id: number;
}

/** Some time: from a moment on, and before another. */
export interface TimeRange {
  readonly from?: Instant;
  readonly before?: Instant;
}

/** A member of a task's metadata, and its value as text. */
export type MetadataMember = readonly [name: string, text: string];

/** Which tasks of an owner to select: those that meet all of these. */
export interface TaskFilter {
  readonly status: 'all' | 'pending' | 'completed';
  /** Text to find in title or description, case-insensitively; there are no wildcards. */
  readonly search?: string;
  /** One of these priorities; `none` stands for no priority. */
  readonly priority?: readonly (Priority | 'none')[];
  /** All of these tags. Tags compare without regard to case. */
  readonly tags?: readonly string[];
  /** At least one of these tags. */
  readonly anyTag?: readonly string[];
  /** Whether the task has no tags. */
  readonly untagged?: boolean;
  /** When the task is due; `none` for tasks without a due date. */
  readonly due?: TimeRange | 'none';
  /** Whether the task recurs. */
  readonly repeating?: boolean;
  /** When the task was completed. */
  readonly completed?: TimeRange;
  /** When the task was last changed. */
  readonly updated?: TimeRange;
  /** The text that each of these members of the metadata has; one member at most once. */
  readonly metadata?: readonly MetadataMember[];
  /** Whether the task has a due date or reminders. */
  readonly dated?: boolean;
}

/** Which tasks of an owner to list, in which order. */
export interface TaskQuery extends TaskFilter {
  /** At least one field, each at most once. Ties are ordered by `id`, in the order of the last field. */
  readonly sort: readonly SortKey[];
  /** At most this many tasks, ≥ 1. */
  readonly limit: number;
  /** Start just after this position; cannot be combined with an `offset`. */
  readonly after?: TaskPosition;
  /** Skip this many tasks first. */
  readonly offset: number;
  /** Whether to count all matching tasks. */
  readonly count: boolean;
}

/** One page of an owner's tasks. */
export interface TaskPage {
  /** The owner's change counter at reading: while it is the same, so is the page. 0 for an unknown owner. */
  readonly revision: number;
  readonly tasks: readonly Task[];
  /** Where the next page starts; absent on the last page. */
  readonly next?: TaskPosition;
  /** The number of matching tasks on all pages; only if the query asked for it. */
  readonly total?: number;
}

/**
 * Stores each user's tasks, and with each change its entry in the log (`ChangeLog`). Every method names the owner and never reads or writes another owner's data. Every
 * implementation passes the contract suite in `tests/contract`.
 *
 * Each change gets the next value of the owner's change counter as its `revision`, in the order in which changes become
 * visible. Concurrent writes for one owner may leave gaps.
 *
 * All methods reject with ApplicationError `database/unavailable` when the store does not respond in time, and with
 * `database/busy` when too many calls are queued.
 */
export interface TaskRepository {
  /**
   * Stores a draft with the owner's next id and revision.
   * @param origin where the change comes from, for the log
   * @param quota the maximum number of tasks that the owner may have, ≥ 1; holds under concurrent calls
   * @throws DomainError `task/quota-exceeded`
   */
  add(draft: TaskDraft, origin: ChangeOrigin, quota?: number): Promise<Task>;

  /** Returns the owner's task. @throws DomainError `task/not-found` */
  get(owner: UserId, id: number): Promise<Task>;

  /**
   * Returns a page of the owner's tasks. The order is total, so pages neither repeat nor skip a task that did not change.
   * @throws ApplicationError `search/too-slow`
   */
  list(owner: UserId, query: TaskQuery): Promise<TaskPage>;

  /** Returns the owner's change counter, in constant time. 0 for an unknown owner. */
  revision(owner: UserId): Promise<number>;

  /**
   * Reads the owner's task, passes it to `change` and stores the result, as one atomic step: of two concurrent calls, the
   * second sees what the first wrote. `change` must be pure and synchronous. Nothing is written if it throws, which
   * rejects with its error, or if it returns the same task.
   * `remindAt` of the task is empty, and what is stored of it stays: a change of dates takes a unit of work.
   * @param rule the effect of `change` as data, if it is known in advance; a store may apply it without reading the task.
   * It must call `change` instead if the task was changed after `rule.at`, or recurs
   * @throws DomainError `task/not-found`
   */
  update(
    owner: UserId,
    id: number,
    change: (task: Task) => Task,
    origin: ChangeOrigin,
    rule?: CompletionRule,
  ): Promise<Task>;

  /**
   * Removes the owner's task. Its id is never reused.
   * @param allow gets the task in the same step and prevents the removal by throwing; pure and synchronous
   * @throws DomainError `task/not-found`, or what `allow` throws
   */
  remove(owner: UserId, id: number, origin: ChangeOrigin, allow?: (task: Task) => void): Promise<void>;

  /**
   * Loads the owner's counters and what `scope` names, as far as it exists, into a unit of work, runs `work` on it and stores
   * its changes, as one atomic step with a constant number of statements. `work` must be pure and synchronous. Nothing is
   * written if it throws or returns `store: false`.
   */
  transact<T>(owner: UserId, scope: UnitScope, origin: ChangeOrigin, work: (unit: UnitOfWork) => Work<T>): Promise<T>;
}

/** Tasks to select for a unit of work. */
export interface TaskSelection extends TaskFilter {
  /** At most this many, those with the lowest ids; all without it. */
  readonly limit?: number;
}

/** The number of neighbours on each side of `UnitScope.around`. */
export const neighbourCount = 16;

/** What a unit of work is to have. */
export interface UnitScope {
  /** The ids of tasks. */
  readonly ids: readonly number[];
  /** Revisions of changes to take back: they, those made in one step with them, their tasks and all later changes of these. */
  readonly undone?: readonly number[];
  /** The ids of tasks to restore: each with its last change. */
  readonly restored?: readonly number[];
  /** Tasks to select; `UnitOfWork.selected` has their ids, in ascending order. */
  readonly matching?: readonly TaskSelection[];
  /** A task, or an end of the owner's order by position, whose neighbours on both sides are to be loaded. */
  readonly around?: PositionAnchor;
}

/** The result of work on a unit of work, and whether to store the unit of work. */
export interface Work<T> {
  readonly result: T;
  readonly store: boolean;
}

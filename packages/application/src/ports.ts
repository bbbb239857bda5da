import type { CompletionRule, Instant, Revisions, Task, TaskDraft, UnitOfWork, UserId } from '@taskward/domain';

/** Provides the current time. Domain and application never read the system clock. */
export interface Clock {
  /** Returns the current time. */
  now(): Instant;
}

/** A sort field. Titles compare case-insensitively, by Unicode code point, independent of locale. */
export type TaskSort = 'created_at' | 'updated_at' | 'title';

/** A position in a sorted list: just after the task with this sort value and id. */
export interface TaskPosition {
  /** The sort field's value: an `Instant`, or a title. */
  readonly value: string;
  readonly id: number;
}

/** Which tasks of an owner to select. */
export interface TaskFilter {
  readonly status: 'all' | 'pending' | 'completed';
  /** Text to find in title or description, case-insensitively; there are no wildcards. */
  readonly search?: string;
}

/** Which tasks of an owner to list, in which order. */
export interface TaskQuery extends TaskFilter {
  readonly sort: TaskSort;
  /** Applies to the sort field and to `id`, which breaks ties. */
  readonly order: 'asc' | 'desc';
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
  /** Whether the caller has the page already; then `tasks` is empty. */
  readonly unchanged: boolean;
  readonly tasks: readonly Task[];
  /** Where the next page starts; absent on the last page. */
  readonly next?: TaskPosition;
  /** The number of matching tasks on all pages; only if the query asked for it. */
  readonly total?: number;
}

/**
 * Stores each user's tasks. Every method names the owner and never reads or writes another owner's data. Every
 * implementation passes the contract suite in `tests/contract`.
 *
 * Each change gets the next value of the owner's change counter as its `revision`, in the order in which changes become
 * visible. Concurrent writes for one owner may leave gaps.
 *
 * All methods reject with DomainError `database/unavailable` when the store does not respond in time, and with
 * `database/busy` when too many calls are queued.
 */
export interface TaskRepository {
  /**
   * Stores a draft with the owner's next id and revision.
   * @param quota the maximum number of tasks that the owner may have, ≥ 1; holds under concurrent calls
   * @throws DomainError `task/quota-exceeded`
   */
  add(draft: TaskDraft, quota?: number): Promise<Task>;

  /** Returns the owner's task. @throws DomainError `task/not-found` */
  get(owner: UserId, id: number): Promise<Task>;

  /**
   * Returns a page of the owner's tasks. The order is total, so pages neither repeat nor skip a task that did not change.
   * @param known revisions of the owner at which the page need not be read; checking them takes constant time
   * @throws DomainError `search/too-slow`
   */
  list(owner: UserId, query: TaskQuery, known?: Revisions): Promise<TaskPage>;

  /**
   * Reads the owner's task, passes it to `change` and stores the result, as one atomic step: of two concurrent calls, the
   * second sees what the first wrote. `change` must be pure and synchronous. Nothing is written if it throws, which
   * rejects with its error, or if it returns the same task.
   * @param rule the effect of `change` as data, if it is known in advance; a store may apply it without reading the task.
   * It must call `change` instead if the task was changed after `rule.at`
   * @throws DomainError `task/not-found`
   */
  update(owner: UserId, id: number, change: (task: Task) => Task, rule?: CompletionRule): Promise<Task>;

  /**
   * Removes the owner's task. Its id is never reused.
   * @param allow gets the task in the same step and prevents the removal by throwing; pure and synchronous
   * @throws DomainError `task/not-found`, or what `allow` throws
   */
  remove(owner: UserId, id: number, allow?: (task: Task) => void): Promise<void>;

  /**
   * Loads the owner's counters and those of the named tasks that exist into a unit of work, runs `work` on it and stores
   * its changes, as one atomic step with a constant number of statements. `work` must be pure and synchronous. Nothing is
   * written if it throws or returns `store: false`.
   */
  transact<T>(owner: UserId, ids: readonly number[], work: (unit: UnitOfWork) => Work<T>): Promise<T>;
}

/** The result of work on a unit of work, and whether to store the unit of work. */
export interface Work<T> {
  readonly result: T;
  readonly store: boolean;
}

/** The ports whose writes can share one transaction of an owner. A call with an idempotency key gets all of them. */
export interface OwnerPorts {
  readonly tasks: TaskRepository;
}

/** A call that takes effect once, however often it is repeated. */
export interface IdempotentCall {
  readonly owner: UserId;
  /** The idempotency key, which repetitions of a call share. Keys are scoped to the owner. */
  readonly key: string;
  /** Identifies the content of the call: a repetition has the same. */
  readonly fingerprint: string;
  readonly now: Instant;
  /** How long the response is stored, in milliseconds. */
  readonly lifetime: number;
  /** Whether the call changes anything. If not, as in a dry run, its response is not stored. */
  readonly hasEffect: boolean;
  /** How much may be stored for the owner. */
  readonly bounds: IdempotencyBounds;
}

/**
 * Limits on one owner's stored responses. They apply per window of one lifetime, which starts with the first call, so at
 * most twice as much is stored at any time.
 */
export interface IdempotencyBounds {
  /** The maximum number of keys, ≥ 1. */
  readonly keys: number;
  /** The maximum size in bytes, as stored. */
  readonly bytes: number;
}

/** The response to a call, in the caller's own format. */
export interface StoredResponse {
  readonly response: string;
  /** Whether it is the stored response of an earlier call. */
  readonly replayed: boolean;
}

/** Stores the responses to calls, so that a repetition has no second effect. Its contract suite is in `tests/contract`. */
export interface IdempotencyStore {
  /**
   * Returns the response stored for this key, or runs `work` and stores its response. What `work` writes through `ports`,
   * for this owner only, is stored atomically with the response; if it throws, neither is stored. Of several concurrent
   * calls with one key, one runs `work`. A call without effect stores nothing.
   * @throws DomainError `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many` when the bounds are
   * reached, `database/unavailable`, or what `work` throws
   */
  runIdempotently(call: IdempotentCall, work: (ports: OwnerPorts) => Promise<string>): Promise<StoredResponse>;

  /**
   * Deletes responses older than `lifetime` milliseconds, of all users, at most `limit` of them.
   * @returns how many were deleted
   * @throws DomainError `database/unavailable`
   */
  purge(old: { now: Instant; lifetime: number; limit: number }): Promise<number>;
}

/** The external id of an imported task. */
export interface ImportedName {
  readonly externalId: string;
  /** The id of the task, which may have been deleted since. */
  readonly taskId: number;
}

/** Stores external ids beside the tasks, so that nothing is imported twice. Its contract suite is in `tests/contract`. */
export interface ImportStore {
  /**
   * Loads the owner's counters, but no tasks, into a unit of work, passes it to `work` with those of the external ids that
   * were imported before, and stores the added tasks and their external ids, as one atomic step with a constant number of
   * statements. `work` must be pure and synchronous. Nothing is written if it throws or returns `store: false`. Of
   * concurrent imports, a later one sees the external ids of an earlier one.
   * @throws DomainError `database/unavailable`, or what `work` throws
   */
  transact<T>(
    owner: UserId,
    externalIds: readonly string[],
    work: (unit: UnitOfWork, known: ReadonlySet<string>) => ImportWork<T>,
  ): Promise<T>;

  /**
   * Lists external ids and their tasks, in the store's own order.
   * @param after the external id to start after; `undefined` starts from the beginning
   * @returns at most `limit`
   * @throws DomainError `database/unavailable`
   */
  list(owner: UserId, after: string | undefined, limit: number): Promise<readonly ImportedName[]>;
}

/** The result of an import, and whether to store it. */
export interface ImportWork<T> extends Work<T> {
  /** The task id of each external id that was imported. */
  readonly imported: ReadonlyMap<string, number>;
}

/** Lists and erases users. Its contract suite is in `tests/contract`. */
export interface UserDirectory {
  /**
   * Lists users, in the store's own order.
   * @param after the user to start after; `undefined` starts from the beginning
   * @returns at most `limit`
   * @throws DomainError `database/unavailable`
   */
  list(after: UserId | undefined, limit: number): Promise<readonly UserId[]>;

  /**
   * Erases all data of one user, as one atomic step. If the user returns, task ids start from 1 again.
   * @returns whether there was any data
   * @throws DomainError `database/unavailable`
   */
  erase(owner: UserId): Promise<boolean>;
}

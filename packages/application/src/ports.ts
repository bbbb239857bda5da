import type { CompletionRule, Instant, Revisions, Task, TaskDraft, UnitOfWork, UserId } from '@taskward/domain';

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

/** Which tasks of an owner to select. */
export interface TaskFilter {
  readonly status: 'all' | 'pending' | 'completed';
  /** Text to find in title or description, without regard to case; every character stands for itself. */
  readonly search?: string;
}

/** Which tasks of an owner to list, in which order. */
export interface TaskQuery extends TaskFilter {
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
  /** The owner's change counter when the page was read: while it stays, so does the page. 0 for an unknown owner. */
  readonly revision: number;
  /** The caller knows the page already: it was not read, and `tasks` is empty. */
  readonly unchanged: boolean;
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
 * Each change takes the next number of the owner's change counter, the `revision`: they are counted in the order in
 * which changes become visible. Where several processes write for one owner a number may be left out.
 *
 * All methods reject with DomainError `database/unavailable` when the store cannot answer in time, with `database/busy` when
 * too many calls wait for it.
 */
export interface TaskRepository {
  /**
   * Stores a draft under the owner's next id and revision. The owner is known from their first task on.
   * @param quota the most tasks that the owner may have, ≥ 1; however many are added at once, there are never more
   * @throws DomainError `task/quota-exceeded`
   */
  add(draft: TaskDraft, quota?: number): Promise<Task>;

  /** The owner's task. @throws DomainError `task/not-found` */
  get(owner: UserId, id: number): Promise<Task>;

  /**
   * A page of the owner's tasks. The order is total, so pages neither repeat nor skip a task that did not change.
   * @param known revisions of the owner's under which the page needs not be read, which costs the same however many
   * tasks there are
   * @throws DomainError `search/too-slow`
   */
  list(owner: UserId, query: TaskQuery, known?: Revisions): Promise<TaskPage>;

  /**
   * Reads the owner's task, lets `change` decide, and stores what it returns, as one atomic step: of two at once,
   * the second sees what the first wrote. `change` must be pure and synchronous. If it throws, nothing is written
   * and its error is passed on; if it returns the same task, nothing is written either.
   * @param rule what `change` makes of a task, where that can be told without looking at it: then a store needs not
   * read it first. It may still ask `change`, and must where the task was changed later than it foresees
   * @throws DomainError `task/not-found`
   */
  update(owner: UserId, id: number, change: (task: Task) => Task, rule?: CompletionRule): Promise<Task>;

  /**
   * Removes the owner's task; its id is never used again.
   * @param allow sees the task in the same step, and keeps it by throwing; pure and synchronous
   * @throws DomainError `task/not-found`, or what `allow` throws
   */
  remove(owner: UserId, id: number, allow?: (task: Task) => void): Promise<void>;

  /**
   * Takes the owner's counters and those of the named tasks that exist onto a unit of work, lets `work` work on it, and
   * stores what it changed, as one atomic step with the same number of statements however many tasks there are.
   * `work` must be pure and synchronous. If it throws, or does not want it stored, nothing is written.
   */
  transact<T>(owner: UserId, ids: readonly number[], work: (unit: UnitOfWork) => Work<T>): Promise<T>;
}

/** What work on a unit of work came to, and whether the unit of work is to be stored. */
export interface Work<T> {
  readonly result: T;
  readonly store: boolean;
}

/**
 * The ports whose writes can share one transaction of an owner's: a call under an idempotency key is handed all of them.
 * A further store of an owner's data is added here.
 */
export interface OwnerPorts {
  readonly tasks: TaskRepository;
}

/** A call that is to have its effect once. */
export interface IdempotentCall {
  readonly owner: UserId;
  /** What repetitions of one call have in common; one owner's keys have nothing to do with another's. */
  readonly key: string;
  /** What the call asks for: a repetition asks for the same. */
  readonly fingerprint: string;
  readonly now: Instant;
  /** How long the answer is kept, in milliseconds. */
  readonly lifetime: number;
  /** Whether it changes anything. Of one that does not, such as a dry run, nothing is stored. */
  readonly hasEffect: boolean;
  /** How much may be kept of the owner. */
  readonly bounds: IdempotencyBounds;
}

/**
 * How much is kept of one owner's calls. Both are counted from the first call on, for a lifetime, and then anew: so at
 * most twice as much is stored at any time.
 */
export interface IdempotencyBounds {
  /** The most keys, ≥ 1. */
  readonly keys: number;
  /** The most bytes, as the store keeps them. */
  readonly bytes: number;
}

/** The answer to a call, in the caller's own form. */
export interface StoredResponse {
  readonly response: string;
  /** Whether it is the answer that a former call was given. */
  readonly replayed: boolean;
}

/** Keeps the answers to calls, so that a repetition has no second effect. Its contract suite is in `tests/contract`. */
export interface IdempotencyStore {
  /**
   * Does `work` unless an answer under this key is kept; then that is the answer. What `work` writes through the
   * repository that it is handed, the owner's only, is stored in one atomic step with its answer, or not at all: if it
   * throws, neither is. Of several calls at once under one key, one does the work. A call without effect stores nothing.
   * @throws DomainError `idempotency/mismatch`, `idempotency/in-flight`, `idempotency/too-many` when the bounds leave no
   * room for another answer, `database/unavailable`, or what `work` throws
   */
  runIdempotently(call: IdempotentCall, work: (ports: OwnerPorts) => Promise<string>): Promise<StoredResponse>;

  /**
   * Forgets answers older than `lifetime` milliseconds, of all users, at most `limit` of them.
   * @returns how many; @throws DomainError `database/unavailable`
   */
  purge(old: { now: Instant; lifetime: number; limit: number }): Promise<number>;
}

/** Under which external id a task was imported. */
export interface ImportedName {
  readonly externalId: string;
  /** The id that the task got; it may be deleted by now. */
  readonly taskId: number;
}

/** Remembers what was imported, beside the tasks, so that nothing is imported twice. Its contract suite is in `tests/contract`. */
export interface ImportStore {
  /**
   * Takes the owner's counters, but no task, onto a unit of work, tells `work` which of the external ids were imported before,
   * and stores the tasks that it added together with the external ids that it returns, as one atomic step with the same
   * number of statements however many there are. `work` must be pure and synchronous. If it throws, or does not want it
   * stored, nothing is written. Of several at once, a later one knows what an earlier one imported.
   * @throws DomainError `database/unavailable`, or what `work` throws
   */
  transact<T>(
    owner: UserId,
    externalIds: readonly string[],
    work: (unit: UnitOfWork, known: ReadonlySet<string>) => ImportWork<T>,
  ): Promise<T>;

  /**
   * What was imported, after an external id or from the beginning, in an order of the store's own.
   * @returns at most `limit`; @throws DomainError `database/unavailable`
   */
  list(owner: UserId, after: string | undefined, limit: number): Promise<readonly ImportedName[]>;
}

/** What an import came to, whether it is to be stored, and under which external ids: each with the id of its task. */
export interface ImportWork<T> extends Work<T> {
  readonly imported: ReadonlyMap<string, number>;
}

/** Knows who there is. Its contract suite is in `tests/contract`. */
export interface UserDirectory {
  /**
   * The users that are known, after one of them or from the beginning, in an order of the store's own.
   * @returns at most `limit`; @throws DomainError `database/unavailable`
   */
  list(after: UserId | undefined, limit: number): Promise<readonly UserId[]>;

  /**
   * Erases everything of one user's, as one atomic step. Should they come back, their ids are counted from 1 again.
   * @returns whether there was anything; @throws DomainError `database/unavailable`
   */
  erase(owner: UserId): Promise<boolean>;
}

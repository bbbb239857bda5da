import type { Change, FiredReminder, Instant, LastState, Task, TaskOutcome, UserId } from '@taskward/domain';

/** How far an owner's log of changes reaches. All are 0 for an unknown owner. */
export interface LogBounds {
  /** Identifies the account's history: another one begins when the user is erased, or a backup is restored. */
  readonly epoch: number;
  /** The owner's change counter. */
  readonly revision: number;
  /** Changes up to this revision may be missing, because they were older than the retention. */
  readonly oldest: number;
}

/** A reminder that was fired. */
export interface LoggedReminder {
  /** The revision of its entry. */
  readonly revision: number;
  readonly reminder: FiredReminder;
  /** The task as it is now. */
  readonly task: Task;
}

/** Some of an owner's changes. */
export interface LogPage extends LogBounds {
  /** In the order of their revisions; a task that has changed again since is left out, unless it was deleted. */
  readonly changes: readonly TaskOutcome[];
  /** The reminders that were fired, in the order of their revisions; those of tasks that are gone are left out. */
  readonly reminders: readonly LoggedReminder[];
  /** The revision up to which the page reaches. */
  readonly upTo: number;
  readonly hasMore: boolean;
}

/** Some of an owner's tasks, by id. */
export interface SnapshotPage extends LogBounds {
  readonly tasks: readonly Task[];
  readonly hasMore: boolean;
}

/** A change, and what its task is called. */
export interface LoggedChange {
  readonly change: Change;
  /** The task's title now, or when it was deleted; `undefined` once it has been purged. */
  readonly title: string | undefined;
}

/** A deleted task that can be restored. */
export interface DeletedTask {
  readonly id: number;
  /** The revision of the deletion. */
  readonly revision: number;
  readonly deletedAt: Instant;
  readonly last: LastState;
}

/**
 * Reads the log of each user's changes, which the other stores write. Every method names the owner and never reads or
 * writes another owner's data. Its contract suite is in `tests/contract`.
 *
 * All methods reject with DomainError `database/unavailable` when the store does not respond in time.
 */
export interface ChangeLog {
  /** Returns how far the log reaches. */
  bounds(owner: UserId): Promise<LogBounds>;

  /** Returns what changed after a revision: the next `limit` entries of the log, or fewer. Costs nothing that did not change. */
  since(owner: UserId, revision: number, limit: number): Promise<LogPage>;

  /**
   * Returns the tasks whose ids follow `afterId`, at most `limit`. The bounds are read before them: what changes meanwhile
   * has a later revision.
   */
  snapshot(owner: UserId, afterId: number, limit: number): Promise<SnapshotPage>;

  /**
   * Returns a task's changes, newest first, and the task: all from `before` on, which say what its values were then, and at
   * most `limit` before that revision.
   */
  history(
    owner: UserId,
    id: number,
    before: number,
    limit: number,
  ): Promise<{ current: Task | undefined; changes: readonly Change[] }>;

  /**
   * Returns the completions of a task's occurrences, newest first: its changes of kind `occurrence_completed`.
   * @param before only completions before this revision
   * @returns at most `limit`
   */
  occurrences(owner: UserId, id: number, before: number | undefined, limit: number): Promise<readonly Change[]>;

  /**
   * Returns the owner's changes, newest first.
   * @param range only changes before a revision, and only changes after one
   * @returns at most `limit`
   */
  latest(
    owner: UserId,
    range: { before: number | undefined; after: number | undefined },
    limit: number,
  ): Promise<readonly LoggedChange[]>;

  /**
   * Returns the deleted tasks that can be restored, newest deletion first.
   * @param before only deletions before this revision
   * @returns at most `limit`
   */
  trash(owner: UserId, before: number | undefined, limit: number): Promise<readonly DeletedTask[]>;

  /**
   * Removes deleted tasks for good. The log keeps that they were there, and nothing of their content.
   * @param id the task; `undefined` for all, at most `limit`
   * @returns how many were removed
   */
  purgeTrash(owner: UserId, id: number | undefined, limit: number): Promise<number>;
}

/** The changes that are older than `lifetime` milliseconds. */
export interface ExpiredChanges {
  readonly now: Instant;
  readonly lifetime: number;
}

/** Bounds the log of changes. An operator's port. */
export interface ChangeRetention {
  /**
   * Removes expired changes of one user or of all, at most `limit`, and moves their users' `oldest` up.
   * @returns how many were removed; 0 if none are left
   * @throws ApplicationError `database/unavailable`
   */
  purge(expired: ExpiredChanges & { limit: number; owner?: UserId }): Promise<number>;

  /** Counts a user's expired changes. @throws ApplicationError `database/unavailable` */
  count(expired: ExpiredChanges & { owner: UserId }): Promise<number>;
}

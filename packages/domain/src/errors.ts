import type { Fault } from './fault.ts';
import type { Superseded } from './superseded.ts';
import type { TaskState } from './task-state.ts';

/**
 * Every error that a use-case can throw. Each driving adapter maps the whole union (HTTP to statuses, the command line
 * to exit codes), so a new code does not compile until every adapter handles it.
 */
export type ErrorCode =
  | 'request/invalid'
  | 'auth/wrong-user'
  | 'task/not-found'
  | 'task/stale'
  | 'task/quota-exceeded'
  | 'task/purged'
  | 'change/not-found'
  | 'changes/gone'
  | 'undo/superseded'
  | 'idempotency/mismatch'
  | 'idempotency/in-flight'
  | 'idempotency/too-many'
  | 'search/too-slow'
  | 'database/busy'
  | 'database/unavailable';

/** An error from the closed catalogue. `message` is a sentence for the caller that says what to do next. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** What is wrong field by field; only with `request/invalid`. */
  readonly faults: readonly Fault[];
  /** The task's current state; only with `task/stale`. */
  readonly current: TaskState | undefined;
  /** The fields that changed since; only with `undo/superseded`. */
  readonly superseded: readonly Superseded[];
  /** Seconds until the same call can succeed; only with `idempotency/too-many`. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      faults?: readonly Fault[];
      current?: TaskState;
      superseded?: readonly Superseded[];
      retryAfter?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.current = options.current;
    this.superseded = options.superseded ?? [];
    this.retryAfter = options.retryAfter;
  }
}

/** The input is invalid. Reports all faults at once, so that a form can mark every field. */
export const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError(
    'request/invalid',
    `The input is not valid: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    {
      faults,
    },
  );

/** The owner has no such task. Another user's task gives the same error, so that its existence does not leak. */
export const taskNotFound = (id: number | string): DomainError =>
  new DomainError('task/not-found', `There is no task ${id} among this user's tasks.`);

/** The task is not at a revision that the caller requires. */
export const stale = (current: TaskState): DomainError =>
  new DomainError(
    'task/stale',
    `The task was changed meanwhile, and is at revision ${current.revision} now. Look at it, merge, and try again with that revision.`,
    { current },
  );

/** The task was deleted, and then removed from the trash for good. */
export const taskPurged = (id: number): DomainError =>
  new DomainError('task/purged', `The task ${id} was removed from the trash for good, and cannot come back.`);

/** The owner's log has no such change, or no longer. */
export const changeNotFound = (revision: number | string): DomainError =>
  new DomainError(
    'change/not-found',
    `There is no change ${revision} in this user's history. Take a revision of /changes or of a task's history; old changes are not kept.`,
  );

/** The log does not reach back to a position, or never had it. */
export const changesGone = (): DomainError =>
  new DomainError(
    'changes/gone',
    'The changes since this cursor are not kept any more, or it belongs to another account. Send what you have not sent first, then start again without `since`.',
  );

/** A later change touched what this one changed. */
export const undoSuperseded = (revision: number, superseded: readonly Superseded[]): DomainError => {
  const named = superseded.slice(0, 3).map(({ taskId, field }) => `${field} of task ${taskId}`);
  const more = superseded.length > named.length ? ` and ${superseded.length - named.length} more` : '';
  return new DomainError(
    'undo/superseded',
    `The change ${revision} cannot be undone, because later changes touched the same: ${named.join(', ')}${more}. Undo those first, or edit the task.`,
    { superseded },
  );
};

/** The user has reached the task quota. */
export const taskQuotaExceeded = (quota: number): DomainError =>
  new DomainError(
    'task/quota-exceeded',
    `This user already has ${quota} tasks, the most that one user may have. Delete tasks that are no longer needed, and try again.`,
  );

/** The idempotency key was used for a different call. */
export const idempotencyMismatch = (): DomainError =>
  new DomainError(
    'idempotency/mismatch',
    'This idempotency key was used for another request. Repeat exactly that one, or take a new key.',
  );

/** The first call with this idempotency key is still running. */
export const idempotencyInFlight = (): DomainError =>
  new DomainError(
    'idempotency/in-flight',
    'The first request under this idempotency key is still being worked on. Repeat it in a moment.',
  );

/**
 * The user has reached the limit of stored responses.
 * @param retryAfter seconds until more can be stored
 */
export const tooManyIdempotencyKeys = (retryAfter: number): DomainError =>
  new DomainError(
    'idempotency/too-many',
    `This user has used as many idempotency keys as one may within a day. Send the request without a key, or wait ${retryAfter} seconds. Next time put several changes into one batch, under one key.`,
    { retryAfter },
  );

/** The actor may not act on this user's tasks. */
export const wrongUser = (): DomainError =>
  new DomainError(
    'auth/wrong-user',
    'These tasks belong to another user. Name the signed-in user, whose id is the `sub` of the token.',
  );

/** The search exceeded its time limit, and a retry would too. */
export const searchTooSlow = (cause?: unknown): DomainError =>
  new DomainError(
    'search/too-slow',
    'This search takes longer than it may. Narrow it: search for a longer text, filter by status, or do without the count.',
    { cause },
  );

/** The store is overloaded: the call timed out in the queue and had no effect. */
export const databaseBusy = (cause?: unknown): DomainError =>
  new DomainError(
    'database/busy',
    'The database has more queries than it can answer right now. Try again in a moment.',
    {
      cause,
    },
  );

/** The store is temporarily read-only; a retry may succeed. */
export const databaseReadOnly = (cause?: unknown): DomainError =>
  new DomainError('database/unavailable', 'The database accepts no changes right now. Try again in a moment.', {
    cause,
  });

/** The store cannot be reached or does not respond in time; a retry may succeed. */
export const databaseUnavailable = (cause?: unknown): DomainError =>
  new DomainError('database/unavailable', 'The database cannot be reached right now. Try again in a moment.', {
    cause,
  });

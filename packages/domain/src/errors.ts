import type { Fault } from './fault.ts';
import type { TaskState } from './task-state.ts';

/**
 * Every way in which a use-case can refuse. A driving adapter maps this union totally (HTTP to statuses, the
 * command line to exit codes), so a new code does not compile until each of them has decided what it means there.
 */
export type ErrorCode =
  | 'request/invalid'
  | 'auth/wrong-user'
  | 'task/not-found'
  | 'task/stale'
  | 'task/quota-exceeded'
  | 'idempotency/mismatch'
  | 'idempotency/in-flight'
  | 'idempotency/too-many'
  | 'search/too-slow'
  | 'database/busy'
  | 'database/unavailable';

/** A refusal from the closed catalogue. `message` is a sentence for the person who called, with what to do next. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** What is wrong field by field; only with `request/invalid`. */
  readonly faults: readonly Fault[];
  /** The task as it is now; only with `task/stale`. */
  readonly current: TaskState | undefined;
  /** Seconds until the same call can succeed; only with `idempotency/too-many`. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { faults?: readonly Fault[]; current?: TaskState; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.current = options.current;
    this.retryAfter = options.retryAfter;
  }
}

/** The input breaks a rule. All faults are reported at once, so that a form can mark every field. */
export const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError(
    'request/invalid',
    `The input is not valid: ${faults.map(({ field, message }) => `${field} ${message}`).join('; ')}.`,
    {
      faults,
    },
  );

/** The owner has no such task. A task of somebody else's is answered with exactly this, so that nothing leaks. */
export const taskNotFound = (id: number | string): DomainError =>
  new DomainError('task/not-found', `There is no task ${id} among this user's tasks.`);

/** The task is not, or no longer, at a revision that the caller wants to act on. */
export const stale = (current: TaskState): DomainError =>
  new DomainError(
    'task/stale',
    `The task was changed meanwhile, and is at revision ${current.revision} now. Look at it, merge, and try again with that revision.`,
    { current },
  );

/** The user has as many tasks as one user may have. */
export const taskQuotaExceeded = (quota: number): DomainError =>
  new DomainError(
    'task/quota-exceeded',
    `This user already has ${quota} tasks, the most that one user may have. Delete tasks that are no longer needed, and try again.`,
  );

/** The key was used for another call: what the caller means by it cannot be known. */
export const idempotencyMismatch = (): DomainError =>
  new DomainError(
    'idempotency/mismatch',
    'This idempotency key was used for another request. Repeat exactly that one, or take a new key.',
  );

/** The first call under this key has not ended yet. */
export const idempotencyInFlight = (): DomainError =>
  new DomainError(
    'idempotency/in-flight',
    'The first request under this idempotency key is still being worked on. Repeat it in a moment.',
  );

/**
 * The user has as many stored responses as one user may have.
 * @param retryAfter seconds until further ones can be stored
 */
export const tooManyIdempotencyKeys = (retryAfter: number): DomainError =>
  new DomainError(
    'idempotency/too-many',
    `This user has used as many idempotency keys as one may within a day. Send the request without a key, or wait ${retryAfter} seconds. Next time put several changes into one batch, under one key.`,
    { retryAfter },
  );

/** The actor asked for tasks that belong to another user. */
export const wrongUser = (): DomainError =>
  new DomainError(
    'auth/wrong-user',
    'These tasks belong to another user. Name the signed-in user, whose id is the `sub` of the token.',
  );

/** The search did not end in the time that one search may take, and would not the next time either. */
export const searchTooSlow = (cause?: unknown): DomainError =>
  new DomainError(
    'search/too-slow',
    'This search takes longer than it may. Narrow it: search for a longer text, filter by status, or do without the count.',
    { cause },
  );

/** The store can be reached, but so many calls wait for it that this one had no turn in time. Nothing of it was done. */
export const databaseBusy = (cause?: unknown): DomainError =>
  new DomainError(
    'database/busy',
    'The database has more queries than it can answer right now. Try again in a moment.',
    {
      cause,
    },
  );

/** The store answers, and accepts no changes for now; the same call may succeed in a moment. */
export const databaseReadOnly = (cause?: unknown): DomainError =>
  new DomainError('database/unavailable', 'The database accepts no changes right now. Try again in a moment.', {
    cause,
  });

/** The store cannot be reached or does not answer in time; the same call may succeed in a moment. */
export const databaseUnavailable = (cause?: unknown): DomainError =>
  new DomainError('database/unavailable', 'The database cannot be reached right now. Try again in a moment.', {
    cause,
  });

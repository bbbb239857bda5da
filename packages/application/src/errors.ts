import { DomainError, type DomainErrorCode } from '@taskward/domain';

/** The code of an error of the application: of idempotency, of the log of changes, and of what its stores report. */
export type ApplicationErrorCode =
  | 'idempotency/mismatch'
  | 'idempotency/in-flight'
  | 'idempotency/too-many'
  | 'changes/gone'
  | 'search/too-slow'
  | 'database/busy'
  | 'database/unavailable';

/**
 * The code of every error that a use-case can throw. Each driving adapter maps the whole union (HTTP to statuses, the
 * command line to exit codes), so a new code does not compile until every adapter handles it.
 */
export type ErrorCode = DomainErrorCode | ApplicationErrorCode;

/** A call that could not be carried out. `message` is a sentence for the caller that says what to do next. */
export class ApplicationError extends Error {
  readonly code: ApplicationErrorCode;
  /** Seconds until the same call can succeed; only with `idempotency/too-many`. */
  readonly retryAfter: number | undefined;

  constructor(code: ApplicationErrorCode, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'ApplicationError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
}

/** An error that a use-case can throw. */
export type UseCaseError = DomainError | ApplicationError;

/** Returns whether it is an error from the catalogue; anything else is a fault of the program. */
export const isUseCaseError = (error: unknown): error is UseCaseError =>
  error instanceof DomainError || error instanceof ApplicationError;

/** The idempotency key was used for a different call. */
export const idempotencyMismatch = (): ApplicationError =>
  new ApplicationError(
    'idempotency/mismatch',
    'This idempotency key was used for another request. Repeat exactly that one, or take a new key.',
  );

/**
 * Returns whether the same call may succeed later, so that its error must not be kept under an idempotency key. What is not
 * in the catalogue is a fault, which may be mended.
 */
export const isTransient = (error: unknown): boolean =>
  !isUseCaseError(error) || /^(database|idempotency)\/|^task\/quota-exceeded$/.test(error.code);

/** The first call with this idempotency key is still running. */
export const idempotencyInFlight = (): ApplicationError =>
  new ApplicationError(
    'idempotency/in-flight',
    'The first request under this idempotency key is still being worked on. Repeat it in a moment.',
  );

/**
 * The user has reached the limit of stored responses.
 * @param retryAfter seconds until more can be stored
 */
export const tooManyIdempotencyKeys = (retryAfter: number): ApplicationError =>
  new ApplicationError(
    'idempotency/too-many',
    `This user has used as many idempotency keys as one may within a day. Send the request without a key, or wait ${retryAfter} seconds. Next time put several changes into one batch, under one key.`,
    { retryAfter },
  );

/** The log does not reach back to a position, or never had it. */
export const changesGone = (): ApplicationError =>
  new ApplicationError(
    'changes/gone',
    'The changes since this cursor are not kept any more, or it belongs to another account. Send what you have not sent first, then start again without `since`.',
  );

/** The search exceeded its time limit, and a retry would too. */
export const searchTooSlow = (cause?: unknown): ApplicationError =>
  new ApplicationError(
    'search/too-slow',
    'This search takes longer than it may. Narrow it: search for a longer text, filter by status, or do without the count.',
    { cause },
  );

/** The store is overloaded: the call timed out in the queue and had no effect. */
export const databaseBusy = (cause?: unknown): ApplicationError =>
  new ApplicationError(
    'database/busy',
    'The database has more queries than it can answer right now. Try again in a moment.',
    {
      cause,
    },
  );

/** The store is temporarily read-only; a retry may succeed. */
export const databaseReadOnly = (cause?: unknown): ApplicationError =>
  new ApplicationError('database/unavailable', 'The database accepts no changes right now. Try again in a moment.', {
    cause,
  });

/** The store cannot be reached or does not respond in time; a retry may succeed. */
export const databaseUnavailable = (cause?: unknown): ApplicationError =>
  new ApplicationError('database/unavailable', 'The database cannot be reached right now. Try again in a moment.', {
    cause,
  });

import {
  ApplicationError,
  type ApplicationErrorCode,
  type ErrorCode,
  toRecord,
  toSupersededRecord,
} from '@taskward/application';
import { DomainError, type Fault } from '@taskward/domain';
import { bodyLimit } from '../messages/limits.ts';

/** Errors that exist in HTTP only: in the request's format, its credentials, or the server's state. */
type TransportCode =
  | 'request/malformed'
  | 'request/method-not-allowed'
  | 'request/precondition-failed'
  | 'request/range-not-satisfiable'
  | 'request/too-large'
  | 'request/unsupported-media-type'
  | 'request/header-too-large'
  | 'request/timeout'
  | 'auth/missing-token'
  | 'auth/invalid-token'
  | 'auth/forbidden-origin'
  | 'auth/keys-unavailable'
  | 'rate/limited'
  | 'route/not-found'
  | 'batch/refused'
  | 'batch/not-applied'
  | 'server/overloaded'
  | 'server/error';

/** Every code of an error response. */
export type HttpCode = ErrorCode | TransportCode;

/** The status of each code. A code without one does not compile. */
export const statuses = {
  'request/malformed': 400,
  'auth/missing-token': 401,
  'auth/invalid-token': 401,
  'auth/wrong-user': 403,
  'auth/forbidden-origin': 403,
  'task/not-found': 404,
  'change/not-found': 404,
  'tag/not-found': 404,
  'route/not-found': 404,
  'request/method-not-allowed': 405,
  'request/timeout': 408,
  'idempotency/in-flight': 409,
  'task/quota-exceeded': 409,
  'task/occurrence-passed': 409,
  'task/anchor-gone': 409,
  'tag/exists': 409,
  'undo/superseded': 409,
  'changes/gone': 410,
  'task/purged': 410,
  'request/precondition-failed': 412,
  'task/stale': 412,
  'request/too-large': 413,
  'request/unsupported-media-type': 415,
  'request/range-not-satisfiable': 416,
  'request/invalid': 422,
  'idempotency/mismatch': 422,
  'search/too-slow': 422,
  'batch/refused': 422,
  'batch/not-applied': 424,
  'request/header-too-large': 431,
  'rate/limited': 429,
  'idempotency/too-many': 429,
  'server/error': 500,
  'auth/keys-unavailable': 503,
  'server/overloaded': 503,
  'database/busy': 503,
  'database/unavailable': 503,
} as const satisfies Record<HttpCode, number>;

/** An error to send to the client. Both styles show its `message`, a sentence. */
export class HttpError extends Error {
  readonly code: HttpCode;
  readonly faults: readonly Fault[];
  /** Headers of the response, such as `Allow` or `WWW-Authenticate`. */
  readonly headers: Readonly<Record<string, string>>;
  /** A code that is more exact, for the log. */
  readonly reason: string | undefined;
  /** Further members of the body, such as the current task with `task/stale`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: HttpCode,
    message: string,
    options: {
      faults?: readonly Fault[];
      headers?: Readonly<Record<string, string>>;
      members?: Readonly<Record<string, unknown>>;
      reason?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'HttpError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
    this.reason = options.reason;
  }

  get status(): number {
    return statuses[this.code];
  }
}

const retryAfterSeconds = '2';

// Seconds after which the same request may succeed.
const retryAfter: Partial<Record<ApplicationErrorCode, string>> = {
  'database/busy': retryAfterSeconds,
  'database/unavailable': retryAfterSeconds,
  'idempotency/in-flight': '1',
};

// Over HTTP the actor is the user whom a token names.
const wrongUserMessage =
  'These tasks belong to another user. Name the signed-in user, whose id is the `sub` of the token.';

const fromDomain = (error: DomainError): HttpError => {
  const { code, faults, current, superseded } = error;
  return new HttpError(code, code === 'auth/wrong-user' ? wrongUserMessage : error.message, {
    faults,
    cause: error,
    members: {
      ...(current && { current: toRecord(current) }),
      ...(superseded.length > 0 && { superseded: superseded.map(toSupersededRecord) }),
    },
  });
};

const fromApplication = (error: ApplicationError): HttpError => {
  const { code, message } = error;
  const seconds = error.retryAfter?.toString() ?? retryAfter[code];
  return new HttpError(code, message, {
    cause: error,
    headers: {
      ...(seconds !== undefined && { 'retry-after': seconds }),
      // A cache may store a 410, and a client that starts again must not get it.
      ...(code === 'changes/gone' && { 'cache-control': 'no-store' }),
    },
  });
};

/** An error of Fastify or one of its plugins. Not all of them have a code. */
interface StatusError extends Error {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const isClientError = (error: unknown): error is StatusError => {
  const { statusCode } = (error instanceof Error ? error : {}) as Partial<StatusError>;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
};

/** Makes the 503 for a server with too many requests in flight. */
export const overloaded = (): HttpError =>
  new HttpError('server/overloaded', 'The server has more requests than it can answer. Try again in a moment.', {
    headers: { 'retry-after': retryAfterSeconds },
  });

/** Makes the 429 for a user with too many requests in flight. */
export const tooManyAtOnce = (): HttpError =>
  new HttpError('rate/limited', 'You have too many requests under way at once. Wait until some of them are answered.', {
    headers: { 'retry-after': '1' },
  });

const bodyLimitText = (bytes: number) => `${bytes / 1024} KiB`;

const unsupportedMediaType = () =>
  new HttpError(
    'request/unsupported-media-type',
    'The body must be JSON in UTF-8. Send it with `Content-Type: application/json`.',
    {
      headers: {
        'accept-post': 'application/json',
        'accept-patch': 'application/merge-patch+json, application/json',
      },
    },
  );

const fromStatus = (error: StatusError): HttpError => {
  switch (error.statusCode) {
    case 403:
    case 404:
      return new HttpError('route/not-found', 'There is nothing at this path. See /docs for what there is.');
    case 412:
      return new HttpError(
        'request/precondition-failed',
        'What is there is not what `If-Match` or `If-Unmodified-Since` asks for. Fetch it again without them.',
      );
    case 413:
      return new HttpError('request/too-large', `The body is larger than ${bodyLimitText(bodyLimit)}. Send less.`);
    case 415:
      return unsupportedMediaType();
    case 416: {
      const range = error.headers?.['Content-Range'];
      return new HttpError(
        'request/range-not-satisfiable',
        'The `Range` begins after the end of what is there. Fetch it without that header.',
        { headers: range === undefined ? {} : { 'content-range': range } },
      );
    }
    default:
      return new HttpError('request/malformed', `The request could not be read: ${error.message}.`, { cause: error });
  }
};

/** Converts anything thrown to an HttpError. What is not in the catalogue becomes an opaque `server/error`. */
export const toHttpError = (error: unknown): HttpError => {
  if (error instanceof HttpError) return error;
  if (error instanceof DomainError) return fromDomain(error);
  if (error instanceof ApplicationError) return fromApplication(error);
  if (isClientError(error)) return fromStatus(error);
  return new HttpError(
    'server/error',
    'Something went wrong on the server. Report the request_id: the log has the cause under it.',
    { cause: error },
  );
};

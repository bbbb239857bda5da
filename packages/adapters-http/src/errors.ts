import { DomainError, type ErrorCode, type Fault } from '@taskward/domain';
import type { FastifyError } from 'fastify';
import { bodyLimit } from './limits.ts';
import { toResource } from './tasks/resource.ts';

/** Refusals that only HTTP knows: of the request's form, of who sends it, of the server's own state. */
type TransportCode =
  | 'request/malformed'
  | 'request/method-not-allowed'
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

/** Every code that an error answer can carry. */
export type HttpCode = ErrorCode | TransportCode;

/** The one table of statuses: a code that is not in it does not compile. */
export const statuses = {
  'request/malformed': 400,
  'auth/missing-token': 401,
  'auth/invalid-token': 401,
  'auth/wrong-user': 403,
  'auth/forbidden-origin': 403,
  'task/not-found': 404,
  'route/not-found': 404,
  'request/method-not-allowed': 405,
  'request/timeout': 408,
  'idempotency/in-flight': 409,
  'task/quota-exceeded': 409,
  'task/stale': 412,
  'request/too-large': 413,
  'request/unsupported-media-type': 415,
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

/** A refusal on its way to the client. `message` is the sentence that both faces show. */
export class HttpError extends Error {
  readonly code: HttpCode;
  readonly faults: readonly Fault[];
  /** Headers that the answer must carry, such as `Allow` or `WWW-Authenticate`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the body has besides, such as the current task with `task/stale`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: HttpCode,
    message: string,
    options: {
      faults?: readonly Fault[];
      headers?: Readonly<Record<string, string>>;
      members?: Readonly<Record<string, unknown>>;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'HttpError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.headers = options.headers ?? {};
    this.members = options.members ?? {};
  }

  get status(): number {
    return statuses[this.code];
  }
}

const retryAfterSeconds = '2';

// How soon the same request may have another answer.
const retryAfter: Partial<Record<HttpCode, string>> = {
  'database/busy': retryAfterSeconds,
  'database/unavailable': retryAfterSeconds,
  'idempotency/in-flight': '1',
};

const fromDomain = (error: DomainError): HttpError => {
  const { code, message, faults, current } = error;
  const seconds = error.retryAfter?.toString() ?? retryAfter[code];
  return new HttpError(code, message, {
    faults,
    cause: error,
    ...(seconds !== undefined && { headers: { 'retry-after': seconds } }),
    ...(current && { members: { current: toResource(current) } }),
  });
};

const isFastifyError = (error: unknown): error is FastifyError =>
  error instanceof Error && 'code' in error && 'statusCode' in error;

/** The server has more to do than it can: the client should come back in a moment. */
export const overloaded = (): HttpError =>
  new HttpError('server/overloaded', 'The server has more requests than it can answer. Try again in a moment.', {
    headers: { 'retry-after': retryAfterSeconds },
  });

/** One user has as many requests under way as one may have. */
export const tooManyAtOnce = (): HttpError =>
  new HttpError('rate/limited', 'You have too many requests under way at once. Wait until some of them are answered.', {
    headers: { 'retry-after': '1' },
  });

const bodyLimitText = (bytes: number) => `${bytes / 1024} KiB`;

const fromFastify = (error: FastifyError): HttpError => {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new HttpError('request/too-large', `The body is larger than ${bodyLimitText(bodyLimit)}. Send less.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new HttpError(
        'request/unsupported-media-type',
        'The body must be JSON in UTF-8. Send it with `Content-Type: application/json`.',
        {
          headers: {
            'accept-post': 'application/json',
            'accept-patch': 'application/merge-patch+json, application/json',
          },
        },
      );
    default:
      return new HttpError('request/malformed', `The request could not be read: ${error.message}.`, { cause: error });
  }
};

/** Whatever was thrown, as a refusal: what is not in the catalogue is an opaque `server/error`. */
export const toHttpError = (error: unknown): HttpError => {
  if (error instanceof HttpError) return error;
  if (error instanceof DomainError) return fromDomain(error);
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    return fromFastify(error);
  }
  return new HttpError(
    'server/error',
    'Something went wrong on the server. Report the request_id: the log has the cause under it.',
    { cause: error },
  );
};

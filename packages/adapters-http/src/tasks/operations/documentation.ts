import { ChangedTaskSchema, NoQuerySchema, ref } from '@taskward/task-schemas';
import { type TSchema, Type } from 'typebox';
import { type HttpCode, statuses } from '../../errors/http-error.ts';
import { problemContent, unparsedRequest } from '../../errors/problem.ts';
import { errorMediaTypes } from '../../messages/http-response.ts';
import type { ApiStyle } from '../api-styles.ts';

/** Documents a header. */
export const header = (schema: TSchema, description: string) => ({ ...schema, description });

export const requestId = { 'X-Request-Id': header(Type.String(), 'Identifies this request in the server’s log.') };

export const etag = header(
  Type.String(),
  'The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing.',
);
export const versioned = {
  ETag: header(Type.String(), 'The version of the result. Send it as `If-None-Match` to learn whether it has changed.'),
};
export const replayed = {
  'Idempotency-Replayed': header(Type.String(), '`true` if this is the stored response of an earlier request.'),
};

// The handlers read these headers: the token must be checked before a missing or malformed one is rejected.
export const ifNoneMatch = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({ description: 'ETags of stored copies: 304 if one of them is current.' }),
  ),
});
export const ifMatch = {
  'If-Match': Type.Optional(
    Type.String({ description: 'Write only if the task still has one of these ETags: otherwise 412.' }),
  ),
};
export const idempotencyKey = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response.',
    }),
  ),
};

/** The errors of every operation. */
export const common: HttpCode[] = [
  'auth/missing-token',
  'auth/wrong-user',
  'request/invalid',
  'rate/limited',
  'server/error',
  'database/unavailable',
];

const meanings: Partial<Record<number, string>> = {
  400: 'The body cannot be read: not JSON, not UTF-8, a duplicate key in an object, or nested too deeply. With `application/problem+json` also: the request is not valid HTTP.',
  401: 'The token is missing or not valid: `detail` or `error` says why and what to do.',
  403: 'The path names another user than the token, or a write with a cookie comes from an origin that is not allowed.',
  404: 'The user has no such task, no such change, or no such tag.',
  409: 'The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks, or a change cannot be undone because later ones touched the same: `superseded` names the fields; or the occurrence of a recurring task that you name has passed: `current` is the task now; or the task to move to is gone; or there is a tag of that name already.',
  410: 'Gone for good: a task that was removed from the trash, or changes that are not kept any more.',
  412: 'The task has changed: `current` is its current state.',
  413: 'The body is larger than 64 KiB.',
  415: 'The body is not JSON.',
  422: 'The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower.',
  429: 'Too many requests, or too many idempotency keys: `Retry-After` says when to retry.',
  500: 'An internal server error. The log has the cause under `request_id`.',
  503: 'Temporarily unavailable: the database cannot be reached, or the server is overloaded.',
};

/** Documents the error responses of these codes in an API style. */
export const errorResponses = (style: ApiStyle, codes: HttpCode[]) => {
  const { style: errorStyle, schema } = style.responses.error;
  const content = { [errorMediaTypes[errorStyle]]: { schema } };
  const documented = Object.fromEntries(
    [...new Set(codes.map((code) => statuses[code]))].map((status) => [
      status,
      {
        description: meanings[status] as string,
        headers: {
          ...requestId,
          ...(status === 401 && { 'WWW-Authenticate': header(Type.String(), 'The challenge (RFC 6750).') }),
          ...((status === 503 || status === 429 || status === 409) && {
            'Retry-After': header(
              Type.Integer(),
              `Seconds to wait before the next attempt${status === 409 ? ', with `idempotency/in-flight`' : ''}.`,
            ),
          }),
        },
        content: { ...content, ...(status === 400 && problemContent) },
      },
    ]),
  );
  return { ...unparsedRequest(content), ...documented };
};

/** Documents a response with a JSON body. */
export const responseOf = (description: string, schema: TSchema, headers: Record<string, TSchema> = {}) => ({
  description,
  headers: { ...requestId, ...headers },
  content: { 'application/json': { schema } },
});

export const notModified = {
  304: {
    description: 'Not modified: the stored copy is current.',
    headers: { ...requestId, ETag: header(Type.String(), 'The same ETag as before.') },
    type: 'null',
  },
};

/** Documents the response with a page that is read by cursor. */
export const pageOf = (style: ApiStyle, description: string, item: TSchema) =>
  responseOf(
    description,
    style.responses.pageOf(item),
    style.name === 'bare' ? { Link: header(Type.String(), 'Links to the `first` and `next` pages (RFC 8288).') } : {},
  );

/** Documents the response to a deletion. */
export const deleted = (style: ApiStyle, description: string) => {
  const { status, schema } = style.responses.deleted;
  return {
    [status]:
      schema === undefined ? { description, headers: requestId, type: 'null' } : responseOf(description, schema),
  };
};

/** The errors of an operation with a body. */
export const bodyErrors: HttpCode[] = ['request/malformed', 'request/too-large', 'request/unsupported-media-type'];

/** The errors of an operation on one task. */
export const ofTask: HttpCode[] = [...common, 'task/not-found'];

/** The errors of a write that accepts an idempotency key. */
export const keyedWriteErrors: HttpCode[] = [
  ...bodyErrors,
  'idempotency/in-flight',
  'idempotency/mismatch',
  'idempotency/too-many',
];

/** Documents what all operations have in common. Operation ids differ between styles. */
export const described = (style: ApiStyle, operationId: string, summary: string) => ({
  operationId: style.name === 'bare' ? operationId : `${operationId}OfToken`,
  summary,
  tags: [style.tag],
  security: [{ bearer: [] }],
});

/** The parameters of an operation on one task. */
export const onOneTask = (style: ApiStyle) => ({ params: style.parameters.one, querystring: NoQuerySchema });

/** Documents the request and responses of a change to one task. */
export const changesOneTask = (style: ApiStyle, codes: HttpCode[] = []) => ({
  ...onOneTask(style),
  consumes: ['application/json'],
  headers: Type.Object({ ...ifMatch, ...idempotencyKey }),
  response: {
    200: responseOf('The task.', style.responses.of(ref(ChangedTaskSchema)), { ETag: etag, ...replayed }),
    ...errorResponses(style, [...ofTask, ...keyedWriteErrors, 'task/stale', ...codes]),
  },
});

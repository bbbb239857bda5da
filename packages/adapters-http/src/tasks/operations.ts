import { type TSchema, Type } from 'typebox';
import type { HttpCode } from '../errors/http-error.ts';
import { statuses } from '../errors/http-error.ts';
import { problemContent, unparsedRequest } from '../errors/problem.ts';
import type { ApiStyle } from './api-styles.ts';
import { BatchSchema } from './batch-schemas.ts';
import {
  CompletionSchema,
  ListQuerySchema,
  NewTaskSchema,
  NoBodySchema,
  NoQuerySchema,
  TaskChangesSchema,
} from './schemas.ts';

const header = (schema: TSchema, description: string) => ({ ...schema, description });

const requestId = { 'X-Request-Id': header(Type.String(), 'Identifies this request in the server’s log.') };

const etag = header(
  Type.String(),
  'The task’s `revision` in quotes. Send it as `If-None-Match` when reading and as `If-Match` when writing.',
);
const replayed = {
  'Idempotency-Replayed': header(Type.String(), '`true` if this is the stored response of an earlier request.'),
};

// The handlers read these headers: the token must be checked before a missing or malformed one is rejected.
const ifNoneMatch = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({ description: 'ETags of stored copies: 304 if one of them is current.' }),
  ),
});
const ifMatch = {
  'If-Match': Type.Optional(
    Type.String({ description: 'Write only if the task still has one of these ETags: otherwise 412.' }),
  ),
};
const idempotencyKey = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'Makes the request safe to repeat: for 24 hours, the same key takes effect once and gets the same response.',
    }),
  ),
};

const common: HttpCode[] = [
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
  404: 'The user has no such task.',
  409: 'The first request with this `Idempotency-Key` is still running, or the user has reached the maximum number of tasks.',
  412: 'The task has changed: `current` is its current state.',
  413: 'The body is larger than 64 KiB.',
  415: 'The body is not JSON.',
  422: 'The input is not valid: `errors` lists every fault. For a list also: the search took too long, and must be narrower.',
  429: 'Too many requests, or too many idempotency keys: `Retry-After` says when to retry.',
  500: 'An internal server error. The log has the cause under `request_id`.',
  503: 'Temporarily unavailable: the database cannot be reached, or the server is overloaded.',
};

const errorResponses = (style: ApiStyle, codes: HttpCode[]) => {
  const { mediaType, schema } = style.responses.error;
  const content = { [mediaType]: { schema } };
  const documented = Object.fromEntries(
    [...new Set(codes.map((code) => statuses[code]))].map((status) => [
      status,
      {
        description: meanings[status] as string,
        headers: {
          ...requestId,
          ...(status === 401 && { 'WWW-Authenticate': header(Type.String(), 'The challenge (RFC 6750).') }),
          ...((status === 503 || status === 429 || status === 409) && {
            'Retry-After': header(Type.Integer(), 'Seconds to wait before the next attempt.'),
          }),
        },
        content: { ...content, ...(status === 400 && problemContent) },
      },
    ]),
  );
  return { ...unparsedRequest(content), ...documented };
};

const responseOf = (description: string, schema: TSchema, headers: Record<string, TSchema> = {}) => ({
  description,
  headers: { ...requestId, ...headers },
  content: { 'application/json': { schema } },
});

const notModified = {
  304: {
    description: 'Not modified: the stored copy is current.',
    headers: { ...requestId, ETag: header(Type.String(), 'The same ETag as before.') },
    type: 'null',
  },
};

const bodyErrors: HttpCode[] = ['request/malformed', 'request/too-large', 'request/unsupported-media-type'];

/** The schemas of every operation on one style, as Fastify validates and serializes by them and the document shows them. */
export const operations = (style: ApiStyle) => {
  const { responses, parameters, name, tag } = style;
  const base = (operationId: string, summary: string) => ({
    operationId: name === 'bare' ? operationId : `${operationId}OfToken`,
    summary,
    tags: [tag],
    security: [{ bearer: [] }],
  });
  const one = { params: parameters.one, querystring: NoQuerySchema };
  const task = responseOf('The task.', responses.task, { ETag: etag });
  const written = responseOf('The task.', responses.task, { ETag: etag, ...replayed });
  const ofTask: HttpCode[] = [...common, 'task/not-found'];
  const keyedWriteErrors: HttpCode[] = [
    ...bodyErrors,
    'idempotency/in-flight',
    'idempotency/mismatch',
    'idempotency/too-many',
  ];
  const change = {
    ...one,
    headers: Type.Object({ ...ifMatch, ...idempotencyKey }),
    response: { 200: written, ...errorResponses(style, [...ofTask, ...keyedWriteErrors, 'task/stale']) },
  };
  const consumes = ['application/json'];

  return {
    list: {
      ...base('listTasks', 'List tasks'),
      params: parameters.list,
      querystring: ListQuerySchema,
      headers: ifNoneMatch,
      response: {
        200: responseOf('One page of tasks.', responses.list, {
          ETag: header(
            Type.String(),
            'The version of this list. Send it as `If-None-Match` to learn whether the list has changed.',
          ),
          ...(name === 'bare' && {
            Link: header(Type.String(), 'Links to the `first`, `next` and `prev` pages (RFC 8288).'),
            'X-Total-Count': header(Type.Integer(), 'The number of tasks on all pages, with `count=true`.'),
          }),
        }),
        ...notModified,
        ...errorResponses(style, common),
      },
    },
    create: {
      ...base('createTask', 'Create a task'),
      consumes,
      params: parameters.list,
      querystring: NoQuerySchema,
      headers: Type.Object(idempotencyKey),
      body: NewTaskSchema,
      response: {
        201: responseOf('The new task.', responses.task, {
          Location: header(Type.String(), 'The path of the new task.'),
          ETag: etag,
          ...replayed,
        }),
        ...errorResponses(style, [...common, ...keyedWriteErrors, 'task/quota-exceeded']),
      },
    },
    batch: {
      ...base('applyBatch', 'Apply a batch of operations'),
      description:
        'Applies up to 100 operations in one transaction. With `atomic`, the default, either all of them are stored or none: if one is rejected, the response is a 422 whose `results` list the errors of each operation. Otherwise each operation succeeds or fails by itself, with its own `status`.',
      consumes,
      params: parameters.list,
      querystring: NoQuerySchema,
      headers: Type.Object(idempotencyKey),
      body: BatchSchema,
      response: {
        200: responseOf('The result of each operation.', responses.batch, replayed),
        ...errorResponses(style, [...common, ...keyedWriteErrors]),
      },
    },
    get: {
      ...base('getTask', 'Read a task'),
      ...one,
      headers: ifNoneMatch,
      response: { 200: task, ...notModified, ...errorResponses(style, ofTask) },
    },
    replace: {
      ...base('replaceTask', 'Update a task'),
      description: 'Takes all fields or only those to change: a field that is left out keeps its value.',
      consumes,
      ...change,
      body: TaskChangesSchema,
    },
    change: {
      ...base('changeTask', 'Change some fields of a task'),
      description: 'A merge patch (RFC 7396): a field that is left out keeps its value, `null` clears the description.',
      consumes: [...consumes, 'application/merge-patch+json'],
      ...change,
      body: TaskChangesSchema,
    },
    complete: {
      ...base('completeTask', 'Set or toggle completion'),
      description:
        'Without a body it toggles. With `{"completed": true}` or `{"completed": false}` it sets the state and is safe to repeat.',
      consumes,
      ...change,
      body: CompletionSchema,
    },
    delete: {
      ...base('deleteTask', 'Delete a task'),
      ...one,
      headers: Type.Object(ifMatch),
      body: NoBodySchema,
      response: {
        [responses.deleted.status]:
          responses.deleted.schema === undefined
            ? { description: 'The task is deleted.', headers: requestId, type: 'null' }
            : responseOf('The task is deleted.', responses.deleted.schema),
        ...errorResponses(style, [...ofTask, ...bodyErrors, 'task/stale']),
      },
    },
  };
};

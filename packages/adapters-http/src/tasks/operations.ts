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

const requestId = { 'X-Request-Id': header(Type.String(), 'Under which the server logged this request.') };

const etag = header(
  Type.String(),
  'The task\u2019s `revision` in quotes. Send it as `If-None-Match` when reading, as `If-Match` when writing.',
);
const replayed = { 'Idempotency-Replayed': header(Type.String(), '`true` on an answer that was given before.') };

// Read by the handlers: a header that is missing or odd must not be refused before the token is looked at.
const ifNoneMatch = Type.Object({
  'If-None-Match': Type.Optional(Type.String({ description: 'ETags that you have: 304 if one still holds.' })),
});
const ifMatch = {
  'If-Match': Type.Optional(Type.String({ description: 'Only if the task still has one of these ETags: else 412.' })),
};
const idempotencyKey = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'Repeat the request with the same key: it has its effect once, and the same answer, for 24 hours.',
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
  400: 'The body cannot be read: not JSON, not UTF-8, a key twice in one object, nested too deep. As a problem: the request is not HTTP.',
  401: 'No token, or one that does not hold: `detail` or `error` says why and what to do.',
  403: "The path's user is not the token's, or a write by cookie comes from a page that is not listed.",
  404: 'There is no such task among the user’s.',
  409: 'The first request under this `Idempotency-Key` is still being worked on; or the user has as many tasks as one may have.',
  412: 'The task has changed: `current` is what it is now.',
  413: 'The body is larger than 64 KiB.',
  415: 'The body is not JSON.',
  422: 'The input breaks a rule: `errors` lists every fault. For a list also a search that takes longer than it may: narrow it.',
  429: 'Too many requests, or too many idempotency keys: `Retry-After` says when to come back.',
  500: 'A fault of the server. The log has the cause under `request_id`.',
  503: 'Not right now: the database cannot be reached, or there is too much to do.',
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
          ...(status === 401 && { 'WWW-Authenticate': header(Type.String(), 'RFC 6750.') }),
          ...((status === 503 || status === 429 || status === 409) && {
            'Retry-After': header(Type.Integer(), 'Seconds to wait.'),
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
    description: 'What you have is what there is.',
    headers: { ...requestId, ETag: header(Type.String(), 'As it was sent before.') },
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
        200: responseOf('A page of tasks.', responses.list, {
          ETag: header(Type.String(), 'Of this list: send it as `If-None-Match` to be told whether it changed.'),
          ...(name === 'bare' && {
            Link: header(Type.String(), 'Where `first`, `next` and `prev` pages are (RFC 8288).'),
            'X-Total-Count': header(Type.Integer(), 'With `count=true`.'),
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
          Location: header(Type.String(), 'Where it is.'),
          ETag: etag,
          ...replayed,
        }),
        ...errorResponses(style, [...common, ...keyedWriteErrors, 'task/quota-exceeded']),
      },
    },
    batch: {
      ...base('applyBatch', 'Several changes at once'),
      description:
        'Up to 100 operations in one step. With `atomic`, as it is if not said, all are stored or none: then one that is refused makes the answer a 422 whose `results` say what was wrong with which. Else each has its own `status`.',
      consumes,
      params: parameters.list,
      querystring: NoQuerySchema,
      headers: Type.Object(idempotencyKey),
      body: BatchSchema,
      response: {
        200: responseOf('What became of each operation.', responses.batch, replayed),
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
      description: 'All fields, or those that changed: a field that is not named keeps its value.',
      consumes,
      ...change,
      body: TaskChangesSchema,
    },
    change: {
      ...base('changeTask', 'Change fields of a task'),
      description: 'A merge patch (RFC 7396): a field that is not named keeps its value, `null` clears a description.',
      consumes: [...consumes, 'application/merge-patch+json'],
      ...change,
      body: TaskChangesSchema,
    },
    complete: {
      ...base('completeTask', 'Tick a task off, or on again'),
      description: 'Toggles without a body. With `{"completed": true}` it sets, and is safe to repeat.',
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
            ? { description: 'It is gone.', headers: requestId, type: 'null' }
            : responseOf('It is gone.', responses.deleted.schema),
        ...errorResponses(style, [...ofTask, ...bodyErrors, 'task/stale']),
      },
    },
  };
};

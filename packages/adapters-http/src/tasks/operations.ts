import { type TSchema, Type } from 'typebox';
import type { HttpCode } from '../errors.ts';
import { statuses } from '../errors.ts';
import type { Face } from './faces.ts';
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

const common: HttpCode[] = [
  'auth/missing-token',
  'auth/wrong-user',
  'request/invalid',
  'rate/limited',
  'server/error',
  'database/unavailable',
];

const meanings: Partial<Record<number, string>> = {
  400: 'The body cannot be read: not JSON, not UTF-8, nested too deep.',
  401: 'No token, or one that does not hold: `detail` or `error` says why and what to do.',
  403: "The path's user is not the token's, or a write by cookie comes from a page that is not listed.",
  404: 'There is no such task among the user’s.',
  413: 'The body is larger than 64 KiB.',
  415: 'The body is not JSON.',
  422: 'The input breaks a rule: `errors` lists every fault.',
  429: 'Too many requests: `Retry-After` says when to come back.',
  500: 'A fault of the server. The log has the cause under `request_id`.',
  503: 'Not right now: the database cannot be reached, or there is too much to do.',
};

const errorAnswers = (face: Face, codes: HttpCode[]) => {
  const { mediaType, schema } = face.answers.error;
  return Object.fromEntries(
    [...new Set(codes.map((code) => statuses[code]))].map((status) => [
      status,
      {
        description: meanings[status],
        headers: {
          ...requestId,
          ...(status === 401 && { 'WWW-Authenticate': header(Type.String(), 'RFC 6750.') }),
          ...((status === 503 || status === 429) && { 'Retry-After': header(Type.Integer(), 'Seconds to wait.') }),
        },
        content: { [mediaType]: { schema } },
      },
    ]),
  );
};

const answer = (description: string, schema: TSchema, headers: Record<string, TSchema> = {}) => ({
  description,
  headers: { ...requestId, ...headers },
  content: { 'application/json': { schema } },
});

const bodyErrors: HttpCode[] = ['request/malformed', 'request/too-large', 'request/unsupported-media-type'];

/** The schemas of every operation on one face, as Fastify validates and serializes by them and the document shows them. */
export const operations = (face: Face) => {
  const { answers, parameters, name, tag } = face;
  const base = (operationId: string, summary: string) => ({
    operationId: name === 'bare' ? operationId : `${operationId}OfToken`,
    summary,
    tags: [tag],
    security: [{ bearer: [] }],
  });
  const one = { params: parameters.one, querystring: NoQuerySchema };
  const task = answer('The task.', answers.task);
  const ofTask: HttpCode[] = [...common, 'task/not-found'];
  const consumes = ['application/json'];

  return {
    list: {
      ...base('listTasks', 'List tasks'),
      params: parameters.list,
      querystring: ListQuerySchema,
      response: {
        200: answer(
          'A page of tasks.',
          answers.list,
          name === 'bare'
            ? {
                Link: header(Type.String(), 'Where `first`, `next` and `prev` pages are (RFC 8288).'),
                'X-Total-Count': header(Type.Integer(), 'With `count=true`.'),
              }
            : {},
        ),
        ...errorAnswers(face, common),
      },
    },
    create: {
      ...base('createTask', 'Create a task'),
      consumes,
      params: parameters.list,
      querystring: NoQuerySchema,
      body: NewTaskSchema,
      response: {
        201: answer('The new task.', answers.task, { Location: header(Type.String(), 'Where it is.') }),
        ...errorAnswers(face, [...common, ...bodyErrors]),
      },
    },
    get: { ...base('getTask', 'Read a task'), ...one, response: { 200: task, ...errorAnswers(face, ofTask) } },
    replace: {
      ...base('replaceTask', 'Update a task'),
      description: 'All fields, or those that changed: a field that is not named keeps its value.',
      consumes,
      ...one,
      body: TaskChangesSchema,
      response: { 200: task, ...errorAnswers(face, [...ofTask, ...bodyErrors]) },
    },
    change: {
      ...base('changeTask', 'Change fields of a task'),
      description: 'A merge patch (RFC 7396): a field that is not named keeps its value, `null` clears a description.',
      consumes: [...consumes, 'application/merge-patch+json'],
      ...one,
      body: TaskChangesSchema,
      response: { 200: task, ...errorAnswers(face, [...ofTask, ...bodyErrors]) },
    },
    complete: {
      ...base('completeTask', 'Tick a task off, or on again'),
      description: 'Toggles without a body. With `{"completed": true}` it sets, and is safe to repeat.',
      consumes,
      ...one,
      body: CompletionSchema,
      response: { 200: task, ...errorAnswers(face, [...ofTask, ...bodyErrors]) },
    },
    delete: {
      ...base('deleteTask', 'Delete a task'),
      ...one,
      body: NoBodySchema,
      response: {
        [answers.deleted.status]:
          answers.deleted.schema === undefined
            ? { description: 'It is gone.', headers: requestId, type: 'null' }
            : answer('It is gone.', answers.deleted.schema),
        ...errorAnswers(face, [...ofTask, ...bodyErrors]),
      },
    },
  };
};

import { invalid, isObject } from '@taskward/domain';
import { nothingNamed, type TaskChangesBody, TaskChangesSchema, withoutReadOnlyFields } from '@taskward/task-schemas';
import type { preValidationHookHandler } from 'fastify';
import type { ApiStyle, AuthorizedRequest } from '../../api-styles.ts';
import { batchedChange } from '../../batch/batched-operation.ts';
import { idOf } from '../../input.ts';
import { conditionOf } from '../../preconditions.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const dropReadOnlyFields: preValidationHookHandler = (request, _reply, done) => {
  if (isObject(request.body)) {
    const identity = { id: idOf(request), owner: (request as AuthorizedRequest).owner };
    const { body, createdAt } = withoutReadOnlyFields(request.body, identity);
    request.body = body;
    request.createdAt = createdAt ?? null;
  }
  done();
};

const toChange = (changes: TaskChangesBody) => ({ kind: 'update', changes }) as const;

const updating = (method: 'PUT' | 'PATCH', schema: (style: ApiStyle) => object) =>
  defineOperation({
    method,
    path: '/:id',
    isKeyed: true,
    preValidation: dropReadOnlyFields,
    schema: (style) => ({
      ...documented.changesOneTask(style, ['task/occurrence-passed']),
      body: TaskChangesSchema,
      ...schema(style),
    }),
    input: ({ request, owner }: Call<{ Body: TaskChangesBody }>) => ({
      owner,
      id: idOf(request),
      change: toChange(request.body),
      ...conditionOf(request),
    }),
    run: async ({ changeTask }, input, { actor, style }) => taskResponse(style, await changeTask(actor, input)),
  });

export const change = updating('PATCH', (style) => ({
  ...documented.described(style, 'changeTask', 'Change some fields of a task'),
  description:
    'A merge patch (RFC 7396): a field that is left out keeps its value, `null` clears one that may be empty. Fields that Taskward sets may be sent as they are: `{...task, title}`.',
  consumes: ['application/json', 'application/merge-patch+json'],
}));

export const replace = updating('PUT', (style) => ({
  ...documented.described(style, 'replaceTask', 'Update a task'),
  description: 'Takes all fields or only those to change: a field that is left out keeps its value.',
}));

export const updateInBatch = batchedChange(
  'update',
  TaskChangesSchema,
  (changes) => {
    if (Object.keys(changes).length === 0)
      throw invalid([{ field: 'body', message: nothingNamed(Object.keys(TaskChangesSchema.properties)) }]);
    return toChange(changes);
  },
  (sent, owner) => {
    const { id } = sent;
    const { body, ...rest } = withoutReadOnlyFields(sent, { id: Number(id), owner });
    return { body: id === undefined ? body : { ...body, id }, ...rest };
  },
);

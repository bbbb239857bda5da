import type { TaskChange } from '@taskward/application';
import type { preValidationHookHandler } from 'fastify';
import { type ApiStyle, type AuthorizedRequest, taskResponse } from '../api-styles.ts';
import { idOf } from '../input.ts';
import { conditionOf } from '../preconditions.ts';
import { withoutReadOnlyFields } from '../read-only-fields.ts';
import { type TaskChangesBody, TaskChangesSchema } from '../schemas.ts';
import * as documented from './documentation.ts';
import { type Call, defineOperation } from './operation.ts';

const dropReadOnlyFields: preValidationHookHandler = (request, _reply, done) => {
  if (typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body)) {
    const identity = { id: idOf(request), owner: (request as AuthorizedRequest).owner };
    const { body, createdAt } = withoutReadOnlyFields(request.body as Record<string, unknown>, identity);
    request.body = body;
    request.createdAt = createdAt ?? null;
  }
  done();
};

const updating = (method: 'PUT' | 'PATCH', schema: (style: ApiStyle) => object) =>
  defineOperation({
    method,
    path: '/:id',
    isKeyed: true,
    preValidation: dropReadOnlyFields,
    schema: (style) => ({ ...documented.changesOneTask(style), body: TaskChangesSchema, ...schema(style) }),
    input: ({ request, owner }: Call<{ Body: TaskChangesBody }>) => {
      const change: TaskChange = { kind: 'update', changes: request.body };
      return { owner, id: idOf(request), change, ...conditionOf(request) };
    },
    run: async ({ changeTask }, input, { actor, style }) => taskResponse(style, await changeTask(actor, input)),
  });

export const change = updating('PATCH', (style) => ({
  ...documented.described(style, 'changeTask', 'Change some fields of a task'),
  description: 'A merge patch (RFC 7396): a field that is left out keeps its value, `null` clears the description.',
  consumes: ['application/json', 'application/merge-patch+json'],
}));

export const replace = updating('PUT', (style) => ({
  ...documented.described(style, 'replaceTask', 'Update a task'),
  description: 'Takes all fields or only those to change: a field that is left out keeps its value.',
}));

import { NewTaskSchema, NoQuerySchema } from '@taskward/task-schemas';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { batchedCreation } from '../../batch/batched-operation.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const create = defineOperation({
  method: 'POST',
  path: '',
  isKeyed: true,
  schema: (style) => ({
    ...documented.described(style, 'createTask', 'Create a task'),
    consumes: ['application/json'],
    params: style.parameters.list,
    querystring: NoQuerySchema,
    headers: Type.Object(documented.idempotencyKey),
    body: NewTaskSchema,
    response: {
      201: documented.responseOf('The new task.', style.responses.task, {
        Location: documented.header(Type.String(), 'The path of the new task.'),
        ETag: documented.etag,
        ...documented.replayed,
      }),
      ...documented.errorResponses(style, [
        ...documented.common,
        ...documented.keyedWriteErrors,
        'task/quota-exceeded',
      ]),
    },
  }),
  input: ({ request, owner }: Call<{ Body: Static<typeof NewTaskSchema> }>) => ({ owner, content: request.body }),
  run: async ({ createTask }, input, { actor, owner, style }) => {
    const task = await createTask(actor, input);
    const { headers, body } = taskResponse(style, task);
    return { status: 201, headers: { ...headers, location: `${style.collection(owner)}/${task.id}` }, body };
  },
});

export const createInBatch = batchedCreation('create', NewTaskSchema, (content) => ({ kind: 'create', content }));

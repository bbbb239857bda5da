import { NoBodySchema } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { batchedChange } from '../../batch/batched-operation.ts';
import { idOf } from '../../input.ts';
import { conditionOf } from '../../preconditions.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const remove = defineOperation({
  method: 'DELETE',
  path: '/:id',
  schema: (style) => ({
    ...documented.described(style, 'deleteTask', 'Delete a task'),
    description: 'Moves a task to the trash, from which it can be restored.',
    ...documented.onOneTask(style),
    headers: Type.Object(documented.ifMatch),
    body: NoBodySchema,
    response: {
      ...documented.deleted(style, 'The task is deleted.'),
      ...documented.errorResponses(style, [...documented.ofTask, ...documented.bodyErrors, 'task/stale']),
    },
  }),
  input: ({ request, owner }: Call) => ({ owner, id: idOf(request), ...conditionOf(request) }),
  run: async ({ deleteTask }, input, { actor, style }) => {
    await deleteTask(actor, input);
    return style.deleted;
  },
});

export const removeInBatch = batchedChange('delete', NoBodySchema, () => ({ kind: 'delete' }));

import { NoBodySchema } from '@taskward/task-schemas';
import { batchedChange } from '../../batch/batched-operation.ts';
import { idOf } from '../../input.ts';
import { conditionOf } from '../../preconditions.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const restore = defineOperation({
  method: 'POST',
  path: '/:id/restore',
  isKeyed: true,
  schema: (style) => ({
    ...documented.changesOneTask(style, ['task/purged', 'task/quota-exceeded']),
    ...documented.described(style, 'restoreTask', 'Restore a deleted task'),
    description:
      'Brings a task back from the trash: the same `id` and content, at a new `revision`. Safe to repeat: a task that exists is returned as it is. `If-Match` is about the revision of the deletion.',
    body: NoBodySchema,
  }),
  input: ({ request, owner }: Call) => ({ owner, id: idOf(request), ...conditionOf(request) }),
  run: async ({ restoreTask }, input, { actor, style }) => taskResponse(style, await restoreTask(actor, input)),
});

export const restoreInBatch = batchedChange('restore', NoBodySchema, () => ({ kind: 'restore' }));

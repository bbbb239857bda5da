import { CompletionSchema } from '@taskward/task-schemas';
import type { Static } from 'typebox';
import { batchedChange } from '../../batch/batched-operation.ts';
import { idOf } from '../../input.ts';
import { conditionOf } from '../../preconditions.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

type Body = Static<typeof CompletionSchema>;

const toChange = ({ completed, occurrence }: Body) => ({ kind: 'complete', completed, occurrence }) as const;

export const complete = defineOperation({
  method: 'PATCH',
  path: '/:id/complete',
  isKeyed: true,
  schema: (style) => ({
    ...documented.changesOneTask(style, ['task/occurrence-passed']),
    ...documented.described(style, 'completeTask', 'Set or toggle completion'),
    description:
      'Without a body it toggles. With `{"completed": true}` or `{"completed": false}` it sets the state and is safe to repeat. Completing a recurring task completes its occurrence: the task stays open and moves on to the next one, and `completed_occurrence` says which was completed. With `occurrence`, the `due_date` that you have seen, that is safe to repeat, too.',
    body: CompletionSchema,
  }),
  input: ({ request, owner }: Call<{ Body: Body | undefined }>) => ({
    owner,
    id: idOf(request),
    change: toChange(request.body ?? {}),
    ...conditionOf(request),
  }),
  run: async ({ changeTask }, input, { actor, style }) => taskResponse(style, await changeTask(actor, input)),
});

export const completeInBatch = batchedChange('complete', CompletionSchema, toChange);

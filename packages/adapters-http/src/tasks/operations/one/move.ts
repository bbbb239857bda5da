import type { Place } from '@taskward/domain';
import { PlaceSchema } from '@taskward/task-schemas';
import { idOf } from '../../input.ts';
import { conditionOf } from '../../preconditions.ts';
import { taskResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const move = defineOperation({
  method: 'POST',
  path: '/:id/move',
  isKeyed: true,
  schema: (style) => ({
    ...documented.changesOneTask(style, ['task/anchor-gone']),
    ...documented.described(style, 'moveTask', 'Move a task in the user’s own order'),
    description:
      'Puts the task right before or after another, or to an end. A list with `sort=position` has this order. Only the `position` of the task changes, except where the tasks around it need new ones, too.',
    body: PlaceSchema,
  }),
  input: ({ request, owner }: Call<{ Body: Place }>) => ({
    owner,
    id: idOf(request),
    to: request.body,
    ...conditionOf(request),
  }),
  run: async ({ moveTask }, input, { actor, style }) => taskResponse(style, await moveTask(actor, input)),
});

import { toChangeRecord } from '@taskward/application';
import { ChangeSchema, closed, NoBodySchema, NoQuerySchema, Revision, ref } from '@taskward/task-schemas';
import { type TObject, Type } from 'typebox';
import type { BatchedOperation } from '../../batch/batched-operation.ts';
import { revisionOf } from '../../input.ts';
import { resultResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const undo = defineOperation({
  method: 'POST',
  path: '/changes/:revision/undo',
  isKeyed: true,
  schema: (style) => ({
    ...documented.described(style, 'undoChange', 'Undo a change'),
    description:
      'Takes a change back by a new one, with all changes of the same batch. A field goes back only if it still has the value that the change gave it: otherwise 409, which names the fields with both values. An undo can be undone.',
    consumes: ['application/json'],
    params: style.parameters.change,
    querystring: NoQuerySchema,
    headers: Type.Object(documented.idempotencyKey),
    body: NoBodySchema,
    response: {
      200: documented.responseOf(
        'What has become of each task.',
        style.responses.of(Type.Array(ref(ChangeSchema))),
        documented.replayed,
      ),
      ...documented.errorResponses(style, [
        ...documented.common,
        ...documented.keyedWriteErrors,
        'change/not-found',
        'undo/superseded',
        'task/purged',
        'task/quota-exceeded',
      ]),
    },
  }),
  input: ({ request, owner }: Call) => ({ owner, revision: revisionOf(request) }),
  run: async ({ undoChange }, input, { actor, style }) => {
    const changes = await undoChange(actor, input);
    return resultResponse(style, changes.map(toChangeRecord));
  },
});

export const undoInBatch: BatchedOperation<'undo'> = {
  schema: Type.Object({ op: Type.Literal('undo'), revision: Revision }, { ...closed, title: 'Undo' }) as TObject,
  toOperation: ({ body }) => ({ kind: 'undo', revision: body.revision as number }),
};

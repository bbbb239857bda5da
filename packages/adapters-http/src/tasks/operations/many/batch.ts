import { requestLimits } from '@taskward/application';
import { NoQuerySchema } from '@taskward/task-schemas';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { batchResponse, toBatch } from '../../batch/batch.ts';
import { BatchSchema } from '../../batch/batch-schemas.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const batch = defineOperation({
  method: 'POST',
  path: '/batch',
  isKeyed: true,
  schema: (style) => ({
    ...documented.described(style, 'applyBatch', 'Apply a batch of operations'),
    description: `Applies up to ${requestLimits.operations.max} operations in one transaction. With \`atomic\`, the default, either all of them are stored or none: if one is rejected, the response is a 422 whose \`results\` list the errors of each operation. Otherwise each operation succeeds or fails by itself, with its own \`status\`.`,
    consumes: ['application/json'],
    params: style.parameters.list,
    querystring: NoQuerySchema,
    headers: Type.Object(documented.idempotencyKey),
    body: BatchSchema,
    response: {
      200: documented.responseOf('The result of each operation.', style.responses.batch, documented.replayed),
      ...documented.errorResponses(style, [...documented.common, ...documented.keyedWriteErrors]),
    },
  }),
  input: ({ request, owner }: Call<{ Body: Static<typeof BatchSchema> }>) => ({
    owner,
    ...toBatch(owner, request.body),
  }),
  hasEffect: ({ dryRun }) => !dryRun,
  run: async ({ applyBatch }, input, { request, actor, style }) =>
    batchResponse(style, input, await applyBatch(actor, input), request.id),
});

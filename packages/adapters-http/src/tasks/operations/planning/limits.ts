import { NoQuerySchema, ref } from '@taskward/task-schemas';
import { resultResponse } from '../../responses.ts';
import { OwnerLimitsSchema } from '../../schemas/limits-schemas.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const ownerLimits = defineOperation({
  method: 'GET',
  path: '/limits',
  schema: (style) => ({
    ...documented.described(style, 'getOwnerLimits', 'Read the limits, and the user’s use of them'),
    description: 'The bounds of everything that can be sent, as `/api/limits` has them, and how much of them is used.',
    params: style.parameters.list,
    querystring: NoQuerySchema,
    response: {
      200: documented.responseOf('The limits.', style.responses.of(ref(OwnerLimitsSchema))),
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: ({ owner }: Call) => ({ owner }),
  run: async ({ ownerLimits }, input, { request, actor, style }) =>
    resultResponse(style, { ...(await ownerLimits(actor, input)), ...request.server.httpLimits }),
});

import { NoQuerySchema, ref, SummarySchema } from '@taskward/task-schemas';
import { readResponse } from '../../responses.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const path = '/summary';

export const summary = defineOperation({
  method: 'GET',
  path,
  schema: (style) => ({
    ...documented.described(style, 'summariseTasks', 'Count tasks'),
    description: 'How many tasks there are of each kind: what a sidebar shows.',
    params: style.parameters.list,
    querystring: NoQuerySchema,
    headers: documented.ifNoneMatch,
    response: {
      200: documented.responseOf('The counts.', style.responses.of(ref(SummarySchema)), documented.versioned),
      ...documented.notModified,
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: ({ owner }: Call) => ({ owner }),
  run: async ({ taskSummary }, input, call) => {
    const { revision, ...counts } = await taskSummary(call.actor, input);
    return readResponse(call, path, revision, counts);
  },
});

import { toHistoryRecord } from '@taskward/application';
import { HistoryEntrySchema, type PageQuery, PageQuerySchema, ref } from '@taskward/task-schemas';
import { idOf } from '../../input.ts';
import { askedPage, pageResponse } from '../../pages/cursor-page.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const listOf = (id: number) => ['history', id];

export const history = defineOperation({
  method: 'GET',
  path: '/:id/history',
  schema: (style) => ({
    ...documented.described(style, 'taskHistory', 'List what was done to a task'),
    description:
      'Every change of a task that is kept, newest first, also of a deleted one. A `revision` is what undoing names.',
    params: style.parameters.one,
    querystring: PageQuerySchema,
    response: {
      200: documented.pageOf(style, 'Some of the changes, newest first.', ref(HistoryEntrySchema)),
      ...documented.errorResponses(style, documented.ofTask),
    },
  }),
  input: (call: Call<{ Querystring: PageQuery }>) => {
    const id = idOf(call.request);
    return { owner: call.owner, id, ...askedPage(call, listOf(id)) };
  },
  run: async ({ taskHistory }, input, call) => {
    const { entries, next } = await taskHistory(call.actor, input);
    const page = { items: entries.map(toHistoryRecord), limit: input.limit, next };
    return pageResponse(call, listOf(input.id), `/${input.id}/history`, page);
  },
});

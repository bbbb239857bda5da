import { OccurrenceSchema, type PageQuery, PageQuerySchema, ref } from '@taskward/task-schemas';
import { idOf } from '../../input.ts';
import { askedPage, pageResponse } from '../../pages/cursor-page.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

const listOf = (id: number) => ['occurrences', id];

export const occurrences = defineOperation({
  method: 'GET',
  path: '/:id/occurrences',
  schema: (style) => ({
    ...documented.described(style, 'listOccurrences', 'List the completed occurrences of a task'),
    description:
      'The occurrences of a recurring task that were completed, newest first, as far as changes are kept. Also of a deleted task.',
    params: style.parameters.one,
    querystring: PageQuerySchema,
    response: {
      200: documented.pageOf(style, 'Some of the occurrences, newest first.', ref(OccurrenceSchema)),
      ...documented.errorResponses(style, documented.ofTask),
    },
  }),
  input: (call: Call<{ Querystring: PageQuery }>) => {
    const id = idOf(call.request);
    return { owner: call.owner, id, ...askedPage(call, listOf(id)) };
  },
  run: async ({ listOccurrences }, input, call) => {
    const { occurrences, next } = await listOccurrences(call.actor, input);
    const page = { items: occurrences, limit: input.limit, next };
    return pageResponse(call, listOf(input.id), `/${input.id}/occurrences`, page);
  },
});

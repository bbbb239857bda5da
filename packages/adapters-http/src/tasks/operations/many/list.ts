import { type ListQuery, ListQuerySchema, toTaskQuery } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { notModified } from '../../../messages/http-response.ts';
import { knownRevisions, listTag } from '../../preconditions.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const list = defineOperation({
  method: 'GET',
  path: '',
  schema: (style) => ({
    ...documented.described(style, 'listTasks', 'List tasks'),
    params: style.parameters.list,
    querystring: ListQuerySchema,
    headers: documented.ifNoneMatch,
    response: {
      200: documented.responseOf('One page of tasks.', style.responses.list, {
        ETag: documented.header(
          Type.String(),
          'The version of this list. Send it as `If-None-Match` to learn whether the list has changed. A list that changes as time goes by has none.',
        ),
        ...(style.name === 'bare' && {
          Link: documented.header(Type.String(), 'Links to the `first`, `next` and `prev` pages (RFC 8288).'),
          'X-Total-Count': documented.header(Type.Integer(), 'The number of tasks on all pages, with `count=true`.'),
        }),
      }),
      ...documented.notModified,
      ...documented.errorResponses(style, documented.common),
    },
  }),
  input: ({ request, owner }: Call<{ Querystring: ListQuery }>) => {
    const query = toTaskQuery(owner, request.query);
    return { owner, query, known: knownRevisions(request, owner, query) };
  },
  run: async ({ listTasks }, input, { request, actor, owner, style, prefix }) => {
    const page = await listTasks(actor, input);
    const etag = listTag(owner, input.query, page.revision);
    if (page.unchanged && etag !== undefined) return notModified(etag);
    return style.page({ owner, asked: request.query, query: input.query, page, etag, prefix });
  },
});

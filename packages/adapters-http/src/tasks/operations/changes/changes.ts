import { toChangeRecord } from '@taskward/application';
import {
  type ChangesQuery,
  ChangesQuerySchema,
  defaultLimit,
  fromChangesCursor,
  toChangesCursor,
} from '@taskward/task-schemas';
import { Type } from 'typebox';
import { notModified } from '../../../messages/http-response.ts';
import { changesTag, isKnownTag } from '../../preconditions.ts';
import * as documented from '../documentation.ts';
import { type Call, defineOperation } from '../operation.ts';

export const changes = defineOperation({
  method: 'GET',
  path: '/changes',
  schema: (style) => ({
    ...documented.described(style, 'listChanges', 'List changes'),
    description:
      'What has changed since a cursor, in the order of revisions: the last state of each task that changed, or its deletion. Without `since`: all tasks, a page at a time by id, and then what has changed since the first page. Keep the last `cursor`, and ask again with it as `since`.',
    params: style.parameters.list,
    querystring: ChangesQuerySchema,
    headers: documented.ifNoneMatch,
    response: {
      200: documented.responseOf('Some of the changes.', style.responses.changes, {
        ETag: documented.header(
          Type.String(),
          'The version of this page. Send it as `If-None-Match` to learn whether it has changed.',
        ),
      }),
      ...documented.notModified,
      ...documented.errorResponses(style, [...documented.common, 'changes/gone']),
    },
  }),
  input: ({ request, owner }: Call<{ Querystring: ChangesQuery }>) => {
    const { since, limit = defaultLimit } = request.query;
    return { owner, limit, ...(since !== undefined && { since: fromChangesCursor(owner, since) }) };
  },
  run: async ({ listChanges }, input, { request, actor, owner, style }) => {
    const page = await listChanges(actor, input);
    const etag = changesTag(owner, input, page);
    if (isKnownTag(request, etag)) return notModified(etag);
    const cursor = toChangesCursor(owner, page.next);
    return style.changesPage({ changes: page.changes.map(toChangeRecord), cursor, hasMore: page.hasMore }, etag);
  },
});

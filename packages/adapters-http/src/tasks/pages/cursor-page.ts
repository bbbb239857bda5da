import { defaultLimit, fromRevisionCursor, type PageQuery, toRevisionCursor } from '@taskward/task-schemas';
import type { HttpResponse } from '../../messages/http-response.ts';
import type { Call } from '../operations/operation.ts';

type PageCall = Pick<Call<{ Querystring: PageQuery }>, 'request' | 'owner' | 'style' | 'prefix'>;

/**
 * Returns which page of a list in the order of revisions is asked for.
 * @param list what names the list, in its cursors
 * @throws DomainError `request/invalid` for a cursor of another list
 */
export const askedPage = ({ request, owner }: PageCall, list: readonly unknown[]) => {
  const { limit = defaultLimit, cursor } = request.query;
  return { limit, ...(cursor !== undefined && { before: fromRevisionCursor(owner, list, cursor) }) };
};

/** Makes the response with a page of such a list. @param path the path of the list under that of the collection */
export const pageResponse = (
  { request, owner, style, prefix }: PageCall,
  list: readonly unknown[],
  path: string,
  { items, limit, next }: { items: readonly unknown[]; limit: number; next: number | undefined },
): HttpResponse => {
  const { cursor: _cursor, ...asked } = request.query;
  return style.cursorPage({
    items,
    limit,
    asked,
    path: `${prefix}${style.collection(owner)}${path}`,
    next: next === undefined ? undefined : toRevisionCursor(owner, list, next),
  });
};

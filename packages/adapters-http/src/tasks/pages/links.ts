import { stringify } from 'node:querystring';
import { requestLimits } from '@taskward/application';
import { asParameters } from '@taskward/task-schemas';

// Lengths of the `Link` header: the whole head must fit a proxy's buffer of 4 KiB.
const longestLinks = 1_536;
const longestShortLinks = 2_560;

/** Where a page starts. */
interface Place {
  readonly cursor?: string;
  readonly offset?: number;
}

/**
 * Makes a `Link` header (RFC 8288) from a page of a list to others.
 * @param path the path of the list, as the client sees it
 * @param query the query without the place of the page
 */
export const linkHeader = (
  path: string,
  query: Readonly<Record<string, unknown>>,
  { next, prev }: { next?: Place | undefined; prev?: Place | undefined },
): string => {
  const list = stringify(query as Record<string, string>);
  const link = (relation: string, place: Place) =>
    `?${[list, stringify({ ...place })].filter(Boolean).join('&')}>; rel="${relation}"`;
  const links = [...(next ? [link('next', next)] : []), link('first', {}), ...(prev ? [link('prev', prev)] : [])];
  const whole = links.map((one) => `<${path}${one}`).join(', ');
  if (whole.length <= longestLinks) return whole;
  // Without the path the links are relative to the request's URL. If they are still too long, only `next` is necessary.
  const short = links.map((one) => `<${one}`);
  while (short.length > 1 && short.join(', ').length > longestShortLinks) short.pop();
  return short.join(', ');
};

/** A page of a list that is read by cursor, or by offset. */
interface NumberedPage {
  readonly limit: number;
  readonly offset: number;
  /** The cursor of the next page; absent on the last one. */
  readonly next: string | undefined;
}

/**
 * Makes a `Link` header from a page of a list to others. Pages by offset link to pages by offset, up to the maximum offset. All
 * others link to the next page by cursor.
 * @param path the path of the list, as the client sees it
 * @param asked the query as it was read, with the place of the page
 */
export const listLinks = (
  path: string,
  { cursor: _cursor, offset: asked, ...rest }: Readonly<Record<string, unknown>>,
  { limit, offset, next }: NumberedPage,
): string => {
  const isNumbered = asked !== undefined && offset + limit <= requestLimits.offset.max;
  return linkHeader(path, asParameters(rest), {
    next: next === undefined ? undefined : isNumbered ? { offset: offset + limit } : { cursor: next },
    prev: offset > 0 ? { offset: Math.max(0, offset - limit) } : undefined,
  });
};

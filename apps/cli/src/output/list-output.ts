import { requestLimits } from '@taskward/application';
import { toJson } from '../formats/json/json.ts';
import { type OutputFormat, write } from './output.ts';

/** One page of a list that is in the order of revisions, newest first. */
export interface RevisionPage<T> {
  readonly items: readonly T[];
  /** Where the next page starts: `before` of the next call. */
  readonly next?: number;
}

/**
 * Yields a list page by page, newest first.
 * @param limit maximum number of items
 */
export async function* revisionPages<T>(
  fetchPage: (page: { before?: number; limit: number }) => Promise<RevisionPage<T>>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly T[]> {
  let before: number | undefined;
  for (let left = limit; left > 0; ) {
    const { items, next } = await fetchPage({
      limit: Math.min(requestLimits.limit.max, left),
      ...(before !== undefined && { before }),
    });
    yield items;
    if (next === undefined) return;
    before = next;
    left -= items.length;
  }
}

/** How a list looks to a person. */
export interface Table<T> {
  readonly head: () => string;
  readonly row: (item: T) => string;
}

/**
 * Writes a list to standard output as it arrives: a table, one JSON array, or JSON Lines.
 * @returns the number of items
 */
export const writeList = async <T>(
  style: OutputFormat,
  pages: AsyncIterable<readonly T[]>,
  { head, row }: Table<T>,
): Promise<number> => {
  let count = 0;
  for await (const page of pages) {
    if (page.length === 0) continue;
    const isFirst = count === 0;
    if (style === 'human') await write(`${isFirst ? head() : ''}${page.map(row).join('')}`);
    else if (style === 'lines') await write(page.map((item) => `${toJson(item)}\n`).join(''));
    else await write(`${isFirst ? '[\n' : ',\n'}${page.map(toJson).join(',\n')}`);
    count += page.length;
  }
  if (style === 'json') await write(count === 0 ? '[]\n' : '\n]\n');
  return count;
};

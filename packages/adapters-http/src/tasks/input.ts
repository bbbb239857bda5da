import {
  type AskedFilter,
  type AskedQuery,
  type MetadataMember,
  type SortKey,
  sortOrders,
  type TaskSort,
} from '@taskward/application';
import {
  changeNotFound,
  DomainError,
  invalid,
  maxTaskId,
  normalisedTags,
  tagKey,
  taskNotFound,
  type UserId,
} from '@taskward/domain';
import type { FastifyRequest } from 'fastify';
import { fromCursor } from './pages/cursor.ts';
import { defaultLimit } from './schemas/common.ts';
import type { ListFilter, ListQuery } from './schemas/list-query.ts';

const maxShownLength = 50;

// The usual mistake is to expect a filtered list at a path of its own, so the message explains the query parameters.
const noId = (text: string): DomainError =>
  new DomainError(
    'task/not-found',
    `\`${[...text].slice(0, maxShownLength).join('')}\` is not a task's id: ids are whole numbers, such as 12. To filter, search or sort, add \`status\`, \`search\` or \`sort\` to the path of the list.`,
  );

/** Returns the task's id in the path. @throws DomainError `task/not-found` for one that no task can have */
export const idOf = (request: FastifyRequest): number => {
  const { id: text } = request.params as { id: string };
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) <= maxTaskId) return Number(text);
  throw /^\d+$/.test(text) ? taskNotFound(text) : noId(text);
};

/** Returns the revision in the path. @throws DomainError `change/not-found` for one that no change can have */
export const revisionOf = (request: FastifyRequest): number => {
  const { revision: text } = request.params as { revision: string };
  const revision = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(revision)) return revision;
  throw changeNotFound([...text].slice(0, maxShownLength).join(''));
};

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Makes the error for one field or parameter. @param message continues the field's name */
export const fault = (field: string, message: string): DomainError => invalid([{ field, message }]);

// In one order, and each once: the same list has the same cursors and ETags, however it is asked for.
const asSet = <T extends string>(values: readonly T[]): T[] => [...new Set(values)].sort();

const tagSet = (tags: readonly string[]): string[] => asSet(normalisedTags(tags).map(tagKey));

const membersOf = (metadata: NonNullable<ListFilter['metadata']>): MetadataMember[] =>
  Object.entries(metadata)
    .map(([name, value]): MetadataMember => [name, String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** Converts the filters of a list to those of the application. @throws DomainError `request/invalid` */
export const toFilter = ({ tag = [], tags = [], any_tag, priority, metadata, ...others }: ListFilter): AskedFilter => {
  const all = [...tag, ...tags];
  const named = Object.fromEntries(Object.entries(others).map(([name, value]) => [camelCase(name), value]));
  return {
    status: 'all',
    ...named,
    ...(priority && { priority: asSet(priority) }),
    ...(all.length > 0 && { tags: tagSet(all) }),
    ...(any_tag && { anyTag: tagSet(any_tag) }),
    ...(metadata && { metadata: membersOf(metadata) }),
  };
};

const sortKeys = (sort: NonNullable<ListQuery['sort']>, order: ListQuery['order']): SortKey[] => {
  const keys = sort.map((one): SortKey => {
    if (one.startsWith('-')) return { field: one.slice(1) as TaskSort, order: 'desc' };
    return { field: one as TaskSort, order: order ?? sortOrders[one as TaskSort] };
  });
  if (order !== undefined && (keys.length > 1 || sort[0]?.startsWith('-')))
    throw fault('order', 'goes with a single field of `sort`: put `-` before each field that is to be descending');
  if (new Set(keys.map(({ field }) => field)).size < keys.length) throw fault('sort', 'must name each field once');
  return keys;
};

/** Converts a query string to a query. @throws DomainError `request/invalid`, also for a cursor of another list */
export const toTaskQuery = (owner: UserId, query: ListQuery): AskedQuery => {
  const { sort = ['created_at'], order, limit = defaultLimit, cursor, offset, count = false, ...filter } = query;
  if (cursor !== undefined && offset !== undefined) {
    throw fault('offset', 'cannot be combined with `cursor`: use one of them');
  }
  const list = { ...toFilter(filter), sort: sortKeys(sort, order) };
  return {
    ...list,
    limit,
    offset: offset ?? 0,
    count,
    ...(cursor !== undefined && { after: fromCursor(owner, list, cursor) }),
  };
};

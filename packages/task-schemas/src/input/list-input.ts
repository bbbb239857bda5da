import {
  type AskedFilter,
  type AskedQuery,
  type MetadataMember,
  type SortKey,
  sortOrders,
  type TaskSort,
} from '@taskward/application';
import { type DomainError, invalid, normalisedTags, tagKey, type UserId } from '@taskward/domain';
import { defaultLimit } from '../schemas/common.ts';
import type { ListFilter, ListQuery } from '../schemas/list-query.ts';
import { fromCursor } from './cursor.ts';

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

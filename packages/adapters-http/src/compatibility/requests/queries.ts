import { requestLimits } from '@taskward/application';
import type { CompatibilitySettings } from '../settings.ts';
import { aSpelledObject, type SpelledObject } from './conflicts.ts';
import { toOrder, toSorting } from './sorting.ts';
import { isDone, isMiddle } from './statuses.ts';
import type { Use } from './use.ts';
import { toPriority } from './words.ts';

type Query = Readonly<Record<string, unknown>>;

/** Adds a parameter under the contract's name. @returns whether it is known in this spelling */
type Reader = (into: SpelledObject, text: string, sent: string, settings: CompatibilitySettings) => boolean;

const add =
  (name: string, toContract: (text: string) => string | undefined = (text) => text): Reader =>
  (into, text, sent) => {
    const value = toContract(text);
    if (value !== undefined) into.add(name, value, sent);
    return value !== undefined;
  };

const sorting: Reader = (into, text, sent) => {
  const found = toSorting(text) ?? { sort: text };
  into.add('sort', found.sort, sent);
  if (found.order !== undefined) into.add('order', found.order, sent);
  return true;
};

const status: Reader = (into, text, sent, settings) => {
  const word = text.trim().toLowerCase();
  const done = isDone(word);
  if (done === undefined && isMiddle(word) && settings.has('status')) {
    into.add('metadata.status', text, sent);
    return true;
  }
  const known = word === 'all' ? word : done ? 'completed' : 'pending';
  into.add('status', word !== 'all' && done === undefined ? text : known, sent);
  return true;
};

const completions = new Map([
  ['true', 'completed'],
  ['false', 'pending'],
]);
const completed = add('status', (text) => completions.get(text.toLowerCase()));

const overdue: Reader = (into, text, sent) => {
  if (text === 'true') into.add('due', 'overdue', sent);
  return text === 'true' || text === 'false';
};

const priority = add('priority', (text) => {
  const words = text.split(',').map((word) => (word.trim() === '' ? word : (toPriority(word) ?? 'none')));
  return words.join(',');
});

// A day that is included: the contract has the first moment that is not.
const dayAfter = (text: string): string => {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    return text;
  const next = new Date(day.getTime() + 86_400_000).toISOString();
  return next.startsWith('+') ? text : next.slice(0, 10);
};

// How each parameter is read that is spelled otherwise, or whose values are.
const readers = new Map<string, Reader>([
  ...['sort', 'sort_by', 'sortBy', 'order_by', 'orderBy'].map((name) => [name, sorting] as const),
  ...['order', 'sort_order', 'sortOrder', 'sort_direction', 'sortDirection', 'direction'].map(
    (name) => [name, add('order', (text) => toOrder(text) ?? text)] as const,
  ),
  ...['status', 'status_filter', 'statusFilter'].map((name) => [name, status] as const),
  ...['completed', 'is_completed', 'isCompleted'].map((name) => [name, completed] as const),
  ...['q', 'query'].map((name) => [name, add('search')] as const),
  ...['page_size', 'pageSize', 'per_page', 'perPage'].map((name) => [name, add('limit')] as const),
  ['priority', priority],
  ['skip', add('offset')],
  ...['overdue', 'overdue_only'].map((name) => [name, overdue] as const),
  ...['due_from', 'due_date_from', 'due_date_start', 'dueFrom'].map((name) => [name, add('due_after')] as const),
  ...['due_to', 'due_date_to', 'due_date_end', 'dueTo'].map((name) => [name, add('due_before', dayAfter)] as const),
  ['due_date_after', add('due_after')],
  ['due_date_before', add('due_before')],
]);
const contractNames = new Set(['sort', 'order', 'status', 'priority']);

// Numbers that browsers' caches have not seen before.
const cacheBusters = new Set(['_', '_t', 'timestamp']);

// Empty, or everything: as if the parameter were left out.
const emptied = new Set(['search', 'tags', 'tag', 'due_after', 'due_before', 'limit', 'offset', ...readers.keys()]);
const isLeftOut = (name: string, value: unknown): boolean =>
  (value === '' && emptied.has(name)) ||
  (cacheBusters.has(name) && /^\d+$/.test(String(value))) ||
  (name === 'priority' && String(value).toLowerCase() === 'all');

const sortWords = /^-?[a-z_]+(?:,-?[a-z_]+)*$/;
const isContract = (name: string, value: unknown): boolean => {
  if ((value === '' && emptied.has(name)) || cacheBusters.has(name)) return false;
  if (name === 'tags' && Array.isArray(value)) return false;
  if (!readers.has(name)) return name !== 'page';
  if (!contractNames.has(name) || typeof value !== 'string') return false;
  if (name === 'sort') return sortWords.test(value) && toSorting(value)?.sort === value;
  if (name === 'order') return toOrder(value) === value;
  if (name === 'priority')
    return (
      !isLeftOut(name, value) &&
      value.split(',').every((word) => word === 'none' || (toPriority(word) === word && word !== ''))
    );
  return value === 'all' || value === 'pending' || value === 'completed';
};

const defaultPageSize = 100;

const addPage = (into: SpelledObject, page: unknown): boolean => {
  const [number, size] = [Number(page), Number(into.values.limit ?? defaultPageSize)];
  if (!/^[1-9]\d{0,6}$/.test(String(page)) || !Number.isInteger(size)) return false;
  const offset = (number - 1) * size;
  if (offset > requestLimits.offset.max) return false;
  into.add('offset', String(offset), 'page');
  return true;
};

/**
 * Returns the query of a list in the contract's spelling; `undefined` if it is that already. What is not known stays as it is.
 * @throws DomainError `request/invalid` where two spellings of one parameter have different values
 */
export const translatedQuery = (
  query: Query,
  settings: CompatibilitySettings,
): { readonly query: Query; readonly uses: readonly Use[] } | undefined => {
  if (Object.keys(query).every((name) => isContract(name, query[name]))) return undefined;
  const into = aSpelledObject();
  const uses: Use[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (isLeftOut(name, value)) {
      uses.push({ sent: name, contract: '' });
      continue;
    }
    if (name === 'page') continue;
    if (name === 'tags' && Array.isArray(value)) {
      into.add('tag', value, name);
      uses.push({ sent: name, contract: 'tag' });
      continue;
    }
    const before = into.names().length;
    const isKnown = typeof value === 'string' && readers.get(name)?.(into, value, name, settings);
    if (!isKnown) into.add(name, value, name);
    else if (!isContract(name, value)) {
      const contract = into.names().slice(before).join('&') || name;
      uses.push({ sent: name, contract });
    }
  }
  if (query.page !== undefined) {
    if (addPage(into, query.page)) uses.push({ sent: 'page', contract: 'offset' });
    else into.add('page', query.page, 'page');
  }
  return { query: into.values, uses };
};

import { requestLimits } from '@taskward/application';
import { defaultLimit } from '@taskward/task-schemas';
import { type CompatibilitySettings, statusWordsOf } from '../settings.ts';
import { aSpelledObject, type SpelledObject } from './conflicts.ts';
import { toOrder, toSorting } from './sorting.ts';
import { isDone, isMiddle } from './statuses.ts';
import type { Use } from './use.ts';
import { toPriority } from './words.ts';

type Query = Readonly<Record<string, unknown>>;

/** Returns what a parameter means, in the contract's; `undefined` for a value that is not known. */
type Reader = (text: string, settings: CompatibilitySettings) => Readonly<Record<string, string>> | undefined;

const named =
  (name: string, toContract: (text: string) => string = (text) => text): Reader =>
  (text) => ({ [name]: toContract(text) });

const sorting: Reader = (text) => ({ ...(toSorting(text) ?? { sort: text }) });

const status: Reader = (text, settings) => {
  const word = text.trim().toLowerCase();
  const done = isDone(word);
  if (done !== undefined) return { status: done ? 'completed' : 'pending' };
  if (isMiddle(word) && statusWordsOf(settings) !== undefined) return { 'metadata.status': text };
  return { status: word === 'all' ? word : text };
};

const completions = new Map([
  ['true', { status: 'completed' }],
  ['false', { status: 'pending' }],
]);

const overdue: Reader = (text) => (text === 'true' ? { due: 'overdue' } : text === 'false' ? {} : undefined);

const toPriorities = (text: string): string =>
  text
    .split(',')
    .map((word) => (word.trim() === '' ? word : (toPriority(word) ?? 'none')))
    .join(',');

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
    (name) => [name, named('order', (text) => toOrder(text) ?? text)] as const,
  ),
  ...['status', 'status_filter', 'statusFilter'].map((name) => [name, status] as const),
  ...['completed', 'is_completed', 'isCompleted'].map((name): [string, Reader] => [
    name,
    (text) => completions.get(text.toLowerCase()),
  ]),
  ...['q', 'query'].map((name) => [name, named('search')] as const),
  ...['page_size', 'pageSize', 'per_page', 'perPage'].map((name) => [name, named('limit')] as const),
  ['priority', named('priority', toPriorities)],
  ['skip', named('offset')],
  ...['overdue', 'overdue_only'].map((name) => [name, overdue] as const),
  ...['due_from', 'due_date_from', 'due_date_start', 'dueFrom'].map((name) => [name, named('due_after')] as const),
  ...['due_to', 'due_date_to', 'due_date_end', 'dueTo'].map((name) => [name, named('due_before', dayAfter)] as const),
  ['due_date_after', named('due_after')],
  ['due_date_before', named('due_before')],
]);

// Fields that Taskward does not have, which lists of other backends are filtered by.
const extraFilters = new Set(['category', 'category_id', 'project', 'project_id', 'is_favorite', 'is_favourite']);

// Numbers that browsers' caches have not seen before.
const cacheBusters = new Set(['_', '_t', 'timestamp']);

// Empty, or everything: as if the parameter were left out.
const emptied = new Set(['search', 'tags', 'tag', 'due_after', 'due_before', 'limit', 'offset', ...readers.keys()]);
const isLeftOut = (name: string, value: unknown, settings: CompatibilitySettings): boolean =>
  (value === '' && (emptied.has(name) || (settings.has('extra-fields') && extraFilters.has(name)))) ||
  (cacheBusters.has(name) && /^\d+$/.test(String(value))) ||
  (name === 'priority' && String(value).toLowerCase() === 'all');

const meaningOf = (name: string, value: unknown, settings: CompatibilitySettings) => {
  if (name === 'tags' && Array.isArray(value)) return { tag: value };
  if (typeof value !== 'string') return undefined;
  if (extraFilters.has(name) && settings.has('extra-fields')) return { [`metadata.${name}`]: value };
  return readers.get(name)?.(value, settings);
};

const isSame = (meaning: Query, name: string, value: unknown): boolean =>
  meaning[name] === value && Object.keys(meaning).length === 1;

const addPage = (into: SpelledObject, page: unknown): boolean => {
  const [number, size] = [Number(page), Number(into.values.limit ?? defaultLimit)];
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
  const isOwn = (name: string): boolean => {
    if (name === 'page' || isLeftOut(name, query[name], settings)) return false;
    const meaning = meaningOf(name, query[name], settings);
    return meaning === undefined || isSame(meaning, name, query[name]);
  };
  if (Object.keys(query).every(isOwn)) return undefined;
  const into = aSpelledObject();
  const uses: Use[] = [];
  const { page, ...others } = query;
  for (const [name, value] of Object.entries(others)) {
    if (isLeftOut(name, value, settings)) {
      uses.push({ sent: name, contract: '' });
      continue;
    }
    const meaning = meaningOf(name, value, settings) ?? { [name]: value };
    for (const [contract, meant] of Object.entries(meaning)) into.add(contract, meant, name);
    if (!isSame(meaning, name, value)) uses.push({ sent: name, contract: Object.keys(meaning).join('&') || name });
  }
  if (page !== undefined) {
    if (addPage(into, page)) uses.push({ sent: 'page', contract: 'offset' });
    else into.add('page', page, 'page');
  }
  return { query: into.values, uses };
};

import { sortOrders, type TaskSort } from '@taskward/application';

// The contract's name of each field to sort by, by the letters of what is sent.
const fields: Readonly<Record<string, TaskSort>> = {
  ...Object.fromEntries((Object.keys(sortOrders) as TaskSort[]).map((name) => [name.replace('_', ''), name])),
  created: 'created_at',
  createddate: 'created_at',
  datecreated: 'created_at',
  updated: 'updated_at',
  updateddate: 'updated_at',
  due: 'due_date',
  duedatetime: 'due_date',
};

type Order = 'asc' | 'desc';

const orders: Readonly<Record<string, Order>> = { asc: 'asc', ascending: 'asc', desc: 'desc', descending: 'desc' };
const ages: Readonly<Record<string, Order>> = { newest: 'desc', oldest: 'asc' };

const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** Returns an order in the contract's spelling; `undefined` if it is none. */
export const toOrder = (text: string): Order | undefined => own(orders, text.trim().toLowerCase());

/** A field to sort by, and the order that was sent with it. */
export interface Sorting {
  readonly sort: string;
  readonly order?: Order;
}

const fieldOf = (text: string): TaskSort | undefined => own(fields, text.toLowerCase().replaceAll(/[_\s]/g, ''));

const oneOf = (text: string): Sorting | undefined => {
  const plain = fieldOf(text);
  if (plain !== undefined) return { sort: plain };
  const age = own(ages, text.toLowerCase());
  if (age !== undefined) return { sort: 'created_at', order: age };
  // `title:asc`, `created_at_desc`, `created_newest`
  const [, name = '', last = ''] = /^(.+)[:_\s](\w+)$/.exec(text) ?? [];
  const field = fieldOf(name);
  const order = toOrder(last) ?? (field === 'created_at' ? own(ages, last.toLowerCase()) : undefined);
  return field === undefined || order === undefined ? undefined : { sort: field, order };
};

/** Returns what to sort by in the contract's spelling; `undefined` if it is not known. */
export const toSorting = (text: string): Sorting | undefined => {
  const parts = text.split(',').map((part) => {
    const [, minus = '', name = ''] = /^(-?)(.*)$/s.exec(part.trim()) ?? [];
    const sorting = oneOf(name);
    return sorting && { ...sorting, sort: `${minus}${sorting.sort}`, minus };
  });
  const [first] = parts;
  // An order of its own for each of several fields: the contract has the minus sign only.
  if (
    first === undefined ||
    parts.some((part) => part === undefined || (part.order && (parts.length > 1 || part.minus)))
  )
    return undefined;
  return { sort: parts.map((part) => part?.sort).join(','), ...(first.order && { order: first.order }) };
};

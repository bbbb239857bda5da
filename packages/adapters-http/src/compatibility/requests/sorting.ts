import { sortOrders, type TaskSort } from '@taskward/application';

// The contract's name of each field to sort by, by what is sent in lower case.
const fields: Readonly<Record<string, TaskSort>> = {
  ...Object.fromEntries(
    (Object.keys(sortOrders) as TaskSort[]).flatMap((name) => [
      [name, name],
      [name.replace('_', ''), name],
    ]),
  ),
  ...{ created: 'created_at', created_date: 'created_at', createddate: 'created_at', date_created: 'created_at' },
  ...{ updated: 'updated_at', updated_date: 'updated_at', updateddate: 'updated_at' },
  ...{ due: 'due_date', due_datetime: 'due_date', duedatetime: 'due_date' },
};

type Order = 'asc' | 'desc';

const orders: Readonly<Record<string, Order>> = { asc: 'asc', ascending: 'asc', desc: 'desc', descending: 'desc' };

const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** Returns an order in the contract's spelling; `undefined` if it is none. */
export const toOrder = (text: string): Order | undefined => own(orders, text.trim().toLowerCase());

/** A field to sort by, and the order that was sent with it. */
export interface Sorting {
  readonly sort: string;
  readonly order?: Order;
}

const fieldOf = (text: string): TaskSort | undefined => own(fields, text.toLowerCase());

// Words for a field and an order.
const phrases: Readonly<Record<string, Sorting>> = {
  newest: { sort: 'created_at', order: 'desc' },
  oldest: { sort: 'created_at', order: 'asc' },
  created_newest: { sort: 'created_at', order: 'desc' },
  created_oldest: { sort: 'created_at', order: 'asc' },
  due_date_soonest: { sort: 'due_date', order: 'asc' },
  due_date_latest: { sort: 'due_date', order: 'desc' },
  priority_high_low: { sort: 'priority', order: 'asc' },
  priority_low_high: { sort: 'priority', order: 'desc' },
  alphabetical: { sort: 'title', order: 'asc' },
  alphabetical_az: { sort: 'title', order: 'asc' },
  alphabetical_za: { sort: 'title', order: 'desc' },
};

const oneOf = (text: string): Sorting | undefined => {
  const plain = fieldOf(text);
  if (plain !== undefined) return { sort: plain };
  const phrase = own(phrases, text.toLowerCase());
  if (phrase !== undefined) return phrase;
  // `title:asc`, `created_at_desc`
  const [, name = '', last = ''] = /^(.+)[:_\s]([a-z]+)$/i.exec(text) ?? [];
  const field = fieldOf(name);
  const order = toOrder(last);
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

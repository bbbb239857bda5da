import fc from 'fast-check';
import { aDescription, anIllFormedText, aTitle } from '../support/arbitraries.ts';

/** Which tag the request carries; it depends on what is known when the request is made. */
export type TagChoice = 'none' | 'right' | 'older' | 'weak' | 'several' | 'any' | 'malformed';

/** A request before it meets a state: users, tasks and keys are numbers. */
export type Plan =
  | { kind: 'create'; user: number; content: object; key: number | undefined }
  | { kind: 'get'; user: number; task: number; tag: TagChoice }
  | { kind: 'list'; user: number; query: Record<string, string>; tag: TagChoice }
  | { kind: 'next'; user: number; which: number }
  | {
      kind: 'change';
      user: number;
      task: number;
      put: boolean;
      changes: object;
      tag: TagChoice;
      key: number | undefined;
    }
  | { kind: 'complete'; user: number; task: number; body: object | undefined; tag: TagChoice; key: number | undefined }
  | { kind: 'delete'; user: number; task: number; tag: TagChoice }
  | { kind: 'batch'; user: number; operations: BatchPlan[]; options: object; key: number | undefined }
  | { kind: 'restore'; user: number; task: number; tag: TagChoice; key: number | undefined }
  | { kind: 'undo'; user: number; revision: number; key: number | undefined }
  | { kind: 'history'; user: number; task: number; limit: number }
  | { kind: 'trash'; user: number; limit: number }
  | { kind: 'purge'; user: number; task: number; all: boolean }
  | { kind: 'changes'; user: number; begins: boolean; limit: number }
  | { kind: 'repeat'; user: number; which: number; altered: boolean }
  | { kind: 'trespass'; user: number; task: number }
  | { kind: 'wait'; user: number; milliseconds: number };

/** One operation of a batch. */
export interface BatchPlan {
  readonly op: string;
  readonly task: number;
  readonly rest: object;
  readonly tag: 'none' | 'right' | 'older';
}

/** How many users there are in a run. */
export const userCount = 3;

const often = <T>(value: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: other });

// One of them has most to do, and so comes to have several pages of tasks.
const user = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(userCount - 1) });
// Few tasks and keys, so that requests meet each other.
const task = fc.integer({ min: -3, max: 12 });
const key = fc.option(fc.nat(7), { nil: undefined, freq: 3 });
const tag = fc.oneof(
  { weight: 4, arbitrary: fc.constant<TagChoice>('none') },
  { weight: 6, arbitrary: fc.constantFrom<TagChoice>('right', 'right', 'older', 'weak', 'several', 'any') },
  { weight: 1, arbitrary: fc.constant<TagChoice>('malformed') },
);

// Some are the same, in all but case or at all, so that searches find several and sorts have ties.
const title = fc.oneof(fc.constantFrom('milk', 'Milk', ' MILK ', 'ΟΔΟΣ', 'οδος', 'Äpfel', '100%', 'a_b'), aTitle);
const description = fc.option(fc.oneof(fc.constantFrom('', 'milk and more', 'ΌΔΟΣ'), aDescription));
// Mostly right, and with dates that depend on each other.
const planned = {
  priority: fc.constantFrom('low', 'medium', 'high', 'urgent', null),
  tags: fc.subarray(['home', 'HOME', ' Öl ', 'o\u0308l']),
  due_date: fc.constantFrom(null, '2026-11-20', '2026-11-21T09:00', '2026-11-20T10:00:00+01:00', '2026-02-30'),
  repeat: fc.constantFrom(null, 'daily', 'monthly', { rule: 'FREQ=DAILY;COUNT=2', from: 'completion' }),
  reminders: fc.subarray([{ before: 'PT30M' }, { before: 'P1D' }, { at: '2026-11-21T09:00[Europe/Berlin]' }]),
};
const content = often<object>(
  fc.record(
    { title, description, completed: fc.boolean(), ...planned },
    { requiredKeys: ['title'], noNullPrototype: true },
  ),
  fc.constantFrom<object>({}, { title: ' ' }, { title: 'x'.repeat(201) }, { title: 'x', done: true }, { title: 7 }),
);
const changes = often<object>(
  fc.record(
    {
      title,
      description,
      completed: fc.boolean(),
      ...planned,
      add_tags: fc.subarray(['home', 'x']),
      remove_tags: fc.subarray(['Home', 'öl']),
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  fc.oneof(
    anIllFormedText.map((text): object => ({ title: text })),
    fc.constant<object>({ description: 'x'.repeat(1001) }),
  ),
);

const limit = fc.integer({ min: 1, max: 5 });

const text = (values: fc.Arbitrary<string | number | boolean>) => values.map(String);
type Query = Record<string, string>;

const page = {
  limit: text(fc.integer({ min: 1, max: 5 })),
  offset: text(fc.nat(4)),
  count: text(fc.boolean()),
};
const plainQuery: fc.Arbitrary<Query> = fc.record(
  {
    status: fc.constantFrom('all', 'pending', 'completed'),
    search: fc.constantFrom('milk', 'ILK', 'οδοσ', 'ς', '%', '_', '\\', 'ä', 'a', "'", ' ', '👍', 'ß'),
    sort: fc.constantFrom('created_at', 'updated_at', 'title', 'due_date', 'priority', 'position', 'completed_at'),
    order: fc.constantFrom('asc', 'desc'),
    ...page,
  },
  { requiredKeys: [], noNullPrototype: true },
);
// One filter of these, or there would be no task left.
const plannedQuery: fc.Arbitrary<Query> = fc
  .tuple(
    fc.constantFrom<Query>(
      {},
      { priority: 'high,urgent' },
      { priority: 'none' },
      { tag: 'home' },
      { any_tag: 'home,öl' },
      { untagged: 'true' },
      { due: 'overdue' },
      { due: 'today' },
      { due: 'week' },
      { due: 'none' },
      { due_before: '2026-11-21' },
      { repeating: 'false' },
    ),
    fc.constantFrom('-due_date', '-priority,title', 'position', 'completed_at,-due_date', 'title,-updated_at'),
    fc.record(page, { requiredKeys: [], noNullPrototype: true }),
  )
  .map(([filter, sort, rest]) => ({ ...filter, sort, ...rest }));
const query = often<Query>(
  fc.oneof({ weight: 2, arbitrary: plainQuery }, { weight: 1, arbitrary: plannedQuery }),
  fc.constantFrom<Query>({ limit: '0' }, { sort: 'id' }, { cursor: 'x' }, { page: '2' }),
);

const operation: fc.Arbitrary<BatchPlan> = fc
  .tuple(
    fc.constantFrom('create', 'update', 'complete', 'delete', 'restore', 'undo', 'nothing'),
    task,
    content,
    changes,
    fc.option(fc.boolean()),
    fc.constantFrom('none', 'none', 'right', 'older'),
  )
  .map(([op, task, content, changes, completed, tag]) => ({
    op,
    task,
    rest:
      op === 'create'
        ? content
        : op === 'update'
          ? changes
          : op !== 'complete' || completed === null
            ? {}
            : { completed },
    tag: tag as BatchPlan['tag'],
  }));

const second = 1_000;
const day = 86_400 * second;

/** Every kind of request, with what is right and what is wrong about it. */
export const plans: fc.Arbitrary<Plan>[] = [
  fc.record({ kind: fc.constant('create'), user, content, key }),
  fc.record({ kind: fc.constant('create'), user, content, key: fc.constant(undefined) }),
  fc.record({ kind: fc.constant('get'), user, task, tag }),
  fc.record({ kind: fc.constant('list'), user, query, tag }),
  fc.record({ kind: fc.constant('list'), user, query, tag }),
  fc.record({ kind: fc.constant('next'), user, which: fc.nat(3) }),
  fc.record({ kind: fc.constant('change'), user, task, put: fc.boolean(), changes, tag, key }),
  fc.record({
    kind: fc.constant('complete'),
    user,
    task,
    body: fc.constantFrom(undefined, {}, { completed: true }, { completed: false }, { occurrence: '2026-11-20' }),
    tag,
    key,
  }),
  fc.record({ kind: fc.constant('delete'), user, task, tag }),
  fc.record({
    kind: fc.constant('batch'),
    user,
    operations: fc.array(operation, { minLength: 0, maxLength: 6 }),
    options: fc.record({ atomic: fc.boolean(), dry_run: fc.boolean() }, { requiredKeys: [], noNullPrototype: true }),
    key,
  }),
  fc.record({ kind: fc.constant('restore'), user, task, tag, key }),
  fc.record({ kind: fc.constant('undo'), user, revision: fc.nat(), key }),
  fc.record({ kind: fc.constant('history'), user, task, limit }),
  fc.record({ kind: fc.constant('trash'), user, limit }),
  fc.record({ kind: fc.constant('purge'), user, task, all: often(fc.constant(false), fc.constant(true)) }),
  fc.record({ kind: fc.constant('changes'), user, begins: often(fc.constant(false), fc.constant(true)), limit }),
  fc.record({ kind: fc.constant('create'), user, content, key: fc.nat(7) }),
  fc.record({ kind: fc.constant('repeat'), user, which: fc.nat(2), altered: fc.constant(false) }),
  fc.record({ kind: fc.constant('repeat'), user, which: fc.nat(5), altered: fc.boolean() }),
  fc.record({ kind: fc.constant('trespass'), user, task }),
  fc.record({
    kind: fc.constant('wait'),
    user,
    milliseconds: fc.oneof(
      fc.integer({ min: 1, max: second }),
      fc.constantFrom(-second, day / 2, day - 1, day, day + 1),
    ),
  }),
] as fc.Arbitrary<Plan>[];

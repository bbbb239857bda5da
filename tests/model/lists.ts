import type { SortKey, TaskFilter, TaskSort } from '@taskward/application';
import { sortOrders } from '@taskward/application';
import { type Instant, priorities, type TaskFields, toInstant, withDefaults } from '@taskward/domain';
import fc from 'fast-check';

const plain = { noNullPrototype: true };

/** A moment within the hour in which everything happens. */
export const momentOf = (seconds: number): Instant =>
  toInstant(new Date(Date.parse('2026-11-20T09:00:00.000Z') + seconds * 1_000).toISOString());
const aMoment = fc.integer({ min: 0, max: 3_600 }).map(momentOf);

const tags = ['home', 'Home', 'Ö', 'ö\u0301', 'x'];
const days = [
  '2026-11-20',
  '2026-11-20T09:30',
  '2026-11-20T09:30:00Z',
  '2026-11-20T09:30[Asia/Kathmandu]',
  '2026-11-19',
];

/** A content of few values, so that many tasks have the same. */
export const aFewValued: fc.Arbitrary<TaskFields> = fc
  .record(
    {
      title: fc.constantFrom('a', 'A', 'é', 'e\u0301', 'b', '😀'),
      description: fc.constantFrom(null, 'b'),
      completed: fc.boolean(),
      priority: fc.constantFrom(null, ...priorities),
      tags: fc.uniqueArray(fc.constantFrom('home', 'ö', 'x'), { maxLength: 2 }),
      due_date: fc.constantFrom(null, ...days),
      repeat: fc.boolean(),
      metadata: fc.constantFrom({}, { project: 'a' }, { project: 'b', size: 1 }, { size: '1' }, { size: { a: 1 } }),
      position: fc.constantFrom(null, 'a0', 'h00000003V', 'zz0'),
    },
    plain,
  )
  .map(({ repeat, due_date, ...content }) => {
    const rule = { rule: 'FREQ=DAILY', from: 'due', short_months: 'last', start: due_date ?? '' } as const;
    return withDefaults({ ...content, due_date, repeat: repeat && due_date !== null ? rule : null });
  });

const aRange = fc.record({ from: aMoment, before: aMoment }, { ...plain, requiredKeys: [] });

/** Any filter. */
export const aFilter: fc.Arbitrary<TaskFilter> = fc.record(
  {
    status: fc.constantFrom('all', 'all', 'pending', 'completed'),
    search: fc.constantFrom('a', 'É', 'b'),
    priority: fc.subarray(['none', ...priorities], { minLength: 1 }),
    tags: fc.subarray(tags, { minLength: 1, maxLength: 2 }),
    anyTag: fc.subarray(tags, { minLength: 1 }),
    untagged: fc.boolean(),
    metadata: fc.subarray(
      [
        ['project', 'a'],
        ['size', '1'],
        ['project', 'b'],
      ] as const,
      { minLength: 1, maxLength: 2 },
    ),
    due: fc.oneof(
      fc.constant('none' as const),
      aRange.filter((range) => Object.keys(range).length > 0),
    ),
    repeating: fc.boolean(),
    completed: aRange.filter((range) => Object.keys(range).length > 0),
    updated: aRange,
    dated: fc.boolean(),
  },
  { ...plain, requiredKeys: ['status'] },
) as fc.Arbitrary<TaskFilter>;

/** The names of filters besides `status`. */
export const filterNames = [
  'search',
  'priority',
  'tags',
  'anyTag',
  'untagged',
  'metadata',
  'due',
  'repeating',
  'completed',
  'updated',
  'dated',
] as const satisfies (keyof TaskFilter)[];

/** A filter that has only some of its parts: with all of them, no task would be left. */
export const aShortFilter = fc
  .tuple(aFilter, fc.subarray([...filterNames], { maxLength: 2 }))
  .map(([filter, names]) => {
    const entries = Object.entries(filter).filter(([name]) => name === 'status' || names.includes(name as never));
    return Object.fromEntries(entries) as unknown as TaskFilter;
  });

/** Any order, by one to three fields. */
export const anOrder: fc.Arbitrary<readonly SortKey[]> = fc
  .tuple(
    fc.shuffledSubarray(Object.keys(sortOrders) as TaskSort[], { minLength: 1, maxLength: 3 }),
    fc.array(fc.constantFrom('asc' as const, 'desc' as const), { minLength: 3, maxLength: 3 }),
  )
  .map(([fields, orders]) => fields.map((field, index) => ({ field, order: orders[index] ?? 'asc' })));

/** What happens to a task between two pages. */
export type Step =
  | { readonly kind: 'add'; readonly content: TaskFields }
  | { readonly kind: 'give'; readonly id: number; readonly content: TaskFields }
  | { readonly kind: 'toggle'; readonly id: number }
  | { readonly kind: 'remove'; readonly id: number };

/** A step that concerns only tasks with an id from `first` on. */
export const aStep = (first: number, last: number): fc.Arbitrary<Step> => {
  const id = fc.integer({ min: first, max: last });
  return fc.oneof(
    fc.record({ kind: fc.constant('add' as const), content: aFewValued }, plain),
    fc.record({ kind: fc.constant('give' as const), id, content: aFewValued }, plain),
    fc.record({ kind: fc.constant('toggle' as const), id }, plain),
    fc.record({ kind: fc.constant('remove' as const), id }, plain),
  );
};

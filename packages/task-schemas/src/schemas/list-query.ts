import { type AskedFilter, requestLimits, sortOrders, type TaskSort } from '@taskward/application';
import { priorities, tagLimits } from '@taskward/domain';
import { type Static, type TSchema, Type } from 'typebox';
import { closed, cursorOf, pageSize } from './common.ts';
import { Text } from './content.ts';
import type { ListNotation } from './list-notation.ts';

/** The spelling of a property as a parameter: `dueBefore` is `due_before`. */
type Parameter<Name extends string> = Name extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Parameter<Rest>}`
  : '';

const maxMembers = 10;

// `list` is a keyword of the readers of query strings: how several values of a parameter are written.
const CommaList = <T extends TSchema>(items: T, description: string, example: readonly string[]) =>
  Type.Array(items, { list: 'commas', description, examples: [example] });

const Tag = Text('tag', 'A tag, in any case.', 'home');

const moment = (description: string) =>
  Type.Optional(
    Type.String({
      description: `${description} A day means its start; a time without a zone is on the user’s clock.`,
      examples: ['2026-12-01'],
    }),
  );

const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

/** The filters of a list. All that are given must be met. */
export const filterProperties = {
  status: Type.Optional(
    Type.Enum(['all', 'pending', 'completed'], { default: 'all', description: 'Filters by completion.' }),
  ),
  search: Type.Optional(
    Text(
      'search',
      'Finds tasks whose title or description contains this text, ignoring case. There are no wildcards.',
      'milk',
    ),
  ),
  priority: Type.Optional(
    CommaList(
      Type.Enum([...priorities, 'none']),
      'One of these priorities, with commas between them; `none` stands for tasks without one.',
      ['urgent', 'high'],
    ),
  ),
  tag: Type.Optional(
    Type.Array(Tag, {
      list: 'repeated',
      maxItems: tagLimits.count.max,
      description: 'Tasks with this tag, in any case. Repeat it for tasks that have all of several tags.',
      examples: [['home']],
    }),
  ),
  tags: Type.Optional(
    Type.Array(Tag, {
      list: 'commas',
      maxItems: tagLimits.count.max,
      description: 'Tasks with all of these tags, with commas between them. For a tag that has a comma use `tag`.',
      examples: [['home', 'garden']],
    }),
  ),
  any_tag: Type.Optional(
    Type.Array(Tag, {
      list: 'repeated commas',
      maxItems: tagLimits.count.max,
      description: 'Tasks with at least one of these tags: repeat it, or put commas between them.',
      examples: [['home', 'garden']],
    }),
  ),
  metadata: Type.Optional(
    Type.Unsafe<Record<string, string | number | boolean>>({
      type: 'object',
      list: 'members',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
      maxProperties: maxMembers,
      description:
        'Tasks whose metadata has these members. In a URL each is a parameter: `metadata.project=garden`. Texts, numbers, `true` and `false` compare as text.',
      examples: [{ project: 'garden' }],
    }),
  ),
  untagged: flag('Whether the task has no tags: `true` for those without, `false` for those with some.'),
  due: Type.Optional(
    Type.Enum(['overdue', 'today', 'week', 'none'], {
      description:
        '`overdue`: open tasks whose due date has passed; `today` and `week`: tasks due on the user’s day or in their week, done or not; `none`: tasks without a due date. Such a list changes as time goes by, so it has no ETag, except for `none`.',
    }),
  ),
  due_after: moment('Tasks due at this moment or later.'),
  due_before: moment('Tasks due before this moment.'),
  repeating: flag('Whether the task recurs.'),
  completed_after: moment('Tasks completed at this moment or later.'),
  completed_before: moment('Tasks completed before this moment.'),
  updated_after: moment('Tasks last changed at this moment or later.'),
} satisfies Record<Parameter<keyof AskedFilter> | 'tag', TSchema>;

/** The filters of a list as JSON. */
export const WhereSchema = Type.Object(
  { ...filterProperties, tag: Type.Optional(Tag) },
  {
    ...closed,
    minProperties: 1,
    description:
      'The filters of a list, with `priority`, `tags` and `any_tag` as arrays. All that are given must be met; `{"status": "all"}` means all tasks.',
    examples: [{ status: 'pending', tag: 'home' }],
  },
);

const sortFields = Object.keys(sortOrders) as TaskSort[];
const descending = sortFields.map((field) => `-${field}` as const);

export const ListQuerySchema = Type.Object(
  {
    ...filterProperties,
    sort: Type.Optional(
      Type.Array(Type.Enum([...sortFields, ...descending]), {
        list: 'commas',
        default: ['created_at'],
        description:
          'The field to sort by, or several with commas between them. `-` before a field: in descending order. Tasks without a value come last in either order. `priority` is highest first, `position` the user’s own order.',
        examples: [['priority', 'due_date']],
      }),
    ),
    order: Type.Optional(
      Type.Enum(['asc', 'desc'], {
        description:
          'The order of a single field without `-`. By default `desc` for `created_at`, `updated_at` and `completed_at`, and `asc` for all others. Ties are ordered by `id`.',
      }),
    ),
    limit: pageSize('Tasks per page.'),
    cursor: cursorOf('The cursor that came with the previous page. Cannot be combined with `offset`.'),
    offset: Type.Optional(
      Type.Integer({
        minimum: requestLimits.offset.min,
        maximum: requestLimits.offset.max,
        description: 'Number of tasks to skip, for numbered pages.',
        examples: [200],
      }),
    ),
    count: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether to include the number of tasks on all pages.' }),
    ),
  },
  closed,
);
export type ListQuery = Static<typeof ListQuerySchema>;
export type ListFilter = Pick<ListQuery, keyof typeof filterProperties>;

const notationOf = (name: string) =>
  (ListQuerySchema.properties as Record<string, { list?: ListNotation }>)[name]?.list;

const inUrl = (name: string, value: unknown): [string, unknown][] => {
  const notation = notationOf(name);
  if (notation === 'commas' && Array.isArray(value)) return [[name, value.join(',')]];
  if (notation !== 'members') return [[name, value]];
  return Object.entries(value as object).map(([member, one]) => [`${name}.${member}`, one]);
};

/** Returns a query that was read as parameters, with several values of one as it has them in a URL. */
export const asParameters = (query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).flatMap(([name, value]) => inUrl(name, value)));

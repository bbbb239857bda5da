import type { TaskRecord } from '@taskward/application';
import {
  type ChoiceField,
  type Field,
  type FieldName,
  fieldNames,
  fieldOf,
  type Metadata,
  maxMetadataBytes,
  maxReminders,
  priorities,
  type Reminder,
  type RepeatInput,
  type RequiredField,
  type TaskEdit,
  type TaskFields,
  tagLimits,
  type WritableField,
  writableFields,
} from '@taskward/domain';
import { type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import { closed } from './common.ts';
import type { textRules } from './text-rules.ts';

// `text` is a custom keyword (errors/validation.ts) that names a rule of the domain. The document shows its bounds.
export const Text = (rule: keyof typeof textRules, description: string, example: string) =>
  Type.String({ text: rule, description, examples: [example] });

const NullableText = (rule: keyof typeof textRules, description: string, example: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], text: rule, description, examples: [example] });

const Tags = (description: string, example: readonly string[]) =>
  Type.Array(Text('tag', '1 to 50 characters.', 'home'), {
    maxItems: tagLimits.count.max,
    description,
    examples: [example],
  });

const forms =
  'a day (`2026-12-01`), a time wherever the user is (`2026-12-01T09:00`), an instant (`2026-12-01T09:00:00Z`, or with an offset), or a time in a zone (`2026-12-01T09:00[Europe/Berlin]`)';
const formExamples = ['2026-12-01', '2026-12-01T09:00', '2026-12-01T09:00:00Z', '2026-12-01T09:00[Europe/Berlin]'];

// Dates, rules and durations need a calendar: the domain checks them.
export const DueDate = (description: string) => Type.String({ description, examples: formExamples });

const repeatProperties = {
  rule: Type.String({
    description:
      'A recurrence rule of RFC 5545, with FREQ from DAILY to YEARLY, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, and COUNT or UNTIL.',
    examples: ['FREQ=MONTHLY;BYMONTHDAY=31'],
  }),
  from: Type.Enum(['due', 'completion'], {
    description:
      '`due`: the next due date is the first of the series that is still to come. `completion`: it is counted from the day of completion.',
  }),
  short_months: Type.Enum(['last', 'skip'], {
    description: 'In a month that is too short for the rule: its last day, or no occurrence.',
  }),
  start: Type.String({
    description: 'The due date from which the series is counted.',
    examples: ['2026-01-31'],
  }),
};

/** The schema of each content field in a request. */
const contentProperties = {
  title: Text('title', '1 to 200 characters. White space at both ends is trimmed.', 'Buy milk'),
  description: NullableText(
    'description',
    'Up to 1000 characters, stored as sent; `null` if there is none.',
    'Two litres',
  ),
  completed: Type.Boolean({
    description: 'Whether the task is done. Setting it on a recurring task moves the task on to its next occurrence.',
  }),
  priority: Type.Unsafe<TaskFields['priority']>({
    enum: [...priorities, null],
    description: 'How urgent the task is; `null` if nobody has said so.',
    examples: ['high'],
  }),
  tags: Tags(
    `Up to ${tagLimits.count.max} tags of 1 to ${tagLimits.length.max} characters. White space at their ends is trimmed; of tags that differ only in case, the first stays.`,
    ['home', 'garden'],
  ),
  due_date: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    description: `When the task is due: ${forms}. It is kept in the form in which it comes, an instant in UTC; \`null\` if it has no due date.`,
    examples: formExamples,
  }),
  repeat: Type.Unsafe<RepeatInput | null>({
    type: ['string', 'object', 'null'],
    properties: repeatProperties,
    required: ['rule'],
    ...closed,
    description:
      'How the task recurs; it needs a due date. An object, or as a text its `rule` or one of the words `daily`, `weekly`, `monthly`, `yearly`, `weekdays`. Only `rule` is required: `from` is `due`, `short_months` is `last` and `start` is the due date by default. `null` if the task does not recur.',
    examples: ['monthly', { rule: 'FREQ=MONTHLY;BYMONTHDAY=31', from: 'due', short_months: 'last' }],
  }),
  reminders: Type.Array(
    Type.Unsafe<Reminder>({
      type: 'object',
      properties: {
        before: Type.String({
          description:
            'A duration before the due date, as ISO 8601 writes it. On a day without a time it counts from 09:00.',
          examples: ['PT30M'],
        }),
        at: Type.String({
          description: 'A moment: in the forms of a due date, except for a day.',
          examples: ['2026-12-01T09:00[Europe/Berlin]'],
        }),
      },
      minProperties: 1,
      maxProperties: 1,
      ...closed,
    }),
    {
      maxItems: maxReminders,
      description: `Up to ${maxReminders} reminders, each with either \`before\` or \`at\`.`,
      examples: [[{ before: 'PT30M' }]],
    },
  ),
  metadata: Type.Unsafe<Metadata>({
    type: 'object',
    additionalProperties: true,
    description: `An object of your own, up to ${maxMetadataBytes} bytes of JSON. Taskward keeps it and looks at nothing in it. A change merges it (RFC 7396): members that are left out stay, and \`null\` removes one.`,
    examples: [{ project: 'garden', estimate: 3 }],
  }),
} satisfies Record<WritableField, TSchema>;
export const { completed } = contentProperties;

type Written = typeof contentProperties;
type Optional<F extends WritableField> = { [K in F]: TOptional<Written[K]> };

const written = (schemaOf: (name: WritableField) => TSchema): unknown =>
  Object.fromEntries(writableFields.map((name) => [name, schemaOf(name)]));

const hasDefault = (name: FieldName): boolean => fieldOf(name).default !== undefined;

/** The fields of a new task. */
export const newProperties = written((name) =>
  hasDefault(name) ? Type.Optional(contentProperties[name]) : contentProperties[name],
) as Pick<Written, RequiredField> & Optional<Exclude<WritableField, RequiredField>>;

/** The fields of a change. */
export const changedProperties = written((name) => Type.Optional(contentProperties[name])) as Optional<WritableField>;

/** What a change can say besides fields. */
export const editProperties = {
  add_tags: Type.Optional(Tags('Tags to add. Two devices that add tags lose nothing of each other’s.', ['garden'])),
  remove_tags: Type.Optional(Tags('Tags to take off, in any case. One that is not there is ignored.', ['home'])),
  scope: Type.Optional(
    Type.Enum(['occurrence', 'series'], {
      default: 'occurrence',
      description:
        'What a new `due_date` of a recurring task moves: `occurrence`, only this one, or `series`, this one and all that follow.',
    }),
  ),
  occurrence: Type.Optional(
    DueDate(
      'The `due_date` of the occurrence that is meant. 409 if the task is due on another one now: so that a request that is repeated, or a second device, never completes two.',
    ),
  ),
} satisfies Record<Exclude<keyof TaskEdit, WritableField>, TSchema>;

const texts = { type: 'array', items: { type: 'string' } };

const valueSchemas: Readonly<Record<Field['kind'], { readonly type: string; readonly [keyword: string]: unknown }>> = {
  text: { type: 'string' },
  flag: { type: 'boolean' },
  choice: { type: 'string' },
  tags: texts,
  date: { type: 'string' },
  repeat: { type: 'object', properties: repeatProperties, required: Object.keys(repeatProperties) },
  reminders: {
    type: 'array',
    items: { type: 'object', properties: { before: { type: 'string' }, at: { type: 'string' } } },
  },
  key: { type: 'string' },
  metadata: { type: 'object', additionalProperties: true },
};

// Without bounds: a stored value may violate those of a later version.
const valueSchemaOf = (name: FieldName, { orNone = false } = {}) => {
  const field = fieldOf(name);
  const { type, ...schema } = valueSchemas[field.kind];
  const isNullable = field.nullable || orNone;
  return Type.Unsafe({
    type: isNullable ? [type, 'null'] : type,
    ...schema,
    ...(field.kind === 'choice' && { enum: [...(field as ChoiceField).values, ...(isNullable ? [null] : [])] }),
  });
};

/** The schema of each field that people write, in a response. */
export const readProperties = written((name) => ({
  ...valueSchemaOf(name),
  description: (contentProperties[name] as { description?: string }).description,
})) as { [F in WritableField]: TUnsafe<TaskRecord[F]> };

/** The schema of each field's value before and after a change. */
export const changedFieldProperties = Object.fromEntries(
  fieldNames.map((name) => {
    const value = valueSchemaOf(name, { orNone: true });
    return [name, Type.Optional(Type.Unsafe({ type: 'array', prefixItems: [value, value], minItems: 2, maxItems: 2 }))];
  }),
) as { [F in FieldName]: TOptional<TUnsafe<readonly [TaskFields[F] | null, TaskFields[F] | null]>> };

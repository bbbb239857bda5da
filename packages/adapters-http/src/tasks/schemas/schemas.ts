import { requestLimits, type TaskFilter, type TaskRecord } from '@taskward/application';
import {
  type Field,
  type FieldName,
  fieldNames,
  fieldOf,
  maxTaskId,
  type RequiredField,
  type TaskContent,
  type TaskFields,
} from '@taskward/domain';
import { type Static, type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import type { textRules } from './text-rules.ts';

// `text` is a custom keyword (errors/validation.ts) that names a rule of the domain. The document shows its bounds.
const Text = (rule: keyof typeof textRules, description: string, example: string) =>
  Type.String({ text: rule, description, examples: [example] });

const NullableText = (rule: keyof typeof textRules, description: string, example: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], text: rule, description, examples: [example] });

/** The schema of each content field in a request. */
const contentProperties = {
  title: Text('title', '1 to 200 characters. White space at both ends is trimmed.', 'Buy milk'),
  description: NullableText(
    'description',
    'Up to 1000 characters, stored as sent; `null` if there is none.',
    'Two litres',
  ),
  completed: Type.Boolean({ description: 'Whether the task is done.' }),
} satisfies Record<keyof TaskContent, TSchema>;
export const { completed } = contentProperties;

type Written = typeof contentProperties;
type Optional<F extends FieldName> = { [K in F]: TOptional<Written[K]> };

const mapped = (schemaOf: (name: FieldName) => TSchema): unknown =>
  Object.fromEntries(fieldNames.map((name) => [name, schemaOf(name)]));

const hasDefault = (name: FieldName): boolean => fieldOf(name).default !== undefined;

const newProperties = mapped((name) =>
  hasDefault(name) ? Type.Optional(contentProperties[name]) : contentProperties[name],
) as Pick<Written, RequiredField> & Optional<Exclude<FieldName, RequiredField>>;

const changedProperties = mapped((name) => Type.Optional(contentProperties[name])) as Optional<FieldName>;

const jsonTypes = { text: 'string', flag: 'boolean' } as const satisfies Record<Field['kind'], string>;

// Without bounds: a stored value may violate those of a later version.
const valueSchemaOf = (name: FieldName, { orNone = false } = {}) => {
  const { kind, nullable } = fieldOf(name);
  return Type.Unsafe({ type: nullable || orNone ? [jsonTypes[kind], 'null'] : jsonTypes[kind] });
};

const readProperties = mapped((name) => valueSchemaOf(name)) as { [F in FieldName]: TUnsafe<TaskFields[F]> };

/** The schema of each field's value before and after a change. */
export const changedFieldProperties = mapped((name) => {
  const value = valueSchemaOf(name, { orNone: true });
  return Type.Optional(Type.Unsafe({ type: 'array', prefixItems: [value, value], minItems: 2, maxItems: 2 }));
}) as { [F in FieldName]: TOptional<TUnsafe<[TaskFields[F] | null, TaskFields[F] | null]>> };

/** The schema of a moment. */
export const instant = (description: string) =>
  Type.String({
    format: 'date-time',
    description: `${description}, in UTC with milliseconds.`,
    examples: ['2026-11-20T09:30:00.123Z'],
  });

export const TaskSchema = Type.Object(
  {
    id: Type.Integer({ minimum: 1, maximum: maxTaskId, description: 'Numbered per user from 1; never reused.' }),
    user_id: Type.String({ description: 'The owner: the `sub` claim of their tokens.' }),
    ...readProperties,
    created_at: instant('Time of creation'),
    updated_at: instant('Time of the last change'),
    revision: Type.Integer({ description: "The value of the owner's change counter at this task's last change." }),
  } satisfies Record<keyof TaskRecord, TSchema>,
  {
    $id: 'Task',
    title: 'Task',
    examples: [
      {
        id: 12,
        user_id: 'GpHsx23FEWJPebLYU79JqYmrGmg6eOr3',
        title: 'Buy milk',
        description: null,
        completed: false,
        created_at: '2026-11-20T09:30:00.123Z',
        updated_at: '2026-11-20T09:30:00.123Z',
        revision: 41,
      } satisfies Record<keyof TaskRecord, unknown>,
    ],
  },
);

export const closed = { additionalProperties: false } as const;

export const NewTaskSchema = Type.Object(newProperties, {
  ...closed,
  title: 'NewTask',
  examples: [{ title: 'Buy milk', description: 'Two litres' }],
});

export const TaskChangesSchema = Type.Object(changedProperties, {
  ...closed,
  minProperties: 1,
  title: 'TaskChanges',
  examples: [{ title: 'Buy oat milk', description: null }],
});
export type TaskChangesBody = Static<typeof TaskChangesSchema>;

export const CompletionSchema = Type.Object(
  { completed: Type.Optional(completed) },
  {
    ...closed,
    title: 'Completion',
    description: 'The state to set. Leave it out to toggle, which is not safe to repeat.',
    examples: [{ completed: true }],
  },
);

/** A DELETE has no body; `{}` is accepted for clients that send a body with every request. */
export const NoBodySchema = Type.Object({}, { ...closed, title: 'Nothing' });

export const NoQuerySchema = Type.Object({}, closed);

export const defaultLimit = 100;

/** The filters of a list. */
const filterProperties = {
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
} satisfies Record<keyof TaskFilter, TSchema>;

const pageSize = (description: string) =>
  Type.Optional(
    Type.Integer({
      minimum: requestLimits.limit.min,
      maximum: requestLimits.limit.max,
      default: defaultLimit,
      description,
      examples: [20],
    }),
  );

const cursorOf = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));

export const ListQuerySchema = Type.Object(
  {
    ...filterProperties,
    sort: Type.Optional(
      Type.Enum(['created_at', 'updated_at', 'title'], { default: 'created_at', description: 'The field to sort by.' }),
    ),
    order: Type.Optional(
      Type.Enum(['asc', 'desc'], {
        description: 'By default `desc` for times and `asc` for titles. Ties are ordered by `id`.',
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

/** The query of a list that is read by cursor only. */
export const PageQuerySchema = Type.Object(
  { limit: pageSize('Entries per page.'), cursor: cursorOf('The cursor that came with the previous page.') },
  closed,
);
export type PageQuery = Static<typeof PageQuerySchema>;

export const ChangesQuerySchema = Type.Object(
  {
    // Of any length: a text that is no cursor is 410, so that a client has one way to start again.
    since: Type.Optional(
      Type.String({ description: 'The `cursor` of the previous response. Without it: all tasks, then what changes.' }),
    ),
    limit: pageSize('Changes per page.'),
  },
  closed,
);
export type ChangesQuery = Static<typeof ChangesQuerySchema>;

export const TaskId = Type.Integer({ minimum: 1, maximum: maxTaskId, description: "The task's id.", examples: [12] });
export const Revision = Type.Integer({
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  description: "The value of the owner's change counter after the change.",
  examples: [41],
});
const UserIdParameter = Type.String({
  description: "The authenticated user: the token's `sub` claim, percent-encoded.",
  examples: ['demo'],
});

/** Path parameters as documented; the routes parse them. */
export const parameters = {
  bare: {
    list: Type.Object({ user_id: UserIdParameter }),
    one: Type.Object({ user_id: UserIdParameter, id: TaskId }),
    change: Type.Object({ user_id: UserIdParameter, revision: Revision }),
  },
  envelope: {
    list: Type.Object({}),
    one: Type.Object({ id: TaskId }),
    change: Type.Object({ revision: Revision }),
  },
};

/** A reference to a schema that the app has registered under its `$id`. */
export const ref = <T extends TSchema>(schema: T & { $id?: string }): TSchema =>
  Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` });

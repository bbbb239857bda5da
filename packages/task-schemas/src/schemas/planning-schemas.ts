import type { OccurrenceRecord, SummaryWithTags, TagCount } from '@taskward/application';
import { defaultSettings, type Priority, priorities, type UserSettings, weekdays } from '@taskward/domain';
import { type TSchema, Type } from 'typebox';
import { closed, instant, Revision, ref, TaskId } from './common.ts';
import { Text } from './content.ts';

const count = (description: string) => Type.Integer({ minimum: 0, description });

/** A tag, and how many tasks have it. */
export const TagSchema = Type.Object(
  {
    name: Type.String({ description: 'The tag, as it is written on the task that was changed last.' }),
    pending: count('Open tasks with the tag.'),
    completed: count('Completed tasks with the tag.'),
  } satisfies Record<keyof TagCount, TSchema>,
  { $id: 'Tag', title: 'Tag', examples: [{ name: 'home', pending: 3, completed: 14 }] },
);

const priorityCounts = Object.fromEntries(
  [...priorities, 'none'].map((name) => [name, Type.Integer({ minimum: 0 })]),
) as unknown as Record<Priority | 'none', TSchema>;

/** How many tasks there are of each kind. */
export const SummarySchema = Type.Object(
  {
    pending: count('Open tasks.'),
    completed: count('Completed tasks.'),
    overdue: count('Open tasks whose due date has passed.'),
    today: count('Open tasks that are due on the user’s day.'),
    priorities: Type.Object(priorityCounts, { description: 'Open tasks of each priority.' }),
    tags: Type.Array(ref(TagSchema), { description: 'The tags, in the order of their texts.' }),
  } satisfies Record<keyof Omit<SummaryWithTags, 'revision'>, TSchema>,
  {
    $id: 'Summary',
    title: 'Summary',
    examples: [
      {
        pending: 12,
        completed: 40,
        overdue: 2,
        today: 3,
        priorities: { urgent: 1, high: 2, medium: 0, low: 0, none: 9 },
        tags: [{ name: 'home', pending: 3, completed: 14 }],
      },
    ],
  },
);

/** The new name of a tag. */
export const TagChangesSchema = Type.Object(
  {
    name: Text('tag', 'The new name: 1 to 50 characters. White space at both ends is trimmed.', 'household'),
    merge: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'Whether it may become one with a tag that has the new name already: otherwise 409.',
      }),
    ),
  },
  { ...closed, title: 'TagChanges', examples: [{ name: 'household' }] },
);

/** How many tasks a change of a tag was about. */
export const TagChangeSchema = Type.Object(
  { tasks: count('The number of tasks that were changed.') },
  { title: 'TagChange', examples: [{ tasks: 17 }] },
);

const settingsProperties = {
  time_zone: Type.String({
    description: 'The IANA name of the user’s time zone: where their days, and times without a zone, are.',
    examples: ['Europe/Berlin'],
  }),
  day_starts_at: Type.String({
    description: 'When a day starts, and the one before it ends: a time of day from `00:00` to `23:59`.',
    examples: ['04:00'],
  }),
  week_starts_on: Type.Enum([...weekdays], { description: 'The first day of the week.' }),
} satisfies Record<keyof UserSettings, TSchema>;

/** How a user counts days. */
export const SettingsSchema = Type.Object(settingsProperties, {
  $id: 'Settings',
  title: 'Settings',
  examples: [{ ...defaultSettings, time_zone: 'Europe/Berlin' }],
});

/** Some settings. */
export const SettingsChangesSchema = Type.Object(
  {
    time_zone: Type.Optional(settingsProperties.time_zone),
    day_starts_at: Type.Optional(settingsProperties.day_starts_at),
    week_starts_on: Type.Optional(settingsProperties.week_starts_on),
  } satisfies Record<keyof UserSettings, TSchema>,
  { ...closed, minProperties: 1, title: 'SettingsChanges', examples: [{ time_zone: 'Europe/Berlin' }] },
);

/** Where a task is to go. */
export const PlaceSchema = Type.Object(
  {
    before: Type.Optional({ ...TaskId, description: 'The id of the task that is to come right after it.' }),
    after: Type.Optional({ ...TaskId, description: 'The id of the task that is to come right before it.' }),
    to: Type.Optional(Type.Enum(['top', 'bottom'], { description: 'An end of the user’s own order.' })),
  },
  { ...closed, minProperties: 1, maxProperties: 1, title: 'Place', examples: [{ before: 7 }, { to: 'top' }] },
);

/** A completed occurrence of a recurring task. */
export const OccurrenceSchema = Type.Object(
  {
    revision: { ...Revision, description: 'The revision of its completion, which undoing names.' },
    completed_at: instant('When it was completed'),
    due_date: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'When it was due; `null` once the task was removed from the trash.',
      examples: ['2026-12-01'],
    }),
    request_id: Type.Optional(Type.String({ description: 'The `X-Request-Id` of the request that completed it.' })),
  } satisfies Record<keyof OccurrenceRecord, TSchema>,
  {
    $id: 'Occurrence',
    title: 'Occurrence',
    examples: [{ revision: 41, completed_at: '2026-12-01T08:12:00.123Z', due_date: '2026-12-01' }],
  },
);

import { type ContractLimits, defaultLimits, type OwnerLimits, requestLimits } from '@taskward/application';
import { maxDurationDays, maxMetadataBytes, maxReminders, tagLimits, taskFields } from '@taskward/domain';
import { type TSchema, Type } from 'typebox';
import { bodyLimit, headLimit } from '../../messages/limits.ts';

/** Bounds that exist over HTTP only. */
export interface HttpLimits {
  readonly body_bytes: number;
  readonly head_bytes: number;
  readonly streams_per_user: number;
  readonly requests_at_once: number;
  readonly changes_days: number | null;
  readonly rate: { readonly requests: number; readonly window_seconds: number } | null;
}

const count = (description: string) => Type.Integer({ minimum: 0, description });

const range = (description: string) =>
  Type.Object({ min: Type.Integer(), max: Type.Integer() }, { description: `${description}; both are allowed.` });

const textLengths = {
  title: range('Of a title'),
  description: range('Of a description'),
  tag: range('Of a tag'),
  search: range('Of the text of a search'),
} satisfies Record<keyof ContractLimits['text_lengths'], TSchema>;

const properties = {
  text_lengths: Type.Object(textLengths, { description: 'The lengths of texts, in Unicode code points.' }),
  tags_per_task: count('The number of tags of a task.'),
  reminders_per_task: count('The number of reminders of a task.'),
  metadata_bytes_per_task: count('The size of a task’s metadata as JSON, in bytes.'),
  reminder_days: count('How many days before the due date a reminder may be.'),
  page: range('The `limit` of a list'),
  offset: range('The `offset` of a list'),
  batch: range('The number of operations in a batch'),
  tasks_per_change: count('The number of tasks that one request changes by a filter or a tag.'),
  tasks_per_user: count('The number of tasks that a user may have.'),
  idempotency: Type.Object(
    {
      keys_per_user: count('The number of keys within one lifetime.'),
      bytes_per_user: count('The size of the stored responses within one lifetime, in bytes.'),
      lifetime_seconds: count('How long a key takes effect once.'),
    },
    { description: 'Bounds of `Idempotency-Key`.' },
  ),
  body_bytes: count('The size of a request’s body, in bytes.'),
  head_bytes: count('The size of a request’s line and headers, in bytes.'),
  streams_per_user: count('The number of event streams that a user may have open at once.'),
  requests_at_once: count('The number of a user’s requests that are worked on at once.'),
  changes_days: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'How many days changes are kept at least; `null` if for good.',
  }),
  rate: Type.Unsafe<HttpLimits['rate']>({
    type: ['object', 'null'],
    properties: { requests: { type: 'integer' }, window_seconds: { type: 'integer' } },
    required: ['requests', 'window_seconds'],
    description: 'How many requests a user may send within so many seconds; `null` if there is no bound.',
  }),
} satisfies Record<keyof (ContractLimits & HttpLimits), TSchema>;

const ofLength = ({ min, max }: { readonly min: number; readonly max: number }) => ({ min, max });

const example = {
  text_lengths: {
    title: ofLength(taskFields.title),
    description: ofLength(taskFields.description),
    tag: ofLength(tagLimits.length),
    search: ofLength(requestLimits.search),
  },
  tags_per_task: tagLimits.count.max,
  reminders_per_task: maxReminders,
  metadata_bytes_per_task: maxMetadataBytes,
  reminder_days: maxDurationDays,
  page: requestLimits.limit,
  offset: requestLimits.offset,
  batch: requestLimits.operations,
  tasks_per_change: 10_000,
  tasks_per_user: defaultLimits.tasksPerUser,
  idempotency: { keys_per_user: 20_000, bytes_per_user: 16_777_216, lifetime_seconds: 86_400 },
  body_bytes: bodyLimit,
  head_bytes: headLimit,
  streams_per_user: 6,
  requests_at_once: 100,
  changes_days: 90,
  rate: { requests: 300, window_seconds: 60 },
};

/** Every bound of the contract. */
export const LimitsSchema = Type.Object(properties, { $id: 'Limits', title: 'Limits', examples: [example] });

const used = { tasks_per_user: count('The tasks that the user has.') } satisfies Record<
  keyof OwnerLimits['used'],
  TSchema
>;

/** Every bound of the contract, with a user's use of them. */
export const OwnerLimitsSchema = Type.Object(
  { ...properties, used: Type.Object(used, { description: 'How much of the bounds the user uses.' }) },
  { $id: 'OwnerLimits', title: 'OwnerLimits', examples: [{ ...example, used: { tasks_per_user: 52 } }] },
);

import type { TaskRecord } from '@taskward/application';
import { maxTaskId } from '@taskward/domain';
import { type Static, type TSchema, Type } from 'typebox';
import { closed, instant, instantOrNull } from './common.ts';
import { changedProperties, completed, DueDate, editProperties, newProperties, readProperties } from './content.ts';

const taskExample = {
  id: 12,
  user_id: 'GpHsx23FEWJPebLYU79JqYmrGmg6eOr3',
  title: 'Pay the rent',
  description: null,
  completed: false,
  priority: 'high',
  tags: ['home'],
  due_date: '2026-12-01',
  due_at: '2026-12-01T23:59:59.999Z',
  repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'last', start: '2026-11-01' },
  reminders: [{ before: 'PT30M' }],
  position: 'h0000000c',
  metadata: {},
  completed_at: null,
  created_at: '2026-11-20T09:30:00.123Z',
  updated_at: '2026-11-20T09:30:00.123Z',
  revision: 41,
} satisfies Record<keyof TaskRecord, unknown>;

export const TaskSchema = Type.Object(
  {
    id: Type.Integer({ minimum: 1, maximum: maxTaskId, description: 'Numbered per user from 1; never reused.' }),
    user_id: Type.String({ description: 'The owner: the `sub` claim of their tokens.' }),
    ...readProperties,
    due_at: instantOrNull(
      'The instant that `due_date` means in the user’s time zone, of a day its last millisecond; `null` without a due date',
    ),
    position: Type.String({
      description: 'The place in the user’s own order: compare as text, by code point. Moving a task changes it.',
      examples: ['h0000000c'],
    }),
    completed_at: instantOrNull('When the task was completed; `null` while it is open'),
    created_at: instant('Time of creation'),
    updated_at: instant('Time of the last change'),
    revision: Type.Integer({ description: "The value of the owner's change counter at this task's last change." }),
  } satisfies Record<keyof TaskRecord, TSchema>,
  { $id: 'Task', title: 'Task', examples: [taskExample] },
);

/** A task as the response to its change has it. */
export const ChangedTaskSchema = Type.Object(
  {
    ...TaskSchema.properties,
    completed_occurrence: Type.Optional(
      DueDate(
        'Only where the change completed an occurrence of a recurring task: the due date of that occurrence. The task is due at the next one now.',
      ),
    ),
    skipped: Type.Optional(
      Type.Integer({
        minimum: 0,
        description:
          'With `completed_occurrence`: how many occurrences were passed over, because they were in the past.',
        examples: [0],
      }),
    ),
  },
  {
    $id: 'ChangedTask',
    title: 'ChangedTask',
    examples: [
      {
        ...taskExample,
        due_date: '2027-01-01',
        due_at: '2027-01-01T23:59:59.999Z',
        completed_occurrence: '2026-12-01',
        skipped: 0,
      },
    ],
  },
);

export const NewTaskSchema = Type.Object(newProperties, {
  ...closed,
  title: 'NewTask',
  examples: [
    { title: 'Buy milk', description: 'Two litres' },
    { title: 'Pay the rent', priority: 'high', tags: ['home'], due_date: '2026-12-01', repeat: 'monthly' },
  ],
});

export const TaskChangesSchema = Type.Object(
  { ...changedProperties, ...editProperties },
  { ...closed, minProperties: 1, title: 'TaskChanges', examples: [{ title: 'Buy oat milk', description: null }] },
);
export type TaskChangesBody = Static<typeof TaskChangesSchema>;

export const CompletionSchema = Type.Object(
  { completed: Type.Optional(completed), occurrence: editProperties.occurrence },
  {
    ...closed,
    title: 'Completion',
    description: 'The state to set. Leave it out to toggle, which is not safe to repeat.',
    examples: [{ completed: true }, { completed: true, occurrence: '2026-12-01' }],
  },
);

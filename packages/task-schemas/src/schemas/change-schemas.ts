import type { DeletedTaskRecord, HistoryRecord } from '@taskward/application';
import type { ChangeKind } from '@taskward/domain';
import { type Static, type TSchema, Type } from 'typebox';
import { closed, instant, pageSize, Revision, ref, TaskId } from './common.ts';
import { changedFieldProperties } from './content.ts';
import { TaskSchema } from './task-schemas.ts';

/** What has become of a task: its new state, or that it was deleted. */
export const ChangeSchema = Type.Union(
  [
    Type.Object({ op: Type.Literal('put'), task: ref(TaskSchema) }),
    Type.Object({ op: Type.Literal('delete'), id: TaskId, revision: Revision, at: instant('Time of the deletion') }),
  ],
  {
    $id: 'Change',
    title: 'Change',
    examples: [{ op: 'delete', id: 12, revision: 42, at: '2026-11-20T09:31:00.123Z' }],
  },
);

const [taskExample] = (TaskSchema as unknown as { examples: [object] }).examples;

/** A task in the trash. */
export const DeletedTaskSchema = Type.Object(
  {
    ...TaskSchema.properties,
    revision: Type.Integer({
      description: 'The value of the change counter at the deletion: the ETag, in quotes, for `If-Match` on restoring.',
    }),
    deleted_at: instant('Time of the deletion'),
  } satisfies Record<keyof DeletedTaskRecord, TSchema>,
  {
    $id: 'DeletedTask',
    title: 'DeletedTask',
    examples: [{ ...taskExample, revision: 42, deleted_at: '2026-11-20T09:31:00.123Z' }],
  },
);

const kinds = Object.keys({
  created: true,
  updated: true,
  occurrence_completed: true,
  deleted: true,
  restored: true,
  reminded: true,
} satisfies Record<ChangeKind, true>) as ChangeKind[];

/** One change of a task. */
export const HistoryEntrySchema = Type.Object(
  {
    revision: Revision,
    at: instant('Time of the change'),
    kind: Type.Enum(kinds, {
      description:
        'What was done to the task. `occurrence_completed`: an occurrence of a recurring task was completed, and the task is due at the next one; `reminded`: the user was reminded of it, and nothing changed.',
    }),
    changed: Type.Object(changedFieldProperties, {
      description:
        'The fields that changed, each with its value before and after; `null` where there was no task. Empty once the task was removed from the trash.',
    }),
    batch: Type.Optional(
      Type.Integer({ description: 'The first revision of the changes that were made in one step with it.' }),
    ),
    request_id: Type.Optional(Type.String({ description: 'The `X-Request-Id` of the request that made it.' })),
  } satisfies Record<keyof HistoryRecord, TSchema>,
  {
    $id: 'HistoryEntry',
    title: 'HistoryEntry',
    examples: [
      {
        revision: 41,
        at: '2026-11-20T09:30:30.123Z',
        kind: 'updated',
        changed: { title: ['Buy milk', 'Buy oat milk'] },
        request_id: '0b5f2d2e7c8f4d7b9a51c3c1b6f0a2d4',
      },
    ],
  },
);

/** How many tasks were removed from the trash. */
export const PurgedSchema = Type.Object(
  { purged: Type.Integer({ minimum: 0, description: 'The number of tasks that were removed for good.' }) },
  { examples: [{ purged: 3 }] },
);

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

import { Type } from 'typebox';
import { instant, Revision, ref, TaskId, TaskSchema } from './schemas.ts';

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

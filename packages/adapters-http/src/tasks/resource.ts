import type { TaskState } from '@taskward/domain';
import type { Static } from 'typebox';
import type { TaskSchema } from './schemas.ts';

/** A task as it goes over the wire. */
export const toResource = (task: TaskState): Static<typeof TaskSchema> => ({
  id: task.id,
  user_id: task.owner,
  title: task.title,
  description: task.description,
  completed: task.completed,
  created_at: task.createdAt,
  updated_at: task.updatedAt,
  revision: task.revision,
});

import { TaskId } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { ofTask } from '../calls/outcomes.ts';
import { defineWrite } from '../calls/tool.ts';

export const deleteTask = defineWrite({
  name: 'delete_task',
  title: 'Delete a task',
  description:
    'Moves a task to the trash, from which restore_task brings it back. Ask the user first. For a task that is done use complete_task.',
  isOnTask: true,
  isDestructive: true,
  isIdempotent: true,
  input: ofTask,
  output: Type.Object({ id: TaskId, deleted: Type.Literal(true) }),
  toOperation: ({ id }, on) => ({ kind: 'delete', id, ...on }),
  toResult: (_outcome, { id }) => ({ text: `Task ${id} is in the trash.`, content: { id, deleted: true as const } }),
});

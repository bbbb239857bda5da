import { toRecord } from '@taskward/application';
import { TaskSchema } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { ofTask } from '../calls/outcomes.ts';
import { defineRead } from '../calls/tool.ts';
import { taskDetails } from '../texts/task-text.ts';

export const getTask = defineRead({
  name: 'get_task',
  title: 'Read a task',
  description: 'Reads one task with all its fields.',
  input: ofTask,
  output: Type.Object({ task: TaskSchema }),
  run: async ({ useCases, actor, owner }, { id }) => {
    const task = toRecord(await useCases.getTask(actor, { owner, id }));
    return { text: taskDetails(task), content: { task } };
  },
});

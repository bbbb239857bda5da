import { NewTaskSchema } from '@taskward/task-schemas';
import { taskOf, taskOutput } from '../calls/outcomes.ts';
import { defineWrite } from '../calls/tool.ts';
import { taskText } from '../texts/task-text.ts';

export const addTask = defineWrite({
  name: 'add_task',
  title: 'Add a task',
  description: 'Adds a task to the list. Only the title is required.',
  isOnTask: false,
  isDestructive: false,
  isIdempotent: false,
  input: NewTaskSchema.properties,
  output: taskOutput,
  toOperation: (content) => ({ kind: 'create', content }),
  toResult: (outcome) => {
    const task = taskOf(outcome);
    return { text: `Added task ${task.id}: ${taskText(task)}. Revision ${task.revision}.`, content: { task } };
  },
});

import { CompletionSchema } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { ofTask, taskNow, taskOf, taskOutput } from '../calls/outcomes.ts';
import { defineWrite } from '../calls/tool.ts';

const { completed, occurrence } = CompletionSchema.properties;

export const completeTask = defineWrite({
  name: 'complete_task',
  title: 'Complete a task',
  description:
    'Marks a task as done; with `completed` false as open again. A recurring task stays open and moves on to its next occurrence: pass `occurrence`, the `due_date` that you have seen, so that a repeated call does not complete another one.',
  isOnTask: true,
  // What somebody wrote stays.
  isDestructive: false,
  isIdempotent: false,
  input: {
    ...ofTask,
    // Without it HTTP toggles, which is not safe to repeat.
    completed: Type.Optional({ ...completed, default: true, description: 'Whether the task is done.' }),
    occurrence,
  },
  output: taskOutput,
  toOperation: ({ id, completed = true, occurrence }, on) => ({ kind: 'complete', id, completed, occurrence, ...on }),
  toResult: (outcome) => {
    const task = taskOf(outcome);
    const { completed_occurrence: done } = task;
    const text = done === undefined ? '' : `The occurrence of ${done} is done. `;
    return { text: `${text}${taskNow(task)}`, content: { task } };
  },
});

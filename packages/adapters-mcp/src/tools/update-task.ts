import { nothingNamed, TaskChangesSchema } from '@taskward/task-schemas';
import { ofTask, taskNow, taskOf, taskOutput } from '../calls/outcomes.ts';
import { defineWrite } from '../calls/tool.ts';

const fields = Object.keys(TaskChangesSchema.properties);

export const updateTask = defineWrite({
  name: 'update_task',
  title: 'Change a task',
  description:
    'Changes the fields that are given, and keeps all others. `null` clears a field that may be empty. To change some of the tags use `add_tags` and `remove_tags`.',
  isOnTask: true,
  isDestructive: true,
  // Completing a recurring task again completes another occurrence.
  isIdempotent: false,
  input: { ...ofTask, ...TaskChangesSchema.properties },
  output: taskOutput,
  faults: (own) =>
    Object.keys(own).some((name) => name !== 'id') ? [] : [{ field: 'arguments', message: nothingNamed(fields) }],
  toOperation: ({ id, ...changes }, on) => ({ kind: 'update', id, changes, ...on }),
  toResult: (outcome) => {
    const task = taskOf(outcome);
    return { text: taskNow(task), content: { task } };
  },
});

import { ofTask, taskNow, taskOf, taskOutput } from '../calls/outcomes.ts';
import { defineWrite } from '../calls/tool.ts';

export const restoreTask = defineWrite({
  name: 'restore_task',
  title: 'Restore a deleted task',
  description:
    'Brings a task back from the trash, with the same id and content. A task that is not deleted stays as it is. `if_revision` is about the revision of the deletion.',
  isOnTask: true,
  isDestructive: false,
  isIdempotent: true,
  input: ofTask,
  output: taskOutput,
  toOperation: ({ id }, on) => ({ kind: 'restore', id, ...on }),
  toResult: (outcome) => {
    const task = taskOf(outcome);
    return { text: taskNow(task), content: { task } };
  },
});

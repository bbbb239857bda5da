import { makeApplyBatch } from './apply-batch.ts';
import { makeCompleteTask } from './complete-task.ts';
import { makeCreateTask } from './create-task.ts';
import { makeDeleteTask } from './delete-task.ts';
import { makeForgetAnswers } from './forget-answers.ts';
import { makeGetTask } from './get-task.ts';
import { makeListTasks } from './list-tasks.ts';
import { makeOnce } from './once.ts';
import type { Clock, IdempotencyStore, TaskRepository } from './ports.ts';
import { makeUpdateTask } from './update-task.ts';

/** The use-cases on tasks, over the given ports. */
export const makeTaskUseCases = (ports: { tasks: TaskRepository; clock: Clock }) => ({
  createTask: makeCreateTask(ports),
  getTask: makeGetTask(ports),
  listTasks: makeListTasks(ports),
  updateTask: makeUpdateTask(ports),
  completeTask: makeCompleteTask(ports),
  deleteTask: makeDeleteTask(ports),
  applyBatch: makeApplyBatch(ports),
});

/** What can be done with tasks; also what can be done once under a key. */
export type TaskUseCases = ReturnType<typeof makeTaskUseCases>;

/** Everything that can be done, over the given ports. */
export const makeUseCases = (ports: { tasks: TaskRepository; idempotency: IdempotencyStore; clock: Clock }) => ({
  ...makeTaskUseCases(ports),
  once: makeOnce(ports, (tasks) => makeTaskUseCases({ ...ports, tasks })),
  forgetAnswers: makeForgetAnswers(ports),
});

/** The one thing that every driving adapter is handed. */
export type UseCases = ReturnType<typeof makeUseCases>;

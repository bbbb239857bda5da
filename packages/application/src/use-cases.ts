import { makeCompleteTask } from './complete-task.ts';
import { makeCreateTask } from './create-task.ts';
import { makeDeleteTask } from './delete-task.ts';
import { makeGetTask } from './get-task.ts';
import { makeListTasks } from './list-tasks.ts';
import type { Clock, TaskRepository } from './ports.ts';
import { makeUpdateTask } from './update-task.ts';

/** Everything that can be done, over the given ports. */
export const makeUseCases = (ports: { tasks: TaskRepository; clock: Clock }) => ({
  createTask: makeCreateTask(ports),
  getTask: makeGetTask(ports),
  listTasks: makeListTasks(ports),
  updateTask: makeUpdateTask(ports),
  completeTask: makeCompleteTask(ports),
  deleteTask: makeDeleteTask(ports),
});

/** The one thing that every driving adapter is handed. */
export type UseCases = ReturnType<typeof makeUseCases>;

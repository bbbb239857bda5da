import type { Tool } from '../calls/tool.ts';
import { addTask } from './add-task.ts';
import { completeTask } from './complete-task.ts';
import { deleteTask } from './delete-task.ts';
import { getTask } from './get-task.ts';
import { history } from './history.ts';
import { listTasks } from './list-tasks.ts';
import { restoreTask } from './restore-task.ts';
import { undo } from './undo.ts';
import { updateTask } from './update-task.ts';

/** Every tool, in the order in which they are listed. */
export const tools: readonly Tool[] = [
  addTask,
  listTasks,
  getTask,
  updateTask,
  completeTask,
  deleteTask,
  restoreTask,
  undo,
  history,
];

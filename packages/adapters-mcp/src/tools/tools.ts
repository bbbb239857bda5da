import type { Tool } from '../calls/tool.ts';
import { addTask } from './add-task.ts';
import { listTasks } from './list-tasks.ts';

/** Every tool, in the order in which they are listed. */
export const tools: readonly Tool[] = [addTask, listTasks];

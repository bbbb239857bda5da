import { type ChangedTaskRecord, type TaskRecord, toChangedRecord } from '@taskward/application';
import { ChangedTaskSchema, TaskId } from '@taskward/task-schemas';
import { Type } from 'typebox';
import { taskText } from '../texts/task-text.ts';
import type { Accepted } from './tool.ts';

/** The argument that names a task. */
export const ofTask = { id: TaskId };

/** What a tool returns that is about one task. */
export const taskOutput = Type.Object({ task: ChangedTaskSchema });

/** The member of a result that leads to the next page. */
export const nextPage = {
  next_cursor: Type.Optional(Type.String({ description: 'The `cursor` of the next page; absent on the last one.' })),
};

/** Returns the record of the task that an operation has made or changed. */
export const taskOf = (outcome: Accepted): ChangedTaskRecord => {
  if ('task' in outcome) return toChangedRecord(outcome.task);
  throw new Error(`An operation on one task came to \`${outcome.kind}\`.`);
};

/** Says how a task is now, also where a write has changed nothing. */
export const taskNow = (task: TaskRecord): string =>
  `Task ${task.id} is now: ${taskText(task)}. Revision ${task.revision}.`;

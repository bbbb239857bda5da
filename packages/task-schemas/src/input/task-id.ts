import { maxTaskId } from '@taskward/domain';

/** Returns the task's id that a text is, in its only spelling; `undefined` if no task can have it. */
export const taskIdOf = (text: string): number | undefined =>
  /^[1-9]\d{0,9}$/.test(text) && Number(text) <= maxTaskId ? Number(text) : undefined;

import type { Conflict, LocalTasks } from '@taskward/client';
import type { TaskView } from './task-view.ts';

interface Options {
  readonly view: TaskView;
  onConflicts(conflicts: readonly Conflict[]): void;
  onError(error: unknown): void;
}

// More than these are read faster together with all others.
const few = 50;

/**
 * Reads a copy into a view, and goes on with what is changed: here, by another window, or by what the server sends.
 * @returns what ends that
 */
export const followCopy = async (copy: LocalTasks, { view, onConflicts, onError }: Options): Promise<() => void> => {
  const read = async (keys: readonly number[] | undefined): Promise<void> => {
    if (keys === undefined || keys.length > few) await view.reread();
    else for (const key of keys) view.put(key, await copy.get(key));
    onConflicts(await copy.conflicts());
  };
  const end = copy.watch((keys) => void read(keys).catch(onError));
  await read(undefined);
  return end;
};

import type { Conflict, LocalTasks } from '@taskward/client';
import type { TaskView } from './task-view.ts';

/** A copy, and a view that is kept up to date with it. */
export interface WatchedCopy {
  /** The copy. Edits by it do not lead to another reading of all tasks: who makes them puts the task into the view. */
  readonly local: LocalTasks;
  /** Reads the copy now, and whenever it is changed by another window or by what the server sends. */
  follow(): Promise<void>;
  /** Takes over what has become of the tasks that were not sent. */
  readPending(): Promise<void>;
  close(): void;
}

interface Options {
  readonly view: TaskView;
  onConflicts(conflicts: readonly Conflict[]): void;
  onError(error: unknown): void;
}

// More than these are read faster together with all others.
const fewPending = 50;

/** Watches a copy. */
export const watchCopy = (copy: LocalTasks, { view, onConflicts, onError }: Options): WatchedCopy => {
  let running = 0;
  let own = 0;
  let heard = 0;
  let unwatch = () => {};

  const readConflicts = async (): Promise<void> => onConflicts(await copy.conflicts());

  const read = async (): Promise<void> => {
    await view.reread();
    await readConflicts();
  };

  const readAgain = (): void => void read().catch(onError);

  /** Makes an edit. The copy tells of it once, before it resolves; if it tells more, there is more to read. */
  const edit =
    <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      running += 1;
      try {
        const result = await work(...args);
        own += 1;
        return result;
      } finally {
        running -= 1;
        if (running === 0) {
          if (heard > own) readAgain();
          [own, heard] = [0, 0];
        }
      }
    };

  return {
    local: {
      ...copy,
      create: edit(copy.create),
      update: edit(copy.update),
      complete: edit(copy.complete),
      remove: edit(copy.remove),
      resolve: edit(copy.resolve),
      discard: edit(copy.discard),
    },
    async follow() {
      unwatch = copy.watch(() => {
        if (running === 0) readAgain();
        else heard += 1;
      });
      await read();
    },
    async readPending() {
      const pending = view.all().filter(({ isPending }) => isPending);
      if (pending.length > fewPending) return view.reread();
      for (const { key } of pending) {
        const task = await copy.get(key);
        if (task === undefined || !task.isPending) view.put(key, task);
      }
    },
    close: () => unwatch(),
  };
};

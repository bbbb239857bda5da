import type { LocalTask, LocalTasks } from '@taskward/client';

/** The tasks of a copy in memory, with what is about to be done to them. */
export interface TaskView {
  /** Returns all tasks, as they are to be shown. The same array as before if nothing has changed. */
  all(): readonly LocalTask[];
  get(key: number): LocalTask | undefined;
  /** Returns a task by the server's id. */
  withId(id: number): LocalTask | undefined;
  /** Takes a task as the copy has it now; `undefined` if it has none of this key. */
  put(key: number, task: LocalTask | undefined): void;
  /** Shows tasks of the server as long as the copy does not have all of them. */
  preview(tasks: readonly LocalTask[]): void;
  /** Ends the preview. */
  complete(): void;
  /** Shows what is about to be done to a task: new values, or `undefined` if it goes. @returns what ends that */
  overlay(key: number, values: Partial<LocalTask> | undefined): () => void;
  /** Reads the copy, at once or soon after the reading that is going on. */
  reread(): Promise<void>;
}

// A row that has not changed stays the same object, so that nothing of it is drawn again.
const isSame = (one: LocalTask, other: LocalTask): boolean =>
  one.revision === other.revision &&
  one.id === other.id &&
  one.due_at === other.due_at &&
  !one.isPending &&
  !other.isPending;

interface Overlay {
  readonly key: number;
  readonly values: Partial<LocalTask> | undefined;
}

/** Makes a view of a copy. @param onChange called after each change of what it shows */
export const makeTaskView = (local: Pick<LocalTasks, 'list'>, onChange: () => void): TaskView => {
  let tasks = new Map<number, LocalTask>();
  let previewed: readonly LocalTask[] = [];
  const overlays = new Set<Overlay>();
  let shown: readonly LocalTask[] | undefined;
  let reading: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let restUntil = 0;

  const changed = (): void => {
    shown = undefined;
    onChange();
  };

  const withOverlays = (): LocalTask[] => {
    const all = new Map(tasks);
    const ids = previewed.length > 0 ? new Set([...tasks.values()].map(({ id }) => id)) : undefined;
    for (const task of previewed) if (!ids?.has(task.id)) all.set(task.key, task);
    for (const { key, values } of overlays) {
      const task = all.get(key);
      if (task === undefined) continue;
      if (values === undefined) all.delete(key);
      else all.set(key, { ...task, ...values });
    }
    return [...all.values()];
  };

  const read = async (): Promise<void> => {
    const list = await local.list();
    const old = tasks;
    tasks = new Map();
    let isOther = list.length !== old.size;
    for (const task of list) {
      const before = old.get(task.key);
      const kept = before !== undefined && isSame(before, task) ? before : task;
      isOther ||= kept !== before;
      tasks.set(task.key, kept);
    }
    if (isOther) changed();
  };

  const start = async (before: Promise<void> | undefined): Promise<void> => {
    await before?.catch(() => {});
    // Reading 10 000 tasks takes a browser some time, of which most is to be left for other things.
    const wait = restUntil - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    next = undefined;
    const begin = performance.now();
    reading = read();
    await reading;
    const end = performance.now();
    restUntil = end + 2 * (end - begin);
  };

  return {
    all() {
      shown ??= withOverlays();
      return shown;
    },
    get: (key) => tasks.get(key) ?? previewed.find((task) => task.key === key),
    withId: (id) => tasks.get(id) ?? [...tasks.values(), ...previewed].find((task) => task.id === id),
    put(key, task) {
      const before = tasks.get(key);
      if (before === task || (before !== undefined && task !== undefined && isSame(before, task))) return;
      if (task === undefined) tasks.delete(key);
      else tasks.set(key, task);
      changed();
    },
    preview(list) {
      previewed = list;
      changed();
    },
    complete() {
      previewed = [];
      changed();
    },
    overlay(key, values) {
      const overlay = { key, values };
      overlays.add(overlay);
      changed();
      return () => {
        if (overlays.delete(overlay)) changed();
      };
    },
    reread() {
      // A reading that has to wait serves all that is asked for meanwhile.
      next ??= start(reading);
      return next;
    },
  };
};

import type { LocalTask, LocalTasks, NewTask, TaskChanges, TaskwardClient } from '@taskward/client';
import { type Notices, named } from './notices.ts';
import type { TaskList } from './task-list.ts';
import type { TaskView } from './task-view.ts';

/** What edits work with. */
export interface EditContext {
  readonly client: TaskwardClient;
  readonly local: LocalTasks;
  readonly view: TaskView;
  readonly notices: Notices;
  /** Resolves when the copy may be changed: a task that is shown before the copy has it comes with the first sync. */
  ready(key: number): Promise<void>;
  /** Sends and reads. @returns whether it has succeeded */
  sync(): Promise<boolean>;
  /** Takes note of a change of a task here: what the server has rejected of it before does not count any more. */
  touched(key: number, isDeleted: boolean): void;
  /** Whether a task is among those that the filter shows. */
  isShown(key: number): boolean;
}

const edited = ['title', 'description', 'completed', 'priority', 'tags', 'due_date', 'repeat', 'reminders'] as const;

/** Returns the values of some fields of a task, as changes that set them. */
const valuesOf = (task: LocalTask, fields: readonly string[]): TaskChanges =>
  Object.fromEntries(edited.filter((field) => fields.includes(field)).map((field) => [field, task[field]]));

const contentOf = (task: LocalTask): NewTask => ({ ...valuesOf(task, edited), metadata: task.metadata }) as NewTask;

/** Returns what a change looks like at once, as far as it can be told without the copy. */
const lookOf = (changes: TaskChanges): Partial<LocalTask> => {
  const shown = Object.fromEntries(
    edited.filter((field) => changes[field] !== undefined).map((field) => [field, changes[field]]),
  );
  return { ...shown, ...('due_date' in shown && { due_at: null }), isPending: true };
};

type Edits = Pick<TaskList, 'add' | 'update' | 'setCompleted' | 'remove' | 'resolve' | 'discard'>;

/**
 * Makes the edits of a list. They take effect in the copy, show at once, and are sent then. `synced` is to be called after
 * each time that they are sent.
 */
export const makeTaskEdits = (context: EditContext): Edits & { synced(): Promise<void> } => {
  const { client, local, view, notices, ready, sync, touched, isShown } = context;
  /** Tasks whose deletion was undone, and may have been sent before. */
  const broughtBack = new Set<LocalTask>();

  /** Shows a change at once, makes it, and starts to send it. @returns whether it was made */
  const change = async (
    key: number,
    look: Partial<LocalTask> | undefined,
    work: () => Promise<LocalTask | undefined>,
  ): Promise<boolean> => {
    const end = view.overlay(key, look);
    try {
      await ready(key);
      view.put(key, await work());
      touched(key, look === undefined);
      void sync();
      return true;
    } catch (error) {
      notices.failed(error);
      return false;
    } finally {
      end();
    }
  };

  const write = (key: number, changes: TaskChanges): Promise<boolean> =>
    change(key, lookOf(changes), () => local.update(key, changes));

  const restoreIfGone = async ({ id }: LocalTask): Promise<void> => {
    if (id < 0 || (await local.get(id)) !== undefined) return;
    await client.restore(id);
    await sync();
  };

  /** Brings back a task that was deleted here, as it was. */
  const bringBack = async (task: LocalTask): Promise<void> => {
    // What was never sent has nothing to be restored from: whether it is being sent must be known.
    if (task.id < 0) await sync();
    await local.discard(task.key);
    touched(task.key, false);
    const kept = await local.get(task.key);
    if (kept !== undefined) {
      const differing = edited.filter((field) => JSON.stringify(kept[field]) !== JSON.stringify(task[field]));
      view.put(task.key, differing.length > 0 ? await local.update(task.key, valuesOf(task, differing)) : kept);
    } else if (task.id < 0) {
      const made = await local.create(contentOf(task));
      view.put(made.key, made);
    }
    // The deletion may have been on its way.
    if (await sync()) await restoreIfGone(task);
    else broughtBack.add(task);
  };

  const undoing = (work: () => Promise<unknown>) => async (): Promise<void> => {
    notices.dismiss();
    try {
      await work();
    } catch (error) {
      notices.failed(error);
    }
  };

  /** Takes back the completion of an occurrence, which only the server can once it is sent. */
  const undoOccurrence = async (key: number): Promise<void> => {
    await sync();
    const task = await local.get(key);
    if (task?.completed && task.isPending) return void (await write(key, { completed: false }));
    const { entries } = await client.history(task?.id ?? key, { limit: 20 });
    const completion = entries.find(({ kind, changed }) => kind === 'occurrence_completed' || changed.completed?.[1]);
    if (completion !== undefined) await client.undo(completion.revision);
    await sync();
  };

  return {
    async add(input) {
      try {
        const task = await local.create(input);
        view.put(task.key, task);
        if (!isShown(task.key)) notices.done(`${named(task)} is added. It is not among the tasks that are shown.`);
        void sync();
      } catch (error) {
        notices.failed(error);
      }
    },

    async update(key, changes) {
      const before = view.get(key);
      const isDone = await write(key, changes);
      if (!isDone || before === undefined || 'metadata' in changes) return;
      const fields = Object.keys(changes).map((name) => (name.endsWith('_tags') ? 'tags' : name));
      const undo = async () => void (await write(key, valuesOf(before, fields)));
      notices.done(`${named(before)} is changed.`, undoing(undo));
    },

    async setCompleted(key, completed) {
      const before = view.get(key);
      const isDone = await change(key, { completed, isPending: true }, () => local.complete(key, completed));
      if (!isDone || before === undefined) return;
      const isRecurring = completed && before.repeat !== null;
      const set = async () => void (await write(key, { completed: !completed }));
      const undo = isRecurring ? () => undoOccurrence(key) : set;
      notices.done(`${named(before)} is ${completed ? 'done' : 'open again'}.`, undoing(undo));
    },

    async remove(key) {
      const before = view.get(key);
      const isDone = await change(key, undefined, async () => {
        await local.remove(key);
        return undefined;
      });
      if (isDone && before !== undefined)
        notices.done(
          `${named(before)} is deleted.`,
          undoing(() => bringBack(before)),
        );
    },

    async resolve(conflict, keep) {
      const { key } = conflict.task;
      await change(key, {}, async () => {
        await local.resolve(conflict, keep);
        return local.get(key);
      });
    },

    async discard(key) {
      await change(key, {}, async () => {
        await local.discard(key);
        return local.get(key);
      });
    },

    async synced() {
      const tasks = [...broughtBack];
      broughtBack.clear();
      for (const task of tasks) await restoreIfGone(task).catch(notices.failed);
    },
  };
};

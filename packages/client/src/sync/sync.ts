import { otherUser, unknownTask } from '../errors.ts';
import { exclusively } from '../locks.ts';
import type { CallOptions } from '../options.ts';
import { taskTypes } from '../schema.ts';
import { abortable } from '../transport/signals.ts';
import type { Task, TaskChanges } from '../types.ts';
import { dropRepeatedCompletions } from './completions.ts';
import { type Copy, type KeyedEntry, openCopy } from './copy.ts';
import { changed, created, differencesOf, discarded, type Entry, removed, resolved, type TaskField } from './edits.ts';
import { pull, push, type SyncCalls } from './exchange-changes.ts';
import type { Conflict, LocalTask, LocalTasks, SyncResult } from './local-tasks.ts';
import { isSentBy, operationOf } from './operations.ts';
import type { SyncStore } from './store.ts';

// Others may write all the time. What is left is sent by the next call.
const maxRounds = 10;

const emptyValues = { string: '', integer: 0, boolean: false, array: [], object: {}, null: null };

/** A task of which nothing is known. */
const empty = Object.fromEntries(
  Object.entries(taskTypes).map(([name, types]) => [name, emptyValues[types.at(-1) ?? 'null']]),
) as unknown as Task;

const toLocalTask = ({ key, task, edit }: KeyedEntry): LocalTask => {
  const at = edit?.createdAt ?? '';
  const { user_id: _, ...known } = { ...empty, id: key, created_at: at, updated_at: at, ...task };
  const changes = edit?.changes ?? {};
  return { ...known, ...changes, ...('due_date' in changes && { due_at: null }), key, isPending: edit !== undefined };
};

const isShown = ({ task, edit }: Entry): boolean =>
  (task !== undefined || edit !== undefined) && edit?.deletes === undefined;

const conflictsOf = (entries: readonly KeyedEntry[]): Conflict[] =>
  entries.flatMap((entry) => differencesOf(entry).map((one) => ({ ...one, task: toLocalTask(entry) }) as Conflict));

/** Opens a local copy of the user's tasks. */
export const makeLocalTasks = (store: SyncStore, calls: SyncCalls): LocalTasks => {
  const copy: Copy = openCopy(store);
  let next: Promise<SyncResult> | undefined;

  const read = (): Promise<KeyedEntry[]> => copy.access((access) => access.all());
  const edited = (): Promise<KeyedEntry[]> => copy.access((access) => access.edited());

  const change = (key: number, changes: TaskChanges): Promise<LocalTask> =>
    copy.access(async (access) => {
      const entry = await access.entry(key);
      if (!isShown(entry)) throw unknownTask(key);
      const { sending } = await access.state();
      const operation = sending?.operations[sending.ids.indexOf(entry.key)];
      const isOnItsWay = (field: TaskField): boolean => operation !== undefined && isSentBy(operation, field);
      await access.set(key, changed(entry, entry.task?.id ?? key, changes, isOnItsWay));
      return toLocalTask({ ...(await access.entry(key)) });
    });

  const checkUser = async (): Promise<void> => {
    const user = await calls.currentUser();
    if (user === undefined) return;
    await copy.access(async (access) => {
      const { owner } = await access.state();
      if (owner !== undefined && owner !== user) throw otherUser('This copy holds');
      if (owner === undefined) await access.setState({ owner: user });
    });
  };

  const state = async (): Promise<SyncResult> => {
    const entries = await edited();
    const rejected = entries.flatMap((entry) =>
      entry.edit?.rejected ? [{ task: toLocalTask(entry), error: entry.edit.rejected }] : [],
    );
    return { conflicts: conflictsOf(entries), rejected };
  };

  const run = async (options: CallOptions): Promise<SyncResult> => {
    await checkUser();
    for (let round = 1; round <= maxRounds; round += 1) {
      await push(copy, calls, options);
      const isComplete = await pull(copy, calls, options);
      await dropRepeatedCompletions(copy, calls, options);
      if (isComplete && !(await edited()).some((entry) => operationOf(entry) !== undefined)) break;
    }
    return state();
  };

  return {
    list: async () => (await read()).filter(isShown).map(toLocalTask),

    async get(key) {
      const entry = await copy.access((access) => access.entry(key));
      return isShown(entry) ? toLocalTask(entry) : undefined;
    },

    create: (input) =>
      copy.access(async (access) => {
        const { lastId } = await access.state();
        const key = lastId - 1;
        await access.setState({ lastId: key });
        await access.set(key, created(key, input));
        return toLocalTask(await access.entry(key));
      }),

    update: (key, changes) => change(key, changes),

    complete: (key, completed = true) => change(key, { completed }),

    async remove(key) {
      await copy.access(async (access) => {
        const entry = await access.entry(key);
        if (!isShown(entry)) throw unknownTask(key);
        const { sending } = await access.state();
        const isUnsent = entry.task === undefined && !sending?.ids.includes(key);
        await access.set(key, isUnsent ? undefined : removed(entry, entry.task?.id ?? key));
      });
    },

    async resolve({ task, ...difference }, keep) {
      await copy.access(async (access) => {
        const entry = await access.entry(task.key);
        const seen = { ...difference, revision: task.revision };
        await access.set(task.key, resolved(entry, seen, keep));
      });
    },

    async discard(key) {
      await copy.access(async (access) => {
        const entry = await access.entry(key);
        await access.set(key, discarded(entry));
      });
    },

    conflicts: async () => conflictsOf(await edited()),

    sync: (options = {}) => {
      const { signal } = options;
      if (signal !== undefined)
        return abortable(
          exclusively(`${copy.name} sync`, () => run(options)),
          signal,
        );
      // A call that has to wait serves all that come meanwhile: it begins after each of them was made.
      next ??= exclusively(`${copy.name} sync`, async () => {
        // A free lock may be had before `next` is set.
        await undefined;
        next = undefined;
        return run(options);
      });
      return next;
    },

    watch: copy.watch,
  };
};

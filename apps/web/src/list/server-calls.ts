import {
  type DeletedTask,
  type HistoryEntry,
  type LocalTask,
  type Settings,
  type TaskwardClient,
  TaskwardError,
} from '@taskward/client';
import { named } from './notices.ts';
import type { EditContext } from './task-edits.ts';
import type { ListPlace, TaskList } from './task-list.ts';

interface ServerContext extends EditContext {
  /** Takes note of what a call failed with. */
  failed(error: unknown): void;
  setSettings(settings: Settings): Promise<void>;
}

const pageSize = 100;

/** Returns a position right after another one: before all those that the server makes, which have letters and digits. */
const rightAfter = (position: string): string => `${position}!`;

/** Returns where a task goes until the server has said so. */
const provisionalPosition = (tasks: readonly LocalTask[], place: ListPlace): string => {
  if ('to' in place && place.to === 'top') return ' ';
  const sorted = tasks.map(({ position }) => position).sort();
  if ('to' in place) return rightAfter(sorted.at(-1) ?? '');
  const anchor = tasks.find(({ key }) => key === ('before' in place ? place.before : place.after))?.position ?? '';
  if ('after' in place) return rightAfter(anchor);
  return rightAfter(sorted[sorted.indexOf(anchor) - 1] ?? '');
};

const isNotFound = (error: unknown): boolean => error instanceof TaskwardError && error.code === 'task/not-found';

const all = async <Item>(
  read: (cursor: string | undefined) => Promise<{ items: readonly Item[]; nextCursor: string | null }>,
): Promise<Item[]> => {
  const found: Item[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { items, nextCursor } = await read(cursor);
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = nextCursor;
  }
};

const allDeleted = (client: TaskwardClient): Promise<DeletedTask[]> =>
  all(async (cursor) => {
    const { tasks: items, nextCursor } = await client.trash({ limit: pageSize, ...(cursor && { cursor }) });
    return { items, nextCursor };
  });

const wholeHistory = (client: TaskwardClient, id: number): Promise<HistoryEntry[]> =>
  all(async (cursor) => {
    const { entries: items, nextCursor } = await client.history(id, { limit: pageSize, ...(cursor && { cursor }) });
    return { items, nextCursor };
  });

/** Makes the calls of a list that need the server. */
export const makeServerCalls = (
  context: ServerContext,
): Pick<TaskList, 'move' | 'trash' | 'restore' | 'purge' | 'history' | 'undo' | 'changeSettings'> => {
  const { client, local, view, notices, sync, failed, setSettings } = context;

  const telling = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      notices.failed(error);
      failed(error);
    }
  };

  /** Returns the id of a task, which is sent first if it has none. */
  const idOf = async (key: number): Promise<number> => {
    if (key > 0) return key;
    const known = await local.get(key);
    if (known !== undefined && known.id > 0) return known.id;
    await sync();
    const id = (await local.get(key))?.id ?? key;
    if (id > 0) return id;
    throw new Error('The task is not sent yet. Try again when the server can be reached.');
  };

  const placeOf = async (place: ListPlace) => {
    if ('to' in place) return place;
    return 'before' in place ? { before: await idOf(place.before) } : { after: await idOf(place.after) };
  };

  return {
    async move(key, place) {
      const end = view.overlay(key, { position: provisionalPosition(view.all(), place) });
      await telling(async () => {
        await client.move(await idOf(key), await placeOf(place)).catch(async (error) => {
          // The deletion may have arrived before the move.
          if (!isNotFound(error) || (await local.get(key)) !== undefined) throw error;
        });
        await sync();
        await view.reread();
      });
      end();
    },

    trash: () => allDeleted(client),

    restore: (task) =>
      telling(async () => {
        await client.restore(task, { ifUnchanged: true });
        await sync();
        notices.done(`${named(task)} is restored.`);
      }),

    purge: (task) =>
      telling(async () => {
        if (task === undefined) await client.purgeTrash();
        else await client.purgeTask(task.id);
        notices.done(task === undefined ? 'The trash is empty.' : `${named(task)} is removed for good.`);
      }),

    async history(key) {
      const id = (await local.get(key))?.id ?? key;
      return id > 0 ? wholeHistory(client, id) : [];
    },

    undo: (revision) =>
      telling(async () => {
        await client.undo(revision);
        await sync();
        notices.done('The change is taken back.');
      }),

    changeSettings: (changes) =>
      telling(async () => {
        await setSettings(await client.changeSettings(changes));
        await sync();
      }),
  };
};

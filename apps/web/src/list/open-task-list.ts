import { makeMemoryStore, type SyncStore } from '@taskward/client';
import { openIndexedDbStore } from '../browser/indexed-db-store.ts';
import { makeTaskList, type TaskListOptions } from './make-task-list.ts';
import type { TaskList } from './task-list.ts';

/** Whose tasks, and where they are. */
export interface TaskOwner {
  readonly userId: string;
  /** The URL of the API, as the client has it. */
  readonly api: string;
}

/** What to open a list with. */
export type OpenOptions = TaskOwner & Omit<TaskListOptions, 'store'>;

const storeName = ({ userId, api }: TaskOwner): string =>
  `taskward ${new URL(api, new URL('.', location.href)).href} ${userId}`;

const openStore = async (name: string): Promise<SyncStore> => {
  try {
    return await openIndexedDbStore(name);
  } catch {
    // Some browsers keep nothing in private windows: the list works there, too, as long as it is open.
    return makeMemoryStore(name);
  }
};

/** Opens a user's tasks, with a copy in this browser for each user and API. */
export const openTaskList = async ({ userId, api, ...options }: OpenOptions): Promise<TaskList> =>
  makeTaskList({ ...options, store: await openStore(storeName({ userId, api })) });

/** Removes the copy of a user's tasks from this browser, with what is not sent. Close the lists of all windows first. */
export const forgetTaskList = (owner: TaskOwner): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(storeName(owner));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });

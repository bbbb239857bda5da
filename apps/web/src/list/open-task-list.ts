import { makeMemoryStore, type SyncStore } from '@taskward/client';
import { deleteIndexedDbStore, openIndexedDbStore } from './indexed-db-store.ts';
import { makeTaskList, type TaskListOptions } from './make-task-list.ts';
import type { TaskList } from './task-list.ts';

/** Whose tasks to open, and where they are. */
export interface OpenOptions extends Omit<TaskListOptions, 'store'> {
  readonly userId: string;
  /** The URL of the API, as the client has it. */
  readonly api: string;
}

const openStore = async (name: string): Promise<SyncStore> => {
  try {
    return await openIndexedDbStore(name);
  } catch {
    // Some browsers keep nothing in private windows: the list works there, too, as long as it is open.
    return makeMemoryStore(name);
  }
};

const nameOf = ({ userId, api }: Pick<OpenOptions, 'userId' | 'api'>): string => {
  const page = new URL('.', location.href);
  return `taskward ${new URL(api, page).href} ${userId}`;
};

/** Deletes the copy of a user's tasks from this browser, and with it what is not sent. */
export const forgetTasks = (owner: Pick<OpenOptions, 'userId' | 'api'>): Promise<void> =>
  deleteIndexedDbStore(nameOf(owner));

/** Opens a user's tasks, with a copy in this browser for each user and API. */
export const openTaskList = async ({ userId, api, ...options }: OpenOptions): Promise<TaskList> => {
  const store = await openStore(nameOf({ userId, api }));
  return makeTaskList({ ...options, store });
};

import { type Conflict, type LocalTask, type LocalTasks, makeMemoryStore, type SyncStore } from '@taskward/client';
import type { Caller } from '../support/http/api.ts';
import { type aListeningApi, aSignedInClient } from '../support/http/typed-client.ts';

type Api = Awaited<ReturnType<typeof aListeningApi>>;

/** Sends a request. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A device of a user: a client with a copy of its own, and what it sent. */
export const aDevice = (
  api: Api,
  me: Caller,
  { store = makeMemoryStore() as SyncStore, fetch = globalThis.fetch as Fetch } = {},
) => {
  const sent: string[] = [];
  const counting: Fetch = (url, init) => {
    sent.push(`${init.method} ${new URL(url).pathname.slice('/api/tasks'.length)}`);
    return fetch(url, init);
  };
  const { client } = aSignedInClient(api, { fetch: counting }, me);
  return { client, tasks: client.sync(store), store, sent };
};

/** The task of a copy with this title. */
export const titled = async (tasks: LocalTasks, title: string): Promise<LocalTask> => {
  const found = (await tasks.list()).find((task) => task.title === title);
  if (found === undefined) throw new Error(`there is no task ${title}`);
  return found;
};

/** The titles of a copy, sorted. */
export const titles = async (tasks: LocalTasks) => (await tasks.list()).map(({ title }) => title).sort();

/** Conflicts with only the title of their task. */
export const shortly = (conflicts: readonly Conflict[]) =>
  conflicts.map(({ task, field, mine, theirs }) => ({ title: task.title, field, mine, theirs }));

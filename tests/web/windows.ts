import { makeMemoryStore, type SyncStore } from '@taskward/client';
import { makeTaskList } from '@taskward/web/list/make-task-list.ts';
import type { ListState, TaskList } from '@taskward/web/list/task-list.ts';
import type { Test } from 'tap';
import type { Caller } from '../support/http/api.ts';
import { type aListeningApi, aSignedInClient } from '../support/http/typed-client.ts';

type Api = Awaited<ReturnType<typeof aListeningApi>>;

/** Sends a request. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A network that a test switches. */
const aSwitchedNetwork = (isOnline = true) => {
  const listeners = new Set<() => void>();
  let online = isOnline;
  return {
    isOnline: () => online,
    watch(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(now: boolean) {
      online = now;
      for (const listener of listeners) listener();
    },
  };
};

/**
 * A window of a user: a list with a copy of its own, which is closed when the test ends.
 * @param options `isCut`: whether there is no network when the browser says so; `patience`: how many milliseconds the client
 * waits at most before it tries again
 */
export const aWindow = async (
  t: Test,
  api: Api,
  me: Caller,
  {
    store = makeMemoryStore() as SyncStore,
    fetch = globalThis.fetch as Fetch,
    isOnline = true,
    isCut = true,
    patience = 10_000,
  } = {},
) => {
  const network = aSwitchedNetwork(isOnline);
  const reachable: Fetch = (url, init) =>
    network.isOnline() || !isCut ? fetch(url, init) : Promise.reject(new TypeError('fetch failed'));
  const { client } = aSignedInClient(api, { fetch: reachable, retry: { minDelay: 1, maxDelay: patience } }, me);
  const signedOut: Error[] = [];
  const onSignedOut = (error: Error) => void signedOut.push(error);
  const list = await makeTaskList({ client, store, network, onSignedOut, backoff: { minDelay: 1, maxDelay: 20 } });
  t.teardown(() => list.close());

  /** Waits until the list is in a state. */
  const until = (holds: (state: ListState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds(list.state())) return;
        unwatch();
        resolve();
      };
      const unwatch = list.watch(look);
      look();
    });

  return { list, client, network, store, signedOut, until };
};

export const titlesOf = (list: TaskList) => list.state().tasks.map(({ title }) => title);

/** The key of the task with a title. */
export const keyOf = (list: TaskList, title: string): number => {
  const task = list.state().tasks.find((one) => one.title === title);
  if (task === undefined) throw new Error(`there is no task ${title}`);
  return task.key;
};

import { type SyncResult, TaskwardError } from '@taskward/client';
import type { Network } from './network.ts';
import type { Connection } from './task-list.ts';

/** How long to wait after failures, in milliseconds: the first time, doubled each time, and at most. */
export interface Backoff {
  readonly minDelay: number;
  readonly maxDelay: number;
}

/** Keeps a copy the same as the server's, and knows how the server is reached. */
export interface Synchronizer {
  connection(): Connection;
  /** Why the server's tasks cannot be had although it answers. */
  error(): string | undefined;
  /** Sends and reads now, unless that is known to be of no use. @returns whether it has succeeded */
  request(): Promise<boolean>;
  /** Takes note of what another call failed with. */
  failed(error: unknown): void;
  /** Ends all waiting. */
  close(): void;
}

interface Options {
  sync(): Promise<SyncResult>;
  readonly network: Network;
  readonly backoff: Backoff;
  /** Takes what is left to decide after a success. @param isBack whether the call before has failed */
  onResult(result: SyncResult, isBack: boolean): void;
  /** Called when the connection or the error changes. */
  onChange(): void;
  /** Called once, when nobody is signed in any more. */
  onSignedOut(error: TaskwardError): void;
}

/** Whether an error says that nobody is signed in any more. The client has tried a new token before. */
const isSignedOut = (error: unknown): error is TaskwardError => error instanceof TaskwardError && error.status === 401;

const statusOf = (error: unknown): Connection => {
  if (!(error instanceof TaskwardError)) return 'unreachable';
  if (error.status === 429) return 'limited';
  const isGone = error.code === 'client/unreachable' || error.code === 'client/timeout';
  return isGone || [502, 503, 504].includes(error.status) ? 'unreachable' : 'online';
};

/** Makes what keeps a copy up to date. It tries again by itself after failures, and when the network is back. */
export const makeSynchronizer = (options: Options): Synchronizer => {
  const { sync, network, backoff, onResult, onChange, onSignedOut } = options;
  let connection: Connection = network.isOnline() ? 'online' : 'offline';
  let problem: string | undefined;
  let failures = 0;
  let isClosed = false;
  let limitedUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let next: Promise<boolean> | undefined;

  const set = (now: Connection, error?: string): void => {
    if (now === connection && error === problem) return;
    [connection, problem] = [now, error];
    onChange();
  };

  const retryIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(request, milliseconds);
  };

  const failed = (error: unknown): void => {
    if (isClosed) return;
    if (isSignedOut(error)) {
      close();
      set('online', error.message);
      onSignedOut(error);
      return;
    }
    failures += 1;
    const delay = Math.min(backoff.maxDelay, backoff.minDelay * 2 ** (failures - 1)) * (1 - Math.random() / 2);
    const asked = error instanceof TaskwardError ? 1000 * (error.retryAfter ?? 0) : 0;
    const now = network.isOnline() ? statusOf(error) : 'offline';
    if (now === 'limited') limitedUntil = Date.now() + asked;
    set(now, now === 'online' ? (error as Error).message : undefined);
    retryIn(Math.max(delay, asked));
  };

  const attempt = async (): Promise<boolean> => {
    try {
      const result = await sync();
      if (isClosed) return false;
      const isBack = failures > 0 || connection !== 'online';
      failures = 0;
      clearTimeout(timer);
      set('online');
      onResult(result, isBack);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };

  const start = async (before: Promise<boolean> | undefined): Promise<boolean> => {
    await before;
    next = undefined;
    running = attempt();
    return running;
  };

  const request = (): Promise<boolean> => {
    if (isClosed || Date.now() < limitedUntil) return Promise.resolve(false);
    if (!network.isOnline()) {
      set('offline');
      return Promise.resolve(false);
    }
    // A call that has to wait serves all that come meanwhile.
    next ??= start(running);
    return next;
  };

  const unwatch = network.watch(() => {
    if (!network.isOnline()) set('offline');
    else request();
  });

  const close = (): void => {
    isClosed = true;
    clearTimeout(timer);
    unwatch();
  };

  return { connection: () => connection, error: () => problem, request, failed, close };
};

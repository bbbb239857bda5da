import { type SyncResult, TaskwardError } from '@taskward/client';
import type { Network } from '../browser/network.ts';
import type { Connection } from './task-list.ts';

/** How long to wait after failures, in milliseconds: the first time, doubled each time, and at most. */
export interface Backoff {
  readonly minDelay: number;
  readonly maxDelay: number;
}

/** Returns how long to wait after so many failures: with jitter, so that windows that fail together do not return together. */
export const delayAfter = (failures: number, { minDelay, maxDelay }: Backoff): number =>
  Math.min(maxDelay, minDelay * 2 ** (failures - 1)) * (1 - Math.random() / 2);

/** Keeps a copy the same as the server's, and knows how the server is reached. */
export interface Synchronizer {
  connection(): Connection;
  /** Why the server's tasks cannot be had although it answers. */
  error(): string | undefined;
  /** Sends and reads now, unless that is known to be of no use. @returns whether it has succeeded */
  request(): Promise<boolean>;
  /** Resolves when nothing is being sent or read. */
  idle(): Promise<void>;
  /** Takes note of what another call failed with. */
  failed(error: unknown): void;
  /** Ends all waiting. */
  close(): void;
}

interface Options {
  sync(): Promise<SyncResult>;
  readonly network: Network;
  readonly backoff: Backoff;
  /** Takes what is left to decide after a success. @param isBack whether the server could not be reached before */
  onResult(result: SyncResult, isBack: boolean): void;
  /** Called when the connection or the error changes. */
  onChange(): void;
  /** Called once, when nobody is signed in any more. */
  onSignedOut(error: TaskwardError): void;
}

/** Whether an error says that nobody is signed in any more. The client has tried a new token before. */
const isSignedOut = (error: unknown): error is TaskwardError => error instanceof TaskwardError && error.status === 401;

const connectionOf = (error: unknown): Connection => {
  // The token provider fails where its server cannot be reached.
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
  let running: Promise<boolean> = Promise.resolve(true);
  let next: Promise<boolean> | undefined;

  const set = (now: Connection, error?: string): void => {
    if (now === connection && error === problem) return;
    [connection, problem] = [now, error];
    onChange();
  };

  const retryIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
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
    const asked = error instanceof TaskwardError ? 1000 * (error.retryAfter ?? 0) : 0;
    const now = network.isOnline() ? connectionOf(error) : 'offline';
    limitedUntil = now === 'limited' ? Date.now() + asked : 0;
    set(now, now === 'online' ? (error as Error).message : undefined);
    retryIn(Math.max(delayAfter(failures, backoff), asked));
  };

  /** Whether a rate limit does not let anything pass yet. */
  const isHeldBack = (): boolean => {
    const wait = limitedUntil - Date.now();
    if (wait > 0) retryIn(wait);
    return wait > 0;
  };

  const attempt = async (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    try {
      const result = await sync();
      if (isClosed) return false;
      const isBack = failures > 0 || connection !== 'online';
      failures = 0;
      set('online');
      onResult(result, isBack);
      return true;
    } catch (error) {
      failed(error);
      return false;
    }
  };

  const start = async (before: Promise<boolean>): Promise<boolean> => {
    await before;
    next = undefined;
    if (isClosed || isHeldBack()) return false;
    running = attempt();
    return running;
  };

  /** Runs after what is running. A call that has to wait serves all that come meanwhile. */
  const run = (): Promise<boolean> => {
    next ??= start(running);
    return next;
  };

  const request = async (): Promise<boolean> => {
    if (isClosed || isHeldBack()) return false;
    if (network.isOnline()) return run();
    // Browsers may be wrong, as where the server is on the same machine: it is tried, but nobody waits for it.
    set('offline');
    if (timer === undefined) retryIn(delayAfter(Math.max(1, failures), backoff));
    return false;
  };

  const unwatch = network.watch(() => {
    if (!network.isOnline()) set('offline');
    void request();
  });

  const close = (): void => {
    isClosed = true;
    clearTimeout(timer);
    unwatch();
  };

  return {
    connection: () => connection,
    error: () => problem,
    request,
    async idle() {
      await (next ?? running);
    },
    failed,
    close,
  };
};

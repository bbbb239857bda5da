import { collection } from '../calls/target.ts';
import { endless, TaskwardError } from '../errors.ts';
import type { CallOptions, TaskwardClientOptions } from '../options.ts';
import { isChange, isReminder } from '../shapes.ts';
import { delayOf } from '../transport/retry.ts';
import { wait } from '../transport/signals.ts';
import { contractOnly } from '../transport/transport.ts';
import type { Change, ChangesPage, ChangesQuery, ReminderEvent } from '../types.ts';
import type { ServerEvent } from './event-parser.ts';
import { followStream, type StreamEnd, type StreamListener } from './stream.ts';

/** The calls with which changes are followed. */
export interface FollowCalls {
  changes(query?: ChangesQuery, options?: CallOptions): Promise<ChangesPage>;
  /** Returns the token to connect with; `undefined` if a cookie holds it. */
  token(): Promise<string | undefined>;
  /** Fetches a new token; `undefined` if the token is fixed. */
  readonly renew: (() => Promise<unknown>) | undefined;
}

/** Where a subscription is, and what takes the changes. */
export interface Follower {
  /** Everything up to here was delivered; `undefined` before the first start. */
  cursor(): string | undefined;
  /** Takes a new beginning: nothing before the cursor is delivered. */
  start(cursor: string): Promise<void>;
  /** Takes a change. @param cursor where to go on after it, if that is known */
  change(change: Change, cursor: string | undefined): Promise<void>;
  /** Takes a reminder. @param cursor where to go on after it */
  reminder(reminder: ReminderEvent, cursor: string | undefined): Promise<void>;
  /** Takes note that the server cannot be reached. */
  lost(): Promise<void>;
  /** Goes to where all that is before was delivered. */
  move(cursor: string): void;
  /** Forgets the cursor, which is gone. */
  forget(): void;
}

/** How changes are followed. */
export interface FollowOptions {
  readonly client: TaskwardClientOptions;
  readonly pollInterval: number;
  readonly signal: AbortSignal;
}

const pageSize = 500;
// Streams may be possible again later: the number of others may have changed, or the network.
const pollsBeforeStream = 4;
const backoff = { minDelay: 1_000, maxDelay: 60_000 };

const isGone = (error: unknown): boolean => error instanceof TaskwardError && error.code === 'changes/gone';

/** Whether it may pass by itself. */
const isPassing = ({ status }: TaskwardError): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500;

/** Whether there is a server, and no stream. */
const isWithoutStream = ({ status }: TaskwardError): boolean => [200, 404, 405, 406, 429, 501, 503].includes(status);

/** Reads all changes there are. Without a cursor, it finds the one from which on changes come. */
export const catchUp = async (follower: Follower, calls: FollowCalls, signal: AbortSignal): Promise<void> => {
  const from = follower.cursor();
  let since = from;
  for (;;) {
    const page = await calls
      .changes({ limit: pageSize, ...(since !== undefined && { since }) }, { signal })
      .catch((error: unknown) => {
        if (!isGone(error)) throw error;
        follower.forget();
        return undefined;
      });
    if (page === undefined) return catchUp(follower, calls, signal);
    if (page.hasMore && page.cursor === since) throw endless(page.cursor);
    since = page.cursor;
    if (from !== undefined) {
      for (const change of page.changes) await follower.change(change, undefined);
      follower.move(since);
    }
    if (page.hasMore) continue;
    if (from === undefined) await follower.start(since);
    return;
  }
};

const parsed = (data: string): unknown => {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
};

/** Hands on what an event says. Events of other types are for later versions of this client. */
const take = async (follower: Follower, { type, data, id }: ServerEvent): Promise<void> => {
  const said = parsed(data);
  const cursor = id || undefined;
  if (type === 'change' && isChange(said)) await follower.change(said as Change, cursor);
  if (type === 'reminder' && isReminder(said)) await follower.reminder(said as ReminderEvent, cursor);
};

/** Follows the changes until the signal is aborted. @throws TaskwardError if there is nothing to hope for */
export const follow = async (follower: Follower, calls: FollowCalls, options: FollowOptions): Promise<never> => {
  const { client, pollInterval, signal } = options;
  const url = `${client.baseUrl.replace(/\/+$/, '')}${collection}/events`;
  const times = { ...backoff, ...client.retry };
  let failures = 0;
  let isRenewed = false;
  let isLost = false;

  const listener: StreamListener = {
    async opened(cursor) {
      isRenewed = false;
      isLost = false;
      failures = 0;
      if (follower.cursor() === undefined) await follower.start(cursor);
    },
    event: (event) => take(follower, event),
  };

  const pause = async (milliseconds = 0): Promise<void> => {
    failures += 1;
    await wait(Math.max(milliseconds, delayOf(failures, undefined, times) ?? 0), signal);
  };

  const lose = async (): Promise<void> => {
    if (isLost) return;
    isLost = true;
    await follower.lost();
  };

  const renew = async (error: TaskwardError | undefined): Promise<void> => {
    if (error !== undefined && (calls.renew === undefined || isRenewed)) throw error;
    isRenewed = true;
    await calls.renew?.();
  };

  const look = async (): Promise<void> => {
    try {
      await catchUp(follower, calls, signal);
    } catch (error) {
      if (!(error instanceof TaskwardError) || !isPassing(error)) throw error;
    }
  };

  const poll = async (): Promise<void> => {
    for (let count = 1; count <= pollsBeforeStream; count += 1) {
      await look();
      await wait(pollInterval * (1 - Math.random() / 4), signal);
    }
  };

  const connect = async (): Promise<StreamEnd | undefined> => {
    const [token, cursor] = [await calls.token(), follower.cursor()];
    const headers = {
      accept: 'text/event-stream',
      ...contractOnly,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(cursor !== undefined && { 'last-event-id': cursor }),
    };
    try {
      return await followStream(url, headers, listener, client, signal);
    } catch (error) {
      if (!(error instanceof TaskwardError)) throw error;
      if (error.status === 401) await renew(error);
      else if (isWithoutStream(error)) await poll();
      else if (!isPassing(error)) throw error;
      else {
        if (error.status === 0) await lose();
        await pause(1000 * (error.retryAfter ?? 0));
      }
      return undefined;
    }
  };

  for (;;) {
    const end = await connect();
    if (end === undefined) continue;
    if (end.reason === 'silent') {
      await poll();
      continue;
    }
    if (end.reason === 'expired') await renew(undefined);
    if (end.reason === 'reset') follower.forget();
    if (end.reason === 'lag') await look();
    // The server's time to wait is meant for clients that it has lost.
    await pause(end.reason === 'cut' ? end.retry : 0);
  }
};

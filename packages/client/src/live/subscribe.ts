import { otherUser } from '../errors.ts';
import { type WebLocks, webLocks } from '../locks.ts';
import { userOf } from '../transport/credentials.ts';
import type { Change, ReminderEvent } from '../types.ts';
import { catchUp, type FollowCalls, type Follower, type FollowOptions, follow } from './follow.ts';

/** The options of a subscription. */
export interface SubscribeOptions {
  /** Ends the subscription, which then resolves. */
  readonly signal?: AbortSignal;
  /** The `cursor` of a page of changes: begins after it, and not now. */
  readonly since?: string;
  /**
   * Called when changes begin to come, and again when some were missed and cannot be had any more: read now what you
   * show. Not called if it begins at `since`.
   */
  readonly onStart?: () => unknown;
  /**
   * Called for each reminder that comes due, in every tab that shares the stream. Only streams have reminders: none comes
   * while changes are looked for instead.
   */
  readonly onReminder?: ReminderListener;
  /** Called when the server cannot be reached: nothing comes until it is back. Not again before changes have come anew. */
  readonly onLost?: () => unknown;
  /** Milliseconds between two looks at the changes where no stream can be opened: 15 000 by default. */
  readonly pollInterval?: number;
  /** Whether tabs of the same user share a stream: in browsers by default, where there are Web Locks. */
  readonly share?: boolean;
}

/** Takes a change. A subscription waits for it, so it should be quick. What it throws ends the subscription. */
export type ChangeListener = (change: Change) => unknown;

/** Takes a reminder. A subscription waits for it, so it should be quick. What it throws ends the subscription. */
export type ReminderListener = (reminder: ReminderEvent) => unknown;

const defaultPollInterval = 15_000;

const revisionOf = (change: Change): number => (change.op === 'put' ? change.task.revision : change.revision);

interface Notice {
  readonly kind: 'hello' | 'at' | 'start' | 'change' | 'reminder' | 'lost';
  readonly cursor?: string | undefined;
  readonly change?: Change;
  readonly reminder?: ReminderEvent;
}

/** What the app's functions threw: it ends the subscription, also if it is an error after which to try again. */
class Thrown {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

const calling = async (work: () => unknown): Promise<void> => {
  try {
    await work();
  } catch (error) {
    throw new Thrown(error);
  }
};

/** Keeps where a subscription is, and drops what it has already. */
const makeFollower = (onChange: ChangeListener, { since, onStart, onReminder, onLost }: SubscribeOptions): Follower => {
  let cursor = since;
  // Rows come in the order of revisions, each with the last state: an older one brings nothing new.
  let latest = 0;
  return {
    cursor: () => cursor,
    async start(next) {
      cursor = next;
      latest = 0;
      await calling(() => onStart?.());
    },
    async change(change, next) {
      if (revisionOf(change) > latest) {
        await calling(() => onChange(change));
        latest = revisionOf(change);
      }
      cursor = next ?? cursor;
    },
    async reminder(reminder, next) {
      if (reminder.revision > latest) {
        await calling(() => onReminder?.(reminder));
        latest = reminder.revision;
      }
      cursor = next ?? cursor;
    },
    lost: () => calling(() => onLost?.()),
    move(next) {
      cursor = next;
    },
    forget() {
      cursor = undefined;
    },
  };
};

/** Tells other tabs what a follower takes. */
const announcing = (follower: Follower, tell: (notice: Notice) => void): Follower => ({
  ...follower,
  async start(cursor) {
    tell({ kind: 'start', cursor });
    await follower.start(cursor);
  },
  async change(change, cursor) {
    tell({ kind: 'change', change, cursor });
    await follower.change(change, cursor);
  },
  async reminder(reminder, cursor) {
    tell({ kind: 'reminder', reminder, cursor });
    await follower.reminder(reminder, cursor);
  },
  async lost() {
    tell({ kind: 'lost' });
    await follower.lost();
  },
});

/** Follows by the stream of one tab: this one, if it gets the lock; it passes on what comes. */
const followTogether = async (
  name: string,
  locks: WebLocks,
  follower: Follower,
  calls: FollowCalls,
  options: FollowOptions,
): Promise<void> => {
  const { signal } = options;
  const channel = new BroadcastChannel(name);
  // Not AbortSignal.any, which browsers of 2023 do not have.
  const either = new AbortController();
  const abort = (): void => either.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const tell = (notice: Notice): void => channel.postMessage(notice);
  let isLeading = false;
  let hasBegun = false;

  const take = async ({ kind, cursor, change, reminder }: Notice): Promise<void> => {
    if (isLeading) {
      if (kind === 'hello' && follower.cursor() !== undefined) tell({ kind: 'at', cursor: follower.cursor() });
      return;
    }
    if (kind === 'change') {
      if (change !== undefined && hasBegun) await follower.change(change, cursor);
    } else if (kind === 'reminder') {
      if (reminder !== undefined && hasBegun) await follower.reminder(reminder, cursor);
    } else if (kind === 'lost') {
      await follower.lost();
    } else if (cursor !== undefined && (kind === 'start' || (kind === 'at' && !hasBegun))) {
      hasBegun = true;
      if (kind === 'at' && follower.cursor() !== undefined) await catchUp(follower, calls, signal);
      else await follower.start(cursor);
    }
  };
  let taken = Promise.resolve();
  channel.onmessage = ({ data }: MessageEvent) => {
    taken = taken.then(() => take(data as Notice)).catch((error) => either.abort(error));
  };

  try {
    tell({ kind: 'hello' });
    await locks.request(name, { signal: either.signal }, async () => {
      await taken;
      isLeading = true;
      await follow(announcing(follower, tell), calls, { ...options, signal: either.signal });
    });
  } finally {
    channel.close();
    signal.removeEventListener('abort', abort);
  }
};

const isBrowser = (): boolean => 'document' in globalThis;

/** Follows the changes until the signal is aborted. @throws what ends it otherwise */
export const subscribe = async (
  onChange: ChangeListener,
  options: SubscribeOptions,
  calls: FollowCalls,
  client: FollowOptions['client'],
): Promise<void> => {
  const { signal = new AbortController().signal, pollInterval = defaultPollInterval, share = isBrowser() } = options;
  const follower = makeFollower(onChange, options);
  try {
    signal.throwIfAborted();
    const first = await calls.token();
    const user = userOf(first);
    const token = async (): Promise<string | undefined> => {
      const current = await calls.token();
      if (user !== undefined && userOf(current) !== user) throw otherUser('This subscription follows');
      return current;
    };
    const following = { client, pollInterval, signal };
    const locks = webLocks();
    // An opaque token does not say whose it is. Its text is no name to share.
    const owner = first === undefined ? '' : user;
    if (!share || owner === undefined || locks === undefined || typeof BroadcastChannel === 'undefined') {
      await follow(follower, { ...calls, token }, following);
    } else {
      const name = `taskward ${client.baseUrl} ${owner}`;
      await followTogether(name, locks, follower, { ...calls, token }, following);
    }
  } catch (error) {
    if (!signal.aborted) throw error instanceof Thrown ? error.error : error;
  }
};

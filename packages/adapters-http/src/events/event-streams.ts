import type { ServerResponse } from 'node:http';
import type { UserId } from '@taskward/domain';
import { HttpError } from '../errors/http-error.ts';
import { type EventStream, makeEventStream, type StreamTimes } from './event-stream.ts';

/** Counts of event streams. */
export interface StreamCounts {
  openStreams: number;
  /** Streams that were refused because all users together had too many. */
  readonly shed: { streams: number };
}

/** How many event streams may be open, and their times. */
export interface StreamLimits {
  /** Of all users; 2 000 if not given. */
  readonly maxStreams?: number | undefined;
  /** By default a comment after 25 s, 5 s of waiting for room, 30 s without progress. */
  readonly streamTimes?: StreamTimes | undefined;
}

/** The open event streams of this process. */
export interface EventStreams {
  /**
   * Opens a stream of a user.
   * @param validUntil the last moment at which the user's token is accepted, in milliseconds since 1970
   * @throws HttpError `rate/limited` if the user has too many, `server/overloaded` if all users together have
   */
  open(user: UserId, response: ServerResponse, validUntil: number): EventStream;
  /** Ends all streams, and from then on each new one. Clients connect again after their time to retry. */
  end(): void;
}

/** How many streams one user may have open. */
export const maxStreamsOfOne = 6;
const checkMilliseconds = 1_000;
const defaultTimes: StreamTimes = { heartbeat: 25_000, lag: 5_000, stall: 30_000 };
const retryMilliseconds = { min: 2_000, max: 5_000 };

const tooManyOfUser = () =>
  new HttpError(
    'rate/limited',
    `You have ${maxStreamsOfOne} event streams open, as many as one user may. Close one of them, or share one among your tabs.`,
    { headers: { 'retry-after': '5' } },
  );

const tooManyOfAll = () =>
  new HttpError(
    'server/overloaded',
    'The server has as many event streams as it can serve. Ask for the changes from time to time, or try again later.',
    { headers: { 'retry-after': '30' } },
  );

/** Returns the field that tells a client when to connect again. It is random, so that not all of them do so at once. */
export const retryField = (): string => {
  const { min, max } = retryMilliseconds;
  return `retry: ${Math.round(min + Math.random() * (max - min))}\n`;
};

/** Makes the set of open event streams. One timer serves all of them, and runs only while there are any. */
export const makeEventStreams = (
  { maxStreams = 2_000, streamTimes: times = defaultTimes }: StreamLimits,
  counts: StreamCounts,
): EventStreams => {
  const open = new Set<EventStream>();
  const countOf = new Map<UserId, number>();
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;

  const check = () => {
    const now = Date.now();
    for (const stream of open) stream.check(now);
  };
  const acquire = (user: UserId) => {
    const theirs = countOf.get(user) ?? 0;
    if (theirs >= maxStreamsOfOne) throw tooManyOfUser();
    if (open.size >= maxStreams) {
      counts.shed.streams += 1;
      throw tooManyOfAll();
    }
    countOf.set(user, theirs + 1);
  };
  const release = (user: UserId) => {
    const left = (countOf.get(user) ?? 1) - 1;
    if (left > 0) countOf.set(user, left);
    else countOf.delete(user);
    if (open.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const endWithRetry = (stream: EventStream) => stream.end(`${retryField()}\n`);

  return {
    open(user, response, validUntil) {
      acquire(user);
      const stream = makeEventStream(response, { times, validUntil });
      stream.onClose(() => {
        open.delete(stream);
        counts.openStreams = open.size;
        release(user);
      });
      open.add(stream);
      counts.openStreams = open.size;
      timer ??= setInterval(check, Math.min(checkMilliseconds, times.heartbeat)).unref();
      if (hasEnded) endWithRetry(stream);
      return stream;
    },
    end() {
      hasEnded = true;
      for (const stream of open) endWithRetry(stream);
    },
  };
};

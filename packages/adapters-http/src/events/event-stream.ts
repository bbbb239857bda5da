import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** Times of a stream, in milliseconds. */
export interface StreamTimes {
  /** After how long without an event a comment is sent, so that no proxy takes the connection for dead. */
  readonly heartbeat: number;
  /** How long an event may wait for room. */
  readonly lag: number;
  /** After how long without progress the connection is destroyed. */
  readonly stall: number;
}

/** One stream of Server-Sent Events. */
export interface EventStream {
  /** What is sent as the response's body. */
  readonly body: Readable;
  /** Sends fields without an event, such as `retry` and `id`. */
  send(text: string): void;
  /** Sends an event when there is room for it. @returns `false` if there was none in time, or the stream has ended */
  sendEvent(event: string): Promise<boolean>;
  /** Sends what is given and ends the response. */
  end(text: string): void;
  /** Calls a function once the response is sent or its connection is closed: at once, if it is already. */
  onClose(listener: () => void): void;
  /** Gives the stream up: nothing is sent on it any more. */
  close(): void;
  /** Does what is due: a comment, the end with the token, the end of a connection that makes no progress. */
  check(now: number): void;
}

const maxUnsentBytes = 64 * 1024;
// The last event of a stream must have room, too.
const reservedBytes = 1024;
const roomCheckMilliseconds = 20;
const comment = ':\n\n';

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

/** Formats an event. @param id what a client sends as `Last-Event-ID` to go on after it; '' if it is to forget its id */
export const toEvent = (event: string, data: unknown, id?: string): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/**
 * Makes a stream over a response.
 * @param validUntil the last moment at which the client's token is accepted, in milliseconds since 1970
 */
export const makeEventStream = (
  response: ServerResponse,
  { times, validUntil }: { times: StreamTimes; validUntil: number },
): EventStream => {
  const body = new Readable({ read() {} });
  const listeners: (() => void)[] = [];
  let isClosed = false;
  let hasEnded = false;
  let pushed = 0;
  let sent = 0;
  let lastEvent = Date.now();
  let lastProgress = lastEvent;

  const unsent = () => body.readableLength + response.writableLength;
  const push = (text: string) => {
    const bytes = Buffer.from(text);
    if (unsent() === 0) lastProgress = Date.now();
    lastEvent = Date.now();
    pushed += bytes.length;
    body.push(bytes);
  };
  const end = (text: string) => {
    if (hasEnded) return;
    hasEnded = true;
    lastProgress = Date.now();
    body.push(text);
    body.push(null);
  };
  const hasRoomFor = (bytes: number) => unsent() + bytes <= maxUnsentBytes - reservedBytes;
  const hasStalled = (now: number): boolean => {
    const waiting = unsent();
    const isMoving = waiting === 0 || pushed - waiting > sent;
    sent = pushed - waiting;
    // What has ended gets no more time, however slowly it moves.
    if (isMoving && !hasEnded) lastProgress = now;
    return now - lastProgress > times.stall;
  };

  const close = () => {
    if (isClosed) return;
    isClosed = true;
    hasEnded = true;
    body.destroy();
    for (const listener of listeners) listener();
  };
  response.once('close', close);

  return {
    body,
    end,
    close,
    onClose(listener) {
      if (isClosed) listener();
      else listeners.push(listener);
    },
    send(text) {
      if (!hasEnded) push(text);
    },
    async sendEvent(event) {
      const bytes = Buffer.byteLength(event);
      for (const deadline = Date.now() + times.lag; !hasRoomFor(bytes); await pause(roomCheckMilliseconds)) {
        if (hasEnded || Date.now() > deadline) return false;
      }
      if (!hasEnded) push(event);
      return !hasEnded;
    },
    check(now) {
      // It does not tell who comes after its end.
      if (response.destroyed) close();
      else if (hasStalled(now)) response.destroy();
      else if (now > validUntil) end(toEvent('expired', { message: 'The token has expired. Connect with a new one.' }));
      else if (!hasEnded && now - lastEvent >= times.heartbeat && unsent() === 0) push(comment);
    },
  };
};

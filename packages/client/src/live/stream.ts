import { redirected, TaskwardError, tooLarge, toTaskwardError, unreachable } from '../errors.ts';
import type { TaskwardClientOptions } from '../options.ts';
import { isRedirect } from '../transport/exchange.ts';
import { abortable } from '../transport/signals.ts';
import { makeEventParser, type ServerEvent } from './event-parser.ts';

/** How a stream ended: as the server said, or `cut`; `silent` if nothing has come from it. */
export interface StreamEnd {
  readonly reason: 'reset' | 'expired' | 'lag' | 'cut' | 'silent';
  /** Whether something came from it. */
  readonly hasOpened: boolean;
  /** Milliseconds to wait before connecting again, if the server has said so. */
  readonly retry: number | undefined;
}

/** Takes what a stream sends. */
export interface StreamListener {
  /** Called first. @param cursor where the stream goes on */
  opened(cursor: string): Promise<void>;
  event(event: ServerEvent): Promise<void>;
}

const defaultTimeout = 30_000;
const defaultMaxBytes = 16 * 1024 * 1024;
const lastEvents = ['reset', 'expired', 'lag'] as const;

/** Ends the wait for something that does not come. */
const makeWatchdog = (end: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    wait(milliseconds: number) {
      stop();
      if (Number.isFinite(milliseconds)) timer = setTimeout(end, milliseconds);
    },
  };
};

const check = async (response: Response, url: string): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
  const { status, headers, body } = response;
  if (isRedirect(response)) throw redirected(url, status, headers.get('location') ?? undefined);
  const isStream = headers.get('content-type')?.startsWith('text/event-stream');
  if (status !== 200 || !isStream) throw toTaskwardError({ url, status, headers, text: await response.text() });
  // Some implementations of `fetch` cannot stream, such as React Native's.
  if (typeof body?.getReader !== 'function') throw toTaskwardError({ url, status: 501, headers, text: '' });
  return body.getReader();
};

/**
 * Follows a stream of events until it ends. It is silent if nothing comes within a third of the client's timeout: some
 * proxies keep what they get. It is cut if nothing, not even a comment, comes within twice the timeout.
 * @throws TaskwardError if there is no stream; what the listener throws; the signal's reason
 */
export const followStream = async (
  url: string,
  headers: Record<string, string>,
  listener: StreamListener,
  { fetch = (...request) => globalThis.fetch(...request), timeout = defaultTimeout, ...rest }: TaskwardClientOptions,
  signal: AbortSignal,
): Promise<StreamEnd> => {
  const { maxResponseBytes = defaultMaxBytes } = rest;
  const parser = makeEventParser();
  const decoder = new TextDecoder();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  const watchdog = makeWatchdog(() => controller.abort());
  let hasOpened = false;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const ended = (reason: StreamEnd['reason']): StreamEnd => ({ reason, hasOpened, retry: parser.retry() });

  const connect = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const response = await fetch(url, {
      ...{ method: 'GET', headers, signal: controller.signal, redirect: 'manual', cache: 'no-store' },
      ...(headers.authorization === undefined && { credentials: 'include' as const }),
    });
    return check(response, url);
  };

  /** Returns the next text; `undefined` at the end. */
  const next = async (): Promise<string | undefined> => {
    watchdog.wait(hasOpened ? 2 * timeout : timeout / 3);
    try {
      // Some implementations of `fetch` do not heed the signal.
      reader ??= await abortable(connect(), controller.signal);
      const { done, value } = await abortable(reader.read(), controller.signal);
      return done ? undefined : decoder.decode(value, { stream: true });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TaskwardError) throw error;
      if (reader === undefined && !controller.signal.aborted) throw unreachable(url, error);
      return undefined;
    } finally {
      watchdog.stop();
    }
  };

  signal.throwIfAborted();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const text = await next();
      if (text === undefined) return ended(hasOpened || !controller.signal.aborted ? 'cut' : 'silent');
      const events = parser.read(text);
      const cursor = events[0]?.id ?? parser.lastId();
      if (!hasOpened && cursor !== '') {
        hasOpened = true;
        await listener.opened(cursor);
      }
      for (const event of events) {
        const last = lastEvents.find((one) => one === event.type);
        if (last !== undefined) return ended(last);
        await listener.event(event);
      }
      if (parser.pending() > maxResponseBytes) throw tooLarge(url, 200, maxResponseBytes);
    }
  } finally {
    signal.removeEventListener('abort', abort);
    controller.abort();
    reader?.cancel().catch(() => {});
  }
};

import { redirected, TaskwardError, timedOut, tooLarge, unreachable } from '../errors.ts';
import type { TaskwardClientOptions } from '../options.ts';
import type { RawResponse } from './raw-response.ts';
import { abortable } from './signals.ts';

/**
 * Sends one request and reads its response.
 * @returns the response; or a TaskwardError if there is none, or it cannot be read
 * @throws the signal's reason when it is aborted
 */
export type Exchange = (
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
) => Promise<RawResponse | TaskwardError>;

const defaultTimeout = 30_000;
const defaultMaxResponseBytes = 16 * 1024 * 1024;
// The maximum of setTimeout; a longer timer fires at once.
const maxTimeout = 2_147_483_647;

const redirects = [301, 302, 303, 307, 308];

/** Whether it is a redirect. Browsers return an opaque response, and a custom `fetch` may have followed it. */
export const isRedirect = ({ status, type, redirected }: Response): boolean =>
  redirects.includes(status) || type === 'opaqueredirect' || redirected;

/** Reads the body as text. @throws TaskwardError if it is larger than `limit` bytes; the rest is not read */
const readText = async (response: Response, url: string, limit: number, signal: AbortSignal): Promise<string> => {
  const { body, headers } = response;
  const overLimit = (): TaskwardError => tooLarge(url, response.status, limit);
  if (Number(headers.get('content-length')) > limit) {
    body?.cancel().catch(() => {});
    throw overLimit();
  }
  // Some implementations of `fetch` cannot stream, such as React Native's.
  if (typeof body?.getReader !== 'function') {
    const text = await response.text();
    if (text.length > limit) throw overLimit();
    return text;
  }
  const reader = body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      cancel();
      throw overLimit();
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** Creates an exchange with the client's limits of time and size. It follows no redirects. */
export const makeExchange = (options: TaskwardClientOptions): Exchange => {
  const { timeout = defaultTimeout, maxResponseBytes = defaultMaxResponseBytes } = options;
  // Looked up for each request: polyfills and mocks often replace the global fetch later.
  const fetch = options.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));

  const exchange = async (url: string, init: RequestInit, signal: AbortSignal): Promise<RawResponse> => {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const { status, headers } = response;
    if (isRedirect(response)) {
      response.body?.cancel().catch(() => {});
      const target = response.redirected ? response.url : headers.get('location');
      throw redirected(url, status, target || undefined);
    }
    return { url, status, headers, text: await readText(response, url, maxResponseBytes, signal) };
  };

  return async (url, init, signal) => {
    signal?.throwIfAborted();
    const controller = new AbortController();
    const abort = (): void => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const timer =
      timeout <= maxTimeout ? setTimeout(() => controller.abort(timedOut(url, timeout)), timeout) : undefined;
    try {
      return await abortable(exchange(url, init, controller.signal), controller.signal);
    } catch (error) {
      signal?.throwIfAborted();
      return error instanceof TaskwardError ? error : unreachable(url, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  };
};

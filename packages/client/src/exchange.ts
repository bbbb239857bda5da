import { redirected, TaskwardError, timedOut, tooLarge, unreachable } from './errors.ts';
import type { TaskwardClientOptions } from './options.ts';
import type { RawResponse } from './raw-response.ts';
import { abortable } from './signals.ts';

/**
 * Sends one request and reads its answer.
 * @returns the answer; or a TaskwardError where there is none, or none to be read
 * @throws the signal's reason when it is aborted
 */
export type Exchange = (
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
) => Promise<RawResponse | TaskwardError>;

const defaultTimeout = 30_000;
const defaultMaxResponseBytes = 16 * 1024 * 1024;
// What a timer can hold; a longer one would end at once.
const longestTimeout = 2_147_483_647;

const redirects = [301, 302, 303, 307, 308];

/** Whether it is a redirect: browsers show none but an opaque one, and a `fetch` of the caller's may follow it. */
const isRedirect = ({ status, type, redirected }: Response): boolean =>
  redirects.includes(status) || type === 'opaqueredirect' || redirected;

/** The body as text. @throws TaskwardError when it is larger than so many bytes; then the rest is not read */
const readText = async (response: Response, url: string, limit: number, signal: AbortSignal): Promise<string> => {
  const { body, headers } = response;
  const give = (): TaskwardError => tooLarge(url, response.status, limit);
  if (Number(headers.get('content-length')) > limit) {
    body?.cancel().catch(() => {});
    throw give();
  }
  // Not every `fetch` can stream: React Native's cannot.
  if (typeof body?.getReader !== 'function') {
    const text = await response.text();
    if (text.length > limit) throw give();
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
      throw give();
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** Makes an exchange with the client's bounds of time and size, which follows no redirect. */
export const makeExchange = (options: TaskwardClientOptions): Exchange => {
  const { timeout = defaultTimeout, maxResponseBytes = defaultMaxResponseBytes } = options;
  // Looked up at each request: what stands in for the platform's fetch is often put there later.
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
    const leave = (): void => controller.abort(signal?.reason);
    signal?.addEventListener('abort', leave, { once: true });
    const timer =
      timeout <= longestTimeout ? setTimeout(() => controller.abort(timedOut(url, timeout)), timeout) : undefined;
    try {
      return await abortable(exchange(url, init, controller.signal), controller.signal);
    } catch (error) {
      signal?.throwIfAborted();
      return error instanceof TaskwardError ? error : unreachable(url, error);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    }
  };
};

import { errorBodyOf, retryAfterOf, type TaskwardError } from '../errors.ts';
import type { RetryOptions } from '../options.ts';
import type { RawResponse } from './raw-response.ts';

// Proxies send 502 and 504 when they lose the API in the middle of a request; repeating is safe after these, too.
const transientStatuses = [429, 502, 503, 504];

/** Whether the same request may succeed in a moment. */
export const isTransient = (reply: RawResponse): boolean =>
  transientStatuses.includes(reply.status) ||
  (reply.status === 409 && errorBodyOf(reply)?.code === 'idempotency/in-flight');

/** Whether the request got no response, so that repeating it may help. */
export const isLost = ({ code }: TaskwardError): boolean => code === 'client/unreachable' || code === 'client/timeout';

/** Whether it is unknown if the server applied the request. */
export const isUnsure = ({ status }: RawResponse): boolean => status === 502 || status === 504;

/**
 * Returns the milliseconds to wait before the next attempt: exponential backoff with jitter, so that clients which fail
 * together do not retry together, and never less than `Retry-After`. `undefined` if that exceeds `maxDelay`.
 */
export const delayOf = (
  attempt: number,
  headers: Headers | undefined,
  { minDelay = 250, maxDelay = 10_000 }: RetryOptions,
): number | undefined => {
  const requested = 1000 * ((headers && retryAfterOf(headers)) ?? 0);
  if (requested > maxDelay) return undefined;
  const backoff = Math.min(maxDelay, minDelay * 2 ** (attempt - 1));
  return Math.max(requested, backoff * (1 - Math.random() / 2));
};

import { errorBodyOf, retryAfterOf, type TaskwardError } from './errors.ts';
import type { RetryOptions } from './options.ts';
import type { RawResponse } from './raw-response.ts';

// 502 and 504 come from proxies that lost the API in the middle of it; repeating is safe after these as well.
const passing = [429, 502, 503, 504];

/** Whether an answer says that the same request can do better in a moment. */
export const isPassing = (reply: RawResponse): boolean =>
  passing.includes(reply.status) || (reply.status === 409 && errorBodyOf(reply)?.code === 'idempotency/in-flight');

/** Whether a request got no answer, so that the same one may get one. */
export const isLost = ({ code }: TaskwardError): boolean => code === 'client/unreachable' || code === 'client/timeout';

/** Whether an answer leaves open if the request was carried out. */
export const isUnsure = ({ status }: RawResponse): boolean => status === 502 || status === 504;

/**
 * The milliseconds to wait before a repetition: doubling, by chance up to half less, so that clients that were cut off
 * together do not come back together, and never less than `Retry-After`. `undefined` when that would be too long.
 */
export const delayOf = (
  attempt: number,
  headers: Headers | undefined,
  { minDelay = 250, maxDelay = 10_000 }: RetryOptions,
): number | undefined => {
  const asked = 1000 * ((headers && retryAfterOf(headers)) ?? 0);
  if (asked > maxDelay) return undefined;
  const backoff = Math.min(maxDelay, minDelay * 2 ** (attempt - 1));
  return Math.max(asked, backoff * (1 - Math.random() / 2));
};

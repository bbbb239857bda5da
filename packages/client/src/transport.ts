import { makeCredentials, ownerOf } from './credentials.ts';
import { TaskwardError } from './errors.ts';
import { makeExchange } from './exchange.ts';
import type { TaskwardClientOptions, WriteOptions } from './options.ts';
import type { RawResponse } from './raw-response.ts';
import { makeResponseCache } from './response-cache.ts';
import { delayOf, isLost, isPassing, isUnsure } from './retry.ts';
import { abortable, wait } from './signals.ts';

/** A request to be made, and if need be repeated. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/api` on, with the query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object | undefined;
  /** The revision that the task must still have. */
  readonly ifRevision?: number | undefined;
  /** Whether it needs an idempotency key: to repeat it after a lost answer would do it twice, or fail. */
  readonly needsKey?: boolean;
  readonly options?: WriteOptions | undefined;
}

/** What came back in the end. */
export interface Reply extends RawResponse {
  /** Whether an attempt before this one may have been carried out without an answer getting through. */
  readonly repeatedUnsure: boolean;
}

/** Sends calls. @throws TaskwardError `client/unreachable` where no attempt got an answer */
export type Transport = (call: Call) => Promise<Reply>;

type Outcome = RawResponse | TaskwardError;

const cacheSize = 100;

// A browser has randomUUID on secure pages only, and Node 18 not at all. Keys need to differ, not to be secret.
const newKey = (): string =>
  globalThis.crypto?.randomUUID?.() ??
  [Date.now(), Math.random(), Math.random()].map((part) => part.toString(36).replace('0.', '')).join('-');

/** The headers that all attempts of a call share; above all the key, if any, by which the server knows them for one. */
const headersOf = ({ body, ifRevision, needsKey, options }: Call): Record<string, string> => {
  const key = options?.idempotencyKey ?? (needsKey ? newKey() : undefined);
  return {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(ifRevision !== undefined && { 'if-match': `"${ifRevision}"` }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
};

/** Makes a transport that signs in, remembers what it read, and repeats what may do better the next time. */
export const makeTransport = (options: TaskwardClientOptions): Transport => {
  const { retry = {}, cache = true } = options;
  const { attempts = 4 } = retry;
  const exchange = makeExchange(options);
  const credentials = makeCredentials(options.token);
  const responseCache = makeResponseCache(cache ? cacheSize : 0);

  const attempt = async (call: Call, shared: Record<string, string>, token: string | undefined): Promise<Outcome> => {
    const url = options.baseUrl.replace(/\/+$/, '') + call.path;
    // Without a token nothing says whose answer it is, so nothing is remembered.
    const key = call.method === 'GET' && token !== undefined ? `${ownerOf(token)} ${url}` : undefined;
    const cached = key === undefined ? undefined : responseCache.get(key);
    const init: RequestInit = {
      method: call.method,
      // Made before it is sent: a value that no header may have is a mistake, and no failure of the network.
      headers: new Headers({
        ...shared,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cached && { 'if-none-match': cached.etag }),
      }),
      // Caches between here and the API do not know one user's answers from another's.
      cache: 'no-store',
      ...(token === undefined && { credentials: 'include' }),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    };
    const outcome = await exchange(url, init, call.options?.signal);
    if (outcome instanceof TaskwardError) return outcome;
    if (outcome.status === 304 && cached) return { ...outcome, status: 200, text: cached.text };
    const etag = outcome.headers.get('etag');
    if (outcome.status === 200 && key !== undefined && etag !== null)
      responseCache.set(key, { etag, text: outcome.text });
    return outcome;
  };

  return async (call) => {
    const signal = call.options?.signal;
    const shared = headersOf(call);
    signal?.throwIfAborted();
    let token = await abortable(credentials.current(), signal);
    let { renew } = credentials;
    let repeatedUnsure = false;

    const attemptWithToken = async (): Promise<Outcome> => {
      const outcome = await attempt(call, shared, token);
      if (renew === undefined || outcome.status !== 401) return outcome;
      token = await abortable(renew(), signal);
      renew = undefined;
      return attempt(call, shared, token);
    };

    for (let count = 1; ; count += 1) {
      signal?.throwIfAborted();
      const outcome = await attemptWithToken();
      const isResponse = !(outcome instanceof TaskwardError);
      const mayDoBetter = isResponse ? isPassing(outcome) : isLost(outcome);
      const delay =
        mayDoBetter && count < attempts ? delayOf(count, isResponse ? outcome.headers : undefined, retry) : undefined;
      if (delay === undefined) {
        if (!isResponse) throw outcome;
        return { ...outcome, repeatedUnsure };
      }
      repeatedUnsure ||= !isResponse || isUnsure(outcome);
      await wait(delay, signal);
    }
  };
};

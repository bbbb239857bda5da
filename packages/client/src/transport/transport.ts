import { TaskwardError } from '../errors.ts';
import type { TaskwardClientOptions, WriteOptions } from '../options.ts';
import { type Credentials, ownerOf } from './credentials.ts';
import { makeExchange } from './exchange.ts';
import type { RawResponse } from './raw-response.ts';
import { makeResponseCache } from './response-cache.ts';
import { delayOf, isLost, isTransient, isUnsure } from './retry.ts';
import { abortable, wait } from './signals.ts';

/** A request, which may take several attempts. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path from `/api` on, with the query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object | undefined;
  /** Sent as `If-Match`: the revision that the task must still have. */
  readonly ifRevision?: number | undefined;
  /** Whether it needs an idempotency key: repeating it after a lost response would apply it twice, or fail. */
  readonly needsKey?: boolean;
  readonly options?: WriteOptions | undefined;
}

/** The response to the last attempt. */
export interface Reply extends RawResponse {
  /** Whether an earlier attempt may have been applied although its response was lost. */
  readonly repeatedUnsure: boolean;
}

/** Sends calls. @throws TaskwardError `client/unreachable` or `client/timeout` if no attempt got a response */
export type Transport = (call: Call) => Promise<Reply>;

type Outcome = RawResponse | TaskwardError;

const cacheSize = 100;

/** Returns a new idempotency key. */
// randomUUID exists in browsers on secure pages only, and not in Node 18. Keys must be unique, not secret.
export const newKey = (): string =>
  globalThis.crypto?.randomUUID?.() ??
  [Date.now(), Math.random(), Math.random()].map((part) => part.toString(36).replace('0.', '')).join('-');

/** Headers of every request: the contract, also of a server that is set to respond as another backend does. */
export const contractOnly = { prefer: 'handling=strict' };

/** Returns the headers that all attempts of a call share. With the same key, the server applies the call only once. */
const headersOf = ({ body, ifRevision, needsKey, options }: Call): Record<string, string> => {
  const key = options?.idempotencyKey ?? (needsKey ? newKey() : undefined);
  return {
    accept: 'application/json',
    ...contractOnly,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(ifRevision !== undefined && { 'if-match': `"${ifRevision}"` }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
};

/** Creates a transport that adds tokens, caches reads, and repeats requests that may succeed the next time. */
export const makeTransport = (options: TaskwardClientOptions, credentials: Credentials): Transport => {
  const { retry = {}, cache = true } = options;
  const { attempts = 4 } = retry;
  const exchange = makeExchange(options);
  const responseCache = makeResponseCache(cache ? cacheSize : 0);

  const attempt = async (call: Call, shared: Record<string, string>, token: string | undefined): Promise<Outcome> => {
    const url = options.baseUrl.replace(/\/+$/, '') + call.path;
    // Without a token the user is unknown, so nothing is cached.
    const key = call.method === 'GET' && token !== undefined ? `${ownerOf(token)} ${url}` : undefined;
    const cached = key === undefined ? undefined : responseCache.get(key);
    const init: RequestInit = {
      method: call.method,
      // Created outside `exchange`: an invalid header value is a programming error, not a network failure.
      headers: new Headers({
        ...shared,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cached && { 'if-none-match': cached.etag }),
      }),
      // HTTP caches would not separate the responses of different users.
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
      const mayRetry = isResponse ? isTransient(outcome) : isLost(outcome);
      const delay =
        mayRetry && count < attempts ? delayOf(count, isResponse ? outcome.headers : undefined, retry) : undefined;
      if (delay === undefined) {
        if (!isResponse) throw outcome;
        return { ...outcome, repeatedUnsure };
      }
      repeatedUnsure ||= !isResponse || isUnsure(outcome);
      await wait(delay, signal);
    }
  };
};

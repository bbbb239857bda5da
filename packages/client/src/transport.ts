import { makeCredentials, ownerOf } from './credentials.ts';
import { TaskwardError, unreachable } from './errors.ts';
import { makeMemory } from './memory.ts';
import type { TaskwardClientOptions, WriteOptions } from './options.ts';
import { delayOf, isPassing, isUnsure, wait } from './retry.ts';

/** A request to be made, and if need be repeated. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From `/api` on, with the query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object | undefined;
  /** The revision that the task must still have. */
  readonly ifRevision?: number | undefined;
  readonly options?: WriteOptions | undefined;
}

/** What came back. */
export interface Answered {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What came back in the end. */
export interface Reply extends Answered {
  /** Whether an attempt before this one may have been carried out without an answer getting through. */
  readonly repeatedUnsure: boolean;
}

/** Sends calls. @throws TaskwardError `client/unreachable` where no attempt got an answer */
export type Transport = (call: Call) => Promise<Reply>;

type Outcome = Answered | TaskwardError;

const rememberedAnswers = 100;

// A browser has randomUUID on secure pages only, and Node 18 not at all. Keys need to differ, not to be secret.
const newKey = (): string =>
  globalThis.crypto?.randomUUID?.() ??
  [Date.now(), Math.random(), Math.random()].map((part) => part.toString(36).replace('0.', '')).join('-');

/** The headers that all attempts of a call share; above all the key by which the server knows them for one. */
const headersOf = ({ method, body, ifRevision, options }: Call): Record<string, string> => ({
  accept: 'application/json',
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(ifRevision !== undefined && { 'if-match': `"${ifRevision}"` }),
  ...((method === 'POST' || method === 'PATCH') && { 'idempotency-key': options?.idempotencyKey ?? newKey() }),
});

/** Makes a transport that signs in, remembers what it read, and repeats what may do better the next time. */
export const makeTransport = (options: TaskwardClientOptions): Transport => {
  const { retry = {}, cache = true } = options;
  const { attempts = 4 } = retry;
  // Looked up at each request: what stands in for the platform's fetch is often put there later.
  const fetch = options.fetch ?? ((url: string, init: RequestInit) => globalThis.fetch(url, init));
  const credentials = makeCredentials(options.token);
  const memory = makeMemory(cache ? rememberedAnswers : 0);

  const attempt = async (call: Call, shared: Record<string, string>, token: string | undefined): Promise<Outcome> => {
    const url = options.baseUrl.replace(/\/+$/, '') + call.path;
    // Without a token nothing says whose answer it is, so nothing is remembered.
    const key = call.method === 'GET' && token !== undefined ? `${ownerOf(token)} ${url}` : undefined;
    const remembered = key === undefined ? undefined : memory.get(key);
    const init: RequestInit = {
      method: call.method,
      // Made before it is sent: a value that no header may have is a mistake, and no failure of the network.
      headers: new Headers({
        ...shared,
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(remembered && { 'if-none-match': remembered.etag }),
      }),
      // Caches between here and the API do not know one user's answers from another's.
      cache: 'no-store',
      ...(token === undefined && { credentials: 'include' }),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.options?.signal && { signal: call.options.signal }),
    };
    try {
      const response = await fetch(url, init);
      const { status, headers } = response;
      const text = await response.text();
      if (status === 304 && remembered) return { url, status: 200, headers, text: remembered.text };
      const etag = headers.get('etag');
      if (status === 200 && key !== undefined && etag !== null) memory.set(key, { etag, text });
      return { url, status, headers, text };
    } catch (error) {
      call.options?.signal?.throwIfAborted();
      return unreachable(url, error);
    }
  };

  return async (call) => {
    const signal = call.options?.signal;
    const shared = headersOf(call);
    let token = await credentials.current();
    let { renew } = credentials;
    let repeatedUnsure = false;

    const attemptSignedIn = async (): Promise<Outcome> => {
      const outcome = await attempt(call, shared, token);
      if (renew === undefined || outcome.status !== 401) return outcome;
      token = await renew();
      renew = undefined;
      signal?.throwIfAborted();
      return attempt(call, shared, token);
    };

    for (let count = 1; ; count += 1) {
      signal?.throwIfAborted();
      const outcome = await attemptSignedIn();
      const isAnswer = !(outcome instanceof TaskwardError);
      const delay = delayOf(count, isAnswer ? outcome.headers : undefined, retry);
      const isLast = count >= attempts || delay === undefined;
      if (isAnswer && (isLast || !isPassing(outcome))) return { ...outcome, repeatedUnsure };
      if (isLast) throw outcome;
      repeatedUnsure ||= !isAnswer || isUnsure(outcome);
      await wait(delay, signal);
    }
  };
};

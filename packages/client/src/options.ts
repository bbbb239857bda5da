/**
 * Returns the JWT of the user, or `undefined` if a cookie holds it. Called before each request, so it should cache the
 * token; with `refresh: true` the server has rejected the last token, and the provider must fetch a new one.
 */
export type TokenProvider = (request: {
  readonly refresh: boolean;
}) => string | undefined | Promise<string | undefined>;

/** How often and how patiently a request is repeated. */
export interface RetryOptions {
  /** How often a request is sent at most: 4 if not given, 1 to never repeat. */
  readonly attempts?: number;
  /** Milliseconds before the first repetition, twice as many before each further one: 250 if not given. */
  readonly minDelay?: number;
  /** The most milliseconds to wait: 10 000 if not given. Where `Retry-After` asks for more, the refusal is thrown. */
  readonly maxDelay?: number;
}

/** What a client is made from. */
export interface TaskwardClientOptions {
  /** Where the API is, without `/api/tasks`: `https://api.example.com`, or in a browser also `''` or a path. */
  readonly baseUrl: string;
  /** The JWT, or what gives it. Without one, the browser sends the cookie that `AUTH_COOKIE` names on the server. */
  readonly token?: string | TokenProvider;
  /** What to send requests with: the platform's `fetch` if not given. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether to remember reads and ask only whether they still hold: `true` if not given. */
  readonly cache?: boolean;
  readonly retry?: RetryOptions;
  /** Milliseconds that an attempt may take until its answer is read: 30 000 if not given, `Infinity` for no bound. */
  readonly timeout?: number;
  /** The largest answer to be read, in bytes: 16 MiB if not given. */
  readonly maxResponseBytes?: number;
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call, also while it waits to be repeated; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What calls that write take. */
export interface WriteOptions extends CallOptions {
  /**
   * 1–255 printable ASCII characters. Keep one to repeat a call after a restart. If none is given, the client makes one
   * for each call that is not harmless to repeat.
   */
  readonly idempotencyKey?: string;
}

/** What calls that are about a task which was answered before must be told. */
export interface IfUnchanged {
  /**
   * `true` to write only if nobody has changed the task since it was answered, else the write is refused with
   * `task/stale`; `false` to write in any case, as with its id.
   */
  readonly ifUnchanged: boolean;
}

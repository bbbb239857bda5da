/**
 * Returns the JWT of the user, or `undefined` if a cookie holds it. Called before each request, so it should cache the
 * token; with `refresh: true` the server has rejected the last token, and the provider must fetch a new one.
 */
export type TokenProvider = (request: {
  readonly refresh: boolean;
}) => string | undefined | Promise<string | undefined>;

/** How often a failed request is repeated, and after which delays. */
export interface RetryOptions {
  /** Maximum number of attempts: 4 by default, 1 to never repeat. */
  readonly attempts?: number;
  /** Milliseconds before the first repetition, doubled before each further one: 250 by default. */
  readonly minDelay?: number;
  /** Maximum delay in milliseconds: 10 000 by default. If `Retry-After` is longer, the error is thrown at once. */
  readonly maxDelay?: number;
}

/** The options of a client. */
export interface TaskwardClientOptions {
  /** URL of the API without `/api/tasks`: `https://api.example.com`; in a browser also `''` or a path. */
  readonly baseUrl: string;
  /** The JWT, or a function that returns it. Without it, the browser sends the cookie that holds the token. */
  readonly token?: string | TokenProvider;
  /** Sends the requests: the platform's `fetch` by default. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Whether to cache reads and revalidate them with `If-None-Match`: `true` by default. */
  readonly cache?: boolean;
  readonly retry?: RetryOptions;
  /** Milliseconds for one attempt, including its body: 30 000 by default, `Infinity` for no limit. */
  readonly timeout?: number;
  /** Maximum size of a response body in bytes: 16 MiB by default. */
  readonly maxResponseBytes?: number;
}

/** The options of every call. */
export interface CallOptions {
  /** Aborts the call, also while it waits for a retry; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The options of calls that write. */
export interface WriteOptions extends CallOptions {
  /**
   * 1 to 255 printable ASCII characters. Store the key to repeat a call safely after a restart. By default, the client
   * creates one for each call that is not safe to repeat.
   */
  readonly idempotencyKey?: string;
}

/** The options of calls that pass a task instead of its id. */
export interface IfUnchanged {
  /**
   * `true` to write only if the task is unchanged, and reject with `task/stale` otherwise; `false` to write
   * unconditionally, as with an id.
   */
  readonly ifUnchanged: boolean;
}

/** The options of a completion. */
export interface OccurrenceOptions {
  /**
   * The `due_date` of the occurrence to complete. If the task is due on another one now, it rejects with
   * `task/occurrence-passed`: so two devices never complete two.
   */
  readonly occurrence?: string;
}

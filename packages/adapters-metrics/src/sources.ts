import type { TransactionStatistics } from '@taskward/owner-transactions';

/** What the HTTP server is doing, and counts since it was built. */
export interface HttpCounts {
  readonly inFlight: number;
  /** By what was at its limit. */
  readonly shed: Readonly<Record<string, number>>;
  /** By what is counted: a user or an address. */
  readonly rateLimited: Readonly<Record<string, number>>;
  /** By the outcome of the verification. */
  readonly tokens: Readonly<Record<string, number>>;
  readonly openStreams: number;
}

/** The events that other systems have not been sent yet. */
export interface WebhookQueue {
  readonly depth: number;
  /** The age of the oldest one, in seconds. */
  readonly oldestSeconds: number;
}

/** Where metrics are read from when they are scraped. */
export interface MetricsSources {
  http(): HttpCounts;
  transactions(): TransactionStatistics;
  /** When the key set was fetched last, in milliseconds since 1970. Absent: there is none. */
  readonly keySetFetchedAt?: (() => number | undefined) | undefined;
  /** Asks the database. It is called at most once in some seconds, and may reject. */
  webhookQueue(): Promise<WebhookQueue>;
}

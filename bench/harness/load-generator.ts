import type { PeerWork } from './options.ts';

/** What a load consists of. */
export interface Load {
  readonly url: string;
  readonly work: PeerWork | 'fixed';
  /** For `fixed` the requests, else the users: see users.ts. */
  readonly file: string;
  readonly ids: 'own' | 'global';
  readonly users: number;
  readonly tasks: number;
  readonly connections: number;
  /** Seconds. */
  readonly seconds: number;
  /** Picks the requests: the same seed, the same requests. */
  readonly seed: number;
}

/** What came of it. Latencies are in milliseconds. */
export interface Sample {
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly bytesPerResponse: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Answers with a status of 400 or more. */
  readonly badResponses: number;
  /** Connections that could not be made or broke, and answers that did not come within five seconds. */
  readonly socketErrors: number;
}

/** Sends requests, on every connection the next one as soon as the last is answered. */
export interface LoadGenerator {
  readonly title: string;
  drive(load: Load): Promise<Sample>;
}

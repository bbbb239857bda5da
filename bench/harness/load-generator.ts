import type { PeerWork } from './options.ts';

/** A load for a server. */
export interface Load {
  readonly url: string;
  readonly work: PeerWork | 'fixed';
  /** The path of the file with the requests of `fixed`, else with the users: see users.ts. */
  readonly file: string;
  readonly ids: 'own' | 'global';
  readonly users: number;
  readonly tasks: number;
  readonly connections: number;
  /** Seconds. */
  readonly seconds: number;
  /** The random seed: the same seed gives the same requests. */
  readonly seed: number;
}

/** The result of a load. Latencies are in milliseconds. */
export interface Sample {
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly bytesPerResponse: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Responses with a status of 400 or more. */
  readonly badResponses: number;
  /** Connections that failed or broke, and responses that took longer than five seconds. */
  readonly socketErrors: number;
}

/** Sends requests; on every connection the next one follows as soon as the previous response has arrived. */
export interface LoadGenerator {
  readonly title: string;
  drive(load: Load): Promise<Sample>;
}

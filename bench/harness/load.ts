import { join } from 'node:path';
import type { PeerWork } from './options.ts';
import { BenchError, run } from './processes.ts';

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

const script = join(import.meta.dirname, '../load.lua');
const patienceSeconds = 5;

const wrkArguments = (load: Load): string[] => [
  '--threads=1',
  `--connections=${load.connections}`,
  `--duration=${load.seconds}s`,
  `--timeout=${patienceSeconds}s`,
  `--script=${script}`,
  load.url,
  '--',
  ...[load.work, load.file, load.tasks, load.users, load.ids, load.seed].map(String),
];

const driveWithWrk = async (load: Load): Promise<Sample> => {
  const output = await run({ file: 'wrk', args: wrkArguments(load) });
  const [, json] = /^RESULT (.*)$/m.exec(output) ?? [];
  if (json === undefined) throw new BenchError(`wrk gave no result:\n${output}`);
  const result = JSON.parse(json) as Record<string, number>;
  const of = (name: string) => result[name] ?? 0;
  return {
    requestsPerSecond: of('requests') / (of('microseconds') / 1e6),
    requests: of('requests'),
    bytesPerResponse: of('requests') === 0 ? 0 : of('bytes') / of('requests'),
    p50: of('p50') / 1000,
    p99: of('p99') / 1000,
    max: of('max') / 1000,
    badResponses: of('badStatus'),
    socketErrors: of('socketErrors') + of('timeouts'),
  };
};

const findWrk = async (): Promise<string | undefined> => {
  // It prints its version, and fails for want of a URL.
  const output = await run({ file: 'wrk', args: ['--version'] }).catch((error: Error) => error.message);
  return /^wrk \S*?(\d[\w.+~-]*)/m.exec(output)?.[0];
};

/** wrk where it is installed, which takes the least from the servers; else autocannon, which comes with the benchmark. */
export const findLoadGenerator = async (): Promise<LoadGenerator> => {
  const wrk = await findWrk();
  if (wrk !== undefined) return { title: `${wrk}, one thread`, drive: driveWithWrk };
  const { makeAutocannon } = await import('./autocannon.ts');
  return makeAutocannon();
};

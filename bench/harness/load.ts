import { join } from 'node:path';
import type { Load, LoadGenerator, Sample } from './load-generator.ts';
import { isMix, mixes, mixText } from './mixes.ts';
import { BenchError, run } from './processes.ts';

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
  isMix(load.work) ? mixText(mixes[load.work]) : '-',
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
  // It prints its version and then fails, because there is no URL.
  const output = await run({ file: 'wrk', args: ['--version'] }).catch((error: Error) => error.message);
  return /^wrk \S*?(\d[\w.+~-]*)/m.exec(output)?.[0];
};

/** Returns wrk if it is installed, because it uses the least CPU, else autocannon, which comes with the benchmark. */
export const findLoadGenerator = async (): Promise<LoadGenerator> => {
  const wrk = await findWrk();
  if (wrk !== undefined) return { title: `${wrk}, one thread`, drive: driveWithWrk };
  const { makeAutocannon } = await import('./autocannon.ts');
  return makeAutocannon();
};

import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { anApiProcess as startApi } from '../support/processes/processes.ts';

const loadMilliseconds = 60_000;
const endMilliseconds = 30_000;

/**
 * How long a request may wait for Redis, and how long after its return counts may not be shared yet: a tenth of it where
 * the machine does nothing else, and for ever where something is wrong.
 */
export const maxResponseMilliseconds = 5_000;
export const backWithin = 60_000;

/** How often one user may call the processes of these tests in a minute. */
export const max = 20;

/** What a client saw of one call. */
export interface HttpResponse {
  readonly status: number;
  readonly remaining: number;
  readonly milliseconds: number;
}

/** An API in a process of its own, which counts calls. */
export interface ApiProcess {
  call(token?: string): Promise<HttpResponse>;
  /** Everything that it wrote. */
  output(): string;
  /** Tells it to end, and says how it did. */
  end(): Promise<{ code: number | null; signal: string | null; left: number[]; milliseconds: number }>;
}

/** The token of a user that no other test knows. */
export const aUsersToken = (): string => aToken({ sub: aUser() });

// Whoever the process started has its environment, and so the directory that was made for it alone.
const processesOf = async (directory: string): Promise<number[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')));
  return pids.filter((_, index) => environments[index]?.includes(directory)).map(Number);
};

/** Starts an API on a database, with the Redis at a URL. It is killed when the test ends, if it still runs. */
export const anApiProcess = async (t: Test, databaseUrl: string, redisUrl: string): Promise<ApiProcess> => {
  const started = await startApi(t, databaseUrl, { RATE_LIMIT_MAX: String(max), REDIS_URL: redisUrl });
  const url = `${started.url}/api/tasks`;
  return {
    async call(token) {
      const began = performance.now();
      const response = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
      const left = Number.parseInt(response.headers.get('ratelimit-remaining') ?? '', 10);
      return { status: response.status, remaining: left, milliseconds: performance.now() - began };
    },
    output: started.output,
    async end() {
      const began = performance.now();
      const ended = await started.end('SIGTERM');
      return { ...ended, left: await processesOf(started.directory), milliseconds: performance.now() - began };
    },
  };
};

/** Two processes of one API: the first has made the tables by the time that the second starts. */
export const twoProcesses = async (
  t: Test,
  databaseUrl: string,
  redisUrl: string,
): Promise<[ApiProcess, ApiProcess]> => [
  await anApiProcess(t, databaseUrl, redisUrl),
  await anApiProcess(t, databaseUrl, redisUrl),
];

/** How often each status came back. */
export const tally = (responses: readonly HttpResponse[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

export const slowest = (responses: readonly HttpResponse[]): number =>
  Math.round(Math.max(0, ...responses.map(({ milliseconds }) => milliseconds)));

/** Thirty calls of one user, one after the other, alternating between the given processes. */
export const thirtyCalls = async (processes: readonly ApiProcess[], token?: string): Promise<HttpResponse[]> => {
  const responses: HttpResponse[] = [];
  for (let n = 0; n < 30; n += 1) responses.push(await (processes[n % processes.length] as ApiProcess).call(token));
  return responses;
};

/** Calls the processes alternately, each time as a new user, until they share the count. @returns milliseconds */
export const untilShared = async ([one, other]: readonly [ApiProcess, ApiProcess], limit: number): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const token = aUsersToken();
    await one.call(token);
    const { remaining } = await other.call(token);
    const took = Math.round(performance.now() - began);
    if (remaining === max - 2 || took > limit) return took;
    await wait(50);
  }
};

/** Calls that go on until they are stopped. */
export interface Load {
  /** The responses within a time, and for as long after it as `least` responses take. */
  during(milliseconds: number, least: number): Promise<HttpResponse[]>;
  /** All responses. */
  stop(): Promise<HttpResponse[]>;
}

/**
 * Calls all processes from several clients at once until told to stop. Each call is of a user who has enough left,
 * also where every process counts alone, so anything but 200 is a fault.
 */
export const load = (processes: readonly ApiProcess[], clients = 8): Load => {
  const responses: HttpResponse[] = [];
  let running = true;
  const work = async (client: number) => {
    const process = processes[client % processes.length] as ApiProcess;
    for (let n = 0, token = ''; running; n += 1) {
      if (n % (max / 2) === 0) token = aUsersToken();
      responses.push(await process.call(token));
      await wait(5);
    }
  };
  const workers = Array.from({ length: clients }, (_, client) => work(client));
  return {
    async during(milliseconds, least) {
      const first = responses.length;
      const deadline = Date.now() + loadMilliseconds;
      await wait(milliseconds);
      while (responses.length - first < least && Date.now() < deadline) await wait(20);
      return responses.slice(first);
    },
    async stop() {
      running = false;
      await Promise.all(workers);
      return responses;
    },
  };
};

/** Ends a process with SIGTERM, and asserts that nothing of it is left and nothing went wrong while it ran. */
export const endsCleanly = async (t: Test, process: ApiProcess, about: string): Promise<void> => {
  const { milliseconds, ...end } = await process.end();
  t.strictSame(end, { code: 0, signal: null, left: [] }, `SIGTERM ${about}: exit 0, nothing left`);
  t.ok(milliseconds < endMilliseconds, `SIGTERM ${about}: ended after ${Math.round(milliseconds)} ms, not cut off`);
  t.notMatch(process.output(), /unhandled|uncaught|deprecat|"level":[56]0/i, 'nothing that it did not expect');
};

import type { Database } from '@taskward/adapters-postgres';
import type { Test } from 'tap';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { type ApiProcess, anApiProcess, jsonLinesOf, untilFound } from '../support/processes/processes.ts';

const patienceMilliseconds = 120_000;

/** A line of the log. */
export interface LogLine {
  readonly msg: string;
  readonly pid?: number;
  readonly request_id?: string;
  /** The process that ended, in a line of the primary. */
  readonly ended?: number;
}

/** An API of several processes. */
export interface Cluster extends ApiProcess {
  /** Its database, which this process has one connection to. */
  readonly database: Database;
  lines(): LogLine[];
  /** The processes that serve now. */
  workers(): number[];
  /** Which process responded to a request. */
  servedBy(requestId: string | undefined): number | undefined;
  /** How many requests each process has responded to. */
  served(): Map<number, number>;
  /** Waits until so many processes serve, none of them one of those. @returns all that serve */
  replaced(processes: number, gone: readonly number[]): Promise<number[]>;
}

/** Waits until something is there. */
export const until = <T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> =>
  untilFound(what, look, patienceMilliseconds);

/** Does something while a process is frozen: it accepts no connection, so the other one accepts them all. */
export const whileFrozen = async <T>(pid: number, work: () => Promise<T>): Promise<T> => {
  process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
};

/** Starts the API in two processes, on a database of its own. It ends with the test. */
export const aCluster = async (t: Test, env: NodeJS.ProcessEnv = {}): Promise<Cluster> => {
  const { url: databaseUrl, database } = await ownMigratedDatabase(t);
  const settings = { WEB_CONCURRENCY: '2', RATE_LIMIT_MAX: '1000000000', ...env };
  const api = await anApiProcess(t, databaseUrl, settings);
  // The last line may not be whole yet.
  const lines = () => jsonLinesOf(api.output().replace(/.*$/, '')) as unknown as LogLine[];
  const requests = () => lines().filter(({ request_id }) => request_id !== undefined);
  const workers = () => {
    const ended = new Set(lines().map((line) => line.ended));
    const listening = lines().filter(({ msg }) => msg.startsWith('Server listening'));
    return listening.map(({ pid }) => pid as number).filter((pid) => !ended.has(pid));
  };
  return {
    ...api,
    database,
    lines,
    workers,
    servedBy: (requestId) => requests().find(({ request_id }) => request_id === requestId)?.pid,
    served: () =>
      new Map([...Map.groupBy(requests(), ({ pid }) => pid as number)].map(([pid, { length }]) => [pid, length])),
    replaced: (processes, gone) =>
      until(`${processes} processes without ${gone}`, () => {
        const now = workers();
        return now.length === processes && !now.some((pid) => gone.includes(pid)) ? now : undefined;
      }),
  };
};

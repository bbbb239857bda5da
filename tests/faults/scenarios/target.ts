import { startEmbeddedDatabase } from '@taskward/embedded-database';
import { type ApiProcess, aDirectory, aFreePort, anApiProcess, type Scope } from '../../support/processes/processes.ts';
import { startPgbouncer } from '../pgbouncer.ts';
import type { Way } from './scenario.ts';

const poolSize = 10;
// By default everybody waits for 15 s after one login that failed.
const pgbouncerSettings = { server_login_retry: 1 };
const preload = `--import=${new URL('report-unhandled.ts', import.meta.url).href}`;

/**
 * A database server that nobody else uses, so that anything may be done to it.
 * @param settings of PostgreSQL
 * @returns a superuser's URL
 */
export const aVictim = async (scope: Scope, settings: Readonly<Record<string, string>> = {}): Promise<string> => {
  const directory = await aDirectory(scope, 'victim');
  const database = await startEmbeddedDatabase({ directory, settings });
  scope.teardown(() => database.release());
  return database.url;
};

/** How many errors a process did not handle, by what it wrote. */
export const unhandledIn = (output: string): number =>
  output.split('\n').filter((line) => line.startsWith('UNHANDLED')).length;

/** One or two API processes in front of a database. */
export interface Target {
  /** Where the next request goes: to each process in turn. */
  url(): string;
  readonly processes: readonly ApiProcess[];
  /** Ends a process by a signal. */
  end(index: number, signal: NodeJS.Signals): ReturnType<ApiProcess['end']>;
  /** Starts one that has ended again, on its port. */
  restart(index: number): Promise<void>;
  /** Errors that nobody handled, and processes that ended by themselves. */
  unhandled(): number;
}

/** Starts what is between the clients and a database server. It ends with the scope. */
export const startTarget = async (
  scope: Scope,
  serverUrl: string,
  way: Way,
  env: NodeJS.ProcessEnv = {},
): Promise<Target> => {
  const isPooled = way.startsWith('PgBouncer');
  const preparedStatements = way === 'PgBouncer, prepared statements' ? 200 : 0;
  const databaseUrl = isPooled
    ? (await startPgbouncer(scope, serverUrl, { poolSize, preparedStatements, settings: pgbouncerSettings })).url
    : serverUrl;
  const ports = await Promise.all(Array.from({ length: way === 'two processes' ? 2 : 1 }, aFreePort));
  const start = (port: number) =>
    anApiProcess(scope, databaseUrl, {
      PORT: String(port),
      RATE_LIMIT_MAX: '1000000',
      LOG_LEVEL: 'CRITICAL',
      NODE_OPTIONS: preload,
      ...(isPooled && { MIGRATION_DATABASE_URL: serverUrl }),
      ...env,
    });
  const processes: ApiProcess[] = [];
  for (const port of ports) processes.push(await start(port));
  const expected = new Set<ApiProcess>();
  const all = [...processes];
  const at = (index: number) => processes[index] as ApiProcess;
  let requests = 0;
  return {
    url() {
      requests += 1;
      return at(requests % processes.length).url;
    },
    processes,
    end(index, signal) {
      expected.add(at(index));
      return at(index).end(signal);
    },
    async restart(index) {
      processes[index] = await start(Number(new URL(at(index).url).port));
      all.push(at(index));
    },
    unhandled: () =>
      all.reduce((sum, api) => sum + unhandledIn(api.output()) + (api.isRunning() || expected.has(api) ? 0 : 1), 0),
  };
};

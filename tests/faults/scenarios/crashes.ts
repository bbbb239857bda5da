import { closeDatabase, openDatabase } from '@taskward/adapters-postgres';
import { poolSettings, sqlOn } from '../../support/postgres/database.ts';
import type { Scope } from '../../support/processes/processes.ts';
import { judge, type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { aVictim, startTarget, type Target } from './target.ts';
import { type LoadOptions, writeLoad } from './write-load.ts';

const users = 8;
const recoveryMilliseconds = 60_000;
const stopMilliseconds = 10_000;

const crashDatabase = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const serverUrl = await aVictim(scope);
  const target = await startTarget(scope, serverUrl, way);
  const harm = openDatabase(serverUrl, { ...poolSettings, size: 1, maxOverflow: 0 });
  scope.teardown(() => closeDatabase(harm));
  const load = writeLoad(target.url, { users });
  scope.teardown(() => load.stop().catch(() => {}));
  let recovery = 0;
  for (let n = 0; n < times; n += 1) {
    await load.goesOn(100);
    // The server cannot trust its memory after that: it cuts everybody off and recovers from its log.
    const [checkpointer] = await sqlOn(harm)<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'checkpointer'`,
    );
    if (checkpointer === undefined) throw new Error('there is no checkpointer to kill');
    process.kill(checkpointer.pid, 'SIGKILL');
    await load.meets('503');
    recovery = Math.max(recovery, await load.goesOn(2 * users));
  }
  // 409: the first try of the same key is still under way.
  const { report, notes } = await judge(load, /^(200|201|409|503)$/, target.unhandled());
  const late = unmet({ 'it took more than a minute to recover': recovery < recoveryMilliseconds });
  return { ...report, times, recovery, notes, late };
};

/** Ends the API in some way, and starts it again, over and over while clients write. */
const endApi = async (
  scope: Scope,
  { way, times }: Run,
  allowed: RegExp,
  end: (target: Target, index: number) => Promise<string[]>,
  options: LoadOptions = { users },
): Promise<Report> => {
  const target = await startTarget(scope, await aVictim(scope), way);
  const load = writeLoad(target.url, options);
  scope.teardown(() => load.stop().catch(() => {}));
  const late: string[] = [];
  for (let n = 0; n < times; n += 1) {
    const index = n % target.processes.length;
    await load.goesOn(100);
    late.push(...(await end(target, index)));
    await target.restart(index);
    await load.goesOn(2 * users);
  }
  const { report, notes } = await judge(load, allowed, target.unhandled());
  return { ...report, times, notes, late };
};

/** PostgreSQL crashes under load. */
export const postgresCrash: Scenario = {
  name: 'postgres-crash',
  title: 'PostgreSQL crashes and recovers from its log',
  ways: ['direct', 'PgBouncer', 'PgBouncer, prepared statements', 'two processes'],
  times: 100,
  run: crashDatabase,
};

/** Kills the API, and starts it again, over and over while clients write. */
export const killApi = (scope: Scope, run: Run, options?: LoadOptions): Promise<Report> => {
  const kill = async (target: Target, index: number) => {
    await target.end(index, 'SIGKILL');
    return [];
  };
  return endApi(scope, run, /^(200|201|409|503|ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET|EPIPE)$/, kill, options);
};

/** The API is killed under load. */
export const apiKill: Scenario = {
  name: 'api-kill',
  title: 'SIGKILL of the API',
  ways: ['direct', 'PgBouncer', 'PgBouncer, prepared statements', 'two processes'],
  times: 100,
  run: (scope, run) => killApi(scope, run),
};

/** The API is told to stop under load. */
export const apiStop: Scenario = {
  name: 'sigterm',
  title: 'SIGTERM of the API: no request in flight fails',
  ways: ['direct', 'PgBouncer', 'PgBouncer, prepared statements', 'two processes'],
  times: 100,
  // A connection that is refused was never accepted; one that is reset would have lost a request.
  run: (scope, run) =>
    endApi(scope, run, /^(200|201|ECONNREFUSED)$/, async (target, index) => {
      const began = Date.now();
      const { code, signal } = await target.end(index, 'SIGTERM');
      if (code !== 0) throw new Error(`The API ended with ${code ?? signal} instead of 0.`);
      const took = Date.now() - began;
      return unmet({ [`it took ${took} ms to stop`]: took < stopMilliseconds });
    }),
};

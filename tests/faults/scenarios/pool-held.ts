import { setTimeout as wait } from 'node:timers/promises';
import {
  closeDatabase,
  makeIdempotencyStore,
  makeOwnerPorts,
  openDatabase,
  pingDatabase,
} from '@taskward/adapters-postgres';
import { aCaller, anApi, type Caller } from '../../support/http/api.ts';
import { ownMigratedDatabase, poolSettings } from '../../support/postgres/database.ts';
import type { Scope } from '../../support/processes/processes.ts';
import { makeScope } from '../../support/processes/worker.ts';
import { startPgbouncer } from '../pgbouncer.ts';
import { type Report, type Run, type Scenario, unmet } from './scenario.ts';

const connections = 4;
const callers = 10;
// Two seconds, a last moment for those that have waited for something else before, and what a busy machine adds.
const limitMilliseconds = 3_000;
const healthMilliseconds = 500;

const requests = (me: Caller, key: string) => [
  me.call('GET', '/api/tasks'),
  me.call('GET', '/api/tasks?search=x'),
  me.call('POST', '/api/tasks', { title: 'x' }),
  me.call('POST', '/api/tasks', { title: 'x' }, { 'idempotency-key': key }),
];

const timed = async <T>(work: PromiseLike<T>) => {
  const began = performance.now();
  return { result: await work, took: performance.now() - began };
};

/** An API none of whose connections is open yet. */
const anUnusedApi = async (scope: Scope, databaseUrl: string) => {
  const database = openDatabase(databaseUrl, { ...poolSettings, size: connections / 2, maxOverflow: connections / 2 });
  scope.teardown(() => closeDatabase(database));
  const ports = { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }) };
  const app = await anApi(scope, ports, { readiness: { database: () => pingDatabase(database) } });
  return { app, pool: await database.orm.em.getConnection().getNativeClient() };
};

const run = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const { url } = await ownMigratedDatabase(scope);
  const databaseUrl = way === 'direct' ? url : (await startPgbouncer(scope, url, { poolSize: 2 * connections })).url;
  const counts = { requests: 0, not503: 0, errors: 0, without: 0, badTokens: 0 };
  let [slowest, slowestHealth, recovery, taken] = [0, 0, 0, 0];
  for (let n = 0; n < times; n += 1) {
    const round = makeScope();
    scope.teardown(round.close);
    const { app, pool } = await anUnusedApi(round, databaseUrl);
    const me = aCaller(app);
    const held = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
    const before = pool.totalCount + pool.waitingCount;
    const withBadToken = { url: '/api/tasks', headers: { authorization: 'Bearer x.y.z' } };
    const bad = await Promise.all(Array.from({ length: callers }, () => app.inject(withBadToken)));
    taken += pool.totalCount + pool.waitingCount - before;
    counts.badTokens += bad.filter(({ statusCode }) => statusCode === 401).length;
    const askingHealth = timed(app.inject('/health'));
    const all = Array.from({ length: callers }, (_, caller) => requests(aCaller(app), `${n}/${caller}`)).flat();
    const responses = await Promise.all(all.map((request) => timed(request)));
    for (const { result, took } of responses) {
      counts.requests += 1;
      slowest = Math.max(slowest, took);
      if (result.statusCode !== 503) counts.not503 += 1;
      if (result.statusCode >= 500 && result.statusCode !== 503) counts.errors += 1;
      if (result.headers['retry-after'] === undefined) counts.without += 1;
    }
    const health = await askingHealth;
    slowestHealth = Math.max(slowestHealth, health.took);
    if (health.result.statusCode !== 200) counts.not503 += 1;
    for (const client of held) client.release();
    const began = performance.now();
    while ((await me.call('POST', '/api/tasks', { title: 'after' })).statusCode !== 201) await wait(5);
    recovery = Math.max(recovery, performance.now() - began);
    await round.close();
  }
  return {
    times,
    errors: counts.errors,
    recovery,
    notes: [
      `${counts.requests} requests of four kinds were 503, the slowest after ${Math.round(slowest)} ms`,
      `/health took ${Math.round(slowestHealth)} ms at most`,
      `${counts.badTokens} requests with a bad token took no connection`,
    ],
    broken: unmet({
      [`${counts.not503} responses were not 503, or /health not 200`]: counts.not503 === 0,
      [`${counts.without} came without Retry-After`]: counts.without === 0,
      [`requests with a bad token took ${taken} connections`]: taken === 0 && counts.badTokens === times * callers,
    }),
    late: unmet({
      [`a request was refused after ${Math.round(slowest)} ms`]: slowest < limitMilliseconds,
      [`/health took ${Math.round(slowestHealth)} ms`]: slowestHealth < healthMilliseconds,
    }),
  };
};

/** Every connection of the pool is held by somebody else. */
export const poolHeld: Scenario = {
  name: 'pool-held',
  title: 'all connections of the pool are held',
  ways: ['direct', 'PgBouncer'],
  times: 20,
  run,
};

import { setTimeout as wait } from 'node:timers/promises';
import type { Scope } from '../../support/processes/processes.ts';
import { missingProgram } from '../../support/processes/programs.ts';
import { aRedisServer } from '../../support/processes/redis-server.ts';
import { judge, type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { aVictim, startTarget } from './target.ts';
import { writeLoad } from './write-load.ts';

const users = 8;
const pauseSeconds = 10;

const run = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const redis = await aRedisServer(scope);
  await redis.start();
  const target = await startTarget(scope, await aVictim(scope, { fsync: 'off' }), way, { REDIS_URL: redis.url });
  const load = writeLoad(target.url, { users });
  scope.teardown(() => load.stop().catch(() => {}));
  let recovery = 0;
  for (let n = 0; n < times; n += 1) {
    await load.goesOn(100);
    await redis.kill();
    recovery = Math.max(recovery, await load.goesOn(100));
    await redis.start();
    // Processes look for it once in a while: some restarts are noticed, some come too late for that.
    await wait(Math.random() * 500);
  }
  const { report, notes } = await judge(load, /^(200|201)$/, target.unhandled());
  return {
    ...report,
    times,
    recovery,
    notes,
    late: unmet({ [`no write was acknowledged for ${pauseSeconds} s`]: recovery < pauseSeconds * 1_000 }),
  };
};

/** Redis is killed under load. */
export const redisKill: Scenario = {
  name: 'redis',
  title: 'Redis is killed, and comes back',
  ways: ['direct', 'two processes'],
  times: 50,
  skip: missingProgram('redis-server'),
  run,
};

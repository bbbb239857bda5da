import { setTimeout as wait } from 'node:timers/promises';
import { buildContainer, readConfig } from '@taskward/api';
import t from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';
import { aSilentServer } from '../support/processes/redis-server.ts';
import {
  anApiProcess,
  aUsersToken,
  backWithin,
  endsCleanly,
  load,
  max,
  maxResponseMilliseconds,
  slowest,
  tally,
  thirtyCalls,
} from './api-process.ts';

t.test('a Redis that accepts and never responds: the API starts, responds soon and counts alone', async (t) => {
  const silent = await aSilentServer(t);
  const api = await anApiProcess(t, await ownDatabase(t), silent.url);
  const responses = await thirtyCalls([api], aUsersToken());
  t.strictSame(tally(responses), { 200: max, 429: 30 - max }, 'counted alone');
  t.ok(slowest(responses) < maxResponseMilliseconds, `the slowest response took ${slowest(responses)} ms`);

  const { during, stop } = load([api], 4);
  await during(1_500, 50);
  const loaded = await stop();
  t.comment(`Redis silent under load: ${JSON.stringify(tally(loaded))}; slowest ${slowest(loaded)} ms`);
  t.ok(loaded.length >= 50, 'there was load');
  t.strictSame(Object.keys(tally(loaded)), ['200']);
  t.ok(slowest(loaded) < maxResponseMilliseconds, `the slowest response under load took ${slowest(loaded)} ms`);
  t.ok(silent.connections() > 0, 'it was asked');
  t.equal((await api.call()).status, 401, 'nobody in particular, counted by address');
  t.equal(api.output().split('counting alone').length - 1, 1, 'it is said once, whoever is counted');

  await endsCleanly(t, api, 'with Redis silent');
});

t.test('whoever lets go of the container lets go of Redis, whatever it does at that time', async (t) => {
  const letGo = async (milliseconds: number) => {
    const silent = await aSilentServer(t);
    const config = readConfig({ REDIS_URL: silent.url, DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/nothing' });
    const container = buildContainer({ ...config, databaseUrl: String(config.databaseUrl) });
    t.ok(container.cradle.redis);
    await wait(milliseconds);
    await container.dispose();
    // A connection that was asked for may still arrive, on a machine that does other things besides.
    await wait(1_000);
    for (const deadline = Date.now() + backWithin; silent.open() > 0 && Date.now() < deadline; ) await wait(20);
    const connections = silent.connections();
    t.equal(silent.open(), 0, `after ${milliseconds} ms: no connection is left`);
    await wait(1_300);
    t.equal(silent.connections(), connections, `after ${milliseconds} ms: and no new one is made`);
  };
  await Promise.all([0, 100, 1_200].map(letGo));
});

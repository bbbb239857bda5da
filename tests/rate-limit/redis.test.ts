import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';
import { aRedisServer, withRedis } from '../support/processes/redis-server.ts';
import {
  type ApiProcess,
  anApiProcess,
  aUsersToken,
  backWithin,
  endsCleanly,
  max,
  maxResponseMilliseconds,
  slowest,
  tally,
  thirtyCalls,
  twoProcesses,
  untilShared,
} from './api-process.ts';

t.test('two processes share one limit through Redis', withRedis, async (t) => {
  const redis = await aRedisServer(t);
  await redis.start();
  const both = await twoProcesses(t, await ownDatabase(t), redis.url);
  const descending = Array.from({ length: 30 }, (_, n) => Math.max(0, max - 1 - n));

  const alternating = await thirtyCalls(both, aUsersToken());
  t.comment(`30 calls of one user in alternation: ${JSON.stringify(tally(alternating))}`);
  t.strictSame(
    alternating.map(({ status }) => status),
    Array.from({ length: 30 }, (_, n) => (n < max ? 200 : 429)),
  );
  t.strictSame(
    alternating.map(({ remaining }) => remaining),
    descending,
  );

  const token = aUsersToken();
  const atOnce = await Promise.all(Array.from({ length: 30 }, (_, n) => (both[n % 2] as ApiProcess).call(token)));
  t.comment(`30 calls of one user at once: ${JSON.stringify(tally(atOnce))}`);
  t.strictSame(tally(atOnce), { 200: max, 429: 30 - max });
  t.strictSame(
    atOnce.map(({ remaining }) => remaining).sort((a, b) => b - a),
    descending,
  );

  t.strictSame(tally(await thirtyCalls(both)), { 401: max, 429: 30 - max }, 'without a token: the address');
  t.equal((await both[0].call(aUsersToken())).remaining, max - 1, 'another user has all of theirs');

  const [first, second] = both;
  t.ok((await redis.clients()) >= 2);
  await endsCleanly(t, first, 'with Redis up');
  await endsCleanly(t, second, 'with Redis up');
  for (const deadline = Date.now() + backWithin; (await redis.clients()) > 0 && Date.now() < deadline; ) await wait(20);
  t.equal(await redis.clients(), 0, 'no connection is left');
  for (const { output } of both) t.notMatch(output(), /Redis/, 'there was nothing to say of Redis');
});

t.test('Redis not there at start: the API starts and works, and shares once it is there', withRedis, async (t) => {
  const redis = await aRedisServer(t);
  const databaseUrl = await ownDatabase(t);
  const first = await anApiProcess(t, databaseUrl, redis.url);
  const responses = await thirtyCalls([first], aUsersToken());
  t.strictSame(tally(responses), { 200: max, 429: 30 - max }, 'counted alone');
  t.ok(slowest(responses) < maxResponseMilliseconds, `the slowest response took ${slowest(responses)} ms`);
  const second = await anApiProcess(t, databaseUrl, redis.url);
  await endsCleanly(t, second, 'with a Redis that never was');
  await redis.start();
  const third = await anApiProcess(t, databaseUrl, redis.url);
  const took = await untilShared([first, third], backWithin);
  t.ok(took < backWithin, `shared after ${took} ms`);
});

import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { ownDatabase } from '../support/postgres/database.ts';
import { aRedisServer, withRedis } from '../support/processes/redis-server.ts';
import {
  aUsersToken,
  backWithin,
  endsCleanly,
  load,
  max,
  maxResponseMilliseconds,
  slowest,
  tally,
  thirtyCalls,
  twoProcesses,
  untilShared,
} from './api-process.ts';

const enough = 50;

t.test(
  'Redis killed under load: no 5xx, counts go on alone, and are shared again when it is back',
  withRedis,
  async (t) => {
    const redis = await aRedisServer(t);
    await redis.start();
    const both = await twoProcesses(t, await ownDatabase(t), redis.url);
    const [first, second] = both;
    t.ok((await untilShared(both, backWithin)) < backWithin, 'shared at first');

    const { stop, during } = load(both);
    const before = await during(500, enough);
    await redis.kill();
    const down = await during(1_000, enough);

    const token = aUsersToken();
    const alone = { first: await thirtyCalls([first], token), second: await thirtyCalls([second], token) };
    t.strictSame(tally(alone.first), { 200: max, 429: 30 - max }, 'without Redis the limit holds');
    t.strictSame(tally(alone.second), { 200: max, 429: 30 - max }, 'in each process for itself');
    for (const { output } of both) t.match(output(), 'Redis does not answer: counting alone.');

    await redis.start();
    const took = await untilShared(both, backWithin);
    t.ok(took < backWithin, `shared again after ${took} ms`);
    const all = await stop();
    t.comment(
      `Redis killed under load: before ${JSON.stringify(tally(before))}, while it was down ${JSON.stringify(tally(down))}, with its return ${JSON.stringify(tally(all))}; slowest ${slowest(before)} ms before, ${slowest(all)} ms in all; shared again after ${took} ms`,
    );
    t.ok(before.length >= enough && down.length >= enough, 'there was load, before and after');
    t.strictSame(Object.keys(tally(all)), ['200'], 'no 5xx, and nobody refused who had calls left');
    t.ok(slowest(all) < maxResponseMilliseconds + slowest(before), 'no response waited for Redis longer than a second');
    t.strictSame(tally(await thirtyCalls(both, aUsersToken())), { 200: max, 429: 30 - max }, 'exact again');
    for (const { output } of both) t.match(output(), 'Redis answers again: counts are shared.');

    await redis.kill();
    await endsCleanly(t, first, 'just when Redis went');
    await wait(1_500);
    await endsCleanly(t, second, 'while it looks for Redis');
  },
);

t.test('Redis frozen under load: no 5xx, no long wait, and shared again when it goes on', withRedis, async (t) => {
  const redis = await aRedisServer(t);
  await redis.start();
  const both = await twoProcesses(t, await ownDatabase(t), redis.url);
  t.ok((await untilShared(both, backWithin)) < backWithin, 'shared at first');
  const { stop, during } = load(both);
  const before = await during(300, enough);
  redis.freeze();
  const frozen = await during(1_000, enough);
  const later = await during(500, enough);
  redis.thaw();
  const took = await untilShared(both, backWithin);
  const all = await stop();
  t.comment(
    `Redis frozen under load: before ${JSON.stringify(tally(before))}, while it was frozen ${JSON.stringify(tally(frozen))}, with its return ${JSON.stringify(tally(all))}; slowest ${slowest(all)} ms; shared again after ${took} ms`,
  );
  t.ok(frozen.length >= enough, 'there was load');
  t.ok(later.length > before.length / 2, `then nobody waits for it any more: ${later.length} responses`);
  t.strictSame(Object.keys(tally(all)), ['200']);
  t.ok(slowest(all) < maxResponseMilliseconds + slowest(before));
  t.ok(took < backWithin, `shared again after ${took} ms`);
  redis.freeze();
  await endsCleanly(t, both[0], 'with Redis frozen');
  redis.thaw();
});

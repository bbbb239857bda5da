import type { HttpOptions, KeySet } from '@taskward/adapters-http';
import { makeMetrics } from '@taskward/adapters-metrics';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi, anyClaims } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { parseSeries, type Series, seriesValue } from '../support/metrics/series.ts';
import { eventually } from '../support/processes/processes.ts';

const idle = { max: 0, open: 0, inUse: 0, waiting: 0, opened: 0, broken: 0, failed: 0 };
const none = { transactions: 0, requests: 0 };
const noTransactions = {
  connections: idle,
  waiting: 0,
  transactions: { reading: none, writing: none, exclusive: none, own: none },
};

/** An API over stores in memory whose metrics can be scraped. */
const aMeasuredApi = async (t: Test, options: Partial<HttpOptions> = {}, store = makeMemoryStores()) => {
  const metrics = makeMetrics('1.2.3');
  const app = await anApi(t, store, { observeRoute: metrics.observeRoute, ...options });
  let queue = async () => ({ depth: 0, oldestSeconds: 0 });
  let asked = 0;
  metrics.watch({
    http: () => app.statistics,
    transactions: () => noTransactions,
    webhookQueue: () => {
      asked += 1;
      return queue();
    },
  });
  return {
    app,
    metrics,
    scrape: async (): Promise<Series[]> => parseSeries(await metrics.registry.metrics()),
    asked: () => asked,
    setQueue(read: typeof queue) {
      queue = read;
    },
  };
};

const durations = 'taskward_http_request_duration_seconds';

t.test('requests are counted by method, template of the route and class of status', async (t) => {
  const { app, scrape } = await aMeasuredApi(t);
  const ann = aCaller(app);
  for (const title of ['a', 'b']) t.equal((await ann.call('POST', '/api/tasks', { title })).statusCode, 201);
  for (const id of [1, 2, 99]) await ann.call('GET', `/api/tasks/${id}`);
  await ann.call('GET', `${ann.bare}/1`);
  await ann.call('HEAD', '/api/tasks');
  const series = await scrape();
  const countOf = (method: string, route: string, status: string) =>
    seriesValue(series, `${durations}_count`, { method, route, status });
  t.equal(countOf('POST', '/api/tasks', '2xx'), 2);
  t.equal(countOf('GET', '/api/tasks/:id', '2xx'), 2);
  t.equal(countOf('GET', '/api/tasks/:id', '4xx'), 1);
  t.equal(countOf('GET', '/api/:user_id/tasks/:id', '2xx'), 1, 'the path does not show whose tasks they are');
  t.equal(countOf('HEAD', '/api/tasks', '2xx'), 1);
  t.equal(countOf('GET', '/api/tasks', '2xx'), undefined, 'a HEAD does not count as a GET too');
  const sum = seriesValue(series, `${durations}_sum`, { method: 'POST', route: '/api/tasks' }) as number;
  t.ok(sum > 0 && sum < 60, 'seconds, and not milliseconds');
  t.equal(seriesValue(series, 'taskward_build_info', { version: '1.2.3' }), 1);
});

t.test('Node’s own metrics are there: event loop, garbage, memory', async (t) => {
  const { scrape } = await aMeasuredApi(t);
  const series = await scrape();
  for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'process_cpu_seconds_total'])
    t.ok(seriesValue(series, name) !== undefined, name);
});

t.test('outcomes of token verification are counted', async (t) => {
  const failing: KeySet = {
    find: async () => {
      throw new TypeError('a fault');
    },
    check: async () => {},
    fetchedAt: () => undefined,
  };
  const { app, scrape } = await aMeasuredApi(t, {
    auth: {
      secret: { value: 'a secret of thirty-two bytes, no less', algorithms: ['HS256'] },
      keySet: { keys: failing, algorithms: ['EdDSA'], policy: anyClaims },
      policy: anyClaims,
    },
  });
  const ask = (authorization?: string) =>
    app.inject({ url: '/api/tasks', headers: authorization === undefined ? {} : { authorization } });
  await ask();
  await ask('Bearer nonsense');
  await ask('Bearer a.b.c');
  const series = await scrape();
  const outcome = (name: string) => seriesValue(series, 'taskward_auth_tokens_total', { outcome: name });
  t.equal(outcome('missing'), 1);
  t.equal(outcome('invalid'), 2);
  t.equal(outcome('accepted'), 0, 'what never happened is 0, so that a first time shows as an increase');
});

t.test('accepted tokens are counted, also those that are known', async (t) => {
  const { app, scrape } = await aMeasuredApi(t);
  const ann = aCaller(app);
  for (let count = 0; count < 3; count += 1) await ann.call('GET', '/api/tasks');
  t.equal(seriesValue(await scrape(), 'taskward_auth_tokens_total', { outcome: 'accepted' }), 3);
});

t.test('requests beyond the rate limit are counted, by user and by address', async (t) => {
  const { app, scrape } = await aMeasuredApi(t, { rateLimit: { max: 2, windowSeconds: 60 } });
  const ann = aCaller(app);
  for (let count = 0; count < 5; count += 1) await ann.call('GET', '/api/tasks');
  for (let count = 0; count < 3; count += 1) await app.inject({ url: '/nowhere' });
  const series = await scrape();
  const rejected = (counted: string) => seriesValue(series, 'taskward_http_requests_rate_limited_total', { counted });
  t.strictSame([rejected('user'), rejected('address')], [3, 1]);
});

t.test('requests in flight are shown, and those that are shed are counted', async (t) => {
  const store = makeMemoryStores();
  const gate = Promise.withResolvers<void>();
  const { get } = store.tasks;
  store.tasks.get = async (...args: Parameters<typeof get>) => {
    await gate.promise;
    return get(...args);
  };
  const { app, scrape } = await aMeasuredApi(t, { maxInFlight: 2, maxInFlightOfOne: 1 }, store);
  const [ann, bob, cid] = [aCaller(app, aUser()), aCaller(app, aUser()), aCaller(app, aUser())];
  const waiting = [ann.call('GET', '/api/tasks/1')];
  t.ok(await eventually(() => app.statistics.inFlight === 1));
  t.equal((await ann.call('GET', '/api/tasks/1')).statusCode, 429);
  waiting.push(bob.call('GET', '/api/tasks/1'));
  t.ok(await eventually(() => app.statistics.inFlight === 2));
  t.equal((await cid.call('GET', '/api/tasks/1')).statusCode, 503);
  const busy = await scrape();
  t.equal(seriesValue(busy, 'taskward_http_requests_in_flight'), 2);
  t.equal(seriesValue(busy, 'taskward_http_requests_shed_total', { limit: 'server' }), 1);
  t.equal(seriesValue(busy, 'taskward_http_requests_shed_total', { limit: 'user' }), 1);
  gate.resolve();
  await Promise.all(waiting);
  t.equal(seriesValue(await scrape(), 'taskward_http_requests_in_flight'), 0);
});

t.test('the queue of webhooks is asked once in a few seconds, and a scrape survives its failure', async (t) => {
  const down = await aMeasuredApi(t);
  down.setQueue(async () => {
    throw new Error('the database is away');
  });
  for (let count = 0; count < 3; count += 1) {
    const series = await down.scrape();
    t.equal(seriesValue(series, 'taskward_webhook_queue_readable'), 0);
    t.equal(seriesValue(series, 'taskward_webhook_queue_depth'), undefined, 'nothing is claimed');
    t.equal(seriesValue(series, 'taskward_http_requests_in_flight'), 0, 'the others are there');
  }
  t.equal(down.asked(), 1);
  const up = await aMeasuredApi(t);
  up.setQueue(async () => ({ depth: 7, oldestSeconds: 12.5 }));
  const series = await up.scrape();
  t.equal(seriesValue(series, 'taskward_webhook_queue_readable'), 1);
  t.equal(seriesValue(series, 'taskward_webhook_queue_depth'), 7);
  t.equal(seriesValue(series, 'taskward_webhook_queue_oldest_age_seconds'), 12.5);
});

t.test('the age of the key set shows once there is one', async (t) => {
  const { registry, watch } = makeMetrics('1');
  let at: number | undefined;
  const { app } = await aMeasuredApi(t);
  watch({
    http: () => app.statistics,
    transactions: () => noTransactions,
    webhookQueue: async () => ({ depth: 0, oldestSeconds: 0 }),
    keySetFetchedAt: () => at,
  });
  const age = async () => seriesValue(parseSeries(await registry.metrics()), 'taskward_auth_key_set_age_seconds');
  t.equal(await age(), undefined);
  at = Date.now() - 5_000;
  const seconds = (await age()) ?? 0;
  t.ok(seconds >= 5 && seconds < 60, `${seconds} s`);
});

t.test('each metric says how the values of several processes become one', async (t) => {
  const { metrics } = await aMeasuredApi(t);
  const ours = (await metrics.registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('taskward_'));
  const others = ours.filter(({ aggregator }) => aggregator !== 'sum');
  t.strictSame(Object.fromEntries(others.map(({ name, aggregator }) => [name, aggregator])), {
    taskward_build_info: 'max',
    // Each process reads the same queue.
    taskward_webhook_queue_depth: 'max',
    taskward_webhook_queue_oldest_age_seconds: 'max',
    taskward_webhook_queue_readable: 'min',
  });
  t.ok(ours.length > 15);
});

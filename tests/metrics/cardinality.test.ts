import { METHODS } from 'node:http';
import { makeMetrics } from '@taskward/adapters-metrics';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { anApi } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { parseSeries } from '../support/metrics/series.ts';

type Observe = ReturnType<typeof makeMetrics>['observeRoute'];

const durations = 'taskward_http_request_duration_seconds_count';
const bounded = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'];

const word = fc.stringMatching(/^[a-z0-9%._~-]{1,12}$/);
const path = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => `/${words.join('/')}`),
  fc.nat().map((id) => `/api/tasks/${id}`),
  fc.tuple(word, fc.nat()).map(([user, id]) => `/api/${user}/tasks/${id}`),
  fc.constantFrom('/.env', '/wp-login.php', '/api/tasks', '/docs/x', '/%', '//', '/api//tasks', '/health'),
);
// CONNECT never reaches a route.
const method = fc.constantFrom(...METHODS.filter((one) => one !== 'CONNECT'));

/** The label sets of the requests' series after many random requests. */
const labelsAfter = async (t: Test, requests: number, wrapped: (observe: Observe) => Observe = (one) => one) => {
  const { registry, observeRoute } = makeMetrics('1');
  const app = await anApi(t, makeMemoryStores(), { observeRoute: wrapped(observeRoute) });
  await fc.assert(
    fc.asyncProperty(path, method, fc.boolean(), async (url, method, isSigned) => {
      const headers = isSigned ? { authorization: `Bearer ${aToken({ sub: aUser() })}` } : {};
      await app.inject({ url, method: method as 'GET', headers });
    }),
    { numRuns: requests },
  );
  const series = parseSeries(await registry.metrics()).filter(({ name }) => name === durations);
  return { app, series, templates: [...app.methodsByPath.keys()] };
};

t.test('random paths, methods and users make no series of their own', async (t) => {
  const { series, templates } = await labelsAfter(t, 3_000);
  const routes = [...new Set(series.map(({ labels }) => labels.route))];
  t.strictSame(
    routes.filter((route) => route !== 'unmatched' && !templates.includes(route as string)),
    [],
    'every route is a template',
  );
  t.strictSame(
    series.map(({ labels }) => labels.method as string).filter((method) => !bounded.includes(method)),
    [],
    'every method is a known one, or `other`',
  );
  for (const { labels } of series) t.match(labels.status, /^[1-5]xx$/);
  t.strictSame([...new Set(series.flatMap(({ labels }) => Object.keys(labels)))].sort(), ['method', 'route', 'status']);
  const unmatched = series.filter(({ labels }) => labels.route === 'unmatched');
  t.equal(unmatched.length, 1, 'all 404s of scanners are one series');
  t.ok((unmatched[0]?.value ?? 0) > 500, `${unmatched[0]?.value} requests in it`);
});

t.test('a label that is taken from the request would be seen', async (t) => {
  let count = 0;
  // As if each response had a route of its own.
  const planted =
    (observe: Observe): Observe =>
    () =>
    (status, seconds) => {
      count += 1;
      observe('GET', `/path-${count}`)(status, seconds);
    };
  const { series, templates } = await labelsAfter(t, 50, planted);
  t.ok(series.some(({ labels }) => !templates.includes(labels.route as string)));
  t.ok(series.length > 40, `${series.length} series`);
});

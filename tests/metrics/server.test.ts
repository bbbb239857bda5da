import t from 'tap';
import { aToken } from '../support/http/tokens.ts';
import { metricsUrlOf } from '../support/metrics/prometheus.ts';
import { parseSeries, seriesValue } from '../support/metrics/series.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { aFreePort, anApiProcess } from '../support/processes/processes.ts';

const durations = 'taskward_http_request_duration_seconds_count';

t.test('a server has metrics on a port of their own, and nowhere else', async (t) => {
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const api = await anApiProcess(t, databaseUrl, { METRICS_PORT: '0' });
  const metricsUrl = await metricsUrlOf(api);
  t.match(metricsUrl, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/, 'on loopback');
  t.not(new URL(metricsUrl).port, new URL(api.url).port);

  const ask = (path: string) =>
    fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${aToken({ sub: 'demo' })}` } });
  t.equal((await ask('/api/tasks')).status, 200);
  t.equal((await ask('/metrics')).status, 404, 'not on the public port');
  t.equal((await ask('/api/metrics')).status, 404);

  const response = await fetch(metricsUrl);
  t.match(response.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const series = parseSeries(await response.text());
  t.equal(seriesValue(series, durations, { method: 'GET', route: '/api/tasks', status: '2xx' }), 1);
  t.ok((seriesValue(series, 'taskward_db_connections_opened_total') ?? 0) >= 1);
  t.ok((seriesValue(series, 'taskward_db_transactions_total', { kind: 'reading' }) ?? 0) >= 1);
  t.equal(seriesValue(series, 'taskward_webhook_queue_readable'), 1, 'the role of jobs may read the queue');
  t.equal(seriesValue(series, 'taskward_webhook_queue_depth'), 0);

  t.equal((await fetch(new URL('/', metricsUrl))).status, 404);
  t.equal((await fetch(new URL('/api/tasks', metricsUrl))).status, 404, 'and tasks are not on the port of metrics');
  t.equal((await fetch(metricsUrl, { method: 'POST' })).status, 405);
  t.match(await api.end('SIGTERM'), { code: 0 }, 'open connections of scrapers do not hold up a stop');
});

t.test('without METRICS_PORT there are none', async (t) => {
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const api = await anApiProcess(t, databaseUrl, {});
  t.notMatch(api.output(), /Metrics/);
  t.equal((await fetch(`${api.url}/metrics`)).status, 404);
});

t.test('a port that is taken is a sentence, and the server does not start', async (t) => {
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const port = await aFreePort();
  await anApiProcess(t, databaseUrl, { METRICS_PORT: String(port) });
  await t.rejects(anApiProcess(t, databaseUrl, { METRICS_PORT: String(port) }), {
    message: /Metrics cannot be served: listen EADDRINUSE.*Choose another METRICS_PORT/,
  });
});

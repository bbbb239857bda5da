import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';
import { metricsUrlOf } from '../support/metrics/prometheus.ts';
import { parseSeries, seriesValue } from '../support/metrics/series.ts';
import { aCluster, whileFrozen } from './cluster.ts';

t.setTimeout(240_000);

t.test('the metrics of all processes are added up, and served once', async (t) => {
  const cluster = await aCluster(t, { METRICS_PORT: '0', LOG_LEVEL: 'INFO' });
  const list = async () => {
    const headers = { authorization: `Bearer ${aToken({ sub: aUser() })}`, connection: 'close' };
    t.equal((await fetch(`${cluster.url}/api/tasks`, { headers })).status, 200);
  };
  for (const pid of cluster.workers()) await whileFrozen(pid, list);
  const metricsUrl = await metricsUrlOf(cluster);
  const series = parseSeries(await (await fetch(metricsUrl)).text());
  const served = { method: 'GET', route: '/api/tasks', status: '2xx' };
  t.equal(seriesValue(series, 'taskward_http_request_duration_seconds_count', served), cluster.workers().length);
  t.equal(cluster.output().split('Metrics are at').length - 1, 1, 'no worker has a port of its own for them');
});

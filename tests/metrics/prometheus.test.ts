import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { aToken } from '../support/http/tokens.ts';
import { readPanels } from '../support/metrics/operations.ts';
import { aPrometheus, metricsUrlOf, withPrometheus } from '../support/metrics/prometheus.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { anApiProcess, eventually } from '../support/processes/processes.ts';

const folder = join(import.meta.dirname, '../../docs/operations');
const panels = readPanels(readFileSync(join(folder, 'grafana-dashboard.json'), 'utf8'));

// Of a server without JWT_JWKS_URL, and until garbage is collected.
const absentHere = /taskward_auth_key_set_age_seconds|nodejs_gc_duration_seconds/;

t.test(
  'Prometheus scrapes a server, every panel has data, and a killed server is an alert',
  withPrometheus,
  async (t) => {
    const { url: databaseUrl } = await ownMigratedDatabase(t);
    const api = await anApiProcess(t, databaseUrl, { METRICS_PORT: '0', RATE_LIMIT_MAX: 'off', LOG_LEVEL: 'info' });
    const prometheus = await aPrometheus(t, new URL(await metricsUrlOf(api)).host, join(folder, 'alerts.yml'));
    const headers = { authorization: `Bearer ${aToken({ sub: 'demo' })}`, 'content-type': 'application/json' };
    const use = async () => {
      await fetch(`${api.url}/api/tasks`, { method: 'POST', headers, body: '{"title":"a"}' });
      await fetch(`${api.url}/api/tasks`, { headers });
      await fetch(`${api.url}/nowhere`);
    };
    const valueOfQuery = async (expression: string) => Number((await prometheus.query(expression))[0]?.value[1]);

    t.ok(await eventually(async () => (await valueOfQuery('up{job="taskward"}')) === 1), 'it is scraped');
    // Those that have had no data yet.
    let missing = panels.filter(({ expression }) => !absentHere.test(expression));
    const hasData = async (expression: string) => {
      const found = await prometheus.query(expression.replaceAll('$__rate_interval', '30s'));
      return found.length > 0 && found.every(({ value }) => Number.isFinite(Number(value[1])));
    };
    await eventually(async () => {
      await use();
      const isThere = await Promise.all(missing.map(({ expression }) => hasData(expression)));
      missing = missing.filter((_, index) => !isThere[index]);
      return missing.length === 0;
    });
    t.strictSame(missing, [], 'every panel has data');
    const posts = 'sum(taskward_http_request_duration_seconds_count{method="POST", route="/api/tasks", status="2xx"})';
    t.ok((await valueOfQuery(posts)) > 0);
    t.strictSame(await prometheus.query('taskward_planted_total'), [], 'a query of nothing has no data');

    t.strictSame(await prometheus.alertStates('TaskwardDown'), []);
    await api.end('SIGKILL');
    t.ok(await eventually(async () => (await valueOfQuery('up{job="taskward"}')) === 0), 'the kill is seen');
    t.ok(await eventually(async () => (await prometheus.alertStates('TaskwardDown')).length === 1), 'and is an alert');
  },
);

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readAlerts } from '../support/metrics/operations.ts';
import { promtool, withPrometheus } from '../support/metrics/prometheus.ts';
import { aDirectory } from '../support/processes/processes.ts';

const rules = join(import.meta.dirname, '../../docs/operations/alerts.yml');

interface Case {
  /** Series and their values once a minute, in promtool's notation, where the alert fires. */
  readonly firing: Readonly<Record<string, string>>;
  /** The same where all is as usual, and the alert does not fire. */
  readonly quiet: Readonly<Record<string, string>>;
}

const target = 'job="taskward", instance="a:9464"';
const requests = (status: string) =>
  `taskward_http_request_duration_seconds_count{${target}, method="GET", route="/api/tasks", status="${status}"}`;
const within = (le: string) =>
  `taskward_http_request_duration_seconds_bucket{${target}, method="GET", route="/api/tasks", status="2xx", le="${le}"}`;
const one = (name: string, labels = '') => `${name}{${target}${labels === '' ? '' : `, ${labels}`}}`;
const tokens = (outcome: string) => one('taskward_auth_tokens_total', `outcome="${outcome}"`);

/** A case of one series. */
const differing = (series: string, firing: string, quiet: string): Case => ({
  firing: { [series]: firing },
  quiet: { [series]: quiet },
});

const cases: Readonly<Record<string, Case>> = {
  TaskwardDown: differing(one('up'), '1x9 0x60', '1x70'),
  TaskwardErrors: {
    firing: { [requests('2xx')]: '0+90x60', [requests('5xx')]: '0+10x60' },
    quiet: { [requests('2xx')]: '0+999x60', [requests('5xx')]: '0+1x60' },
  },
  TaskwardSlow: {
    firing: { [within('1')]: '0+90x60', [within('2.5')]: '0+100x60', [within('+Inf')]: '0+100x60' },
    quiet: { [within('1')]: '0+100x60', [within('2.5')]: '0+100x60', [within('+Inf')]: '0+100x60' },
  },
  TaskwardShedsLoad: differing(one('taskward_http_requests_shed_total', 'limit="server"'), '0+5x60', '7x60'),
  TaskwardRefusesStreams: differing(one('taskward_http_requests_shed_total', 'limit="streams"'), '0+5x60', '7x60'),
  TaskwardDatabaseUnreachable: differing(one('taskward_db_connections_failed_total'), '0+5x60', '7x60'),
  TaskwardDatabaseSaturated: {
    firing: { [one('taskward_db_connections_waiting')]: '1x60', [one('taskward_db_requests_waiting')]: '60x60' },
    quiet: { [one('taskward_db_connections_waiting')]: '1x60', [one('taskward_db_requests_waiting')]: '3x60' },
  },
  TaskwardConnectionsBreak: differing(one('taskward_db_connections_broken_total'), '0+2x60', '0x30 1x30'),
  TaskwardEventLoopDelayed: differing(one('nodejs_eventloop_lag_p99_seconds'), '0.4x60', '0.012x60'),
  TaskwardKeysUnavailable: differing(tokens('keys_unavailable'), '0+1x60', '3x60'),
  TaskwardKeySetStale: {
    firing: { [one('taskward_auth_key_set_age_seconds')]: '3000+60x60', [tokens('accepted')]: '0+60x60' },
    // At night nobody asks, and no key is needed.
    quiet: { [one('taskward_auth_key_set_age_seconds')]: '3000+60x60', [tokens('accepted')]: '60x60' },
  },
  TaskwardTokensInvalid: {
    firing: { [tokens('invalid')]: '0+30x60', [tokens('accepted')]: '0+60x60' },
    quiet: { [tokens('invalid')]: '0+1x60', [tokens('accepted')]: '0+2x60' },
  },
  TaskwardRateLimits: differing(
    one('taskward_http_requests_rate_limited_total', 'counted="user"'),
    '0+600x60',
    '0+20x60',
  ),
  TaskwardWebhooksLate: differing(one('taskward_webhook_queue_oldest_age_seconds'), '0+60x60', '30x60'),
  TaskwardWebhookQueueUnreadable: differing(one('taskward_webhook_queue_readable'), '0x60', '1x60'),
};

/** Runs promtool on one case. @param fires whether the alert is to be firing after 55 minutes */
const testRule = async (t: Test, alert: string, series: Readonly<Record<string, string>>, fires: boolean) => {
  const directory = await aDirectory(t, 'rules');
  const file = join(directory, 'test.yml');
  // Labels and annotations are not compared: `ALERTS` is the series of a firing alert.
  const samples = fires ? [{ labels: '{}', value: 1 }] : [];
  await writeFile(
    file,
    JSON.stringify({
      rule_files: [rules],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
          promql_expr_test: [
            {
              expr: `sum(ALERTS{alertname="${alert}", alertstate="firing"})`,
              eval_time: '55m',
              exp_samples: samples,
            },
          ],
        },
      ],
    }),
  );
  return promtool(['test', 'rules', file]);
};

t.test('promtool accepts the rules', withPrometheus, async (t) => {
  t.match(promtool(['check', 'rules', rules]), { code: 0 });
  const directory = await aDirectory(t, 'rules');
  const planted = join(directory, 'planted.yml');
  await writeFile(planted, readFileSync(rules, 'utf8').replace('== 0', '== =='));
  t.not(promtool(['check', 'rules', planted]).code, 0, 'and would see a fault');
});

t.test('each alert fires when it is to, and is quiet otherwise', withPrometheus, async (t) => {
  t.strictSame(
    readAlerts(readFileSync(rules, 'utf8')).map(({ name }) => name),
    Object.keys(cases),
    'there is a case for each',
  );
  for (const [alert, { firing, quiet }] of Object.entries(cases)) {
    const fired = await testRule(t, alert, firing, true);
    t.equal(fired.code, 0, `${alert} fires: ${fired.output}`);
    const silent = await testRule(t, alert, quiet, false);
    t.equal(silent.code, 0, `${alert} is quiet: ${silent.output}`);
  }
  const { quiet } = cases.TaskwardDown as Case;
  t.not((await testRule(t, 'TaskwardDown', quiet, true)).code, 0, 'a rule that did not fire would be seen');
});

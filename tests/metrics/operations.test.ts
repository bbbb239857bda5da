import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeMetrics } from '@taskward/adapters-metrics';
import t from 'tap';
import { anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { readAlerts, readPanels } from '../support/metrics/operations.ts';
import { parseSeries } from '../support/metrics/series.ts';

const folder = join(import.meta.dirname, '../../docs/operations');
const alertsText = readFileSync(join(folder, 'alerts.yml'), 'utf8');
const dashboardText = readFileSync(join(folder, 'grafana-dashboard.json'), 'utf8');
const runbook = readFileSync(join(folder, 'runbook.md'), 'utf8');

/** Alerts whose runbook section is missing or lacks a part, and sections of no alert. */
const runbookFaults = (alerts: string, runbook: string): string[] => {
  const sections = new Map(
    runbook
      .split(/^## /m)
      .slice(1)
      .map((text) => [text.split('\n', 1)[0] as string, text]),
  );
  const names = readAlerts(alerts).map(({ name }) => name);
  return [
    ...readAlerts(alerts).flatMap(({ name, runbook: link }) => [
      ...(sections.has(name) ? [] : [`${name} has no section`]),
      ...(sections.get(name)?.includes('**See**') === false ? [`${name} does not say how to see it`] : []),
      ...(sections.get(name)?.includes('**Do**') === false ? [`${name} does not say what to do`] : []),
      ...(link === `runbook.md#${name.toLowerCase()}` ? [] : [`${name} links ${link}`]),
    ]),
    ...[...sections.keys()].filter((name) => !names.includes(name)).map((name) => `${name} is no alert`),
  ];
};

/** Every name that a scrape can have, with those that a histogram's has. */
const knownNames = async (): Promise<Set<string>> => {
  const { registry, observeRoute, watch } = makeMetrics('1');
  const app = await anApi(t, makeMemoryStores());
  const none = { transactions: 0, requests: 0 };
  watch({
    http: () => app.statistics,
    transactions: () => ({
      connections: { max: 0, open: 0, inUse: 0, waiting: 0, opened: 0, broken: 0, failed: 0 },
      waiting: 0,
      transactions: { reading: none, writing: none, exclusive: none, own: none },
    }),
    keySetFetchedAt: () => Date.now(),
    webhookQueue: async () => ({ depth: 0, oldestSeconds: 0 }),
  });
  observeRoute('GET', '/')(200, 0.1);
  const shown = parseSeries(await registry.metrics()).map(({ name }) => name);
  // Prometheus's own; and what is empty until garbage is collected.
  return new Set([...shown, 'up', 'nodejs_gc_duration_seconds_sum']);
};

const functions = /\b(sum|min|max|by|on|and|or|le|rate|increase|topk|vector|histogram_quantile)\b/g;

/** The metrics that an expression names. */
const metricsIn = (expression: string): string[] =>
  [
    ...expression
      .replace(/\{[^}]*\}|\[[^\]]*\]|\b(by|on) ?\([^)]*\)/g, ' ')
      .replace(functions, ' ')
      .matchAll(/[a-zA-Z_:]\w*/g),
  ].map(([name]) => name);

const unknownMetrics = (expressions: readonly string[], known: ReadonlySet<string>): string[] =>
  [...new Set(expressions.flatMap(metricsIn))].filter((name) => !known.has(name));

t.test('each alert has its section in the runbook, and each section its alert', async (t) => {
  t.ok(readAlerts(alertsText).length > 10);
  t.strictSame(runbookFaults(alertsText, runbook), []);
  const planted =
    '      - alert: Planted\n        expr: up == 0\n        annotations:\n          runbook: runbook.md#plante\n';
  t.strictSame(runbookFaults(alertsText + planted, runbook), [
    'Planted has no section',
    'Planted links runbook.md#plante',
  ]);
  t.strictSame(runbookFaults(alertsText, runbook.replace('- **Do**: read the last', '- Read the last')), [
    'TaskwardDown does not say what to do',
  ]);
  t.strictSame(runbookFaults(alertsText, `${runbook}\n## Planted\n`), ['Planted is no alert']);
});

t.test('every metric of alerts and dashboard exists', async (t) => {
  const known = await knownNames();
  const alerts = readAlerts(alertsText).map(({ expression }) => expression);
  const panels = readPanels(dashboardText).map(({ expression }) => expression);
  t.ok(alerts.length > 10 && panels.length > 20);
  t.strictSame(unknownMetrics(alerts, known), []);
  t.strictSame(unknownMetrics(panels, known), []);
  t.strictSame(unknownMetrics(['sum by (x) (rate(taskward_planted_total{job="taskward"}[5m])) > 0'], known), [
    'taskward_planted_total',
  ]);
});

t.test('every series of Taskward is on the dashboard', async (t) => {
  const shown = new Set(readPanels(dashboardText).flatMap(({ expression }) => metricsIn(expression)));
  const isShown = (name: string) => shown.has(name) || /_(sum|count)$/.test(name);
  t.strictSame(
    [...(await knownNames())].filter((name) => name.startsWith('taskward_') && !isShown(name)),
    [],
  );
});

export { type Metrics, makeMetrics } from './metrics.ts';
export { type MetricsServer, serveMetrics } from './metrics-server.ts';
export { metricsOfWorkers, shareMetrics } from './processes.ts';
export type { HttpCounts, MetricsSources, WebhookQueue } from './sources.ts';

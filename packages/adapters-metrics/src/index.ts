export { type Metrics, makeMetrics } from './metrics.ts';
export { type MetricsServer, serveMetrics } from './metrics-server.ts';
export type { HttpCounts, MetricsSources, WebhookQueue } from './sources.ts';

import { AggregatorRegistry, type Registry } from 'prom-client';
import type { Scraped } from './metrics-server.ts';

/** Lets the primary of a cluster read the metrics of this process, one of its workers. */
export const shareMetrics = (registry: Registry): void => {
  AggregatorRegistry.setRegistries(registry);
  // It answers the primary from now on.
  new AggregatorRegistry();
};

/**
 * Returns what the metrics of all workers add up to, in the primary of a cluster. Counters of a worker that has ended are no longer
 * among them, which Prometheus takes for a restart.
 */
export const metricsOfWorkers = (): Scraped => {
  const aggregator = new AggregatorRegistry();
  return { contentType: aggregator.contentType, metrics: () => aggregator.clusterMetrics() };
};

import { collectDefaultMetrics, Registry } from 'prom-client';
import { addDatabaseMetrics } from './database-metrics.ts';
import { addHttpMetrics } from './http-metrics.ts';
import { addGauge } from './read-metrics.ts';
import { addRequestDurations } from './request-durations.ts';
import type { MetricsSources } from './sources.ts';
import { addWebhookMetrics } from './webhook-metrics.ts';

/** The metrics of one process. */
export interface Metrics {
  /** Its own, not the global one: several servers may run in a process. Every metric says how those of processes add up. */
  readonly registry: Registry;
  /**
   * Makes the observer of the responses to a method of a route.
   * @param route its template; `undefined` for all requests that match none
   */
  observeRoute(method: string, route: string | undefined): (status: number, seconds: number) => void;
  /** Adds the metrics that are read when they are scraped. */
  watch(sources: MetricsSources): void;
}

/** Makes the metrics of this process: Node's own, and those of requests. @param version Taskward's, as a label */
export const makeMetrics = (version: string): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addGauge(
    registry,
    { name: 'taskward_build_info', help: 'Always 1; the label says the version.', label: 'version', aggregator: 'max' },
    () => ({ [version]: 1 }),
  );
  return {
    registry,
    observeRoute: addRequestDurations(registry),
    watch(sources) {
      addHttpMetrics(registry, sources);
      addDatabaseMetrics(registry, sources.transactions);
      addWebhookMetrics(registry, sources);
    },
  };
};

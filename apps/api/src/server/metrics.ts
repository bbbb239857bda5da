import cluster from 'node:cluster';
import type { HttpStatistics } from '@taskward/adapters-http';
import type { Metrics, MetricsServer } from '@taskward/adapters-metrics';
import { readWebhookQueue } from '@taskward/adapters-postgres';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../configuration/config.ts';
import type { Cradle } from '../container/container.ts';

/** The metrics of a server. */
export interface ServerMetrics {
  /** Observes requests, for the HTTP adapter. */
  readonly observeRoute: Metrics['observeRoute'];
  /**
   * Serves the metrics from now on, in a worker to its primary.
   * @returns the server of metrics; `undefined` in a worker
   * @throws Error whose message says what to do, where it cannot listen
   */
  serve(http: HttpStatistics): Promise<MetricsServer | undefined>;
}

/**
 * Makes the metrics of a server, or returns `undefined` if METRICS_PORT is not set: then nothing of them is loaded, and
 * requests are not measured.
 */
export const makeServerMetrics = async (
  { metrics: address }: Config,
  { database, keySet }: Pick<Cradle, 'database' | 'keySet'>,
): Promise<ServerMetrics | undefined> => {
  if (address === undefined) return undefined;
  const { makeMetrics, serveMetrics, shareMetrics } = await import('@taskward/adapters-metrics');
  const { registry, observeRoute, watch } = makeMetrics(packageJson.version);
  return {
    observeRoute,
    async serve(http) {
      watch({
        http: () => http,
        transactions: () => database.transactions.statistics(),
        keySetFetchedAt: keySet?.fetchedAt,
        webhookQueue: () => readWebhookQueue(database),
      });
      if (!cluster.isWorker) return serveMetrics(address, registry);
      shareMetrics(registry);
      return undefined;
    },
  };
};

/** Serves what the metrics of all workers add up to, in their primary. @throws Error whose message says what to do */
export const serveMetricsOfWorkers = async ({
  metrics: address,
}: Pick<Config, 'metrics'>): Promise<MetricsServer | undefined> => {
  if (address === undefined) return undefined;
  const { metricsOfWorkers, serveMetrics } = await import('@taskward/adapters-metrics');
  return serveMetrics(address, metricsOfWorkers());
};

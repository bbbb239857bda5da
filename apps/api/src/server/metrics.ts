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
  /** Serves the metrics from now on. @throws Error whose message says what to do, where it cannot listen */
  serve(http: HttpStatistics): Promise<MetricsServer>;
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
  const { makeMetrics, serveMetrics } = await import('@taskward/adapters-metrics');
  const { registry, observeRoute, watch } = makeMetrics(packageJson.version);
  return {
    observeRoute,
    serve(http) {
      watch({
        http: () => http,
        transactions: () => database.transactions.statistics(),
        keySetFetchedAt: keySet?.fetchedAt,
        webhookQueue: () => readWebhookQueue(database),
      });
      return serveMetrics(address, registry);
    },
  };
};

import type { MetricsServer } from '@taskward/adapters-metrics';
import type { Config } from '../configuration/config.ts';
import { acquireResources, type Resources } from '../configuration/local-resources.ts';
import { buildContainer } from '../container/container.ts';
import { makeLog } from '../container/log.ts';
import { prepareDatabase } from '../operations/migrations.ts';
import { serveMetricsOfWorkers } from '../server/metrics.ts';
import type { Server } from '../server/server.ts';
import { toStartError } from '../server/start-errors.ts';
import { startWorkers } from './worker-pool.ts';

const prepare = async (config: Resources['config']): Promise<void> => {
  const container = buildContainer(config);
  try {
    await prepareDatabase(container.cradle);
  } finally {
    await container.dispose();
  }
};

/**
 * Starts the API in several processes that share a port. This one serves no requests: it has what a machine needs once, which
 * are the embedded database, migrations and the verification of isolation, and starts, replaces and stops the others.
 * @param notice called with sentences to show to the user
 * @throws MigrationError, UnfitDatabaseError, UnsafeDatabaseError or Error, whose messages say what to do
 */
export const startPrimary = async (settings: Config, notice: (line: string) => void): Promise<Server> => {
  const resources = await acquireResources(settings, notice);
  const { config } = resources;
  let metricsServer: MetricsServer | undefined;
  const release = async () => {
    await metricsServer?.close();
    await resources.release();
  };
  try {
    await prepare(config);
    const log = makeLog({ config });
    if (config.rateLimit !== undefined && config.redisUrl === undefined)
      log.warn(
        `Each of the ${config.processes} processes counts requests by itself, so a user may send up to ${config.processes} times RATE_LIMIT_MAX. Set REDIS_URL to count them together.`,
      );
    metricsServer = await serveMetricsOfWorkers(config);
    const workers = await startWorkers(config.processes, { DATABASE_URL: config.databaseUrl }, log);
    if (metricsServer !== undefined) log.info(`Metrics are at ${metricsServer.url}.`);
    return {
      config,
      url: `http://localhost:${workers.port}`,
      ending: workers.ending,
      async stop() {
        await workers.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw toStartError(error, config.port);
  }
};

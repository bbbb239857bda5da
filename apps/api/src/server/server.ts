import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, Server as TcpServer } from 'node:net';
import { buildHttpApp } from '@taskward/adapters-http';
import type { MetricsServer } from '@taskward/adapters-metrics';
import { pingDatabase } from '@taskward/adapters-postgres';
import { ApplicationError } from '@taskward/application';
import type { FastifyBaseLogger } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../configuration/config.ts';
import { acquireResources, type Resources } from '../configuration/local-resources.ts';
import { buildServerContainer } from '../container/container.ts';
import { prepareDatabase } from '../operations/migrations.ts';
import { startPurging } from '../operations/periodic-purges.ts';
import { type ReminderScheduler, startReminderScheduler } from '../operations/reminder-scheduler.ts';
import { startWebhooks } from '../operations/start-webhooks.ts';
import type { WebhookWorker } from '../operations/webhook-worker.ts';
import { makeServerMetrics } from './metrics.ts';
import { isWebAppBuilt, webAppOf } from './web-app.ts';

/** A running server. */
export interface Server {
  readonly config: Resources['config'];
  /** Its URL on this machine, such as `http://localhost:8000`. */
  readonly url: string;
  /** Reports "not ready", completes pending requests, stops, and releases all resources. */
  stop(): Promise<void>;
}

// While draining, the server still accepts requests, but every response closes its connection. In production this lasts
// long enough for a load balancer that checks readiness once a second.
const drainMilliseconds = { development: 0, production: 1_500 };
const lastRequestMilliseconds = 1_000;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

// Immediates run after the event loop has read what has arrived.
const afterNextRead = () => new Promise<void>((resolve) => setImmediate(resolve));

// `http.Server` destroys idle connections when it closes, including new ones whose first request has not arrived yet. The
// `close` of a TCP server only stops listening and waits for open connections.
const stopListening = (server: HttpServer): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve())),
    wait(lastRequestMilliseconds),
  ]);

// Node's default of 511 drops connections of a large burst, whose clients retry only after a second.
const backlog = 4_096;

const isAddressInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/**
 * Starts the API: the database, migrations in development, the verification of isolation, then HTTP.
 * @param notice called with sentences to show to the user
 * @throws MigrationError, UnfitDatabaseError, UnsafeDatabaseError or Error, whose messages say what to do
 */
export const startServer = async (settings: Config, notice: (line: string) => void): Promise<Server> => {
  const resources = await acquireResources(settings, notice);
  const { config } = resources;
  const container = buildServerContainer(config);
  const { database, log, useCases, reminders, auth, agents, keySet, rateCounter } = container.cradle;
  let draining = false;
  let stopPurging = () => {};
  let scheduler: ReminderScheduler | undefined;
  let worker: WebhookWorker | undefined;
  let metricsServer: MetricsServer | undefined;
  const release = async () => {
    await metricsServer?.close();
    stopPurging();
    await scheduler?.stop();
    await worker?.stop();
    await container.dispose();
    await resources.release();
  };

  try {
    await prepareDatabase(container.cradle);
    if (config.environment === 'production' && config.webApp !== undefined && !isWebAppBuilt())
      log.warn('WEB_APP is on, but there is no page to serve. Build it with `npm run build:web`, then start again.');
    const metrics = await makeServerMetrics(config, container.cradle);
    const app = await buildHttpApp({
      useCases,
      auth,
      rateLimit: config.rateLimit && { ...config.rateLimit, sharedCounter: rateCounter },
      trustedProxies: config.trustedProxies,
      publicUrl: config.publicUrl,
      corsOrigins: config.corsOrigins,
      readiness: {
        database: () => pingDatabase(database),
        ...(keySet && { keys: () => keySet.check() }),
      },
      isDraining: () => draining,
      maxStreams: config.maxStreams,
      changesRetentionDays: config.changesRetentionDays,
      compatibility: config.compatibility,
      webApp: webAppOf(config),
      agents,
      observeRoute: metrics?.observeRoute,
      version: packageJson.version,
      logger: log as FastifyBaseLogger,
    });
    stopPurging = startPurging(container.cradle);
    scheduler = startReminderScheduler(reminders, log);
    worker = await startWebhooks(container.cradle);
    metricsServer = await metrics?.serve(app.statistics);
    if (metricsServer !== undefined) log.info(`Metrics are at ${metricsServer.url}.`);
    await app.listen({ host: config.host, port: config.port, backlog });
    const { port } = app.server.address() as AddressInfo;
    return {
      config,
      url: `http://localhost:${port}`,
      async stop() {
        draining = true;
        app.endEventStreams();
        const drain = drainMilliseconds[config.environment];
        // Without a pause: clients whose connection is closed would open new ones, and those that the kernel has completed
        // but Node has not accepted are reset.
        if (drain > 0) await wait(drain);
        await stopListening(app.server);
        // A connection whose request has arrived but is not read yet seems idle, and would be destroyed.
        await afterNextRead();
        await app.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    if (isAddressInUse(error)) {
      throw new Error(`Port ${config.port} is taken. Stop what listens there, or choose another: PORT=8001 npm start`, {
        cause: error,
      });
    }
    if (error instanceof ApplicationError && error.code === 'database/unavailable') {
      const why = error.cause instanceof Error ? error.cause.message : String(error.cause);
      throw new Error(`The database of DATABASE_URL does not answer: ${why}. Check the URL and that it is running.`, {
        cause: error,
      });
    }
    throw error;
  }
};

import type { Server as NodeServer } from 'node:http';
import { type AddressInfo, Server as TcpServer } from 'node:net';
import { buildHttpApp } from '@taskward/adapters-http';
import { pingDatabase } from '@taskward/adapters-postgres';
import type { FastifyBaseLogger } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Cradle } from '../container/container.ts';
import { makeServerMetrics } from './metrics.ts';
import { isWebAppBuilt, webAppOf } from './web-app.ts';

/** HTTP on a port. */
export interface HttpServer {
  readonly port: number;
  /** Reports "not ready", completes pending requests, and stops listening. */
  stop(): Promise<void>;
}

// While draining, the server still accepts requests, but every response closes its connection. In production this lasts
// long enough for a load balancer that checks readiness once a second.
const drainMilliseconds = { development: 0, production: 1_500 };
const lastRequestMilliseconds = 1_000;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

// Immediates run after the event loop has read what has arrived.
const afterNextRead = () => new Promise<void>((resolve) => setImmediate(resolve));

// The kernel resets connections that it has completed but Node has not accepted when the server stops listening. Node accepts
// one in each iteration of its event loop, so none is waiting after an iteration without one.
const acceptWaiting = async (server: NodeServer): Promise<void> => {
  const end = performance.now() + lastRequestMilliseconds;
  let hasAccepted = true;
  const note = () => {
    hasAccepted = true;
  };
  server.on('connection', note);
  while (hasAccepted && performance.now() < end) {
    hasAccepted = false;
    await afterNextRead();
  }
  server.off('connection', note);
};

// `http.Server` destroys idle connections when it closes, including new ones whose first request has not arrived yet. The
// `close` of a TCP server only stops listening and waits for open connections.
const stopListening = (server: NodeServer): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve())),
    wait(lastRequestMilliseconds),
  ]);

// Node's default of 511 drops connections of a large burst, whose clients retry only after a second.
const backlog = 4_096;

/**
 * Serves the API over HTTP.
 * @throws Error `EADDRINUSE` if the port is taken
 */
export const startHttpServer = async (cradle: Cradle): Promise<HttpServer> => {
  const { config, database, log, useCases, auth, agents, keySet, rateCounter, tracing } = cradle;
  if (config.environment === 'production' && config.webApp !== undefined && !isWebAppBuilt())
    log.warn('WEB_APP is on, but there is no page to serve. Build it with `npm run build:web`, then start again.');
  // Nothing waits for it: until it is found fit, the primary answers.
  void cradle.replica?.check();
  const metrics = await makeServerMetrics(config, cradle);
  let draining = false;
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
    startTrace: tracing?.startTrace,
    logger: log as FastifyBaseLogger,
  });
  const metricsServer = await metrics?.serve(app.statistics);
  try {
    await app.listen({ host: config.host, port: config.port, backlog });
  } catch (error) {
    await metricsServer?.close();
    throw error;
  }
  if (metricsServer !== undefined) log.info(`Metrics are at ${metricsServer.url}.`);
  return {
    port: (app.server.address() as AddressInfo).port,
    async stop() {
      const drain = drainMilliseconds[config.environment];
      // Without a pause, before draining: clients whose connection is closed would open new ones meanwhile.
      if (drain === 0) await acceptWaiting(app.server);
      draining = true;
      app.endEventStreams();
      if (drain > 0) {
        await wait(drain);
        await acceptWaiting(app.server);
      }
      await stopListening(app.server);
      // A connection whose request has arrived but is not read yet seems idle, and would be destroyed.
      await afterNextRead();
      await app.close();
      await metricsServer?.close();
    },
  };
};

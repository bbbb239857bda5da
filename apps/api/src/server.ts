import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, Server as TcpServer } from 'node:net';
import { buildHttpApp } from '@taskward/adapters-http';
import { pingDatabase } from '@taskward/adapters-postgres';
import { DomainError } from '@taskward/domain';
import type { FastifyBaseLogger } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config.ts';
import { buildContainer, type Cradle } from './container.ts';
import { acquireResources, type Resources } from './local-resources.ts';
import { prepareDatabase } from './migrations.ts';
import { purgeExpiredKeys } from './purge-idempotency-keys.ts';

/** A running server. */
export interface Server {
  readonly config: Resources['config'];
  /** Where it can be reached from this machine: `http://localhost:8000`. */
  readonly url: string;
  /** Says "not ready" from now on, answers what is under way, and lets go of everything that was started. */
  stop(): Promise<void>;
}

// While draining, new requests are still served, and every answer closes its connection. In production that lasts long
// enough for a load balancer that asks once a second to notice.
const drainMilliseconds = { development: 0, production: 1_500 };
const lastRequestMilliseconds = 500;

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

// `http.Server` cuts idle connections as soon as it closes, and a connection that was just made looks idle: its first
// request would be lost. This only stops listening, as any TCP server would, and waits for the last ones.
const stopListening = (server: HttpServer): Promise<void> =>
  Promise.race([
    new Promise<void>((resolve) => TcpServer.prototype.close.call(server, () => resolve())),
    wait(lastRequestMilliseconds),
  ]);

// Answers that are kept for repeated requests are of no use after a day. Each statement is bounded, so that it never
// weighs on requests, and each run: what is left waits for the next one, or for that of another process.
const purgeMilliseconds = 60_000;
const purging = { atOnce: 1_000, milliseconds: 30_000 };

const purgeKeys = async ({ useCases, log }: Pick<Cradle, 'useCases' | 'log'>): Promise<void> => {
  await purgeExpiredKeys(useCases, purging).catch((error) =>
    log.warn({ err: error }, 'Old answers could not be forgotten now; tried again in a minute.'),
  );
};

// Node accepts one connection a turn: of many at once, more than its 511 would be dropped, and try again a second later.
const backlog = 4_096;

const isAddressInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

/**
 * Starts the API: database, migrations in development, the proof of isolation, and then HTTP.
 * @throws ConfigError, MigrationError, UnsafeDatabaseError or Error, whose messages say what to do
 */
export const startServer = async (settings: Config, notice: (line: string) => void): Promise<Server> => {
  const resources = await acquireResources(settings, notice);
  const { config } = resources;
  const container = buildContainer(config);
  const { database, log, useCases, auth, keySet, rateCounter } = container.cradle;
  let draining = false;
  let purgeTimer: NodeJS.Timeout | undefined;
  const letGo = async () => {
    clearInterval(purgeTimer);
    await container.dispose();
    await resources.release();
  };

  try {
    await prepareDatabase(container.cradle);
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
      version: packageJson.version,
      logger: log as FastifyBaseLogger,
    });
    purgeTimer = setInterval(() => void purgeKeys(container.cradle), purgeMilliseconds).unref();
    await app.listen({ host: config.host, port: config.port, backlog });
    const { port } = app.server.address() as AddressInfo;
    return {
      config,
      url: `http://localhost:${port}`,
      async stop() {
        draining = true;
        await wait(drainMilliseconds[config.environment]);
        await stopListening(app.server);
        await app.close();
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    if (isAddressInUse(error)) {
      throw new Error(`Port ${config.port} is taken. Stop what listens there, or choose another: PORT=8001 npm start`, {
        cause: error,
      });
    }
    if (error instanceof DomainError && error.code === 'database/unavailable') {
      const why = error.cause instanceof Error ? error.cause.message : String(error.cause);
      throw new Error(`The database of DATABASE_URL does not answer: ${why}. Check the URL and that it is running.`, {
        cause: error,
      });
    }
    throw error;
  }
};

import fastify, { type FastifyInstance } from 'fastify';
import { mcp } from './agents/mcp.ts';
import { compatibility, contractUrl } from './compatibility/compatibility.ts';
import type { HttpOptions } from './options.ts';
import { authentication } from './plugins/authentication.ts';
import { cors } from './plugins/cors.ts';
import { docs } from './plugins/docs.ts';
import { draining } from './plugins/draining.ts';
import { errorHandler } from './plugins/error-handler.ts';
import { events } from './plugins/events.ts';
import { health } from './plugins/health.ts';
import { home } from './plugins/home.ts';
import { hostHeader } from './plugins/host-header.ts';
import { jsonBody } from './plugins/json-body.ts';
import { limits } from './plugins/limits.ts';
import { loadShedding } from './plugins/load-shedding.ts';
import { methodNotAllowed, routeMethods } from './plugins/method-not-allowed.ts';
import { notFound } from './plugins/not-found.ts';
import { openapi } from './plugins/openapi.ts';
import { rateLimit } from './plugins/rate-limit.ts';
import { requestId } from './plugins/request-id.ts';
import { requestLog } from './plugins/request-log.ts';
import { requestPipelining } from './plugins/request-pipelining.ts';
import { requestTimes } from './plugins/request-times.ts';
import { responseBackpressure } from './plugins/response-backpressure.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { statistics } from './plugins/statistics.ts';
import { tasks } from './plugins/tasks.ts';
import { tracing } from './plugins/tracing.ts';
import { validation } from './plugins/validation.ts';
import { makePublicUrl } from './server/public-url.ts';
import { serverOptions } from './server/server-options.ts';
import { makeTrustProxy } from './server/trusted-proxies.ts';
import { developmentToken } from './web-app/development-token.ts';
import { webApp } from './web-app/web-app.ts';

/**
 * Builds the HTTP server of Taskward, which does not listen yet. Plugins are registered in the order in which a request
 * passes their hooks.
 */
export const buildHttpApp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const { useCases, auth, corsOrigins, logger, isDraining = () => false } = options;
  const trustProxy = options.trustedProxies?.length ? makeTrustProxy(options.trustedProxies) : undefined;
  const publicUrl = makePublicUrl(options.publicUrl, trustProxy);
  const app = fastify(serverOptions(options, trustProxy, contractUrl));

  // How requests are read and errors sent
  app.register(errorHandler);
  app.register(jsonBody);
  app.register(validation, { useCases });

  // What happens to every request
  app.register(statistics);
  app.register(requestTimes, { observeRoute: options.observeRoute });
  app.register(rateLimit, { settings: options.rateLimit });
  app.register(routeMethods);
  app.register(requestPipelining);
  app.register(securityHeaders);
  app.register(requestId);
  app.register(tracing, { startTrace: options.startTrace });
  app.register(draining, { isDraining });
  app.register(requestLog, { logger });
  app.register(cors, { origins: corsOrigins });
  app.register(hostHeader);
  app.register(loadShedding, { maxInFlight: options.maxInFlight, maxInFlightOfOne: options.maxInFlightOfOne });
  app.register(notFound);
  app.register(responseBackpressure, { maxUnreadBytes: options.maxUnreadBytes });

  // Routes
  app.register(openapi, { version: options.version });
  app.register(health, { checks: options.readiness, isDraining });
  app.register(authentication, { auth, corsOrigins });
  app.register(limits, { options });
  app.register(compatibility, { settings: options.compatibility });
  app.register(tasks, { useCases, publicUrl });
  app.register(events, { useCases, maxStreams: options.maxStreams, streamTimes: options.streamTimes });
  app.register(webApp, { webApp: options.webApp });
  app.register(developmentToken, { issueToken: options.webApp?.issueToken });
  app.register(mcp, { agents: options.agents, auth, corsOrigins, publicUrl });
  app.register(home, { publicUrl });
  app.register(docs, { publicUrl });
  app.register(methodNotAllowed);

  await app.after();
  return app;
};

import type { IncomingMessage } from 'node:http';
import { type FastifyBaseLogger, LogController } from 'fastify';
import { bodyLimit } from '../messages/limits.ts';
import { decodedPath, originForm } from '../messages/path.ts';
import { parseQuery } from '../messages/query-string.ts';
import type { HttpOptions } from '../options.ts';
import { makeCorsHeaders } from '../plugins/cors.ts';
import { makeSecurityHeaders } from '../plugins/security-headers.ts';
import { requestIdOf } from './request-id.ts';
import { makeRequestLogger } from './request-logger.ts';
import type { TrustProxy } from './trusted-proxies.ts';
import { makeUnparsableRequestHandler } from './unparsable-requests.ts';

const requestMilliseconds = 30_000;

// Longer than any request head: the router itself would respond to a longer path parameter, without CORS headers and in
// another style.
const maxParamLength = 16 * 1024;

// The router itself would also respond to a path that cannot be decoded. Rewritten to this path, it gets the usual 404.
const undecodablePath = '/undecodable-path';

const loggerOptions = (logger: FastifyBaseLogger | undefined) =>
  logger === undefined ? {} : { loggerInstance: logger, childLoggerFactory: makeRequestLogger };

/**
 * Returns Fastify's own options: how it reads requests, before any plugin sees them.
 * @param contractUrl returns the URL to route for the one that was sent
 */
export const serverOptions = (
  { logger, corsOrigins }: Pick<HttpOptions, 'logger' | 'corsOrigins'>,
  trustProxy: TrustProxy | undefined,
  contractUrl: (request: IncomingMessage, url: string) => string,
) => ({
  ...loggerOptions(logger),
  logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
  bodyLimit,
  genReqId: (request: IncomingMessage) => requestIdOf(request),
  // A request that arrives on an open connection while the server closes is still served.
  return503OnClosing: false,
  forceCloseConnections: 'idle' as const,
  requestTimeout: requestMilliseconds,
  // Closes a connection whose client does not read its response. Longer than the timeout for requests, so that a client
  // whose request is late gets its 408.
  connectionTimeout: 3 * requestMilliseconds,
  trustProxy: trustProxy ?? false,
  // The host-header plugin checks it: Node would respond without a body or a request id.
  http: { requireHostHeader: false, connectionsCheckingInterval: requestMilliseconds / 6 },
  clientErrorHandler: makeUnparsableRequestHandler(makeSecurityHeaders(), makeCorsHeaders(corsOrigins)),
  routerOptions: {
    ignoreTrailingSlash: true,
    maxParamLength,
    querystringParser: parseQuery as never,
  },
  rewriteUrl: (request: IncomingMessage & { originalUrl?: string }) => {
    const url = contractUrl(request, originForm(request.url as string));
    // Fastify's `request.originalUrl`, from which the plugins read the path.
    if (url !== request.url) request.originalUrl = url;
    return decodedPath(url) === undefined ? undecodablePath : url;
  },
});

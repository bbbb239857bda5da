import type { IncomingMessage } from 'node:http';
import type { UseCases } from '@taskward/application';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { type AuthSettings, registerAuthentication } from './auth/authenticate.ts';
import { HttpError, toHttpError } from './errors/http-error.ts';
import { FailureSchema, ProblemSchema } from './errors/problem.ts';
import { makeValidatorCompiler } from './errors/validation.ts';
import { errorResponse, sendResponse } from './messages/http-response.ts';
import { registerJsonBodies } from './messages/json-body.ts';
import { bodyLimit } from './messages/limits.ts';
import { decodedPath, originForm } from './messages/path.ts';
import { parseQuery } from './messages/query-string.ts';
import { timesSent } from './messages/raw-headers.ts';
import { requestIdOf } from './messages/request-id.ts';
import { makeCorsHeaders, registerCors } from './plugins/cors.ts';
import { type ReadinessCheck, registerHealth } from './plugins/health.ts';
import { registerHome } from './plugins/home.ts';
import { registerLoadShedding } from './plugins/load-shedding.ts';
import { registerMethodNotAllowed } from './plugins/method-not-allowed.ts';
import { registerDocs, registerOpenapi } from './plugins/openapi.ts';
import { makePublicUrl } from './plugins/public-url.ts';
import { makeRateLimit, type RateLimitSettings } from './plugins/rate-limit.ts';
import { makeRequestLog } from './plugins/request-log.ts';
import { serializePipelinedRequests } from './plugins/request-pipelining.ts';
import { limitUnreadResponses } from './plugins/response-backpressure.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { makeTrustProxy } from './plugins/trusted-proxies.ts';
import { makeUnparsableRequestHandler } from './plugins/unparsable-requests.ts';
import { pathOwnerStyle, styleOfPath, tokenOwnerStyle } from './tasks/api-styles.ts';
import { registerTaskRoutes } from './tasks/routes.ts';
import { TaskSchema } from './tasks/schemas.ts';

/** What the HTTP adapter is given. */
export interface HttpOptions {
  readonly useCases: UseCases;
  readonly auth: AuthSettings;
  /** Absent: nobody is limited. */
  readonly rateLimit?: RateLimitSettings | undefined;
  /** Addresses or CIDR ranges of proxies whose `X-Forwarded-…` headers are believed. */
  readonly trustedProxies?: readonly string[];
  /** Where clients find this server; absent: as a trusted proxy says, else at the root of wherever they asked. */
  readonly publicUrl?: string | undefined;
  /** Exact origins that browsers may call from, with credentials. */
  readonly corsOrigins: readonly string[];
  /** What must work for `/health/ready`, by name. */
  readonly readiness: Readonly<Record<string, ReadinessCheck>>;
  /** Whether the server is about to stop: then every answer tells its client to take a new connection next time. */
  readonly isDraining?: () => boolean;
  /** Shown in the OpenAPI document. */
  readonly version: string;
  readonly logger?: FastifyBaseLogger;
  /** How many requests are worked on at once before further ones are refused; 250 if not given. */
  readonly maxInFlight?: number;
  /** How many of one user; 100 if not given. */
  readonly maxInFlightOfOne?: number;
  /** How many bytes of large answers may wait to be read before the slowest reader is let go of; 128 MiB if not given. */
  readonly maxUnreadBytes?: number;
}

const requestMilliseconds = 30_000;
// More than the head of a request may hold: a part of a path is never too long for the router, which would answer that
// itself, without CORS headers and in a style of its own.
const maxParamLength = 16 * 1024;

// Query strings are not logged, and neither is a token that somebody put into the path by mistake.
const loggedPath = (url: string): string => (url.split('?', 1)[0] as string).replace(/eyJ[\w-]+\.[\w.-]*/g, '[token]');

// A path that cannot be decoded would be answered by the router before any hook, so without CORS headers. Under this
// name it reaches the not-found handler like every other path that leads nowhere.
const undecodablePath = '/undecodable-path';

const send = (request: FastifyRequest, reply: FastifyReply, error: HttpError): FastifyReply => {
  const { style } = styleOfPath(request.originalUrl).responses.error;
  return sendResponse(reply, errorResponse(error, style, request.id));
};

// A log that does not say what it would leave out is asked for everything.
const isLogged = (logger: FastifyBaseLogger, level: string): boolean => {
  const { isLevelEnabled } = logger as { isLevelEnabled?: (level: string) => boolean };
  return isLevelEnabled === undefined || isLevelEnabled.call(logger, level);
};

const notFound = ({ originalUrl }: FastifyRequest): HttpError =>
  decodedPath(originalUrl) !== undefined
    ? new HttpError(
        'route/not-found',
        `There is nothing at ${originalUrl.split('?', 1)[0]}. See /docs for what there is.`,
      )
    : new HttpError(
        'request/malformed',
        'The path is not well-formed percent-encoded UTF-8. Encode it with encodeURIComponent.',
      );

const registerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = toHttpError(thrown);
    if (error.status >= 500 && error.code !== 'server/overloaded')
      request.log.error({ err: error.cause ?? error, code: error.code }, error.message);
    return send(request, reply, error);
  });
};

const hostFault = ({ raw }: FastifyRequest): HttpError | undefined => {
  const hosts = timesSent(raw, 'host');
  if (hosts === 1) return undefined;
  if (hosts > 1) return new HttpError('request/malformed', 'The request has more than one `Host` header. Send one.');
  return raw.httpVersion === '1.1'
    ? new HttpError('request/malformed', 'The request has no `Host` header. HTTP/1.1 demands one.')
    : undefined;
};

const logResponses = (app: FastifyInstance): void => {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        path: loggedPath(request.originalUrl),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
};

/** Builds the HTTP side of Taskward. It does not listen: that is the app's business, and tests call `inject`. */
export const buildHttpApp = async (options: HttpOptions): Promise<FastifyInstance> => {
  const isTrusted = options.trustedProxies?.length ? makeTrustProxy(options.trustedProxies) : undefined;
  const publicUrl = makePublicUrl(options.publicUrl, isTrusted);
  const fixedHeaders = securityHeaders();
  const app = fastify({
    ...(options.logger && { loggerInstance: options.logger, childLoggerFactory: makeRequestLog }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    bodyLimit,
    genReqId: (request: IncomingMessage) => requestIdOf(request),
    // A request that came in on an open connection while we close is still answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: requestMilliseconds,
    // A connection on which nothing moves, because its client does not take an answer. Longer than it takes to tell one
    // whose request does not arrive that it was late.
    connectionTimeout: 3 * requestMilliseconds,
    trustProxy: isTrusted ?? false,
    // Node would refuse it with an answer that has neither a body nor a request id: it is refused here instead.
    http: { requireHostHeader: false, connectionsCheckingInterval: requestMilliseconds / 6 },
    clientErrorHandler: makeUnparsableRequestHandler(fixedHeaders, makeCorsHeaders(options.corsOrigins)),
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength,
      querystringParser: parseQuery as never,
    },
    rewriteUrl: (request) => {
      const url = originForm(request.url as string);
      // What Fastify calls the original URL, and everything here reads.
      if (url !== request.url) Object.assign(request, { originalUrl: url });
      return decodedPath(url) === undefined ? undecodablePath : url;
    },
  });

  registerErrors(app);
  registerJsonBodies(app);
  app.setValidatorCompiler(makeValidatorCompiler());
  // Bodies have their documented shape when they get here; to write a page down takes V8 half as long as a serializer
  // that was compiled from its schema.
  app.setSerializerCompiler(() => JSON.stringify);
  for (const schema of [TaskSchema, ProblemSchema, FailureSchema]) app.addSchema(schema);
  const { countAddress, authenticateAndCount } = await makeRateLimit(app, options.rateLimit);
  app.setNotFoundHandler((request, reply) => send(request, reply, notFound(request)));
  const methods = registerMethodNotAllowed(app, countAddress);

  serializePipelinedRequests(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(fixedHeaders);
    reply.header('x-request-id', request.id);
    if (options.isDraining?.()) reply.header('connection', 'close');
    done();
  });
  const { logger } = options;
  if (logger !== undefined && isLogged(logger, 'info')) logResponses(app);
  registerCors(app, options.corsOrigins, countAddress);
  app.addHook('onRequest', (request, _reply, done) => done(hostFault(request)));
  const { maxInFlight = 250, maxInFlightOfOne = 100 } = options;
  registerLoadShedding(app, { maxInFlight, maxInFlightOfOne });
  // Before the body is read: whatever it is, it leads nowhere.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    countAddress.call(app, request, reply, (error) => done(error ?? notFound(request)));
  });
  limitUnreadResponses(app, options.maxUnreadBytes ?? 128 * 2 ** 20);
  await registerOpenapi(app, options.version);

  registerHealth(app, options.readiness, options.isDraining);
  const { auth, corsOrigins } = options;
  app.decorateRequest('owner', null);
  app.decorateRequest('createdAt', null);
  const verify = await registerAuthentication(app, auth, { cookie: auth.cookie, corsOrigins });
  const authenticate = authenticateAndCount(verify);
  registerTaskRoutes(app, tokenOwnerStyle, options.useCases, authenticate, publicUrl);
  registerTaskRoutes(app, pathOwnerStyle, options.useCases, authenticate, publicUrl);
  registerHome(app, publicUrl, countAddress);
  await registerDocs(app, publicUrl, countAddress);
  methods.complete();
  return app;
};

import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from 'fastify';

const exposedHeaders = [
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
  'X-Total-Count',
];

const longestRequestedHeaders = 1_024;

// They are sent back, and a head that is larger than a proxy's buffer becomes its 502. No page sends as many.
const boundRequestedHeaders = ({ headers }: FastifyRequest): void => {
  if ((headers['access-control-request-headers']?.length ?? 0) > longestRequestedHeaders)
    delete headers['access-control-request-headers'];
};

/** Makes the headers of an answer that is made without Fastify, for pages of an origin. */
export const makeCorsHeaders =
  (origins: readonly string[]) =>
  (origin: string | undefined): Readonly<Record<string, string>> => ({
    vary: 'Origin',
    ...(origin !== undefined && {
      ...(origins.includes(origin) && { 'access-control-allow-origin': origin }),
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': exposedHeaders.join(', '),
    }),
  });

/**
 * Lets pages of these origins call, with credentials. The library's hook runs only for requests with an `Origin` and for
 * preflights: it copies its options for each request, which was a tenth of Node's time for a small one.
 * @param origins exact ones
 * @param countAddress refuses preflights of an address that has had its share
 */
export const registerCors = (
  app: FastifyInstance,
  origins: readonly string[],
  countAddress: onRequestHookHandler,
): void => {
  let handleCors: onRequestHookHandler | undefined;
  const catching: FastifyInstance = Object.create(app, {
    addHook: {
      value: (_name: 'onRequest', hook: onRequestHookHandler) => {
        handleCors = hook;
      },
    },
  });
  const options = {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: exposedHeaders.join(', '),
    maxAge: 600,
    strictPreflight: false,
    preflightContinue: true,
  };
  cors(catching, options, (error) => {
    if (error) throw error;
  });
  if (handleCors === undefined) throw new Error('@fastify/cors adds its hook in another way than it used to');
  const hook = handleCors;
  app.addHook('onRequest', function (request, reply, done) {
    if (request.method === 'OPTIONS') {
      boundRequestedHeaders(request);
      return hook.call(this, request, reply, (failed) => {
        if (failed) return done(failed);
        countAddress.call(this, request, reply, (rejection) => {
          if (rejection) return done(rejection);
          const { allow } = request.routeOptions.config;
          if (allow !== undefined) reply.header('allow', allow);
          // Some browsers wait for a body unless they are told that there is none.
          reply.code(204).header('content-length', '0').send();
        });
      });
    }
    if (request.headers.origin !== undefined) return hook.call(this, request, reply, done);
    reply.header('vary', 'Origin');
    done();
  });
};

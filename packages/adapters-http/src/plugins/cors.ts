import fastifyCors, { type FastifyCorsOptions, type FastifyCorsOptionsDelegateCallback } from '@fastify/cors';
import fp from 'fastify-plugin';

interface CorsOptions {
  /** Exact origins whose pages may call, with credentials. */
  readonly origins: readonly string[];
}

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
].join(', ');

const maxRequestedHeadersLength = 1_024;

/** Makes the CORS headers of a response that is sent without Fastify. */
export const makeCorsHeaders =
  (origins: readonly string[]) =>
  (origin: string | undefined): Readonly<Record<string, string>> => ({
    vary: 'Origin',
    ...(origin !== undefined && {
      ...(origins.includes(origin) && { 'access-control-allow-origin': origin }),
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': exposedHeaders,
    }),
  });

/** Sets CORS headers, and responds to every OPTIONS request with 204 and the path's methods in `Allow`. */
export const cors = fp<CorsOptions>(
  async (app, { origins }) => {
    // The header is sent back, and a proxy responds with 502 to a head that is larger than its buffer.
    app.addHook('onRequest', ({ headers }, _reply, done) => {
      if ((headers['access-control-request-headers']?.length ?? 0) > maxRequestedHeadersLength)
        delete headers['access-control-request-headers'];
      done();
    });
    const options: FastifyCorsOptions = {
      origin: [...origins],
      credentials: true,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders,
      maxAge: 600,
      strictPreflight: false,
      preflightContinue: true,
    };
    const noHeaders: FastifyCorsOptions = { origin: false };
    const optionsOf: FastifyCorsOptionsDelegateCallback = ({ method, headers }, callback) => {
      // Clients other than browsers need no CORS headers, only `Vary`.
      const isOfBrowser = headers.origin !== undefined || method === 'OPTIONS';
      callback(null, isOfBrowser ? options : noHeaders);
    };
    await app.register(fastifyCors, () => optionsOf);
    app.addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'OPTIONS') return done();
      app.rateLimit.countAddress.call(app, request, reply, (rejection) => {
        if (rejection) return done(rejection);
        const { allow } = request.routeOptions.config;
        if (allow !== undefined) reply.header('allow', allow);
        // Some browsers wait for a body unless they are told that there is none.
        reply.code(204).header('content-length', '0').send();
      });
    });
  },
  { name: 'cors', dependencies: ['rate-limit'] },
);

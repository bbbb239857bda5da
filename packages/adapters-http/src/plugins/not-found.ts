import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { HttpError } from '../errors/http-error.ts';
import { decodedPath } from '../messages/path.ts';

const notFoundError = ({ originalUrl }: FastifyRequest): HttpError =>
  decodedPath(originalUrl) !== undefined
    ? new HttpError(
        'route/not-found',
        `There is nothing at ${originalUrl.split('?', 1)[0]}. See /docs for what there is.`,
      )
    : new HttpError(
        'request/malformed',
        'The path is not well-formed percent-encoded UTF-8. Encode it with encodeURIComponent.',
      );

/** Responds with 404 to paths without a route, and with 400 to paths that cannot be decoded. */
export const notFound = fp(
  async (app) => {
    app.setNotFoundHandler((request) => {
      throw notFoundError(request);
    });
    // In a hook, so that the body is not read first.
    app.addHook('onRequest', (request, reply, done) => {
      if (!request.is404) return done();
      app.rateLimit.countAddress.call(app, request, reply, (error) => done(error ?? notFoundError(request)));
    });
  },
  { name: 'not-found', dependencies: ['error-handler', 'rate-limit'] },
);

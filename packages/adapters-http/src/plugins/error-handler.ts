import fp from 'fastify-plugin';
import { toHttpError } from '../errors/http-error.ts';
import { errorResponse, sendResponse } from '../messages/http-response.ts';
import { styleOfPath } from '../tasks/api-styles.ts';

/** Sends every error in the style of its path, and logs those that are the server's fault. */
export const errorHandler = fp(
  async (app) => {
    app.setErrorHandler(async (thrown, request, reply) => {
      const error = toHttpError(thrown);
      if (error.status >= 500 && error.code !== 'server/overloaded')
        request.log.error({ err: error.cause ?? error, code: error.code }, error.message);
      const { style } = styleOfPath(request.originalUrl).responses.error;
      return sendResponse(reply, errorResponse(error, style, request.id));
    });
  },
  { name: 'error-handler' },
);

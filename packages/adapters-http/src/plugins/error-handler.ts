import fp from 'fastify-plugin';
import { makeAudit } from '../errors/audit.ts';
import { toHttpError } from '../errors/http-error.ts';
import { errorResponse, sendResponse } from '../messages/http-response.ts';
import { styleOfPath } from '../tasks/api-styles.ts';

/** Sends every error in the style of its path, and logs those that are the server's fault or may be an attack. */
export const errorHandler = fp(
  async (app) => {
    const audit = makeAudit(app.log);
    app.setErrorHandler(async (thrown, request, reply) => {
      const error = toHttpError(thrown);
      if (error.status >= 500 && error.code !== 'server/overloaded')
        request.log.error({ err: error.cause ?? error, code: error.code }, error.message);
      audit(request, error);
      const { style } = styleOfPath(request.originalUrl).responses.error;
      return sendResponse(reply, errorResponse(error, style, request.id));
    });
  },
  { name: 'error-handler' },
);

import type { FastifyBaseLogger } from 'fastify';
import fp from 'fastify-plugin';
import { withoutTokens } from '../messages/without-tokens.ts';

interface RequestLogOptions {
  /** Absent: requests are not logged. */
  readonly logger: FastifyBaseLogger | undefined;
}

// Query strings are not logged, and neither are tokens.
const loggedPath = (url: string): string => withoutTokens(url.split('?', 1)[0] as string);

// A logger without `isLevelEnabled` may log every level.
const logsInfo = (logger: FastifyBaseLogger): boolean => {
  const { isLevelEnabled } = logger as { isLevelEnabled?: (level: string) => boolean };
  return isLevelEnabled === undefined || isLevelEnabled.call(logger, 'info');
};

/** Logs each request with its status and duration, once its response is sent. */
export const requestLog = fp<RequestLogOptions>(
  async (app, { logger }) => {
    if (logger === undefined || !logsInfo(logger)) return;
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
  },
  { name: 'request-log' },
);

import { NoQuerySchema, ref } from '@taskward/task-schemas';
import fp from 'fastify-plugin';
import { maxStreamsOfOne } from '../events/event-streams.ts';
import { notModified, sendResponse } from '../messages/http-response.ts';
import { bodyLimit, headLimit } from '../messages/limits.ts';
import type { HttpOptions } from '../options.ts';
import { pathOwnerStyle } from '../tasks/api-styles.ts';
import * as documented from '../tasks/operations/documentation.ts';
import { isKnownTag, publicTag } from '../tasks/preconditions.ts';
import { type HttpLimits, LimitsSchema } from '../tasks/schemas/limits-schemas.ts';
import { defaultConcurrency } from './load-shedding.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The bounds that exist over HTTP only. */
    httpLimits: HttpLimits;
  }
}

// Limits change when the server is started anew, if at all.
const cacheSeconds = 300;

const toHttpLimits = ({ rateLimit, maxInFlightOfOne, changesRetentionDays }: HttpOptions): HttpLimits => ({
  body_bytes: bodyLimit,
  head_bytes: headLimit,
  streams_per_user: maxStreamsOfOne,
  requests_at_once: maxInFlightOfOne ?? defaultConcurrency.maxInFlightOfOne,
  changes_days: changesRetentionDays ?? null,
  rate: rateLimit === undefined ? null : { requests: rateLimit.max, window_seconds: rateLimit.windowSeconds },
});

interface LimitsOptions {
  readonly options: HttpOptions;
}

/** Serves `/api/limits`, the bounds of the contract, to everybody. */
export const limits = fp<LimitsOptions>(
  async (app, { options }) => {
    const httpLimits = toHttpLimits(options);
    app.decorate('httpLimits', httpLimits);
    const body = { ...options.useCases.contractLimits(), ...httpLimits };
    const etag = publicTag(body);
    app.get(
      '/api/limits',
      {
        schema: {
          operationId: 'getLimits',
          summary: 'Read the limits',
          description:
            'The bounds of everything that can be sent: lengths of texts, numbers of tags and reminders, pages, batches, bodies, rates. No token is needed.',
          tags: ['Limits'],
          querystring: NoQuerySchema,
          headers: documented.ifNoneMatch,
          response: {
            200: documented.responseOf('The limits.', ref(LimitsSchema), documented.versioned),
            ...documented.notModified,
            ...documented.errorResponses(pathOwnerStyle, ['request/invalid', 'rate/limited', 'server/error']),
          },
        },
        onRequest: app.rateLimit.countAddress,
      },
      async (request, reply) => {
        reply.header('cache-control', `public, max-age=${cacheSeconds}`);
        const response = isKnownTag(request, etag) ? notModified(etag) : { status: 200, headers: { etag }, body };
        return sendResponse(reply, response);
      },
    );
  },
  { name: 'limits', dependencies: ['rate-limit', 'validation', 'openapi'] },
);

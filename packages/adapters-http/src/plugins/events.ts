import { Readable } from 'node:stream';
import { type ChangePosition, isUseCaseError, type UseCases } from '@taskward/application';
import { fromChangesCursor } from '@taskward/task-schemas';
import type { FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { type EventsQuery, eventsSchema } from '../events/documentation.ts';
import type { EventStream } from '../events/event-stream.ts';
import { makeEventStreams, type StreamLimits } from '../events/event-streams.ts';
import { sendChanges, toReset } from '../events/send-changes.ts';
import { type AuthorizedRequest, pathOwnerStyle, tokenOwnerStyle } from '../tasks/api-styles.ts';
import { ownerHooks } from '../tasks/routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends all event streams, and from then on each new one at once. */
    endEventStreams(): void;
  }
}

interface EventsOptions extends StreamLimits {
  readonly useCases: UseCases;
}

// A client that connects again repeats its first URL.
const startOf = ({ query, headers, owner }: AuthorizedRequest): ChangePosition | undefined => {
  const { since } = query as EventsQuery;
  const cursor = String(headers['last-event-id'] ?? '') || since;
  return cursor === undefined ? undefined : fromChangesCursor(owner, cursor);
};

// The connection is closed after the stream: no other request waits behind it.
const setHeaders = (reply: FastifyReply): FastifyReply =>
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    connection: 'close',
  });

/** Serves the changes of a user's tasks as Server-Sent Events, in both API styles. */
export const events = fp<EventsOptions>(
  async (app, { useCases, ...limits }) => {
    const streams = makeEventStreams(limits, app.statistics);
    app.decorate('endEventStreams', streams.end);
    app.addHook('preClose', async () => streams.end());

    const follow = async (request: AuthorizedRequest, stream: EventStream): Promise<void> => {
      const { actor, owner, log } = request;
      try {
        const since = startOf(request);
        const follower = await useCases.followChanges(actor, { owner, ...(since && { since }) });
        stream.onClose(follower.end);
        void sendChanges(stream, follower, owner, log);
      } catch (error) {
        // An EventSource tells its page nothing of a response that is an error.
        if (!isUseCaseError(error) || error.code !== 'changes/gone') throw error;
        stream.end(toReset(error.message));
      }
    };

    for (const style of [tokenOwnerStyle, pathOwnerStyle]) {
      app.route({
        method: 'GET',
        url: `${style.prefix}/events`,
        schema: eventsSchema(style),
        onRequest: ownerHooks(style, app.authenticate),
        handler: async (request, reply) => {
          const authorized = request as AuthorizedRequest;
          if (request.method === 'HEAD') return setHeaders(reply).send(Readable.from([]));
          const stream = streams.open(authorized.owner, reply.raw, request.tokenValidUntil * 1_000);
          try {
            await follow(authorized, stream);
          } catch (error) {
            stream.close();
            throw error;
          }
          return setHeaders(reply).send(stream.body);
        },
      });
    }
  },
  { name: 'events', dependencies: ['authentication', 'statistics', 'tasks', 'validation'] },
);

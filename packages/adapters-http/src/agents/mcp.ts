import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import type { AuthSettings } from '../auth/authenticate.ts';
import { HttpError } from '../errors/http-error.ts';
import { sendText } from '../messages/http-response.ts';
import { addVary } from '../messages/vary.ts';
import { forwardedHeaders, type PublicUrl } from '../server/public-url.ts';
import type { AgentHandler } from './agent-handler.ts';
import {
  authorizationServers,
  mcpPath,
  metadataPaths,
  protectedResource,
  withMetadataUrl,
} from './protected-resource.ts';

interface McpOptions {
  /** Absent: agents are not served, and there is no such path. */
  readonly agents: AgentHandler | undefined;
  readonly auth: AuthSettings;
  readonly corsOrigins: readonly string[];
  readonly publicUrl: PublicUrl;
}

const forbiddenOrigin = () =>
  new HttpError(
    'auth/forbidden-origin',
    'Pages of this origin may not call as agents. Add the origin to CORS_ALLOWED_ORIGINS, or call from a server.',
  );

const batchRefused = () =>
  new HttpError('request/malformed', 'The body is a batch of messages. Send one JSON-RPC message per request.');

/**
 * Serves agents at `/mcp`: the Model Context Protocol by Streamable HTTP, without sessions, a JSON response to each
 * POST. Tells at RFC 9728's paths where tokens are issued. Other methods are 405, as for any path.
 */
export const mcp = fp<McpOptions>(
  async (app, { agents, auth, corsOrigins, publicUrl }) => {
    if (agents === undefined) return;

    // The protocol demands it, against DNS rebinding: a page whose host name leads here is of another origin.
    const checkOrigin: onRequestHookHandler = (request, reply, done) => {
      const { origin } = request.headers;
      if (origin === undefined || corsOrigins.includes(origin)) return done();
      app.rateLimit.countAddress.call(app, request, reply, (rejection) => done(rejection ?? forbiddenOrigin()));
    };
    const authenticate: onRequestHookHandler = (request, reply, done) => {
      app.authenticate.call(app, request, reply, (rejection) => {
        if (rejection !== undefined) addVary(reply, forwardedHeaders);
        done(withMetadataUrl(rejection, request, publicUrl));
      });
    };

    app.route({
      method: 'POST',
      url: mcpPath,
      schema: { hide: true },
      onRequest: [checkOrigin, authenticate],
      handler: async (request: FastifyRequest, reply: FastifyReply) => {
        const { actor, body, headers, log } = request;
        if (actor?.kind !== 'owner') throw new TypeError('agents act for the user of a token');
        // Each request counts once against the limits, so it may do one thing.
        if (Array.isArray(body)) throw batchRefused();
        const answer = await agents({ actor, owner: actor.userId, headers, body, log });
        reply.header('cache-control', 'no-store');
        return sendText(reply, answer);
      },
    });

    const servers = authorizationServers(auth);
    for (const url of metadataPaths) {
      app.get(
        url,
        { schema: { hide: true }, onRequest: app.rateLimit.countAddress },
        async (request: FastifyRequest, reply: FastifyReply) => {
          addVary(reply, forwardedHeaders);
          return protectedResource(request, publicUrl, servers);
        },
      );
    }
  },
  { name: 'mcp', dependencies: ['authentication', 'json-body', 'rate-limit'] },
);

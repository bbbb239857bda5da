import type { onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { type AuthSettings, makeAuthenticate } from '../auth/authenticate.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Verifies the request's token, sets `request.actor`, and counts the request against the rate limit. */
    authenticate: onRequestHookHandler;
  }
}

interface AuthenticationOptions {
  readonly auth: AuthSettings;
  /** Origins whose pages may write with a token in a cookie. */
  readonly corsOrigins: readonly string[];
}

/** Decorates the server with `authenticate`, a hook for routes that need a user. */
export const authentication = fp<AuthenticationOptions>(
  async (app, { auth, corsOrigins }) => {
    const authenticate = await makeAuthenticate(app, auth, { cookie: auth.cookie, corsOrigins });
    app.decorate('authenticate', app.rateLimit.authenticateAndCount(authenticate));
  },
  { name: 'authentication', dependencies: ['rate-limit'] },
);

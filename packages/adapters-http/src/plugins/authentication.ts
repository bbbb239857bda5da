import type { onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { type Authenticate, type AuthSettings, makeAuthenticate } from '../auth/authenticate.ts';
import { HttpError } from '../errors/http-error.ts';
import type { HttpStatistics } from './statistics.ts';

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

type TokenOutcomes = HttpStatistics['tokens'];

const outcomes: Readonly<Record<string, keyof TokenOutcomes>> = {
  'auth/missing-token': 'missing',
  'auth/invalid-token': 'invalid',
  'auth/forbidden-origin': 'forbidden_origin',
  'auth/keys-unavailable': 'keys_unavailable',
};

/** Counts the outcomes of a verification. */
const counting = (authenticate: Authenticate, counts: TokenOutcomes): Authenticate => {
  const accepted = () => {
    counts.accepted += 1;
  };
  const rejected = (error: unknown): never => {
    counts[(error instanceof HttpError && outcomes[error.code]) || 'error'] += 1;
    throw error;
  };
  return (request) => {
    let authenticating: Promise<void> | undefined;
    try {
      authenticating = authenticate(request);
    } catch (error) {
      return rejected(error);
    }
    if (authenticating !== undefined) return authenticating.then(accepted, rejected);
    accepted();
    return undefined;
  };
};

/** Decorates the server with `authenticate`, a hook for routes that need a user. */
export const authentication = fp<AuthenticationOptions>(
  async (app, { auth, corsOrigins }) => {
    const authenticate = await makeAuthenticate(app, auth, { cookie: auth.cookie, corsOrigins });
    app.decorate('authenticate', app.rateLimit.authenticateAndCount(counting(authenticate, app.statistics.tokens)));
  },
  { name: 'authentication', dependencies: ['rate-limit', 'statistics'] },
);

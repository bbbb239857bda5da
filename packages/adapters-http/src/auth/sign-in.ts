import fastifyJwt from '@fastify/jwt';
import { type Actor, ownerActor } from '@taskward/domain';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { HttpError } from '../errors.ts';
import { type ClaimsPolicy, judgeClaims } from './claims.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set before any route that needs it runs. */
    actor: Actor | null;
  }
}

/** Whose tokens are accepted. */
export interface AuthSettings extends ClaimsPolicy {
  /** The secret shared with the auth server. */
  readonly secret: string;
  /** How it signs with that secret. */
  readonly algorithms: readonly ('HS256' | 'HS384' | 'HS512')[];
}

const maxTokenBytes = 4096;
const fetchHint = 'fetch a JWT from /api/auth/token';

const missing = (message: string) =>
  new HttpError('auth/missing-token', message, { headers: { 'www-authenticate': 'Bearer realm="taskward"' } });

// RFC 6750 allows neither quotes nor anything outside ASCII in an error_description.
const plain = (text: string) =>
  text
    .replace(/["\\`]/g, "'")
    .replace(/[’]/g, "'")
    .replace(/[^\x20-\x7e]/g, '?');

const refused = (message: string) =>
  new HttpError('auth/invalid-token', message, {
    headers: {
      'www-authenticate': `Bearer realm="taskward", error="invalid_token", error_description="${plain(message)}"`,
    },
  });

const bearerOf = (authorization: string | undefined): string => {
  if (authorization === undefined) {
    throw missing(`No token was sent. Send \`Authorization: Bearer <JWT>\`; with Better Auth, ${fetchHint}.`);
  }
  const [, scheme = '', token = ''] = /^(\S*)[ \t]*(.*)$/s.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'bearer') {
    throw missing(
      'The Authorization header is not of the form `Bearer <JWT>`. Put the word `Bearer` before the token.',
    );
  }
  if (token === '')
    throw missing(`The Authorization header has no token after \`Bearer\`; with Better Auth, ${fetchHint}.`);
  return token;
};

const assertLooksLikeJwt = (token: string): void => {
  if (Buffer.byteLength(token) > maxTokenBytes) {
    throw refused(`The token is larger than ${maxTokenBytes} bytes. Put less into it.`);
  }
  if (/\s/.test(token)) throw refused('The token has white space in it. Send it as it was issued.');
  const parts = token.split('.').length;
  if (parts === 5) throw refused('The token is encrypted (JWE). Send a signed one (JWS).');
  if (parts !== 3) throw refused(`This looks like a Better Auth session token; ${fetchHint}.`);
};

const explain = (error: unknown, { algorithms }: AuthSettings): HttpError => {
  switch ((error as { code?: unknown }).code) {
    case 'FAST_JWT_INVALID_ALGORITHM':
      return refused(
        `The token is not signed with ${algorithms.join(' or ')}. Let the auth server sign with the shared secret, or change JWT_ALGORITHM.`,
      );
    case 'FAST_JWT_INVALID_SIGNATURE':
    case 'FAST_JWT_MISSING_SIGNATURE':
      return refused(
        "The token's signature does not hold: it was altered, or signed with another secret than this server's BETTER_AUTH_SECRET.",
      );
    case 'FAST_JWT_INVALID_CRIT_HEADER':
      return refused('The token demands extensions (`crit`) that this server does not know.');
    default:
      return refused(`The token is not a JWT that can be read: send it as it was issued, or ${fetchHint}.`);
  }
};

// The last character of a base64url text has bits that decoders ignore: only one spelling of a signature is accepted.
const isCanonical = (token: string): boolean => {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
};

/**
 * Makes the hook that verifies a request's token and sets `request.actor`.
 * It throws HttpError `auth/missing-token` or `auth/invalid-token`, with a sentence on what to do about it.
 */
export const registerSignIn = async (app: FastifyInstance, settings: AuthSettings): Promise<onRequestHookHandler> => {
  // Times are judged by the claims policy, whose sentences say what was got and what was wanted.
  const verify = {
    algorithms: [...settings.algorithms],
    complete: true,
    ignoreExpiration: true,
    ignoreNotBefore: true,
    cache: false,
  };
  await app.register(fastifyJwt, { secret: settings.secret, verify });
  app.decorateRequest('actor', null);

  return async (request) => {
    const token = bearerOf(request.headers.authorization);
    assertLooksLikeJwt(token);
    if (!isCanonical(token)) throw explain({ code: 'FAST_JWT_INVALID_SIGNATURE' }, settings);
    let verified: { header: Record<string, unknown>; payload: Record<string, unknown> };
    try {
      verified = app.jwt.verify(token);
    } catch (error) {
      throw explain(error, settings);
    }
    const judged = judgeClaims(verified, settings, Date.now() / 1000);
    if ('fault' in judged) throw refused(judged.fault);
    request.actor = ownerActor(judged.userId);
  };
};

import { isUtf8 } from 'node:buffer';
import fastifyJwt from '@fastify/jwt';
import { type Actor, ownerActor } from '@taskward/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LruMap } from 'toad-cache';
import { HttpError } from '../errors/http-error.ts';
import { judgeClaims } from './claims.ts';
import { type Credential, type CredentialSettings, credentialOf, tokenIn } from './credential.ts';
import { fetchHint, invalidToken } from './errors.ts';
import { type Check, type KeySettings, pickCheck } from './keys.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The verified user; set by authentication, `null` on routes that need none. */
    actor: Actor | null;
    /** The last moment at which the verified token is accepted, in seconds since 1970. */
    tokenValidUntil: number;
    /** The token that is being verified, and the key and policy to verify it with. */
    tokenCheck: { token: string; check?: Check } | null;
  }
}

/** How tokens are verified, and where a request may carry them. */
export type AuthSettings = KeySettings & Pick<CredentialSettings, 'cookie'>;

interface VerifiedToken {
  readonly header: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
}

const explain = (error: unknown): HttpError => {
  if (error instanceof HttpError) return error;
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'FAST_JWT_INVALID_CRIT_HEADER') {
    return invalidToken('extension', 'The token demands extensions (`crit`) that this server does not know.');
  }
  if (code === 'FAST_JWT_MISSING_SIGNATURE' || /signature/i.test(message ?? '')) {
    return invalidToken(
      'signature',
      "The token's signature does not hold: it was altered, or signed with another secret or key than this server knows (BETTER_AUTH_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL).",
    );
  }
  return invalidToken(
    'not-a-jwt',
    `The token is not a JWT that can be read: send it as it was issued, or ${fetchHint}.`,
  );
};

// Decoders ignore the spare bits of the last base64url character. Only one spelling of a signature is accepted.
const assertCanonical = (token: string): void => {
  const [, payload = '', signature = ''] = token.split('.');
  // Decoders replace invalid UTF-8 with U+FFFD, which would turn different user ids into the same one.
  if (!isUtf8(Buffer.from(payload, 'base64url'))) throw explain({});
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw explain({ message: 'signature' });
};

/** Verifies a request's token and sets `request.actor`, without a promise where possible. @throws or rejects with HttpError */
export type Authenticate = (request: FastifyRequest) => Promise<void> | undefined;

/** A token whose signature was verified with a key. */
interface CachedToken extends VerifiedToken {
  readonly key: string;
  /** The credential that contained it. */
  readonly text: string;
}

// A signature stays valid under its key, so it is verified once. Everything else is checked for each request: whether the
// key is still accepted, times, issuer and audience. The cache's key is a hash of the credential's last characters, which
// belong to the signature; looking up by the whole text would make V8 intern it first. The whole text is then compared.
const maxCachedTokens = 20_000;
const maxCachedLength = 1_024;
const endLength = 8;
const endOf = (text: string): number => {
  let end = 0;
  for (let index = Math.max(0, text.length - endLength); index < text.length; index += 1)
    end = (Math.imul(end, 31) + text.charCodeAt(index)) | 0;
  return end;
};

/**
 * Makes the function that verifies a request's token and sets `request.actor`. That function throws or rejects with
 * HttpError `auth/missing-token`, `auth/invalid-token`, `auth/forbidden-origin` or `auth/keys-unavailable`.
 */
export const makeAuthenticate = async (
  app: FastifyInstance,
  settings: AuthSettings,
  credentials: CredentialSettings,
): Promise<Authenticate> => {
  const { secret, publicKey, keySet } = settings;
  const cached = { header: new LruMap<CachedToken>(maxCachedTokens), cookie: new LruMap<CachedToken>(maxCachedTokens) };
  app.decorateRequest('actor', null);
  app.decorateRequest('tokenValidUntil', 0);
  app.decorateRequest('tokenCheck', null);
  await app.register(fastifyJwt, {
    secret: async (request: FastifyRequest, token: unknown) => {
      const check = await pickCheck(settings, (token as VerifiedToken).header);
      if (request.tokenCheck) request.tokenCheck.check = check;
      return check.key;
    },
    decode: { complete: true },
    verify: {
      extractToken: (request) => request.tokenCheck?.token,
      algorithms: [secret, publicKey, keySet].flatMap((mode) => mode?.algorithms ?? []) as never,
      complete: true,
      // The claims policy checks times: its messages say what was sent and what is expected.
      ignoreExpiration: true,
      ignoreNotBefore: true,
      cache: false,
    },
  });

  const acceptClaims = (
    request: FastifyRequest,
    token: VerifiedToken,
    { policy }: Pick<Check, 'policy'>,
  ): undefined => {
    const judged = judgeClaims(token, policy, Date.now() / 1000);
    if ('fault' in judged) throw invalidToken(judged.reason, judged.fault);
    request.actor = ownerActor(judged.userId, request.id);
    request.tokenValidUntil = judged.validUntil;
  };

  const verify = async (request: FastifyRequest, credential: Credential): Promise<void> => {
    const token = tokenIn(credential);
    assertCanonical(token);
    const tokenCheck: NonNullable<FastifyRequest['tokenCheck']> = { token };
    request.tokenCheck = tokenCheck;
    const verified = await request.jwtVerify<VerifiedToken>().catch((error) => {
      throw explain(error);
    });
    const { check } = tokenCheck;
    const { place, text } = credential;
    // Only the usual spelling of a header is cached: otherwise spellings of one token could fill the cache.
    const isPlain = place === 'cookie' || text === `Bearer ${token}`;
    if (check !== undefined && isPlain && text.length <= maxCachedLength) {
      cached[place].set(endOf(text), { header: verified.header, payload: verified.payload, key: check.key, text });
    }
    acceptClaims(request, verified, check ?? settings);
  };

  return (request) => {
    const credential = credentialOf(request, credentials);
    const hit = cached[credential.place].get(endOf(credential.text));
    if (hit?.text !== credential.text) return verify(request, credential);
    const check = pickCheck(settings, hit.header);
    const acceptIfSameKey = (now: Check) =>
      now.key === hit.key ? acceptClaims(request, hit, now) : verify(request, credential);
    return check instanceof Promise ? check.then(acceptIfSameKey) : acceptIfSameKey(check);
  };
};

import { HttpError } from '../errors/http-error.ts';
import type { ClaimsPolicy } from './claims.ts';
import { invalidToken } from './errors.ts';
import type { KeySet } from './key-set.ts';

/** A configured key, and the algorithms that it may be used with. */
interface StaticKey {
  /** The shared secret, or the public key as PEM. */
  readonly value: string;
  readonly algorithms: readonly string[];
}

/** The keys that verify tokens, of one or several modes. A secret's algorithms differ from those of the other modes. */
export interface KeySettings {
  /** HS256, HS384, HS512. */
  readonly secret?: StaticKey | undefined;
  /** One algorithm, which follows from the key's type. */
  readonly publicKey?: StaticKey | undefined;
  readonly keySet?:
    | { readonly keys: KeySet; readonly algorithms: readonly string[]; readonly policy: ClaimsPolicy }
    | undefined;
  /** The claims policy of `secret` and `publicKey`. */
  readonly policy: ClaimsPolicy;
}

/** The key and policy to check a token with. */
export interface Check {
  readonly key: string;
  readonly policy: ClaimsPolicy;
}

const accepted = ({ secret, publicKey, keySet }: KeySettings): string =>
  [...new Set([secret, publicKey, keySet].flatMap((mode) => mode?.algorithms ?? []))].join(', ');

const wrongAlgorithm = (settings: KeySettings, alg: unknown): HttpError => {
  const got = typeof alg === 'string' && /^[\w-]{1,20}$/.test(alg) ? alg : 'an unknown algorithm';
  const remedy = got.startsWith('HS')
    ? 'If the auth server signs with a shared secret, set BETTER_AUTH_SECRET and JWT_ALGORITHM to match.'
    : 'If it is from a stock Better Auth, set JWT_JWKS_URL to its /api/auth/jwks.';
  return invalidToken(
    'algorithm',
    `The token is signed with ${got}, and this server accepts ${accepted(settings)}. ${remedy}`,
  );
};

/**
 * Picks the key to check a token with, by the `alg` and `kid` of its header. Returns a promise only for a key set.
 * @throws HttpError `auth/invalid-token` when no key fits, `auth/keys-unavailable` when the key set cannot be fetched
 */
export const pickCheck = (settings: KeySettings, header: Record<string, unknown>): Check | Promise<Check> => {
  const { secret, publicKey, keySet, policy } = settings;
  const { alg, kid } = header;
  if (typeof alg !== 'string') throw wrongAlgorithm(settings, alg);
  if (secret?.algorithms.includes(alg)) return { key: secret.value, policy };
  const inPublicKey = publicKey?.algorithms.includes(alg) ? { key: publicKey.value, policy } : undefined;
  // If both accept the algorithm, a `kid` points to the key set.
  if (keySet?.algorithms.includes(alg) && (inPublicKey === undefined || kid !== undefined)) {
    return keySet.keys.find({ alg, ...(kid !== undefined && { kid }) }).then(
      (key) => ({ key, policy: keySet.policy }),
      (error) => {
        const isUnknown = error instanceof HttpError && error.code === 'auth/invalid-token';
        if (inPublicKey === undefined || !isUnknown) throw error;
        return inPublicKey;
      },
    );
  }
  if (inPublicKey !== undefined) return inPublicKey;
  throw wrongAlgorithm(settings, alg);
};

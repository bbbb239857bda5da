import { KeyObject } from 'node:crypto';
import { isObject } from '@taskward/domain';
import { type CryptoKey, createRemoteJWKSet, customFetch, errors, type JWTHeaderParameters } from 'jose';
import { HttpError } from '../errors/http-error.ts';
import { invalidToken, keysUnavailable } from './errors.ts';

/** The algorithms that a key set may be used with. Never HS*, because its keys are public. */
export const keySetAlgorithms = ['EdDSA', 'ES256', 'ES512', 'RS256', 'PS256'] as const;

/** The public keys that an auth server publishes. */
export interface KeySet {
  /**
   * Finds the key that a token with this header is signed with, as PEM.
   * @throws HttpError `auth/invalid-token` when the set has no such key, `auth/keys-unavailable` when it cannot be fetched
   */
  find(header: { alg: string; kid?: unknown }): Promise<string>;
  /** Resolves if keys are cached or can be fetched. @throws HttpError `auth/keys-unavailable` */
  check(): Promise<void>;
  /** When the keys were fetched last, in milliseconds since 1970; `undefined` if they never were. */
  fetchedAt(): number | undefined;
}

const cacheMilliseconds = 10 * 60_000;
const refetchMilliseconds = 30_000;
const timeoutMilliseconds = 5_000;
const staleMilliseconds = 24 * 3_600_000;
// Otherwise every request would retry until a fetch succeeds.
const retryMilliseconds = 2_000;
const maxRedirects = 3;
const smallestRsaBits = 2048;

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

// A redirect to another origin could replace the auth server's keys.
const fetchFromOrigin = async (url: string, options: RequestInit): Promise<Response> => {
  const { origin } = new URL(url);
  let next = url;
  for (let hops = 0; hops <= maxRedirects; hops += 1) {
    const response = await fetch(next, { ...options, redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    next = new URL(location, next).href;
    if (new URL(next).origin !== origin) throw new Error(`the key set redirects to another origin: ${next}`);
  }
  throw new Error('the key set redirects in circles');
};

const isKeySet = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value.keys) && value.keys.every(isObject);

// Keeps the last good response and uses it while the auth server is down: its keys are still valid.
const withStaleKeySet = (fetchKeys: Fetch) => {
  let good: { body: string; at: number } | undefined;
  let failed: { error: unknown; at: number } | undefined;

  const fresh: Fetch = async (url, options) => {
    const response = await fetchKeys(url, options);
    if (response.status !== 200) throw new Error(`the key set answers with status ${response.status}`);
    const body = await response.text();
    if (!isKeySet(JSON.parse(body))) throw new Error('the key set is not a JSON Web Key Set');
    good = { body, at: Date.now() };
    failed = undefined;
    return new Response(body);
  };

  return {
    isDown: () => failed !== undefined,
    fetchedAt: () => good?.at,
    fetch: async (url: string, options: RequestInit): Promise<Response> => {
      try {
        if (failed !== undefined && Date.now() < failed.at + retryMilliseconds) throw failed.error;
        return await fresh(url, options);
      } catch (error) {
        if (failed === undefined || Date.now() >= failed.at + retryMilliseconds) failed = { error, at: Date.now() };
        if (good !== undefined && Date.now() < good.at + staleMilliseconds) return new Response(good.body);
        throw error;
      }
    },
  };
};

const toPem = (key: CryptoKey): string => {
  const object = KeyObject.from(key as never);
  const bits = object.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < smallestRsaBits) {
    throw invalidToken(
      'key',
      `The key that the token is signed with has ${bits} bits: it must have at least ${smallestRsaBits}.`,
    );
  }
  return object.export({ type: 'spki', format: 'pem' }).toString();
};

/**
 * Makes a key set that is fetched over HTTP. It is cached for ten minutes, fetched again at most every 30 s for a key
 * that it lacks, and used for up to a day while the auth server is down.
 */
export const makeKeySet = (url: string, fetchKeys: Fetch = fetchFromOrigin): KeySet => {
  const source = withStaleKeySet(fetchKeys);
  const keys = createRemoteJWKSet(new URL(url.replace(/\/+$/, '')), {
    cacheMaxAge: cacheMilliseconds,
    cooldownDuration: refetchMilliseconds,
    timeoutDuration: timeoutMilliseconds,
    [customFetch]: source.fetch as never,
  });
  const pems = new WeakMap<CryptoKey, string>();

  return {
    async find({ alg, kid }) {
      try {
        const key = await keys({ alg, ...(kid !== undefined && { kid }) } as JWTHeaderParameters);
        const pem = pems.get(key) ?? toPem(key);
        pems.set(key, pem);
        return pem;
      } catch (error) {
        if (error instanceof HttpError) throw error;
        if (error instanceof errors.JWKSMultipleMatchingKeys) {
          throw invalidToken(
            'key',
            'The token does not say which key it is signed with (`kid`), and several would fit.',
          );
        }
        const isMissing = error instanceof errors.JWKSNoMatchingKey;
        const isUnfit = error instanceof errors.JWKSInvalid || (error as Error).name === 'DataError';
        // With stale keys, the auth server may have a newer one; and an unexpected error is not the token's fault.
        if (source.isDown() || !(isMissing || isUnfit)) throw keysUnavailable(error);
        const { origin } = new URL(url);
        throw invalidToken(
          'key',
          isMissing
            ? `The token is signed with a key that is not in the key set of ${origin}. Is it from another auth server? A key that was made just now is known within half a minute.`
            : `The token is signed with a key that the key set of ${origin} has, but not as a public key to verify with.`,
        );
      }
    },
    async check() {
      if (keys.fresh) return;
      try {
        await keys.reload();
      } catch (error) {
        throw keysUnavailable(error);
      }
    },
    fetchedAt: source.fetchedAt,
  };
};

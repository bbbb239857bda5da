import { mock } from 'node:test';
import { type KeySet, makeKeySet } from '@taskward/adapters-http';
import type { FastifyInstance } from 'fastify';
import type { Test } from 'tap';
import { aUser } from '../../support/builders.ts';
import { anApi, anyClaims } from '../../support/http/api.ts';
import { makeMemoryTaskRepository } from '../../support/memory-stores.ts';
import { seconds } from './issuer.ts';
import { byKey, compact, jwkOf, type KeyPair } from './keys.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;

/** Holds the clock for the length of a test, and lets it go on by hand. */
export const holdClock = (t: Test) => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  t.teardown(() => mock.timers.reset());
  return { pass: (milliseconds: number) => mock.timers.setTime(Date.now() + milliseconds) };
};

/** An auth server's key set that a test can change, take down, and count the visits to. */
export const aKeySource = (keys: readonly object[]) => {
  const source = {
    visits: 0,
    keys,
    isDown: false,
    /** The response instead of the keys. */
    response: undefined as (() => Response) | undefined,
    fetch: async (): Promise<Response> => {
      source.visits += 1;
      // Not at once, so that others can ask meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
      if (source.isDown) throw new TypeError('fetch failed');
      return source.response?.() ?? Response.json({ keys: source.keys });
    },
  };
  return source;
};

const url = 'https://app.example/api/auth/jwks';
const algorithms = ['EdDSA', 'ES256', 'ES512', 'RS256', 'PS256'];

/** An API that knows nothing but a key set. */
export const anApiWith = (t: Test, keys: KeySet): Promise<FastifyInstance> =>
  anApi(t, makeMemoryTaskRepository(), {
    auth: { keySet: { keys, algorithms, policy: anyClaims }, policy: anyClaims },
  });

/** A key set of its own for a test, and an API that reads it. */
export const aSetting = async (t: Test, keys: readonly object[]) => {
  const source = aKeySource(keys);
  const keySet = makeKeySet(url, source.fetch);
  const app = await anApiWith(t, keySet);
  return { source, keySet, app, ask: asking(app) };
};

export interface HttpResponse {
  readonly status: number;
  readonly code: string | undefined;
  readonly sentence: string | undefined;
  readonly retryAfter: unknown;
}

/** Calls an API with a new token of a key, and says in short what came back. */
export const asking =
  (app: FastifyInstance) =>
  async (key: KeyPair, header: { alg: string; kid?: string }): Promise<HttpResponse> => {
    const token = compact(header, { sub: aUser(), exp: seconds() + 3600 }, byKey(header.alg, key));
    const response = await app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
    const { code, error } = response.json();
    return { status: response.statusCode, code, sentence: error, retryAfter: response.headers['retry-after'] };
  };

export const isAccepted = (t: Test, response: HttpResponse, about: string) => void t.equal(response.status, 200, about);

export const isUnknown = (t: Test, response: HttpResponse, about: string) => {
  t.match(response, { status: 401, code: 'auth/invalid-token' }, about);
  t.match(
    response.sentence,
    /key that is not in the key set of https:\/\/app\.example. Is it from another auth server/,
  );
};

export const isUnavailable = (t: Test, response: HttpResponse, about: string) => {
  t.match(response, { status: 503, code: 'auth/keys-unavailable' }, about);
  t.match(response.sentence, /keys of the auth server cannot be fetched right now/);
  t.match(response.retryAfter, /^[1-9]\d*$/, 'Retry-After');
};

/** A key as a set lists it, as Better Auth does: with its kid, without `use`. */
export const listed = (key: KeyPair, kid?: string, members: object = {}) =>
  jwkOf(key, { ...(kid !== undefined && { kid }), ...members });

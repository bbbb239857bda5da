import { generateKeyPairSync } from 'node:crypto';
import { type AuthSettings, type KeySet, makeKeySet } from '@taskward/adapters-http';
import type { TaskRepository } from '@taskward/application';
import type { FastifyInstance } from 'fastify';
import { aUser } from '../../support/builders.ts';
import { anApi } from '../../support/http/api.ts';
import { secret } from '../../support/http/tokens.ts';
import {
  aKeyFor,
  anEcKey,
  anEdKey,
  anRsaKey,
  byHmac,
  byKey,
  compact,
  jwkOf,
  type KeyPair,
  pemOf,
  type Sign,
} from './keys.ts';

/** What every good token says, and the API demands. */
export const policy = { issuers: ['https://app.example'], audiences: ['https://api.example'], maxAgeSeconds: 86_400 };

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** The claims of a good token of a user. */
export const goodClaims = (sub: string = aUser()) => ({
  sub,
  iss: 'https://app.example',
  aud: 'https://api.example',
  iat: seconds(),
  exp: seconds() + 3600,
});

/** One way in which the auth server signs. */
export interface Signer {
  readonly mode: 'secret' | 'publicKey' | 'keySet';
  readonly algorithm: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly by: Sign;
}

const published = ['EdDSA', 'ES256', 'ES512', 'RS256', 'PS256'];
const hmacs = ['HS256', 'HS384', 'HS512'];

/** Keys that stand in the key set, each under its name as `kid`, and that no token may be signed with. */
const makeUnfit = () => ({
  p384: anEcKey('P-384'),
  secp256k1: anEcKey('secp256k1'),
  ed448: generateKeyPairSync('ed448'),
  rsa1024: anRsaKey(1024),
  encryption: anRsaKey(),
  x25519: generateKeyPairSync('x25519'),
  wrapping: anEdKey(),
});

/** An auth server's keys of all three modes, and the keys that it should better not have published. */
export const makeIssuer = () => {
  const publicKey = anRsaKey();
  const keys = Object.fromEntries(published.map((algorithm) => [algorithm, aKeyFor(algorithm)])) as Record<
    string,
    KeyPair
  >;
  const unfit = makeUnfit();
  const members: Record<string, object> = { encryption: { use: 'enc' }, wrapping: { key_ops: ['wrapKey'] } };
  const jwks = {
    keys: [
      ...published.map((alg) => jwkOf(keys[alg] as KeyPair, { kid: `kid-${alg}`, alg, use: 'sig' })),
      ...Object.entries(unfit).map(([kid, key]) => jwkOf(key, { kid, ...members[kid] })),
      { kty: 'oct', kid: 'octets', k: Buffer.from('published-octets-published-octets').toString('base64url') },
    ],
  };
  const signers: Signer[] = [
    ...hmacs.map((alg) => ({
      mode: 'secret' as const,
      algorithm: alg,
      header: { alg, typ: 'JWT' },
      by: byHmac(alg, secret),
    })),
    {
      mode: 'publicKey' as const,
      algorithm: 'RS256',
      header: { alg: 'RS256', typ: 'JWT' },
      by: byKey('RS256', publicKey),
    },
    ...published.map((alg) => ({
      mode: 'keySet' as const,
      algorithm: alg,
      header: { alg, kid: `kid-${alg}` },
      by: byKey(alg, keys[alg] as KeyPair),
    })),
  ];
  return { publicKey, keys, unfit, jwks, signers };
};

export type Issuer = ReturnType<typeof makeIssuer>;

/** The token that a signer makes of the usual claims, or of others. */
export const tokenBy = ({ header, by }: Signer, payload: unknown = goodClaims()): string =>
  compact(header, payload, by);

/** One of each mode: what does not depend on the algorithm is tried with these. */
export const oneOfEachMode = ({ signers }: Issuer): Signer[] =>
  ['HS256', 'RS256', 'EdDSA'].map((one) => signers.find(({ algorithm }) => algorithm === one) as Signer);

/** The issuer's key set, as it is fetched. */
export const keySetOf = ({ jwks }: Pick<Issuer, 'jwks'>): KeySet =>
  makeKeySet('https://app.example/api/auth/jwks', async () => Response.json(jwks));

/** The settings of an API with all three modes on. */
export const allModes = (issuer: Issuer) =>
  ({
    secret: { value: secret, algorithms: hmacs },
    publicKey: { value: pemOf(issuer.publicKey), algorithms: ['RS256'] },
    keySet: { keys: keySetOf(issuer), algorithms: published, policy },
    policy,
  }) satisfies AuthSettings;

/** An API with all modes on, and one for each mode alone. */
export const makeApis = async (
  scope: Parameters<typeof anApi>[0],
  issuer: Issuer,
  tasks: TaskRepository,
): Promise<Record<'all' | Signer['mode'], FastifyInstance>> => {
  const { secret, publicKey, keySet } = allModes(issuer);
  return {
    all: await anApi(scope, tasks, { auth: allModes(issuer) }),
    secret: await anApi(scope, tasks, { auth: { secret, policy } }),
    publicKey: await anApi(scope, tasks, { auth: { publicKey, policy } }),
    keySet: await anApi(scope, tasks, { auth: { keySet, policy } }),
  };
};

/** A token that must be refused. */
export interface Forgery {
  readonly name: string;
  readonly token: string;
  /** What the API with all modes on must say of it, so that its other errors prove something. */
  readonly because?: RegExp;
}

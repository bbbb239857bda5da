import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildContainer, ConfigError, readConfig } from '@taskward/api';
import t, { type Test } from 'tap';
import { aUser } from '../../support/builders.ts';
import { anApi } from '../../support/http/api.ts';
import { secret } from '../../support/http/tokens.ts';
import { makeMemoryTaskRepository } from '../../support/memory-stores.ts';
import { attackerCertificate } from './certificate.ts';
import { seconds } from './issuer.ts';
import { aKeyFor, anEcKey, anRsaKey, byHmac, byKey, compact, jwkOf, type KeyPair, pemOf, type Sign } from './keys.ts';

type Env = Readonly<Record<string, string>>;

const faultsOf = (env: Env): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

const directory = mkdtempSync(join(tmpdir(), 'taskward-keys-'));
t.teardown(() => rmSync(directory, { recursive: true, force: true }));
const aFile = (name: string, content: string): string => {
  const file = join(directory, name);
  writeFileSync(file, content);
  return file;
};

/** An API as apps/api configures it from an environment; nothing of it touches a database. */
const anApiOf = async (t: Test, env: Env) => {
  const config = readConfig(env);
  const { auth } = buildContainer({ ...config, databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' }).cradle;
  return anApi(t, makeMemoryTaskRepository(), { auth });
};

const statusOf = async (app: Awaited<ReturnType<typeof anApi>>, header: object, by: Sign, claims: object = {}) => {
  const token = compact(header, { sub: aUser(), exp: seconds() + 3600, ...claims }, by);
  const response = await app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
  return response.statusCode === 200 ? '200' : `${response.statusCode} ${response.json().error}`;
};

const types: [alg: string, key: KeyPair, env: Env][] = [
  ...['RS256', 'ES256', 'ES512', 'EdDSA'].map((alg): [string, KeyPair, Env] => [alg, aKeyFor(alg), {}]),
  ['PS256', anRsaKey(), { JWT_ALGORITHM: 'PS256' }],
  ['RS256', anRsaKey(), { JWT_ALGORITHM: 'HS256, RS256 ,EdDSA' }],
];

for (const [alg, key, env] of types) {
  t.test(`JWT_PUBLIC_KEY · ${key.publicKey.asymmetricKeyType} is for ${alg} ${JSON.stringify(env)}`, async (t) => {
    const pem = pemOf(key);
    const ways: Record<string, string> = {
      'PEM as it is': pem,
      'PEM without the last newline': pem.trim(),
      'PEM with \\n for its newlines': pem.replaceAll('\n', '\\n'),
      'PEM with CRLF': pem.replaceAll('\n', '\r\n'),
      'a file': aFile(`${alg}.pem`, pem),
    };
    const isRsa = key.publicKey.asymmetricKeyType === 'rsa';
    if (isRsa) ways['PKCS #1'] = key.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (alg !== 'ES512') ways['a certificate'] = attackerCertificate(key).pem;
    for (const [name, value] of Object.entries(ways)) {
      const { auth } = readConfig({ JWT_PUBLIC_KEY: value, ...env });
      t.strictSame(auth.publicKey?.algorithms, [alg], `${name}: ${alg} and no other`);
      const app = await anApiOf(t, { JWT_PUBLIC_KEY: value, ...env });
      t.equal(await statusOf(app, { alg }, byKey(alg, key)), '200', `${name}: its tokens`);
      t.match(await statusOf(app, { alg }, byKey(alg, aKeyFor(alg))), /^401/, `${name}: tokens of another key`);
      for (const other of isRsa ? ['RS256', 'PS256', 'RS512'].filter((one) => one !== alg) : []) {
        t.match(await statusOf(app, { alg: other }, byKey(other, key)), /^401 .* signed with/, `${name}: ${other}`);
      }
      t.match(await statusOf(app, { alg: 'HS256' }, byHmac('HS256', value)), /^401/, `${name}: as a secret`);
    }
  });
}

const encrypted = () =>
  anRsaKey().privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString();
const unfit: [name: string, pem: string, fault: RegExp][] = [
  ...['RS256', 'ES256', 'ES512', 'EdDSA'].map((alg): [string, string, RegExp] => [
    `private, for ${alg}`,
    aKeyFor(alg).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    /^JWT_PUBLIC_KEY is a private key: give this server the public one only\.$/,
  ]),
  ['private, PKCS #1', anRsaKey().privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), /is a private key/],
  ['private, SEC 1', anEcKey('P-256').privateKey.export({ type: 'sec1', format: 'pem' }).toString(), /private key/],
  ['private, encrypted', encrypted(), /is a private key/],
  ['RSA of 1024 bits', pemOf(anRsaKey(1024)), /must be an RSA key of at least 2048 bits, or a P-256, P-521 or Ed25519/],
  ['RSA of 2040 bits', pemOf(anRsaKey(2040)), /at least 2048 bits/],
  ['RSA-PSS', pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 })), /must be an RSA key/],
  ['P-384', pemOf(anEcKey('P-384')), /P-256, P-521 or Ed25519 key/],
  ['secp256k1', pemOf(anEcKey('secp256k1')), /P-256, P-521 or Ed25519 key/],
  ['Ed448', pemOf(generateKeyPairSync('ed448')), /P-256, P-521 or Ed25519 key/],
  ['X25519', pemOf(generateKeyPairSync('x25519')), /P-256, P-521 or Ed25519 key/],
  ['nonsense in PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /must be a public key in PEM/],
  ['a JWK', JSON.stringify(jwkOf(anRsaKey())), /must be a public key in PEM/],
  ['cut off', pemOf(anRsaKey()).slice(0, 200), /must be a public key in PEM/],
];

t.test('JWT_PUBLIC_KEY · keys that are refused, in the variable as in a file', async (t) => {
  for (const [index, [name, pem, fault]] of unfit.entries()) {
    for (const value of [pem, aFile(`unfit-${index}.pem`, pem)]) {
      const faults = faultsOf({ JWT_PUBLIC_KEY: value });
      t.equal(faults.length, 1, `${name}: one fault`);
      t.match(faults[0], fault, name);
      t.notOk(faults.join().includes(pem.split('\n')[1] || pem), `${name}: it is not printed`);
    }
  }
  for (const value of [join(directory, 'no-such-file'), directory, 'x', '/']) {
    t.match(faultsOf({ JWT_PUBLIC_KEY: value }), [/public key in PEM, or the path of a file that holds one/], value);
  }
  t.match(faultsOf({ BETTER_AUTH_SECRET: pemOf(anRsaKey()) }), [/a public key is no secret. Set it as JWT_PUBLIC_KEY/]);
});

t.test('JWT_ALGORITHM · a mode that is left with nothing', async (t) => {
  const ed = pemOf(aKeyFor('EdDSA'));
  const rsa = pemOf(anRsaKey());
  const url = 'https://app.example/api/auth/jwks';
  const rows: [env: Env, fault: RegExp][] = [
    [{ BETTER_AUTH_SECRET: secret, JWT_ALGORITHM: 'RS256' }, /leaves BETTER_AUTH_SECRET with nothing/],
    [
      { JWT_PUBLIC_KEY: rsa, JWT_ALGORITHM: 'ES256' },
      /leaves JWT_PUBLIC_KEY with nothing: its key is for RS256 or PS256/,
    ],
    [{ JWT_PUBLIC_KEY: ed, JWT_ALGORITHM: 'HS256,RS256' }, /leaves JWT_PUBLIC_KEY with nothing: its key is for EdDSA/],
    [{ JWT_JWKS_URL: url, JWT_ALGORITHM: 'HS256' }, /leaves JWT_JWKS_URL with nothing/],
  ];
  for (const [env, fault] of rows) {
    const faults = faultsOf(env);
    t.equal(faults.length, 1, JSON.stringify(env));
    t.match(faults[0], fault);
  }
  t.equal(
    faultsOf({ BETTER_AUTH_SECRET: secret, JWT_PUBLIC_KEY: ed, JWT_JWKS_URL: url, JWT_ALGORITHM: 'ES384' }).length,
    4,
    'all of them at once, and that nobody knows ES384',
  );
  t.strictSame(faultsOf({ JWT_PUBLIC_KEY: ed, JWT_JWKS_URL: url, JWT_ALGORITHM: 'EdDSA' }), []);
  for (const alg of ['none', 'hs256', 'ES384', 'RS512', 'HS256;RS256', '*']) {
    t.match(faultsOf({ JWT_ALGORITHM: alg }), [/^JWT_ALGORITHM must list algorithms of HS256, HS384/], alg);
  }
});

const aKeyServer = async (t: Test, keys: readonly object[]) => {
  const server = createServer((_request, response) => void response.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

t.test('JWT_JWKS_URL · iss and aud are its origin unless told otherwise, for its own tokens alone', async (t) => {
  const [key, rsa] = [aKeyFor('EdDSA'), anRsaKey()];
  const origin = await aKeyServer(t, [jwkOf(key, { kid: 'k' })]);
  const modes = { BETTER_AUTH_SECRET: secret, JWT_PUBLIC_KEY: pemOf(rsa), JWT_JWKS_URL: `${origin}/api/auth/jwks` };
  const ours = { iss: origin, aud: origin };
  const theirs = { iss: 'https://other.example', aud: 'https://other.example' };
  const byDefault = await anApiOf(t, modes);
  const ofKeySet = (app: typeof byDefault, claims: object) =>
    statusOf(app, { alg: 'EdDSA', kid: 'k' }, byKey('EdDSA', key), claims);
  const ofOthers = async (app: typeof byDefault, claims: object) => [
    await statusOf(app, { alg: 'HS256' }, byHmac('HS256', secret), claims),
    await statusOf(app, { alg: 'RS256' }, byKey('RS256', rsa), claims),
  ];

  t.equal(await ofKeySet(byDefault, ours), '200');
  t.equal(await ofKeySet(byDefault, { ...ours, aud: ['x', origin] }), '200');
  t.match(await ofKeySet(byDefault, {}), /^401 .* from issuer nobody, and must be from `http:\/\/127/);
  t.match(await ofKeySet(byDefault, { aud: origin }), /^401 .* from issuer nobody/);
  t.match(await ofKeySet(byDefault, { iss: origin }), /^401 .* for audience nobody, and must be for `http:\/\/127/);
  t.match(await ofKeySet(byDefault, theirs), /^401 .* from issuer `https:\/\/other/);
  t.match(await ofKeySet(byDefault, { ...ours, aud: theirs.aud }), /^401 .* for audience `https:\/\/other/);
  t.match(await ofKeySet(byDefault, { iss: `${origin}/api/auth`, aud: origin }), /^401 .* from issuer/);
  for (const claims of [{}, ours, theirs]) {
    t.strictSame(
      await ofOthers(byDefault, claims),
      ['200', '200'],
      `the other modes do not ask: ${JSON.stringify(claims)}`,
    );
  }

  const told = await anApiOf(t, { ...modes, JWT_ISSUER: theirs.iss, JWT_AUDIENCE: theirs.aud });
  t.equal(await ofKeySet(told, theirs), '200');
  t.match(await ofKeySet(told, ours), /^401 .* from issuer/, 'then the origin no longer counts');
  t.strictSame(await ofOthers(told, theirs), ['200', '200']);
  for (const status of await ofOthers(told, {})) t.match(status, /^401 .* from issuer nobody/, 'and all modes ask');

  const issuerAlone = await anApiOf(t, { ...modes, JWT_ISSUER: theirs.iss });
  t.equal(await ofKeySet(issuerAlone, { ...theirs, aud: origin }), '200', 'each has its own default');
  t.match(await ofKeySet(issuerAlone, theirs), /^401 .* for audience/);
  const audienceAlone = await anApiOf(t, { ...modes, JWT_AUDIENCE: theirs.aud });
  t.equal(await ofKeySet(audienceAlone, { ...theirs, iss: origin }), '200');
  t.match(await ofKeySet(audienceAlone, theirs), /^401 .* from issuer/);
});

t.test('JWT_ALGORITHM · narrows what a key set takes', async (t) => {
  const [ed, rsa] = [aKeyFor('EdDSA'), anRsaKey()];
  const origin = await aKeyServer(t, [jwkOf(ed, { kid: 'ed' }), jwkOf(rsa, { kid: 'rsa' })]);
  const app = await anApiOf(t, { JWT_JWKS_URL: `${origin}/jwks`, JWT_ALGORITHM: 'EdDSA,PS256' });
  const ours = { iss: origin, aud: origin };
  t.equal(await statusOf(app, { alg: 'EdDSA', kid: 'ed' }, byKey('EdDSA', ed), ours), '200');
  t.equal(await statusOf(app, { alg: 'PS256', kid: 'rsa' }, byKey('PS256', rsa), ours), '200');
  t.match(
    await statusOf(app, { alg: 'RS256', kid: 'rsa' }, byKey('RS256', rsa), ours),
    /^401 .* signed with RS256, and this server accepts EdDSA, PS256/,
  );
});

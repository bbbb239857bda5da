import { generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { seconds } from './issuer.ts';
import { aSetting, isAccepted, isUnknown, listed } from './key-source.ts';
import { aKeyFor, anEcKey, anEdKey, anRsaKey, byHmac, compact, type KeyPair } from './keys.ts';

const algorithms = ['EdDSA', 'ES256', 'ES512', 'RS256', 'PS256'];
const keys = Object.fromEntries(algorithms.map((alg) => [alg, aKeyFor(alg)])) as Record<string, KeyPair>;
const keyOf = (alg: string) => keys[alg] as KeyPair;
const privateJwk = ({ privateKey }: KeyPair, kid: string) => ({ ...privateKey.export({ format: 'jwk' }), kid });

t.test('every algorithm, with the members that auth servers write', async (t) => {
  for (const alg of algorithms) {
    const key = keyOf(alg);
    for (const [name, members] of [
      ['kid alone', {}],
      ['alg', { alg }],
      ['alg and use', { alg, use: 'sig' }],
      ['key_ops', { key_ops: ['verify'] }],
      ['members that nobody knows', { createdAt: '2026-11-20T09:30:00Z', note: null }],
    ] as [string, object][]) {
      const { ask } = await aSetting(t, [listed(key, 'k', members)]);
      isAccepted(t, await ask(key, { alg, kid: 'k' }), `${alg}: ${name}`);
      isAccepted(t, await ask(key, { alg }), `${alg}: ${name}, a token without kid`);
      t.match(await ask(aKeyFor(alg), { alg, kid: 'k' }), { status: 401 }, `${alg}: ${name}, forged`);
    }
  }
});

t.test('a key without alg is for what its type calls for, and nothing else', async (t) => {
  const all = algorithms.map((alg) => listed(keyOf(alg), alg));
  const { ask } = await aSetting(t, all);
  const fits = [...algorithms.map((alg) => [alg, alg]), ['RS256', 'PS256'], ['PS256', 'RS256']];
  for (const kid of algorithms) {
    for (const alg of algorithms) {
      const isFit = fits.some(([one, other]) => one === kid && other === alg);
      const token = { alg, kid };
      if (isFit) isAccepted(t, await ask(keyOf(kid), token), `${kid} as ${alg}`);
      else isUnknown(t, await ask(keyOf(alg), token), `${alg} under the name of ${kid}`);
    }
  }
});

t.test('a key with alg is for that one alone', async (t) => {
  const key = keyOf('RS256');
  for (const [alg, other] of [
    ['RS256', 'PS256'],
    ['PS256', 'RS256'],
  ] as const) {
    const { ask } = await aSetting(t, [listed(key, 'k', { alg })]);
    isAccepted(t, await ask(key, { alg, kid: 'k' }), alg);
    isUnknown(t, await ask(key, { alg: other, kid: 'k' }), `${alg} as ${other}`);
  }
});

t.test('keys that must not be used', async (t) => {
  const good = keyOf('EdDSA');
  const [small, encryption, operation] = [anRsaKey(1024), anRsaKey(), anEdKey()];
  const [p384, secp256k1, ed448] = [anEcKey('P-384'), anEcKey('secp256k1'), generateKeyPairSync('ed448')];
  const [privateEd, privateRsa, privateEc] = [anEdKey(), anRsaKey(), anEcKey('P-256')];
  const unfit: [kid: string, alg: string, key: KeyPair, jwk: object][] = [
    ['small', 'RS256', small, listed(small, 'small')],
    ['small', 'PS256', small, listed(small, 'small')],
    ['enc', 'RS256', encryption, listed(encryption, 'enc', { use: 'enc' })],
    ['enc', 'PS256', encryption, listed(encryption, 'enc', { use: 'enc' })],
    ['wrap', 'EdDSA', operation, listed(operation, 'wrap', { key_ops: ['wrapKey'] })],
    ['p384', 'ES256', p384, listed(p384, 'p384')],
    ['p384', 'ES512', p384, listed(p384, 'p384')],
    ['k1', 'ES256', secp256k1, listed(secp256k1, 'k1')],
    ['ed448', 'EdDSA', ed448, listed(ed448, 'ed448')],
    ['rs384', 'RS256', encryption, listed(encryption, 'rs384', { alg: 'RS384' })],
    // Whoever reads the key set can sign with these.
    ['private', 'EdDSA', privateEd, privateJwk(privateEd, 'private')],
    ['private', 'RS256', privateRsa, privateJwk(privateRsa, 'private')],
    ['private', 'ES256', privateEc, privateJwk(privateEc, 'private')],
  ];
  for (const [kid, alg, key, jwk] of unfit) {
    const { source, ask } = await aSetting(t, [jwk, listed(good, 'good')]);
    t.match(await ask(key, { alg, kid }), { status: 401, code: 'auth/invalid-token' }, `${kid} as ${alg}`);
    isAccepted(t, await ask(good, { alg: 'EdDSA', kid: 'good' }), `${kid}: the one beside it works`);
    t.equal(source.visits, 1);
    const alone = await aSetting(t, [jwk]);
    t.match(await alone.ask(key, { alg }), { status: 401 }, `${kid} as ${alg}, the only one, by a token without kid`);
  }
});

t.test('a key that cannot be read does not harm the others', async (t) => {
  const good = keyOf('ES256');
  for (const [name, broken] of Object.entries({
    'without its numbers': { kty: 'EC', crv: 'P-256', kid: 'broken' },
    'a point off the curve': { ...listed(good, 'broken'), x: Buffer.alloc(32, 1).toString('base64url') },
    'of no known type': { kty: 'unheard-of', kid: 'broken' },
    'without a type': { kid: 'broken' },
    empty: {},
  })) {
    const { ask } = await aSetting(t, [broken, listed(good, 'good')]);
    isAccepted(t, await ask(good, { alg: 'ES256', kid: 'good' }), name);
    t.match(await ask(good, { alg: 'ES256', kid: 'broken' }), { status: 401 }, `${name}: its own tokens`);
  }
});

t.test('HS* is never verified with what a key set holds', async (t) => {
  const octets = Buffer.from('published-octets-published-octets');
  const { app } = await aSetting(t, [
    { kty: 'oct', kid: 'k', alg: 'HS256', use: 'sig', k: octets.toString('base64url') },
    listed(keyOf('EdDSA'), 'good'),
  ]);
  for (const alg of ['HS256', 'HS384', 'HS512']) {
    for (const by of [octets, octets.toString('base64url'), '']) {
      for (const kid of ['k', 'good', undefined]) {
        const token = compact({ alg, kid }, { sub: 'x', exp: seconds() + 3600 }, byHmac(alg, by));
        const response = await app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
        t.equal(response.statusCode, 401, `${alg} kid ${kid}`);
        t.match(response.json().error, new RegExp(`signed with ${alg}, and this server accepts EdDSA, ES256`));
      }
    }
  }
});

t.test('several keys without kid', async (t) => {
  const [one, other] = [anEdKey(), anEdKey()];
  const { ask } = await aSetting(t, [listed(one), listed(other), listed(keyOf('ES256'))]);
  isAccepted(t, await ask(keyOf('ES256'), { alg: 'ES256' }), 'the only one of its type is found');
  for (const key of [one, other, anEdKey()]) {
    const response = await ask(key, { alg: 'EdDSA' });
    t.match(response, { status: 401, code: 'auth/invalid-token' }, 'of two nobody can tell');
    t.match(response.sentence, /does not say which key it is signed with \(`kid`\), and several would fit/);
  }
  isUnknown(t, await ask(one, { alg: 'EdDSA', kid: 'x' }), 'a kid that none has');
});

t.test('two keys of one kid are told apart by their type', async (t) => {
  const all = algorithms.map((alg) => listed(keyOf(alg), 'same', { alg }));
  const { ask } = await aSetting(t, all);
  for (const alg of algorithms) isAccepted(t, await ask(keyOf(alg), { alg, kid: 'same' }), alg);
  t.match(
    await ask(keyOf('RS256'), { alg: 'PS256', kid: 'same' }),
    { status: 401 },
    'and one is never taken for the other',
  );
});

import { createCipheriv, randomBytes } from 'node:crypto';
import { secret } from '../../support/http/tokens.ts';
import { attackerCertificate } from './certificate.ts';
import { type Forgery, goodClaims, type Issuer, oneOfEachMode, tokenBy } from './issuer.ts';
import { aKeyFor, byHmac, byKey, compact, encode, jwkOf, pemOf, unsigned } from './keys.ts';

const crit = /demands extensions \(`crit`\) that this server does not know/;
const type = /is of type .*, not a JWT for an API/s;
const unknownKey = /signed with a key that is not in the key set of https:\/\/app\.example/;
const signature = /signature does not hold/;

// The attacker's own key, well used, and every way of telling a server to go and trust it.
const bringYourOwnKey = (attacker: string): Forgery[] =>
  ['EdDSA', 'ES256', 'RS256'].flatMap((alg) => {
    const key = aKeyFor(alg);
    const { certificate, thumbprints } = attackerCertificate(key);
    const ways: Record<string, object> = {
      jwk: { jwk: jwkOf(key) },
      'jwk with its kid': { jwk: jwkOf(key, { kid: 'mine', alg, use: 'sig' }), kid: 'mine' },
      jku: { jku: `${attacker}/jwks` },
      'jku with its kid': { jku: `${attacker}/jwks`, kid: 'mine' },
      'jku that starts like the issuer': { jku: `https://app.example@${attacker.slice(7)}/jwks`, kid: 'mine' },
      'jku, a list': { jku: [`${attacker}/jwks`] },
      x5u: { x5u: `${attacker}/x5u` },
      x5c: { x5c: [certificate] },
      'x5c and thumbprints': { x5c: [certificate], ...thumbprints },
      'kid, an address': { kid: `${attacker}/jwks` },
      everything: { jwk: jwkOf(key), jku: `${attacker}/jwks`, x5u: `${attacker}/x5u`, x5c: [certificate] },
    };
    return Object.entries(ways).flatMap(([name, members]) => [
      { name: `${alg} · ${name}`, token: compact({ alg, ...members }, goodClaims(), byKey(alg, key)) },
      {
        name: `${alg} · ${name}, under a good kid`,
        token: compact({ alg, ...members, kid: `kid-${alg}` }, goodClaims(), byKey(alg, key)),
        because: signature,
      },
      {
        name: `HS256 by the ${alg} key's PEM · ${name}`,
        token: compact({ alg: 'HS256', ...members }, goodClaims(), byHmac('HS256', pemOf(key))),
        because: signature,
      },
    ]);
  });

const kids: [name: string, kid: unknown][] = [
  ['a path', '../../../../../../dev/null'],
  ['a path with NUL', '/dev/null\0.pem'],
  ['SQL', "x' UNION SELECT 'key' -- "],
  ['a command', '|| sleep 10'],
  ['an address', 'http://169.254.169.254/latest/meta-data'],
  ['2700 characters', 'k'.repeat(2700)],
  ['empty', ''],
  ['not ASCII', 'schlüssel\u{1f511}"\\\r\nSet-Cookie: x=1'],
  ['a number', 0],
  ['an array', ['kid-EdDSA']],
  ['an object', { toString: 'kid-EdDSA' }],
  ['null', null],
  ['true', true],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ["another key's", 'kid-ES256'],
  ['in another case', 'KID-EDDSA'],
  ['with a space', 'kid-EdDSA '],
];

// Signed well, by the real key or by nobody's: a key is only ever found under its own name.
const strangeKids = ({ signers }: Issuer): Forgery[] => {
  const real = signers.find(({ algorithm }) => algorithm === 'EdDSA')?.by ?? unsigned;
  const stranger = byKey('EdDSA', aKeyFor('EdDSA'));
  return kids.flatMap(([name, kid]) => [
    {
      name: `kid ${name}, by the real key`,
      token: compact({ alg: 'EdDSA', kid }, goodClaims(), real),
      because: unknownKey,
    },
    {
      name: `kid ${name}, by a stranger`,
      token: compact({ alg: 'EdDSA', kid }, goodClaims(), stranger),
      because: unknownKey,
    },
    {
      name: `kid ${name}, HS256 by the empty secret`,
      token: compact({ alg: 'HS256', kid }, goodClaims(), byHmac('HS256', '')),
      because: signature,
    },
  ]);
};

const extensions: [name: string, members: object][] = [
  ['unknown', { crit: ['http://example.com/x'], 'http://example.com/x': true }],
  ['unknown and absent', { crit: ['x'] }],
  ['exp', { crit: ['exp'], exp: 1 }],
  ['b64', { crit: ['b64'], b64: true }],
  ['b64, which is false', { crit: ['b64'], b64: false }],
  ['of registered names', { crit: ['alg', 'typ'] }],
  ['twice the same', { crit: ['x', 'x'], x: 1 }],
  ['an empty array', { crit: [] }],
  ['an array of numbers', { crit: [1] }],
  ['an array of arrays', { crit: [['x']] }],
  ['a text', { crit: 'exp' }],
  ['an empty text', { crit: '' }],
  ['null', { crit: null }],
  ['nought', { crit: 0 }],
  ['false', { crit: false }],
  ['true', { crit: true }],
  ['an object', { crit: {} }],
  ['none, but b64 is false', { b64: false }],
];

const types: [name: string, typ: unknown][] = [
  ...['JOSE', 'JWE', 'JWS', 'id+jwt', 'dpop+jwt', 'logout+jwt', 'secevent+jwt', 'token-introspection+jwt', 'at'].map(
    (typ) => [typ, typ] as [string, unknown],
  ),
  ...[
    '',
    ' ',
    'JWT ',
    ' JWT',
    'jwt\n',
    'at+jwt;x',
    'application/dpop+jwt',
    'application/application/jwt',
    'jwt,at',
  ].map((typ) => [JSON.stringify(typ), typ] as [string, unknown]),
  ['null', null],
  ['a number', 1],
  ['an array', ['JWT']],
  ['an object', {}],
  ['an object with a toString that is none', { toString: 1, valueOf: 1 }],
  ['not ASCII', 'jẃt"\\\u{1f511}'],
];

const signedButStrange = (issuer: Issuer): Forgery[] =>
  oneOfEachMode(issuer).flatMap(({ header, by, algorithm }) => [
    ...extensions.map(([name, members]) => ({
      name: `crit ${name} (${algorithm})`,
      token: compact({ ...header, ...members }, goodClaims(), by),
      because: crit,
    })),
    ...types.map(([name, typ]) => ({
      name: `typ ${name} (${algorithm})`,
      token: compact({ ...header, typ }, goodClaims(), by),
      because: type,
    })),
  ]);

// RFC 7797: the payload stands there, or is left out, as it is.
const unencoded = (issuer: Issuer): Forgery[] =>
  oneOfEachMode(issuer).flatMap(({ header, by, algorithm }) => {
    const start = encode({ ...header, b64: false, crit: ['b64'] });
    const payload = JSON.stringify({ ...goodClaims(), iss: 'x', aud: 'y' });
    const bare = payload.replaceAll('.', '');
    return [
      { name: `b64 false, bare payload (${algorithm})`, token: `${start}.${bare}.${encode(by(`${start}.${bare}`))}` },
      { name: `b64 false, detached payload (${algorithm})`, token: `${start}..${encode(by(`${start}.${payload}`))}` },
      { name: `detached payload (${algorithm})`, token: tokenBy(issuer.signers[0] as never).replace(/\..*\./, '..') },
    ];
  });

const encrypted = (): string => {
  const start = encode({ alg: 'dir', enc: 'A256GCM', typ: 'JWT' });
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(secret).subarray(0, 32), iv).setAAD(Buffer.from(start));
  const text = Buffer.concat([cipher.update(JSON.stringify(goodClaims())), cipher.final()]);
  return `${start}..${encode(iv)}.${encode(text)}.${encode(cipher.getAuthTag())}`;
};

const otherKinds = (issuer: Issuer): Forgery[] => {
  const [hs] = issuer.signers as [Issuer['signers'][number]];
  const token = tokenBy(hs);
  const [protectedHeader, payload, mac] = token.split('.');
  return [
    { name: 'JWE, by the secret', token: encrypted(), because: /encrypted \(JWE\)/ },
    { name: 'nested JWT', token: compact({ ...hs.header, cty: 'JWT' }, token, hs.by) },
    { name: 'nested JWT in JSON', token: compact({ ...hs.header, cty: 'JWT' }, JSON.stringify(token), hs.by) },
    { name: 'JWS in JSON', token: JSON.stringify({ protected: protectedHeader, payload, signature: mac }) },
    { name: 'a token as the header of a token', token: compact(token, goodClaims(), hs.by) },
  ];
};

// The last of two members of one name is the one that counts, so each order has to be refused by itself.
const doubled = ({ keys, publicKey }: Issuer): Forgery[] => {
  const pem = byHmac('HS256', pemOf(publicKey));
  const ed = byKey('EdDSA', keys.EdDSA as never);
  return [
    ['none, HS256', '{"alg":"none","alg":"HS256"}', unsigned],
    ['HS256, none', '{"alg":"HS256","alg":"none"}', unsigned],
    ['HS256, none, by the secret', '{"alg":"HS256","alg":"none"}', byHmac('HS256', secret)],
    ['HS256, RS256 by the public key as secret', '{"alg":"HS256","alg":"RS256"}', pem],
    ['RS256, HS256 by the public key as secret', '{"alg":"RS256","alg":"HS256"}', pem],
    ['alg escaped', '{"alg":"HS256","\\u0061lg":"none"}', byHmac('HS256', secret)],
    ['kid, the good one first', '{"alg":"EdDSA","kid":"kid-EdDSA","kid":"x"}', ed],
    ['typ, the good one first', '{"alg":"HS256","typ":"JWT","typ":"dpop+jwt"}', byHmac('HS256', secret)],
    ['crit, the empty one first', '{"alg":"HS256","crit":[],"crit":["x"],"x":1}', byHmac('HS256', secret)],
    ['a header in its prototype', '{"__proto__":{"alg":"HS256"}}', byHmac('HS256', secret)],
  ].map(([name, header, by]) => ({
    name: `header with two of a name: ${name}`,
    token: compact(header, goodClaims(), by as never),
  }));
};

const veryLongKid = ({ signers }: Issuer): Forgery => {
  const real = signers.find(({ algorithm }) => algorithm === 'EdDSA') as Issuer['signers'][number];
  const token = compact({ alg: 'EdDSA', kid: 'k'.repeat(3000) }, goodClaims(), real.by);
  return { name: 'kid 3000 characters', token, because: /larger than 4096 bytes/ };
};

/** Tokens whose header leads astray. `attacker` is where the attacker's own keys are served. */
export const forgedHeaders = (issuer: Issuer, attacker: string): Forgery[] => [
  ...bringYourOwnKey(attacker),
  ...strangeKids(issuer),
  veryLongKid(issuer),
  ...signedButStrange(issuer),
  ...unencoded(issuer),
  ...otherKinds(issuer),
  ...doubled(issuer),
];

import { createHash } from 'node:crypto';
import { secret } from '../../support/http/tokens.ts';
import { type Forgery, goodClaims, type Issuer, tokenBy } from './issuer.ts';
import { aKeyFor, byHmac, byKey, compact, encode, jwkOf, type KeyPair, pemOf, unsigned } from './keys.ts';

const signature = /signature does not hold/;
const algorithm = /is signed with .*, and this server accepts HS256, HS384, HS512, RS256, EdDSA/;
const unknownKey = /signed with a key that is not in the key set of https:\/\/app\.example/;

const names: [name: string, alg: unknown][] = [
  ...['none', 'None', 'NONE', 'nOnE', 'none ', '', ' ', 'hs256', 'Hs256', 'HS256 ', 'HS1', 'HS224', 'SHA256'].map(
    (alg) => [JSON.stringify(alg), alg] as [string, unknown],
  ),
  ...['dir', 'A256GCM', 'RSA-OAEP', 'ES384', 'ES256K', 'Ed25519', 'eddsa', 'RS1', 'RS384', 'RS512', 'PS384'].map(
    (alg) => [alg, alg] as [string, unknown],
  ),
  ...['__proto__', 'constructor', 'toString', 'HS256,none', 'HS256\0', 'secret'].map(
    (alg) => [JSON.stringify(alg), alg] as [string, unknown],
  ),
  ['missing', undefined],
  ['null', null],
  ['a number', 256],
  ['true', true],
  ['an array', ['HS256']],
  ['an array of none', ['none']],
  ['an object', { toString: 'HS256' }],
];

// For every `alg`: without a signature, with the secret's, with a published key's.
const strangeNames = ({ keys }: Issuer): Forgery[] =>
  names.flatMap(([name, alg]) => [
    { name: `alg ${name}, unsigned`, token: compact({ alg }, goodClaims(), unsigned), because: algorithm },
    {
      name: `alg ${name}, by the secret`,
      token: compact({ alg }, goodClaims(), byHmac('HS256', secret)),
      because: algorithm,
    },
    {
      name: `alg ${name}, by a published key`,
      token: compact({ alg, kid: 'kid-EdDSA' }, goodClaims(), byKey('EdDSA', keys.EdDSA as KeyPair)),
      because: algorithm,
    },
  ]);

const goodNamesUnsigned = ({ signers }: Issuer): Forgery[] =>
  signers.map(({ header, algorithm: alg }) => ({
    name: `alg ${alg}, unsigned${header.kid ? ', with a kid' : ''}`,
    token: compact(header, goodClaims(), unsigned),
    because: signature,
  }));

// What an attacker who has the public key may hope that the server takes for its secret.
const encodings = (key: KeyPair, kid: string, jwks: object): [name: string, bytes: string | Buffer][] => {
  const pem = pemOf(key);
  const der = key.publicKey.export({ type: 'spki', format: 'der' });
  const jwk = jwkOf(key);
  const isRsa = key.publicKey.asymmetricKeyType === 'rsa';
  return [
    ['PEM', pem],
    ['PEM without its last newline', pem.trimEnd()],
    ['PEM with CRLF', pem.replaceAll('\n', '\r\n')],
    ['PEM with escaped newlines', pem.replaceAll('\n', '\\n')],
    ['DER', der],
    ['DER as base64', der.toString('base64')],
    ['JWK', JSON.stringify(jwk)],
    ['JWK with its kid', JSON.stringify({ ...jwk, kid })],
    ['JWK, indented', JSON.stringify(jwk, null, 2)],
    ['bare numbers of the JWK', Buffer.from((jwk.n ?? jwk.x) as string, 'base64url')],
    ['numbers of the JWK as text', (jwk.n ?? jwk.x) as string],
    ['kid', kid],
    ['whole key set', JSON.stringify(jwks)],
    ...(isRsa
      ? [['PKCS #1', key.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()] as [string, string]]
      : []),
  ];
};

const publicKeyAsSecret = ({ publicKey, keys, jwks }: Issuer): Forgery[] =>
  Object.entries({ 'the public key': publicKey, ...keys }).flatMap(([name, key]) =>
    encodings(key, `kid-${name}`, jwks).flatMap(([encoding, bytes]) =>
      (encoding.startsWith('PEM') ? ['HS256', 'HS384', 'HS512'] : ['HS256']).map((alg) => ({
        name: `${alg} by ${name} as ${encoding}`,
        token: compact({ alg, ...(key !== publicKey && { kid: `kid-${name}` }) }, goodClaims(), byHmac(alg, bytes)),
        because: signature,
      })),
    ),
  );

const otherSecrets = (): Forgery[] =>
  [
    '',
    '\0',
    '0',
    'null',
    'undefined',
    '[object Object]',
    'secret',
    'your-256-bit-secret',
    'published-octets-published-octets',
    `${secret}\n`,
    secret.slice(0, -1),
    secret.toUpperCase(),
    Buffer.from(secret).toString('base64'),
    createHash('sha256').update(secret).digest(),
  ].flatMap((key, index) =>
    ['HS256', 'HS384', 'HS512'].map((alg) => ({
      name: `${alg} by another secret, no. ${index} (${key.length} long)`,
      token: compact({ alg, kid: 'octets' }, goodClaims(), byHmac(alg, key)),
      because: signature,
    })),
  );

const otherHashOfTheSecret = (): Forgery[] =>
  [
    ['HS256', 'HS512'],
    ['HS512', 'HS256'],
    ['HS384', 'HS512'],
  ].map(([alg = '', hash = '']) => ({
    name: `${alg} by name, ${hash} by hash, cut to size`,
    token: compact({ alg }, goodClaims(), (input) => {
      const mac = byHmac(hash, secret)(input);
      return Buffer.concat([mac, mac]).subarray(0, Number(alg.slice(2)) / 8);
    }),
    because: signature,
  }));

// Good keys in algorithms that are not theirs, and in each other's place.
const exchanged = ({ publicKey, keys, unfit }: Issuer): Forgery[] => {
  const make = (alg: string, kid: string | undefined, key: KeyPair, because: RegExp, signedAs = alg): Forgery => ({
    name: `${alg} by ${key.publicKey.asymmetricKeyType} ${kid ?? 'without kid'}${signedAs === alg ? '' : `, really ${signedAs}`}`,
    token: compact({ alg, ...(kid !== undefined && { kid }) }, goodClaims(), byKey(signedAs, key)),
    because,
  });
  const { RS256, PS256, ES256, ES512, EdDSA } = keys as Record<string, KeyPair> & {
    [name in 'RS256' | 'PS256' | 'ES256' | 'ES512' | 'EdDSA']: KeyPair;
  };
  return [
    make('PS256', 'kid-RS256', RS256, unknownKey),
    make('RS256', 'kid-PS256', PS256, signature),
    make('RS256', 'kid-RS256', RS256, signature, 'PS256'),
    make('PS256', 'kid-PS256', PS256, signature, 'RS256'),
    make('RS256', undefined, publicKey, signature, 'PS256'),
    make('RS256', undefined, publicKey, signature, 'RS512'),
    make('RS256', undefined, publicKey, signature, 'RS1'),
    make('PS256', 'kid-PS256', publicKey, signature),
    make('PS256', 'public', publicKey, unknownKey),
    make('ES512', 'kid-ES256', ES256, unknownKey),
    make('ES512', 'kid-ES512', ES256, signature),
    make('ES256', 'kid-ES512', ES512, unknownKey),
    make('ES256', 'kid-ES256', ES512, signature),
    make('ES256', 'kid-ES256', ES256, signature, 'ES512'),
    make('EdDSA', 'kid-ES256', EdDSA, unknownKey),
    make('EdDSA', 'kid-EdDSA', ES256, signature, 'ES256'),
    make('ES256', 'kid-ES256', EdDSA, signature, 'EdDSA'),
    make('ES256', 'kid-EdDSA', EdDSA, unknownKey, 'EdDSA'),
    make('HS256', 'kid-EdDSA', EdDSA, signature, 'EdDSA'),
    make('HS256', 'kid-RS256', RS256, signature, 'RS256'),
    make('ES256', 'p384', unfit.p384, unknownKey),
    make('ES512', 'p384', unfit.p384, unknownKey),
    make('ES384', 'p384', unfit.p384, algorithm),
    make('ES256', 'secp256k1', unfit.secp256k1, unknownKey),
    make('EdDSA', 'ed448', unfit.ed448, unknownKey),
    make('RS256', 'rsa1024', unfit.rsa1024, /signature does not hold|1024 bits/),
    make('PS256', 'rsa1024', unfit.rsa1024, /1024 bits: it must have at least 2048/),
    make('RS256', 'encryption', unfit.encryption, /./),
    make('PS256', 'encryption', unfit.encryption, unknownKey),
    make('EdDSA', 'wrapping', unfit.wrapping, unknownKey),
    ...['EdDSA', 'ES256', 'ES512', 'RS256', 'PS256'].flatMap((alg) => {
      const stranger = aKeyFor(alg);
      return [
        { ...make(alg, `kid-${alg}`, stranger, signature), name: `${alg} by a stranger, under a good kid` },
        { ...make(alg, 'stranger', stranger, /./), name: `${alg} by a stranger, under a kid of its own` },
        { ...make(alg, undefined, stranger, /./), name: `${alg} by a stranger, without kid` },
      ];
    }),
  ];
};

// Everything of a good token but what is signed, or the signature of another one.
const exchangedParts = ({ signers }: Issuer): Forgery[] =>
  signers.flatMap((signer) => {
    const [header, payload, mac] = tokenBy(signer).split('.');
    const kind = `${signer.algorithm} (${signer.mode})`;
    return [
      { name: `${kind}: other claims`, token: `${header}.${encode(goodClaims())}.${mac}`, because: signature },
      {
        name: `${kind}: the signature of another of its tokens`,
        token: `${header}.${payload}.${tokenBy(signer).split('.')[2]}`,
        because: signature,
      },
      {
        name: `${kind}: a member more in the header`,
        token: `${encode({ ...signer.header, x: 1 })}.${payload}.${mac}`,
        because: signature,
      },
    ];
  });

/** Tokens whose algorithm is unknown or another than their key's. */
export const forgedAlgorithms = (issuer: Issuer): Forgery[] => [
  ...strangeNames(issuer),
  ...goodNamesUnsigned(issuer),
  ...publicKeyAsSecret(issuer),
  ...otherSecrets(),
  ...otherHashOfTheSecret(),
  ...exchanged(issuer),
  ...exchangedParts(issuer),
];

import { constants, createHash, createPublicKey, privateEncrypt, publicDecrypt, sign } from 'node:crypto';
import { type Forgery, goodClaims, type Issuer, type Signer, tokenBy } from './issuer.ts';
import { compact, encode, type KeyPair, type Sign } from './keys.ts';

const signature = /signature does not hold/;
const unreadable = /not a JWT that can be read|signature does not hold/;
const whiteSpace = /has white space in it/;
const notThree = /is not a JWT, which has three parts|looks like a Better Auth session token|encrypted \(JWE\)/;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The other texts that decoders take for the same bytes: only the last character differs, in bits that are not used. */
export const respellings = (token: string): string[] => {
  const bytes = Buffer.from(token.split('.')[2] as string, 'base64url');
  return [...alphabet]
    .map((last) => token.slice(0, -1) + last)
    .filter((other) => other !== token && Buffer.from(other.split('.')[2] as string, 'base64url').equals(bytes));
};

// One whose every part has both of the characters in which base64 and base64url differ.
const aTokenWithBoth = (signer: Signer): string => {
  for (let tries = 0; tries < 100_000; tries += 1) {
    const claims = { ...goodClaims(), note: `~~~???>>>${tries}` };
    const token = compact({ ...signer.header, note: '~~~???>>>' }, claims, signer.by);
    if (token.split('.').every((part) => part.includes('-') && part.includes('_'))) return token;
  }
  throw new Error('no token has both');
};

const inAlphabet = (part: string) => part.replaceAll('-', '+').replaceAll('_', '/');

const spellings = (signer: Signer): [name: string, token: string, because: RegExp][] => {
  const token = tokenBy(signer);
  const [header = '', payload = '', mac = ''] = token.split('.');
  const both = aTokenWithBoth(signer).split('.') as [string, string, string];
  return [
    ['header padded', `${header}=.${payload}.${mac}`, unreadable],
    ['header padded twice', `${header}==.${payload}.${mac}`, unreadable],
    ['payload padded', `${header}.${payload}=.${mac}`, unreadable],
    ['signature padded', `${token}=`, unreadable],
    ['signature padded twice', `${token}==`, unreadable],
    ['base64 instead of base64url', both.map(inAlphabet).join('.'), unreadable],
    ['signature in base64', `${both[0]}.${both[1]}.${inAlphabet(both[2])}`, unreadable],
    ['payload in base64', `${both[0]}.${inAlphabet(both[1])}.${both[2]}`, unreadable],
    ['a space in the header', `${header.slice(0, 5)} ${header.slice(5)}.${payload}.${mac}`, whiteSpace],
    ['a newline in the payload', `${header}.${payload.slice(0, 64)}\n${payload.slice(64)}.${mac}`, whiteSpace],
    ['a tab in the signature', `${header}.${payload}.${mac.slice(0, 9)}\t${mac.slice(9)}`, whiteSpace],
    ['CRLF behind', `${token}\r\n`, whiteSpace],
    ['no-break space behind', `${token}\u00a0`, whiteSpace],
    ['zero-width space within', `${header}.${payload}\u200b.${mac}`, unreadable],
    ['NUL behind', `${token}\0`, unreadable],
    ['NUL within', `${header}.${payload}\0.${mac}`, unreadable],
    ['bytes behind', `${token}AAAA`, signature],
    ['a character behind', `${token}A`, signature],
    ['a dot before', `.${token}`, notThree],
    ['a dot behind', `${token}.`, notThree],
    ['two dots behind', `${token}..`, notThree],
    ['two dots between', `${header}..${payload}.${mac}`, notThree],
    ['no signature and no dot', `${header}.${payload}`, notThree],
    ['header alone', header, notThree],
    ['nothing but dots', '..', unreadable],
    ['no header', `.${payload}.${mac}`, unreadable],
    ['no payload', `${header}..${mac}`, unreadable],
    ['parts exchanged', `${payload}.${header}.${mac}`, /./],
    ['percent-encoded dots', token.replaceAll('.', '%2E'), notThree],
    ['quoted', `"${token}"`, unreadable],
    ['in angle brackets', `<${token}>`, unreadable],
    ['the scheme twice', `Bearer ${token}`, whiteSpace],
    ['two tokens', `${token},${token}`, notThree],
    ['two tokens with a space', `${token}, ${token}`, whiteSpace],
    ['another case', token.toLowerCase(), /./],
    ['fullwidth', token.replace(/[A-Z]/, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)), unreadable],
    ...respellings(token).map((other, index): [string, string, RegExp] => [
      `the signature spelt otherwise, no. ${index}`,
      other,
      signature,
    ]),
  ];
};

const changedSignatures = (signer: Signer): [name: string, token: string][] => {
  const withSignature = (change: (bytes: Buffer) => Buffer) =>
    compact(signer.header, goodClaims(), (input) => change(Buffer.from(signer.by(input))));
  const flip = (at: (length: number) => number) => (bytes: Buffer) => {
    const index = at(bytes.length);
    bytes[index] = (bytes[index] as number) ^ 1;
    return bytes;
  };
  return [
    ['empty', withSignature(() => Buffer.alloc(0))],
    ['one byte', withSignature((bytes) => bytes.subarray(0, 1))],
    ['a byte too short', withSignature((bytes) => bytes.subarray(0, -1))],
    ['without its first byte', withSignature((bytes) => bytes.subarray(1))],
    ['half', withSignature((bytes) => bytes.subarray(0, bytes.length / 2))],
    ['a byte too long', withSignature((bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
    ['with a zero before', withSignature((bytes) => Buffer.concat([Buffer.alloc(1), bytes]))],
    ['twice', withSignature((bytes) => Buffer.concat([bytes, bytes]))],
    ['all zero', withSignature((bytes) => Buffer.alloc(bytes.length))],
    ['all ones', withSignature((bytes) => Buffer.alloc(bytes.length, 0xff))],
    ['0 and 1', withSignature((bytes) => Buffer.alloc(bytes.length).fill(1, bytes.length - 1))],
    ['backwards', withSignature((bytes) => Buffer.from([...bytes].reverse()))],
    ['in hexadecimal', withSignature((bytes) => Buffer.from(bytes.toString('hex')))],
    ['the first bit flipped', withSignature(flip(() => 0))],
    ['a middle bit flipped', withSignature(flip((length) => length >> 1))],
    ['the last bit flipped', withSignature(flip((length) => length - 1))],
  ];
};

const toBuffer = (value: bigint, bytes: number) => Buffer.from(value.toString(16).padStart(2 * bytes, '0'), 'hex');
const toNumber = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
const orderOf = {
  ES256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  ES512: BigInt(
    '0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
  ),
};

// Signatures that only careless arithmetic takes for good.
const ecdsa = ({ keys }: Issuer): Forgery[] =>
  (['ES256', 'ES512'] as const).flatMap((alg) => {
    const { privateKey } = keys[alg] as KeyPair;
    const n = orderOf[alg];
    const size = alg === 'ES256' ? 32 : 66;
    const pair = (r: bigint, s: bigint) => () => Buffer.concat([toBuffer(r, size), toBuffer(s, size)]);
    const hash = alg === 'ES256' ? 'sha256' : 'sha512';
    const ways: Record<string, Sign> = {
      'in DER': (input) => sign(hash, Buffer.from(input), privateKey),
      'psychic: r and s are 0': pair(0n, 0n),
      'r is 0, s is 1': pair(0n, 1n),
      'r is 1, s is 0': pair(1n, 0n),
      'r and s are the order': pair(n, n),
      'r is 1, s is the order': pair(1n, n),
      'r and s are one less than the order': pair(n - 1n, n - 1n),
      'r and s exchanged': (input) => {
        const bytes = sign(hash, Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
        return Buffer.concat([bytes.subarray(size), bytes.subarray(0, size)]);
      },
    };
    return Object.entries(ways).map(([name, by]) => ({
      name: `${alg} signature ${name}`,
      token: compact({ alg, kid: `kid-${alg}` }, goodClaims(), by),
      because: signature,
    }));
  });

const eddsaOrder = 2n ** 252n + 27742317777372353535851937790883648493n;

// The same point with S + L: RFC 8032 has verifiers refuse it, or every signature would have a second spelling.
const eddsa = ({ signers }: Issuer): Forgery => {
  const { header, by } = signers.find(({ algorithm }) => algorithm === 'EdDSA') as Signer;
  return {
    name: 'EdDSA signature with S + L',
    token: compact(header, goodClaims(), (input) => {
      const bytes = by(input);
      const s = toNumber(Buffer.from(bytes.subarray(32)).reverse()) + eddsaOrder;
      return Buffer.concat([bytes.subarray(0, 32), toBuffer(s, 32).reverse()]);
    }),
    because: signature,
  };
};

const rsa = ({ publicKey }: Issuer): Forgery[] => {
  const { privateKey } = publicKey;
  const n = toNumber(Buffer.from(publicKey.publicKey.export({ format: 'jwk' }).n as string, 'base64url'));
  const asIs = (block: Buffer) => privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block);
  const blockOf = (input: string) => {
    const bytes = sign('sha256', Buffer.from(input), privateKey);
    const key = createPublicKey(privateKey);
    return Buffer.from(publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, bytes));
  };
  const ways: Record<string, Sign> = {
    // Of ten signatures some are small enough for that; the others are simply wrong.
    'with n added': (input) => {
      const sum = toNumber(sign('sha256', Buffer.from(input), privateKey)) + n;
      return toBuffer(sum % 2n ** 2048n, 256);
    },
    'by SHA-1': (input) => sign('sha1', Buffer.from(input), privateKey),
    'by SHA-512': (input) => sign('sha512', Buffer.from(input), privateKey),
    'without the name of its hash': (input) => privateEncrypt(privateKey, createHash('sha256').update(input).digest()),
    'with a padding of other bytes': (input) => {
      const block = blockOf(input);
      block[10] = 0xfe;
      return asIs(block);
    },
    'with the hash at its front and anything behind (Bleichenbacher 2006)': (input) => {
      const block = blockOf(input);
      const content = block.subarray(block.indexOf(0, 1));
      return asIs(
        Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(8, 0xff), content, Buffer.alloc(256 - 10 - content.length)]),
      );
    },
  };
  return Object.entries(ways).map(([name, by]) => ({
    name: `RS256 signature ${name}`,
    token: compact({ alg: 'RS256' }, goodClaims(), by),
    because: signature,
  }));
};

const saltless = ({ keys }: Issuer): Forgery[] =>
  [0, 20, constants.RSA_PSS_SALTLEN_MAX_SIGN].map((saltLength) => ({
    name: `PS256 signature with a salt of ${saltLength}`,
    token: compact({ alg: 'PS256', kid: 'kid-PS256' }, goodClaims(), (input) =>
      sign('sha256', Buffer.from(input), {
        key: (keys.PS256 as KeyPair).privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength,
      }),
    ),
    because: signature,
  }));

/** A good token of exactly so many bytes. */
export const aTokenOf = (bytes: number, { header, by }: Signer): string => {
  for (let more = 0; more < 4; more += 1) {
    const make = (length: number) =>
      compact({ ...header, x: 'x'.repeat(more) }, { ...goodClaims(), x: 'x'.repeat(length) }, by);
    const start = Math.floor(((bytes - make(0).length) * 3) / 4) - 3;
    for (let length = start; length < start + 8; length += 1) {
      const token = make(length);
      if (token.length === bytes) return token;
    }
  }
  throw new Error(`no token has ${bytes} bytes`);
};

const forms = ['x', 'null', '[]', '"x"', '1', '{', '', '{"alg":"HS256"', "{'alg':'HS256'}", '\ufeff{"alg":"HS256"}'];

/** Tokens that were once good, spelt otherwise, and signatures that look like good ones. */
export const forgedSpellings = (issuer: Issuer): Forgery[] => [
  ...issuer.signers.flatMap((signer) => {
    const kind = `${signer.algorithm} (${signer.mode})`;
    return [
      ...spellings(signer).map(([name, token, because]) => ({ name: `${kind}: ${name}`, token, because })),
      ...changedSignatures(signer).map(([name, token]) => ({
        name: `${kind}: signature ${name}`,
        token,
        because: signature,
      })),
      { name: `${kind}: 4 KiB + 1`, token: aTokenOf(4097, signer), because: /larger than 4096 bytes/ },
      { name: `${kind}: 8 KiB`, token: aTokenOf(8192, signer), because: /larger than 4096 bytes/ },
      ...forms.map((form) => ({
        name: `${kind}: header ${JSON.stringify(form)}`,
        token: `${encode(form)}.${tokenBy(signer).split('.').slice(1).join('.')}`,
        because: /./,
      })),
    ];
  }),
  ...ecdsa(issuer),
  eddsa(issuer),
  ...rsa(issuer),
  ...saltless(issuer),
];

import { randomUUID } from 'node:crypto';
import { secret } from '../../support/http/tokens.ts';
import { type Forgery, goodClaims, type Issuer, oneOfEachMode, seconds } from './issuer.ts';
import { byHmac, compact } from './keys.ts';

type Row = [name: string, claims: object | string, because: RegExp];

const iss = 'https://app.example';
const aud = 'https://api.example';
// A member that breaks code which converts it to text without care.
const textless = { toString: 1, valueOf: 1 };

const notANumber = (name: string) => new RegExp(`\`${name}\` is not a number of seconds`);
const numbers = (name: string): Row[] =>
  (
    [
      ['a text', { [name]: String(seconds() + 1800) }],
      ['the text Infinity', { [name]: 'Infinity' }],
      ['a date', { [name]: new Date().toISOString() }],
      ['null', { [name]: null }],
      ['true', { [name]: true }],
      ['an array', { [name]: [seconds()] }],
      ['an object', { [name]: textless }],
      ['1e999', `"${name}":1e999`],
      ['-1e999', `"${name}":-1e999`],
    ] as const
  ).map(([what, claims]) => [`${name} ${what}`, claims, notANumber(name)]);

const times = (): Row[] => [
  ...['exp', 'nbf', 'iat'].flatMap(numbers),
  ['exp missing', { exp: undefined }, /never expires: it has no `exp`/],
  ['exp past', { exp: seconds() - 90 }, /expired at 20\d\d-/],
  ['exp past, a float', { exp: seconds() - 90.5 }, /expired at 20\d\d-/],
  ['exp 0', { exp: 0 }, /expired at 1970-/],
  ['exp -0', '"exp":-0', /expired at 1970-/],
  ['exp negative', { exp: -seconds() }, /expired at 19\d\d-/],
  ['exp -1e300', { exp: -1e300 }, /expired at -1e\+300/],
  ['exp 5e-324', { exp: 5e-324 }, /expired at 1970-/],
  ['nbf future', { nbf: seconds() + 1800 }, /not valid before 20\d\d-/],
  ['nbf 1e300', { nbf: 1e300 }, /not valid before 1e\+300/],
  ['iat future', { iat: seconds() + 1800 }, /issued in the future/],
  ['iat 1e300', { iat: 1e300 }, /issued in the future, at 1e\+300/],
  ['iat in milliseconds', { iat: Date.now() }, /issued in the future/],
  ['iat too old', { iat: seconds() - 86_400 - 90 }, /more than 86400 s ago/],
  ['iat 0', { iat: 0 }, /more than 86400 s ago/],
  ['iat -1e300', { iat: -1e300 }, /more than 86400 s ago/],
];

const foreignParties = (): Row[] => [
  ...(
    [
      ['missing', undefined],
      ['another', 'https://evil.example'],
      ['empty', ''],
      ['null', null],
      ['a number', 0],
      ['ours, in an array', [iss]],
      ['ours, in an object', { [iss]: true }],
      ['an object that is no text', textless],
      ['with a slash more', `${iss}/`],
      ['with a space more', ` ${iss}`],
      ['with NUL', `${iss}\0`],
      ['in upper case', iss.toUpperCase()],
      ['with a suffix', `${iss}.evil.example`],
      ['over http', iss.replace('https', 'http')],
      ['our audience', aud],
      ['not ASCII, with quotes', 'https://böse.example"\\\r\n'],
      ['2000 characters', 'x'.repeat(2000)],
    ] as const
  ).map(([what, value]): Row => [`iss ${what}`, { iss: value }, /is from issuer .*, and must be from `https:\/\/app/s]),
  ...(
    [
      ['missing', undefined],
      ['another', 'https://evil.example'],
      ['an empty array', []],
      ['others', ['https://evil.example', 'x']],
      ['ours, nested', [[aud]]],
      ['ours, in an object', { 0: aud }],
      ['ours, in an object in an array', [{ aud }]],
      ['ours, among others in one text', `${aud} https://evil.example`],
      ['ours, with a slash more', [`${aud}/`]],
      ['our issuer', iss],
      ['null', null],
      ['a number', 0],
      ['an array of null', [null]],
      ['an object that is no text', textless],
      ['objects that are no text', [textless, textless]],
      ['700 numbers', Array(700).fill(0)],
    ] as const
  ).map(([what, value]): Row => [`aud ${what}`, { aud: value }, /is for audience .*, and must be for `https:\/\/api/s]),
];

const noUser = /names no user: its `sub` is missing or no text/;
const badUser = /`sub` is not a user id: it must be 1 to 255/;
const users = (): Row[] => [
  ...(
    [
      ['missing', undefined],
      ['null', null],
      ['a number', 12],
      ['nought', 0],
      ['true', true],
      ['an object', { id: 'x' }],
      ['an object that is no text', textless],
      ['an array', ['x']],
      ['an array of none', []],
    ] as const
  ).map(([what, sub]): Row => [`sub ${what}`, { sub }, noUser]),
  ['sub in another case', { sub: undefined, SUB: 'x' }, noUser],
  ['id instead of sub', { sub: undefined, id: 'x', user_id: 'x', userId: 'x' }, noUser],
  ['sub in the prototype', `"sub":null,"__proto__":{"sub":"x"}`, noUser],
  ...(
    [
      ['empty', ''],
      ['NUL', '\0'],
      ['with NUL', 'x\0y'],
      ['256 code points', 'x'.repeat(256)],
      ['256 code points beyond the BMP', '😀'.repeat(256)],
      ['a lone high surrogate', 'x\ud800'],
      ['a lone low surrogate', '\udc00x'],
    ] as const
  ).map(([what, sub]): Row => [`sub ${what}`, { sub }, badUser]),
];

// Of two members of one name the last counts (RFC 7519, section 4), so nothing is gained by a good one before it.
const doubled = (): Row[] => [
  ['two subs, the last null', '"sub":null', noUser],
  ['two subs, the last escaped', '"\\u0073ub":0', noUser],
  ['two exps, the last past', `"exp":${seconds() - 90}`, /expired/],
  ['two exps, the last a text', '"exp":"9999999999"', notANumber('exp')],
  ['two nbfs, the last future', `"nbf":0,"nbf":${seconds() + 1800}`, /not valid before/],
  ['two isses, the last another', '"iss":"https://evil.example"', /is from issuer `https:\/\/evil/],
  ['two auds, the last another', '"aud":["https://evil.example"]', /is for audience `https:\/\/evil/],
];

// A good payload with members put after its own, or instead of them.
const payloadOf = (claims: object | string): string => {
  if (typeof claims !== 'string') return JSON.stringify({ ...goodClaims(), ...claims });
  return `${JSON.stringify(goodClaims()).slice(0, -1)},${claims}}`;
};

const payloads = (): [name: string, payload: unknown][] => {
  const good = JSON.stringify(goodClaims('user-x'));
  const [before = '', after = ''] = good.split('user-x');
  const withBytes = (...bytes: number[]) =>
    Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
  return [
    ['nothing', ''],
    ['an array', '[]'],
    ['an array of claims', `[${good}]`],
    ['null', 'null'],
    ['a text', JSON.stringify(good)],
    ['a number', '1'],
    ['true', 'true'],
    ['an empty object', '{}'],
    ['no JSON', 'sub=x&exp=9999999999'],
    ['cut off', good.slice(0, -1)],
    ['more behind it', `${good}{}`],
    ['a comma too much', `${good.slice(0, -1)},}`],
    ['single quotes', good.replaceAll('"', "'")],
    ['a comment', `/**/${good}`],
    ['a byte order mark', `\ufeff${good}`],
    ['UTF-16', Buffer.from(good, 'utf16le')],
    ['base64url once more', Buffer.from(good).toString('base64url')],
    ['NaN', good.replace(/"exp":\d+/, '"exp":NaN')],
    ['everything in the prototype', `{"__proto__":${good}}`],
    ['1 000 arrays deep', `${'['.repeat(1000)}${']'.repeat(1000)}`],
    ['invalid UTF-8 in sub', withBytes(0x78, 0xff)],
    ['a surrogate in UTF-8 in sub', withBytes(0xed, 0xa0, 0x80)],
    ['NUL, overlong, in sub', withBytes(0xc0, 0x80)],
  ];
};

// What Better Auth signs with the very secret that an HS256 API is given: none of it is meant for an API.
const betterAuthsOwn = (): Forgery[] => {
  const iat = seconds();
  const exp = iat + 300;
  const by = byHmac('HS256', secret);
  const user = { id: 'x', email: 'x@app.example', emailVerified: true, name: 'x', createdAt: new Date() };
  const session = { id: randomUUID(), userId: 'x', token: 'k7mqVZ3cN9bTqY0wSx5JrF2uHdLpE8aG', expiresAt: new Date() };
  const cache = { session, user, updatedAt: Date.now(), version: '1', iat, exp };
  const parties = { iss, aud };
  const rows: Record<string, object> = {
    'e-mail verification': { email: 'x@app.example', iat, exp },
    'change of e-mail': { email: 'x@app.example', updateTo: 'y@app.example', iat, exp },
    'confirmed change of e-mail': {
      email: 'x@app.example',
      updateTo: 'y@app.example',
      requestType: 'change-email-verification',
      iat,
      exp,
    },
    'cookie cache': cache,
  };
  return [
    ...Object.entries(rows).flatMap(([name, claims]) => [
      { name: `Better Auth's ${name}`, token: compact({ alg: 'HS256' }, claims, by), because: noUser },
      {
        name: `Better Auth's ${name}, from and for us`,
        token: compact({ alg: 'HS256', typ: 'JWT' }, { ...claims, ...parties }, by),
        because: noUser,
      },
    ]),
    {
      name: "Better Auth's cookie cache, compact",
      token: Buffer.from(JSON.stringify({ session: { session, user }, expiresAt: exp, signature: 'x' })).toString(
        'base64url',
      ),
      because: /looks like a Better Auth session token/,
    },
    {
      name: "Better Auth's session token",
      token: `${session.token}.${encodeURIComponent(by(session.token).toString('base64'))}`,
      because: /looks like a Better Auth session token; fetch a JWT from \/api\/auth\/token/,
    },
  ];
};

/** Tokens that are signed as they should be, in each mode, and say what they should not. */
export const forgedClaims = (issuer: Issuer): Forgery[] => [
  ...oneOfEachMode(issuer).flatMap(({ header, by, algorithm }) => [
    ...[...times(), ...foreignParties(), ...users(), ...doubled()].map(([name, claims, because]) => ({
      name: `${name} (${algorithm})`,
      token: compact(header, payloadOf(claims), by),
      because,
    })),
    ...payloads().map(([name, payload]) => ({
      name: `payload: ${name} (${algorithm})`,
      token: compact(header, payload, by),
    })),
  ]),
  ...betterAuthsOwn(),
];

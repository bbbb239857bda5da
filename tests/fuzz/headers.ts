// Header fields that clients, proxies and browsers send, as they should be and otherwise.
import fc from 'fast-check';
import { origin } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import { httpDates, instants, numbers } from './near-misses.ts';

export type Header = readonly [name: string, value: string];

/** The cookie in which the API under test takes a token. */
export const cookieName = 'session';

// What a parser of HTTP lets through: printable text and Latin-1, without white space at its ends.
const aField = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code === 0x7f ? 0x20 : code)),
  })
  .map((field) => field.trim());
const long = 'x'.repeat(300);

const tags = fc.oneof(
  fc.constant('*'),
  fc.integer({ min: 0, max: 30 }).map((revision) => `"${revision}"`),
  fc.constantFrom(
    ...[
      '*',
      '"1", "2"',
      'W/"1"',
      'W/"12-abc"',
      '"1-gzip"',
      '"1;gzip"',
      '1',
      '"1',
      '""',
      '',
      ',',
      ', ,"1"',
      '"1" "2"',
      '*, "1"',
    ],
    ...['w/"1"', 'W/1', "'1'", '"é"', `"${long}"`, `${'"1",'.repeat(400)}"1"`, '"01"', '"1e0"', '"9007199254740993"'],
  ),
  fc.constantFrom(...numbers).map((number) => `"${number.replace(/[^\x21\x23-\x7e]/g, '')}"`),
);

/** Ways to authenticate, valid and not. */
export const credentials = (userId: string): fc.Arbitrary<readonly Header[]> => {
  const token = aToken({ sub: userId });
  const now = Math.floor(Date.now() / 1000);
  const field = (value: string): readonly Header[] => [['authorization', value]];
  return fc.oneof(
    { weight: 30, arbitrary: fc.constant(field(`Bearer ${token}`)) },
    fc.constantFrom<readonly Header[]>(
      [],
      [['cookie', `${cookieName}=${token}`]],
      [
        ['cookie', `a=b; ${cookieName}="${token}"; c`],
        ['origin', origin],
      ],
      [['cookie', `${cookieName}=; ${cookieName}=x`]],
      ...[`bearer ${token}`, `BEARER\t${token}`, `Bearer  ${token}`, `Bearer ${token} `, `Bearer ${token} x`].map(
        field,
      ),
      ...['', 'Bearer', 'Bearer null', 'Bearer undefined', 'Basic dTpw', `Token ${token}`, token, `Bearer ${long}`].map(
        field,
      ),
      ...[`Bearer ${token},Bearer ${token}`, `Bearer ${token.slice(0, -2)}`, `Bearer ${token}=`, 'Bearer é.é.é'].map(
        field,
      ),
      field(`Bearer ${aToken({ sub: userId, exp: now - 3600 })}`),
      field(`Bearer ${aToken({ sub: '' })}`),
      field(`Bearer ${aToken({ sub: userId }, { key: 'another secret, and not the one they share' })}`),
      field(`Bearer ${'x'.repeat(4097)}`),
    ),
  );
};

const fields: Record<string, fc.Arbitrary<string>> = {
  'if-match': tags,
  'if-none-match': tags,
  'if-modified-since': fc.constantFrom(...httpDates),
  'if-unmodified-since': fc.constantFrom(...httpDates),
  'if-range': fc.constantFrom('"1"', ...httpDates.slice(0, 3)),
  range: fc.constantFrom(
    ...[
      'bytes=0-',
      'bytes=0-0',
      'bytes=-1',
      'bytes=5-1',
      'bytes=999999999-',
      'bytes=0-1,5-9',
      'bytes=',
      'items=0-1',
      'x',
      '',
    ],
    ...numbers.slice(0, 8).map((number) => `bytes=${number}-${number}`),
  ),
  'idempotency-key': fc.oneof(
    fc.constantFrom('a', 'b', 'c', '', ' ', 'x'.repeat(255), 'x'.repeat(256), 'é', 'a, b', '"a"'),
    fc.uuid(),
  ),
  'content-encoding': fc.constantFrom(
    'identity',
    'gzip',
    'br',
    'deflate',
    'gzip, gzip',
    'x',
    '',
    'utf-8',
    'aws-chunked',
  ),
  accept: fc.constantFrom(
    'application/json',
    'text/html',
    '*/*',
    'application/xml',
    'application/json;q=0',
    '',
    'x',
    long,
  ),
  'accept-encoding': fc.constantFrom('gzip, br', 'identity;q=0', '*;q=0', 'x', ''),
  'accept-language': fc.constantFrom('de', '*', 'en-US,en;q=0.9', 'x'.repeat(99)),
  'accept-charset': fc.constantFrom('utf-8', 'utf-16', 'x;q=x'),
  origin: fc.constantFrom(
    ...[
      origin,
      origin,
      origin,
      'http://localhost',
      `${origin}/`,
      origin.toUpperCase(),
      'null',
      '',
      '*',
      `${origin}, x`,
      'é',
    ],
  ),
  'access-control-request-method': fc.constantFrom('PUT', 'put', 'X', ''),
  'access-control-request-headers': fc.constantFrom('authorization', 'x'.repeat(500), ',', ''),
  'x-request-id': fc.constantFrom('a', 'a'.repeat(64), 'a'.repeat(65), '', 'a b', 'é', '../x', '{}', 'a:b.c-d'),
  'x-forwarded-for': fc.constantFrom(
    ...[
      '10.0.0.1',
      '10.0.0.1, 127.0.0.1',
      '2001:db8::1',
      '[2001:db8::1]:80',
      '10.0.0.1:80',
      'unknown',
      '',
      ',',
      'é',
      '1e9',
    ],
    ...['999.1.1.1', '0x7f.1', '::ffff:10.0.0.1', '::1%lo', '10.0.0.1,'.repeat(99)],
  ),
  'x-forwarded-host': fc.constantFrom('app.example', 'a, b', '', 'é', 'a/b', long),
  'x-forwarded-proto': fc.constantFrom('https', 'https,http', 'javascript', ''),
  'x-forwarded-prefix': fc.constantFrom('/svc', '/svc/', 'svc', '//evil.test', '/a, /b', '/é', '/..', '', `/${long}`),
  'x-forwarded-port': fc.constantFrom(...numbers.filter((number) => /^[\x20-\x7e]*$/.test(number)).slice(0, 9)),
  forwarded: fc.constantFrom('for=10.0.0.1;proto=https', 'for="[::1]"', ';;', 'x'),
  'x-http-method-override': fc.constantFrom('DELETE', 'x'),
  cookie: fc.constantFrom(
    '',
    'a',
    '=',
    ';;;',
    `${cookieName}`,
    `${cookieName}=%zz`,
    '__proto__=x',
    `a=${'x'.repeat(4000)}`,
  ),
  prefer: fc.constantFrom('return=minimal', 'wait=1', 'x'),
  te: fc.constantFrom('trailers', 'gzip', 'x'),
  from: fc.constantFrom(...instants.filter((instant) => instant !== '')),
  'x-anything': aField,
};

// What the API itself goes by comes more often than the others.
const weightOf = (name: string) => (/^if-(none-)?match$|^idempotency-key$|^origin$/.test(name) ? 5 : 1);

/** Header fields beside the credentials: none, or up to three. */
export const otherHeaders: fc.Arbitrary<readonly Header[]> = fc.uniqueArray(
  fc.oneof(
    ...Object.entries(fields).map(([name, values]) => ({
      weight: weightOf(name),
      arbitrary: fc.tuple(fc.constant(name), values),
    })),
  ),
  { selector: ([name]) => name, maxLength: 3 },
);

/** The media type of a JSON body, and what passes for one. */
export const contentTypes: fc.Arbitrary<string | undefined> = fc.oneof(
  { weight: 30, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    ...['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON', 'application/json '],
    ...[
      'application/json; charset=utf-16',
      'application/json; charset=latin1',
      'application/json; charset=',
      'application/json;',
    ],
    ...[
      'application/json; charset=utf-8; charset=utf-16',
      'application/json; x=y',
      'application/jsonp',
      'text/json',
      'json',
    ],
    ...[
      'application/merge-patch+json',
      'application/problem+json',
      'application/x-www-form-urlencoded',
      'text/plain',
      '*/*',
    ],
    ...['multipart/form-data; boundary=x', 'application/json, text/plain', '', ';', '/', 'é', long, undefined],
  ),
);

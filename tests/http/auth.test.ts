import type { LightMyRequestResponse } from 'fastify';
import type { Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { anApi, styles } from '../support/http/api.ts';
import { overStores } from '../support/http/client.ts';
import { aLog, aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { aToken, secret } from '../support/http/tokens.ts';
import { mutated, now, payloadWith, plainHeader, randomFrom, respelt, signed } from './tokens.ts';

const sub = aUser();
const good = () => aToken({ sub });
const hour = 3600;
const at = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

// RFC 6750, section 3: no error code where no token was sent; an error_description is ASCII without quotes.
const challenge = {
  'auth/missing-token': /^Bearer realm="taskward"$/,
  'auth/invalid-token':
    /^Bearer realm="taskward", error="invalid_token", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"$/,
};

const isUnauthorized = (
  t: Test,
  response: LightMyRequestResponse,
  {
    code,
    style,
    sentence,
    about = '',
  }: { code: keyof typeof challenge; style: ApiStyle; sentence: RegExp; about?: string },
) => {
  isRefused(t, response, { status: 401, code, style, sentence }, about);
  t.match(response.headers['www-authenticate'], challenge[code], `${about} WWW-Authenticate`);
};

type ApiStyle = (typeof styles)[keyof typeof styles];

const missing: [name: string, authorization: string | undefined, sentence: RegExp][] = [
  ['no header', undefined, /No token was sent.*Authorization: Bearer <JWT>/],
  ['an empty header', '', /Bearer <JWT>/],
  ['another scheme', 'Basic eDp5', /not of the form `Bearer <JWT>`/],
  ['a scheme that starts like it', `Bearerx ${good()}`, /not of the form `Bearer <JWT>`/],
  ['no scheme', good(), /Put the word `Bearer` before the token/],
  ['no token', 'Bearer', /no token after `Bearer`/],
  ['no token but a space', 'Bearer ', /no token after `Bearer`/],
];

const claim = (claims: object) =>
  signed(plainHeader, JSON.stringify({ sub, iat: now(), exp: now() + hour, ...claims }));
const raw = (member: string) => signed(plainHeader, payloadWith(sub, member));
const withHeader = (members: string) => signed(`{"alg":"HS256",${members}}`, payloadWith(sub, ''));
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (alg: string) => `${part({ alg })}.${part({ sub, exp: now() + hour })}.`;

// Made when they are needed, as most of them tell the time.
const invalid = (past = now() - 90): [name: string, token: string, sentence: RegExp][] => [
  [
    'a session token',
    'k7mqVZ3cN9bTqY0wSx5JrF2uHdLpE8aG.4Jd',
    /looks like a Better Auth session token; fetch a JWT from \/api\/auth\/token/,
  ],
  ['one word', 'nonsense', /is not a JWT, which has three parts/],
  ['two words', 'invalid-token-format', /is not a JWT, which has three parts/],
  ['no token yet', 'undefined', /is the text `undefined`: the client sent it before it had one/],
  ['an object', '[object Object]', /is the text `\[object Object\]`/],
  ['a session token without a signature', 'k7mqVZ3cN9bTqY0wSx5JrF2uHdLpE8aG', /looks like a Better Auth session token/],
  ['four parts', `${good()}.x`, /is not a JWT, which has three parts/],
  ['JWE', 'a.b.c.d.e', /encrypted \(JWE\)/],
  ['larger than 4 KiB', claim({ padding: 'x'.repeat(4096) }), /larger than 4096 bytes/],
  ['white space in it', good().replace('.', '. '), /white space/],
  ['white space after it', `${good()} `, /white space/],
  ['three parts of nothing', '..', /not a JWT that can be read|signature/],
  ['three parts of nonsense', 'abc.def.ghi', /./],
  ['another secret', aToken({ sub }, { key: 'another secret, which is 32 bytes' }), /signature does not hold/],
  ['an empty secret', signed(plainHeader, payloadWith(sub, ''), { key: '' }), /signature does not hold/],
  ['an empty signature', `${good().split('.').slice(0, 2).join('.')}.`, /signature does not hold/],
  [
    'another payload',
    good().replace(/\..*\./, `.${part({ sub: 'x', exp: now() + hour })}.`),
    /signature does not hold/,
  ],
  ['the same signature, spelt otherwise', respelt(good()), /signature does not hold/],
  ['the same signature, padded', `${good()}=`, /signature does not hold/],
  ['alg none', unsigned('none'), /signed with none, and this server accepts HS256/],
  ['alg NONE', unsigned('NONE'), /./],
  ['no alg', signed('{"typ":"JWT"}', payloadWith(sub, '')), /./],
  [
    'HS512 with the right secret',
    aToken({ sub }, { algorithm: 'HS512' }),
    /signed with HS512, and this server accepts HS256/,
  ],
  [
    'HS384 with the right secret',
    aToken({ sub }, { algorithm: 'HS384' }),
    /signed with HS384, and this server accepts HS256/,
  ],
  ['an array as payload', signed(plainHeader, '[]'), /./],
  ['null as payload', signed(plainHeader, 'null'), /./],
  ['no JSON as payload', signed(plainHeader, 'x'), /./],
  ['no JSON as header', signed('x', payloadWith(sub, '')), /./],
  ['null as header', signed('null', payloadWith(sub, '')), /./],
  ['no sub', claim({ sub: undefined }), /names no user: its `sub` is missing/],
  ['sub a number', claim({ sub: 12 }), /`sub` is missing or no text/],
  ['sub null', claim({ sub: null }), /`sub`/],
  ['sub an array', claim({ sub: [sub] }), /`sub`/],
  ['sub an object', claim({ sub: { id: sub } }), /`sub`/],
  ['sub empty', claim({ sub: '' }), /`sub` is not a user id: it must be 1 to 255/],
  ['sub with NUL', claim({ sub: `${sub}\0` }), /`sub` is not a user id/],
  ['sub with half a character', claim({ sub: `${sub}\ud800` }), /`sub` is not a user id/],
  ['sub of 256 code points', claim({ sub: '😀'.repeat(256) }), /`sub` is not a user id/],
  ['no exp', claim({ exp: undefined }), /never expires: it has no `exp`/],
  ['exp a text', claim({ exp: String(now() + hour) }), /`exp` is not a number/],
  ['exp null', claim({ exp: null }), /`exp` is not a number/],
  ['exp 1e999', signed(plainHeader, `{"sub":"${sub}","exp":1e999}`), /`exp` is not a number/],
  ['exp past', claim({ exp: past }), new RegExp(`expired at ${at(past)}, and it is \\d{4}-\\d\\d-.* now`)],
  ['exp 0', claim({ exp: 0 }), /expired at 1970-01-01T00:00:00Z/],
  ['exp -1e300', claim({ exp: -1e300 }), /expired/],
  ['nbf future', claim({ nbf: now() + 90 }), /not valid before \d{4}-/],
  ['nbf a text', claim({ nbf: 'soon' }), /`nbf` is not a number/],
  ['iat future', claim({ iat: now() + 90 }), /issued in the future, at \d{4}-.*[Cc]heck the clocks/],
  ['iat a text', claim({ iat: 'now' }), /`iat` is not a number/],
  ['older than the greatest age', claim({ iat: now() - 604_800 - 90 }), /issued at \d{4}-.* more than 604800 s ago/],
  ['typ of another kind', withHeader('"typ":"secevent+jwt"'), /of type `secevent\+jwt`/],
  ['typ no text', withHeader('"typ":1'), /type|read/],
  ['typ not ASCII', withHeader('"typ":"é\\""'), /type|read/],
  ['crit', withHeader('"crit":["exp"],"exp":1'), /crit/],
  ['crit, b64 false', withHeader('"crit":["b64"],"b64":false'), /./],
];

const accepted = (): [name: string, authorization: string][] => [
  ['Bearer', `Bearer ${good()}`],
  ['bearer', `bearer ${good()}`],
  ['BEARER', `BEARER ${good()}`],
  ['several spaces', `Bearer   ${good()}`],
  ['no iat', `Bearer ${claim({ iat: undefined })}`],
  ['no typ', `Bearer ${signed('{"alg":"HS256"}', payloadWith(sub, ''))}`],
  ['typ in lower case', `Bearer ${withHeader('"typ":"jwt"')}`],
  ['exp past, within the skew of 60 s', `Bearer ${claim({ exp: now() - 30 })}`],
  ['nbf future, within the skew', `Bearer ${claim({ nbf: now() + 30 })}`],
  ['iat future, within the skew', `Bearer ${claim({ iat: now() + 30 })}`],
  ['the greatest age, within the skew', `Bearer ${claim({ iat: now() - 604_800 - 30 })}`],
  ['iss and aud where none is demanded', `Bearer ${claim({ iss: 'x', aud: ['y', 'z'] })}`],
  ['claims that mean nothing here', `Bearer ${raw('"role":"admin","name":"é"')}`],
  ['just under 4 KiB', `Bearer ${claim({ padding: 'x'.repeat(2750) })}`],
];

overStores(async (t, { tasks }) => {
  const calls: string[] = [];
  const { lines, logger } = aLog();
  const recording = aStoreThat((method) => calls.push(method), tasks);
  const app = await anApi(t, recording, { logger });
  const silent = await anApi(t, recording);
  const url = { bare: `/api/${encodeURIComponent(sub)}/tasks`, envelope: '/api/tasks' };

  for (const [name, style] of Object.entries(styles)) {
    const path = url[name as keyof typeof url];
    const get = (authorization?: string) =>
      app.inject({ url: path, headers: authorization === undefined ? {} : { authorization } });

    for (const [what, authorization] of accepted()) {
      t.test(`shared secret, HS256 · 200 with ${what} (${name} style)`, async (t) => {
        t.equal((await get(authorization)).statusCode, 200);
      });
    }
    for (const [what, authorization, sentence] of missing) {
      t.test(`401 auth/missing-token · ${what} (${name} style)`, async (t) => {
        calls.length = 0;
        isUnauthorized(t, await get(authorization), { code: 'auth/missing-token', style, sentence });
        t.strictSame(calls, [], 'the store is not asked');
      });
    }
    for (const [what, token, sentence] of invalid()) {
      t.test(`401 auth/invalid-token · ${what} (${name} style)`, async (t) => {
        calls.length = 0;
        const response = await get(`Bearer ${token}`);
        isUnauthorized(t, response, { code: 'auth/invalid-token', style, sentence });
        // Only what is no token at all is named.
        if (!['undefined', '[object Object]'].includes(token)) {
          t.notOk(response.body.includes(token.slice(-40)), 'the token is not sent back');
        }
        t.strictSame(calls, [], 'the store is not asked');
      });
    }
  }

  t.test('sub · 255 code points are a user', async (t) => {
    const authorization = `Bearer ${aToken({ sub: '😀'.repeat(255) })}`;
    t.equal((await app.inject({ url: '/api/tasks', headers: { authorization } })).statusCode, 200);
  });

  t.test('10 000 mutations of a valid token, half over each store · 0 accepted, 0 responses ≥ 500', async (t) => {
    const seed = Date.now() % 2 ** 32;
    const random = randomFrom(seed);
    const token = good();
    const get = (one: string) => silent.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${one}` } });
    t.equal((await get(token)).statusCode, 200, 'the token itself is good');
    calls.length = 0;
    const others: string[] = [];
    for (let done = 0; done < 5_000; ) {
      const one = mutated(token, random);
      if (one === token) continue;
      done += 1;
      const { statusCode } = await get(one);
      if (statusCode !== 401) others.push(`${statusCode}: ${one}`);
    }
    t.strictSame(others, [], `all are 401 (seed ${seed})`);
    t.strictSame(calls, [], 'and none reached the store');
  });

  t.test('log · nothing of a token, of a secret or of a query', async (t) => {
    const token = good();
    lines.length = 0;
    const headers = { authorization: `Bearer ${token}` };
    await app.inject({ url: '/api/tasks', headers });
    await app.inject({ url: `/api/tasks?token=${token}`, headers });
    await app.inject({ url: `/api/${token}/tasks`, headers });
    await app.inject({ url: `/${token}`, headers });
    await app.inject({ method: 'POST', url: '/api/tasks', headers, payload: { title: 'private words' } });
    await app.inject({ url: '/api/tasks?search=private+words', headers });
    const bad = invalid();
    for (const [, one] of bad) await app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${one}` } });
    const log = lines.join('\n');
    t.ok(lines.length > 50, `${lines.length} lines were logged`);
    for (const [, one] of [['good', token] as const, ...bad]) {
      const parts = one.split('.').filter((text) => text.length > 12);
      for (const text of parts) t.notOk(log.includes(text), `${text.slice(0, 12)}…`);
    }
    for (const text of [secret, 'private words', 'private+words']) t.notOk(log.includes(text), text);
  });
});

import t from 'tap';
import { aUser } from '../support/builders.ts';
import { anApi, anyClaims, origin, styles } from '../support/http/api.ts';
import type { ApiStyle } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { aToken, secret } from '../support/http/tokens.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

const name = '__Secure-taskward.token';
const other = 'https://app.example';
const auth = { secret: { value: secret, algorithms: ['HS256'] }, policy: anyClaims };

const sub = aUser();
const good = () => aToken({ sub });
const forged = () => aToken({ sub }, { key: 'another secret, which is 32 bytes' });

const reads = [
  ['GET', ''],
  ['HEAD', ''],
  ['GET', '/1'],
] as const;
const writes = [
  ['POST', '', { title: 'x' }],
  ['PUT', '/1', { title: 'y' }],
  ['PATCH', '/1', { title: 'z' }],
  ['PATCH', '/1/complete', undefined],
  ['DELETE', '/1', undefined],
] as const;

const forbiddenOrigins: [what: string, origin: string | undefined][] = [
  ['none', undefined],
  ['an empty one', ''],
  ['null', 'null'],
  ['another', 'https://evil.example'],
  ['the suffix trick', 'https://evilapp.example'],
  ['the prefix trick', `${other}.evil.example`],
  ['a sub-domain', 'https://evil.app.example'],
  ['another scheme', 'http://app.example'],
  ['another port', `${other}:8443`],
  ['the default port, written out', `${other}:443`],
  ['another case', 'https://APP.example'],
  ['a slash more', `${other}/`],
  ['user info', 'https://app.example@evil.example'],
  ['two at once', `${other}, https://evil.example`],
  ['two at once, by space', `${other} ${origin}`],
  ['a star', '*'],
  ['a space more', ` ${other}`],
];

for (const [styleName, style] of Object.entries(styles) as [keyof typeof styles, ApiStyle][]) {
  const base = styleName === 'bare' ? `/api/${encodeURIComponent(sub)}/tasks` : '/api/tasks';

  t.test(`AUTH_COOKIE (${styleName} style)`, async (t) => {
    const calls: string[] = [];
    const tasks = aStoreThat((method) => calls.push(method), makeMemoryTaskRepository());
    const app = await anApi(t, tasks, { auth: { ...auth, cookie: name }, corsOrigins: [origin, other] });
    const call = (
      method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      headers: Record<string, string>,
      payload?: object,
    ) => app.inject({ method, url: `${base}${path}`, headers, ...(payload && { payload }) });
    const read = (headers: Record<string, string>) => call('GET', '', headers);
    const byHeader = { authorization: `Bearer ${good()}` };
    t.equal((await call('POST', '', byHeader, { title: 'one' })).statusCode, 201);

    t.test('a token that is known in one place is not thereby accepted in the other', async (t) => {
      const token = good();
      const inCookie = (text: string) => read({ cookie: `${name}=${encodeURIComponent(text)}` });
      const inHeader = (text: string) => read({ authorization: text });
      for (const known of [1, 2]) {
        t.equal((await inCookie(token)).statusCode, 200, `by cookie, ${known}`);
        t.equal((await inHeader(`Bearer ${token}`)).statusCode, 200, `by header, ${known}`);
      }
      isRefused(t, await inHeader(token), { status: 401, code: 'auth/missing-token', style }, 'bare in the header');
      isRefused(
        t,
        await inCookie(`Bearer ${token}`),
        { status: 401, code: 'auth/invalid-token', style },
        'the header in the cookie',
      );
    });

    t.test('reads by cookie, from any page', async (t) => {
      for (const [method, path] of reads) {
        for (const from of [undefined, origin, 'https://evil.example', 'null']) {
          const headers = { cookie: `${name}=${good()}`, ...(from !== undefined && { origin: from }) };
          const response = await call(method, path, headers);
          t.equal(response.statusCode, 200, `${method} ${path} from ${from}`);
          const isAllowed = from === origin;
          t.equal(response.headers['access-control-allow-origin'], isAllowed ? origin : undefined, 'who may see it');
        }
      }
    });

    t.test('writes by cookie, from the listed origins', async (t) => {
      for (const from of [origin, other]) {
        const headers = { cookie: `${name}=${good()}`, origin: from };
        const made = await call('POST', '', headers, { title: 'by cookie' });
        t.equal(made.statusCode, 201, `POST from ${from}`);
        const { id } = style.data(made);
        for (const [method, path, body] of writes.slice(1)) {
          const response = await call(method, path.replace('1', id), headers, body);
          t.equal(response.statusCode, method === 'DELETE' ? style.deleted : 200, `${method} ${path} from ${from}`);
        }
      }
    });

    t.test('403 auth/forbidden-origin · writes by cookie from elsewhere', async (t) => {
      calls.length = 0;
      for (const [what, from] of forbiddenOrigins) {
        for (const token of [good(), forged(), 'nonsense']) {
          for (const [method, path, body] of writes) {
            const headers = { cookie: `${name}=${token}`, ...(from !== undefined && { origin: from }) };
            const expected = { status: 403, code: 'auth/forbidden-origin', style, sentence: /CORS_ALLOWED_ORIGINS/ };
            isRefused(t, await call(method, path, headers, body), expected, `${method} ${path} from ${what}`);
          }
        }
      }
      t.strictSame(calls, [], 'the store is not asked');
    });

    t.test('no other header stands for the origin', async (t) => {
      for (const header of ['referer', 'host', 'x-forwarded-host', 'x-forwarded-origin', 'sec-fetch-site']) {
        const headers = { cookie: `${name}=${good()}`, [header]: header === 'sec-fetch-site' ? 'same-origin' : other };
        isRefused(
          t,
          await call('POST', '', headers, { title: 'x' }),
          { status: 403, code: 'auth/forbidden-origin', style },
          header,
        );
      }
    });

    t.test('a write with the header needs no origin', async (t) => {
      for (const headers of [
        byHeader,
        { ...byHeader, origin: 'https://evil.example' },
        { ...byHeader, cookie: `${name}=${forged()}` },
      ]) {
        t.equal((await call('POST', '', headers, { title: 'by header' })).statusCode, 201);
      }
    });

    t.test('an Authorization header, even a bad one, is the only credential', async (t) => {
      calls.length = 0;
      for (const [authorization, code] of [
        [`Bearer ${forged()}`, 'auth/invalid-token'],
        ['Bearer nonsense', 'auth/invalid-token'],
        ['Bearer', 'auth/missing-token'],
        ['Bearer ', 'auth/missing-token'],
        ['Basic eDp5', 'auth/missing-token'],
        ['', 'auth/missing-token'],
        [' ', 'auth/missing-token'],
      ] as const) {
        const headers = { cookie: `${name}=${good()}`, origin, authorization };
        for (const response of [await read(headers), await call('POST', '', headers, { title: 'x' })]) {
          isRefused(t, response, { status: 401, code, style }, JSON.stringify(authorization));
        }
      }
      t.strictSame(calls, []);
      t.equal((await read({ cookie: `${name}=${forged()}`, ...byHeader })).statusCode, 200, 'and a good one too');
    });

    t.test('how the cookie may be written', async (t) => {
      for (const [what, cookie, status] of [
        ['alone', `${name}=${good()}`, 200],
        ['the first of several', `${name}=${good()}; theme=dark; x=y=z`, 200],
        ['the last of several', `theme=dark; a; =; x=y=z;${name}=${good()}`, 200],
        ['with a semicolon behind', `${name}=${good()};`, 200],
        ['with spaces around', `  ${name} = ${good()} ; x=y`, 200],
        ['percent-encoded', `${name}=${good().replaceAll('.', '%2E')}`, 200],
        ['in quotes', `${name}="${good()}"`, 401],
        ['in another case', `${name.toLowerCase()}=${good()}`, 401],
        ['without its prefix', `taskward.token=${good()}`, 401],
        ['with another prefix', `__Host-taskward.token=${good()}`, 401],
        ['as the name of another', `${name}x=${good()}; x${name}=${good()}`, 401],
        ['as the value of another', `x=${name}=${good()}`, 401],
        ['under every other name', `token=${good()}; jwt=${good()}; better-auth.session_token=${good()}`, 401],
        ['forged', `${name}=${forged()}`, 401],
        ['twice, both forged', `${name}=${forged()}; ${name}=${forged()}`, 401],
        ['badly encoded', `${name}=%E0%A4%A`, 401],
        ['nothing but rubbish', ';;==;=;', 401],
      ] as const) {
        t.equal((await read({ cookie })).statusCode, status, what);
      }
    });

    t.test('two of one name are never a choice between users', async (t) => {
      const stranger = aToken({ sub: aUser() });
      const responses = [];
      for (const values of [
        [good(), stranger],
        [stranger, good()],
      ]) {
        const cookie = values.map((value) => `${name}=${value}`).join('; ');
        responses.push(
          (await app.inject({ url: `/api/${encodeURIComponent(sub)}/tasks`, headers: { cookie } })).statusCode,
        );
      }
      // The first one counts, as the browser puts the one with the longest path there; or neither does.
      t.ok(responses[0] === 200 || responses[0] === 401, `${responses}`);
      t.ok(responses[1] === 403 || responses[1] === 401, `${responses}`);
    });

    t.test('401 · no cookie, an empty one, a session token in it', async (t) => {
      calls.length = 0;
      const session = 'k7mqVZ3cN9bTqY0wSx5JrF2uHdLpE8aG.aGVsbG8gd29ybGQ%3D';
      for (const [cookie, code, sentence] of [
        [undefined, 'auth/missing-token', /No token was sent/],
        ['', 'auth/missing-token', /No token was sent/],
        [`${name}=`, 'auth/missing-token', /No token was sent/],
        [`${name}`, 'auth/missing-token', /No token was sent/],
        [`${name}=${session}`, 'auth/invalid-token', /looks like a Better Auth session token; fetch a JWT from \/api/],
        [`${name}=Bearer ${good()}`, 'auth/invalid-token', /white space/],
        [`${name}=${'x'.repeat(4097)}`, 'auth/invalid-token', /larger than 4096 bytes/],
        [`${name}=a.b.c.d.e`, 'auth/invalid-token', /encrypted \(JWE\)/],
        [`${name}=${aToken({ sub, exp: 1 })}`, 'auth/invalid-token', /expired at 1970/],
        [`${name}=${aToken({ email: 'x@app.example' })}`, 'auth/invalid-token', /names no user/],
      ] as const) {
        const headers = { origin, ...(cookie !== undefined && { cookie }) };
        for (const response of [await read(headers), await call('POST', '', headers, { title: 'x' })]) {
          isRefused(t, response, { status: 401, code, style, sentence }, `${cookie}`.slice(0, 60));
          t.match(response.headers['www-authenticate'], /^Bearer realm="taskward"/);
          t.equal(response.headers['access-control-allow-origin'], origin, 'readable for the page');
        }
      }
      t.strictSame(calls, []);
    });

    t.test('the cookie is never set or sent back', async (t) => {
      const response = await read({ cookie: `${name}=${good()}` });
      t.equal(response.headers['set-cookie'], undefined);
      const refused = await read({ cookie: `${name}=${forged()}` });
      t.notOk(refused.body.includes(forged().slice(-30)));
    });
  });

  t.test(`AUTH_COOKIE under other names (${styleName} style)`, async (t) => {
    for (const one of [
      '__Host-taskward.token',
      'token',
      'better-auth.jwt',
      '__proto__',
      'constructor',
      'a!#$%&*+^|~',
    ]) {
      const app = await anApi(t, makeMemoryTaskRepository(), { auth: { ...auth, cookie: one } });
      const get = (cookie?: string) => app.inject({ url: base, headers: cookie === undefined ? {} : { cookie } });
      t.equal((await get(`${one}=${good()}`)).statusCode, 200, one);
      t.equal((await get(`${one}=${forged()}`)).statusCode, 401, `${one}, forged`);
      isRefused(t, await get(), { status: 401, code: 'auth/missing-token', style }, `${one}, no cookie`);
      isRefused(t, await get('x=y'), { status: 401, code: 'auth/missing-token', style }, `${one}, another cookie`);
    }
  });

  t.test(`without AUTH_COOKIE no cookie counts (${styleName} style)`, async (t) => {
    const app = await anApi(t, makeMemoryTaskRepository());
    for (const one of [name, 'token', 'undefined', 'null', '']) {
      const response = await app.inject({ url: base, headers: { cookie: `${one}=${good()}`, origin } });
      isRefused(t, response, { status: 401, code: 'auth/missing-token', style }, one);
    }
  });
}

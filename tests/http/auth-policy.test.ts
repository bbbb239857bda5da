import { aUser } from '../support/builders.ts';
import { aCaller, anApi, anyClaims, styles } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { aToken, secret } from '../support/http/tokens.ts';
import { now } from './tokens.ts';

const auth = { secret: { value: secret, algorithms: ['HS256'] }, policy: anyClaims };

const bodies: [what: string, body: string, type: string][] = [
  ['a good body', '{"title":"x"}', 'application/json'],
  ['not JSON', '{', 'application/json'],
  ['another type', 'x', 'text/plain'],
  ['a body too large', 'x'.repeat(65_537), 'application/json'],
  ['an invalid body', '{"titel":1}', 'application/json'],
];

const operations = [
  ['GET', ''],
  ['HEAD', ''],
  ['POST', ''],
  ['GET', '/1'],
  ['PUT', '/1'],
  ['PATCH', '/1'],
  ['PATCH', '/1/complete'],
  ['DELETE', '/1'],
] as const;

overStores(async (t, { tasks }) => {
  const calls: string[] = [];
  const recording = aStoreThat((method) => calls.push(method), tasks);
  const app = await anApi(t, recording);

  t.test('403 auth/wrong-user · another user in the path, on every operation (bare style)', async (t) => {
    const me = aCaller(app);
    const owner = aCaller(app);
    const theirs = (await owner.call('POST', owner.bare, { title: 'theirs' })).json();
    calls.length = 0;
    for (const [method, path] of operations) {
      const response = await me.call(method, `${owner.bare}${path}`, method === 'PUT' ? { title: 'mine' } : undefined);
      t.equal(response.statusCode, 403, `${method} ${path}`);
      if (method === 'HEAD') continue;
      const expected = { status: 403, code: 'auth/wrong-user', sentence: /another user/ };
      isRefused(t, response, expected, `${method} ${path}`);
      t.notOk(response.body.includes(owner.userId));
    }
    t.strictSame(calls, [], 'the store is not asked');
    t.strictSame((await owner.call('GET', `${owner.bare}/1`)).json(), theirs);
  });

  t.test('403 auth/wrong-user · the same whether the other user exists', async (t) => {
    const me = aCaller(app);
    const owner = aCaller(app);
    const ask = async () => {
      const response = await me.call('GET', `${owner.bare}/1`, undefined, { 'x-request-id': 'the-same' });
      // What is left of my own quota is the only difference that there may be.
      const { date, 'ratelimit-remaining': _left, 'ratelimit-reset': _reset, ...headers } = response.headers;
      return { headers, body: response.body, status: response.statusCode };
    };
    const before = await ask();
    t.equal(before.status, 403);
    await owner.call('POST', owner.bare, { title: 'theirs' });
    t.strictSame(await ask(), before);
  });

  for (const [what, body, type] of bodies) {
    t.test(`403 auth/wrong-user · before the body is read: ${what} (bare style)`, async (t) => {
      const me = aCaller(app);
      const other = aCaller(app).bare;
      for (const [method, path] of operations.filter(([method]) => /^P|DELETE/.test(method))) {
        const response = await me.call(method, `${other}${path}`, body, { 'content-type': type });
        isRefused(t, response, { status: 403, code: 'auth/wrong-user' }, `${method} ${path}`);
      }
      const query = await me.call('GET', `${other}?limit=0`);
      isRefused(t, query, { status: 403, code: 'auth/wrong-user' }, 'and before the query is');
    });

    onStyles(t, app, `401 · before the body is read: ${what}`, async (t, { style, url }) => {
      for (const [method, path] of operations.filter(([method]) => /^P|DELETE/.test(method))) {
        const headers = { 'content-type': type };
        const response = await app.inject({ method, url: `${url}${path}`, payload: body, headers });
        isRefused(t, response, { status: 401, code: 'auth/missing-token', style }, `${method} ${path}`);
      }
    });
  }

  t.test('401 comes before 403: who is not signed in learns nothing of users (bare style)', async (t) => {
    const url = aCaller(app).bare;
    for (const authorization of ['Bearer x.y.z', `Bearer ${aToken({ sub: 'x' }, { key: 'another secret' })}`]) {
      isRefused(t, await app.inject({ url, headers: { authorization } }), { status: 401, code: 'auth/invalid-token' });
    }
  });

  const picky = await anApi(t, recording, {
    auth: {
      ...auth,
      policy: {
        issuers: ['https://app.example', 'https://other.example'],
        audiences: ['https://api.example', 'tasks'],
        maxAgeSeconds: 600,
      },
    },
  });
  const sub = aUser();
  const iss = 'https://app.example';
  const aud = 'tasks';
  for (const [name, style] of Object.entries(styles)) {
    const get = (claims: object) =>
      picky.inject({
        url: name === 'bare' ? `/api/${encodeURIComponent(sub)}/tasks` : '/api/tasks',
        headers: { authorization: `Bearer ${aToken({ sub, iss, aud, ...claims })}` },
      });

    for (const [what, claims] of [
      ['an issuer and an audience of the lists', {}],
      ['the other issuer', { iss: 'https://other.example' }],
      ['the other audience', { aud: 'https://api.example' }],
      ['one audience of several', { aud: ['elsewhere', 'tasks'] }],
      ['an age within the skew', { iat: now() - 630 }],
    ] as [string, object][]) {
      t.test(`JWT_ISSUER, JWT_AUDIENCE, JWT_EXPIRATION_DELTA · 200 with ${what} (${name} style)`, async (t) => {
        t.equal((await get(claims)).statusCode, 200);
      });
    }

    for (const [what, claims, sentence] of [
      [
        'another issuer',
        { iss: 'https://evil.example' },
        /issuer `https:\/\/evil\.example`, and must be from `https:\/\/app\.example` or `https:\/\/other\.example`/,
      ],
      ['the issuer with a slash more', { iss: `${iss}/` }, /issuer `https:\/\/app\.example\/`, and must be from/],
      ['the issuer in a list', { iss: [iss] }, /issuer/],
      ['no issuer', { iss: undefined }, /issuer nobody, and must be from/],
      [
        'another audience',
        { aud: 'elsewhere' },
        /audience `elsewhere`, and must be for `https:\/\/api\.example` or `tasks`/,
      ],
      ['other audiences', { aud: ['a', 'b'] }, /audience `a` or `b`, and must be for/],
      ['no audience', { aud: undefined }, /audience nobody, and must be for/],
      ['an empty list of audiences', { aud: [] }, /audience nobody/],
      ['an issuer that is not ASCII', { iss: 'https://bücher.example"\\' }, /bücher/],
      ['too great an age', { iat: now() - 690 }, /more than 600 s ago/],
    ] as [string, object, RegExp][]) {
      t.test(`401 auth/invalid-token · ${what}, got and wanted (${name} style)`, async (t) => {
        calls.length = 0;
        const response = await get(claims);
        isRefused(t, response, { status: 401, code: 'auth/invalid-token', style, sentence });
        t.match(
          response.headers['www-authenticate'],
          /^Bearer realm="taskward", error="invalid_token", error_description="[\x20-\x21\x23-\x5b\x5d-\x7e]+"$/,
        );
        t.strictSame(calls, []);
      });
    }
  }

  t.test('JWT_ALGORITHM · only the signatures it names', async (t) => {
    const strong = await anApi(t, tasks, { auth: { ...auth, secret: { value: secret, algorithms: ['HS512'] } } });
    for (const [algorithm, status] of [
      ['HS512', 200],
      ['HS256', 401],
      ['HS384', 401],
    ] as const) {
      const authorization = `Bearer ${aToken({ sub }, { algorithm })}`;
      t.equal((await strong.inject({ url: '/api/tasks', headers: { authorization } })).statusCode, status, algorithm);
    }
  });

  t.test('cookie, query · no other place for a token than the header', async (t) => {
    const token = aToken({ sub });
    for (const [url, headers] of [
      [`/api/tasks?access_token=${token}`, {}],
      ['/api/tasks', { cookie: `token=${token}; jwt=${token}; better-auth.session_token=${token}` }],
      ['/api/tasks', { 'x-access-token': token }],
    ] as const) {
      const response = await app.inject({ url, headers });
      isRefused(t, response, { status: 401, code: 'auth/missing-token', style: styles.envelope });
    }
  });
});

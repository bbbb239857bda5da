import { databaseUnavailable } from '@taskward/application';
import type { FastifyInstance } from 'fastify';
import { aCaller, anApi, origin, styles } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';

const other = 'https://app.example';
const corsOrigins = [origin, other];

const allowed = corsOrigins;
const refused: [name: string, origin: string][] = [
  ['another case', 'https://APP.example'],
  ['another port', 'https://app.example:8443'],
  ['the default port, written out', 'https://app.example:443'],
  ['no port', 'http://localhost'],
  ['another scheme', 'http://app.example'],
  ['another scheme, same port', 'https://localhost:3000'],
  ['a sub-domain', 'https://evil.app.example'],
  ['the suffix trick', 'https://evilapp.example'],
  ['the prefix trick', 'https://app.example.evil.test'],
  ['a dot as any character', 'https://appxexample'],
  ['a trailing slash', 'https://app.example/'],
  ['a trailing dot', 'https://app.example.'],
  ['user info', 'https://app.example@evil.test'],
  ['two at once', `${other}, https://evil.test`],
  ['two at once, by space', `${other} https://evil.test`],
  ['null', 'null'],
  ['a star', '*'],
];

const exposed = [
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'WWW-Authenticate',
  'X-Request-Id',
  'X-Total-Count',
];
const names = (header: unknown) =>
  String(header ?? '')
    .toLowerCase()
    .split(/\s*,\s*/);
const preflight = (method = 'PUT') => ({
  'access-control-request-method': method,
  'access-control-request-headers': 'authorization,content-type',
});

overStores(async (t, { tasks }) => {
  const app = await anApi(t, tasks, { corsOrigins });
  const failing = (error: Error) =>
    anApi(
      t,
      aStoreThat(() => {
        throw error;
      }, tasks),
      { corsOrigins },
    );
  const broken = await failing(new Error('broken'));
  const unavailable = await failing(databaseUnavailable());
  const overloaded = await anApi(t, tasks, { corsOrigins, maxInFlight: 0 });
  const unready = await anApi(t, tasks, {
    corsOrigins,
    readiness: { database: async () => Promise.reject(Error('down')) },
  });

  for (const one of allowed) {
    onStyles(t, app, `simple · allowed origin ${one}`, async (t, { me, url }) => {
      const { headers, statusCode } = await me.call('GET', url, undefined, { origin: one });
      t.equal(statusCode, 200);
      t.equal(headers['access-control-allow-origin'], one);
      t.equal(headers['access-control-allow-credentials'], 'true', 'credentialed requests too');
      t.ok(names(headers.vary).includes('origin'), 'Vary: Origin');
      t.strictSame(names(headers['access-control-expose-headers']).sort(), names(exposed.join(',')).sort());
    });

    onStyles(t, app, `preflight · allowed origin ${one}, without a token`, async (t, { url }) => {
      for (const path of [url, `${url}/1`, `${url}/1/complete`, '/api/nowhere']) {
        const { headers, statusCode, body } = await app.inject({
          method: 'OPTIONS',
          url: path,
          headers: { origin: one, ...preflight() },
        });
        t.equal(statusCode, 204, path);
        t.equal(body, '');
        t.equal(headers['access-control-allow-origin'], one);
        t.equal(headers['access-control-allow-credentials'], 'true');
        const methods = names(headers['access-control-allow-methods']);
        for (const method of ['get', 'head', 'post', 'put', 'patch', 'delete']) t.ok(methods.includes(method), method);
        const sendable = names(headers['access-control-allow-headers']);
        for (const name of ['authorization', 'content-type']) t.ok(sendable.includes(name), name);
        t.ok(names(headers.vary).includes('origin'));
        t.ok(names(headers.vary).includes('access-control-request-headers'));
        t.match(headers['access-control-max-age'], /^[1-9]\d*$/);
        t.type(headers['x-request-id'], 'string');
      }
    });
  }

  for (const [name, one] of refused) {
    onStyles(t, app, `refused origin · ${name}: ${one}`, async (t, { me, url }) => {
      const responses = [
        ['simple', await me.call('GET', url, undefined, { origin: one })],
        ['credentialed', await me.call('GET', url, undefined, { origin: one, cookie: 'session=x' })],
        ['preflight', await app.inject({ method: 'OPTIONS', url, headers: { origin: one, ...preflight() } })],
        ['401', await app.inject({ url, headers: { origin: one } })],
        ['404', await me.call('GET', `${url}/1`, undefined, { origin: one })],
        ['422', await me.call('GET', `${url}?limit=0`, undefined, { origin: one })],
      ] as const;
      for (const [kind, { headers }] of responses) {
        t.equal(headers['access-control-allow-origin'], undefined, kind);
        t.ok(names(headers.vary).includes('origin'), `${kind}: Vary: Origin`);
      }
    });
  }

  onStyles(t, app, 'no Origin · no Access-Control-Allow-Origin, but Vary', async (t, { me, url }) => {
    const { headers } = await me.call('GET', url);
    t.equal(headers['access-control-allow-origin'], undefined);
    t.ok(names(headers.vary).includes('origin'));
  });

  for (const [styleName, style] of Object.entries(styles)) {
    const me = aCaller(app);
    const all = style.collection(me);
    const foreign = styles.bare.collection(aCaller(app));
    const json = { 'content-type': 'application/json' };
    const text = { 'content-type': 'text/plain' };
    const cases: [status: number, what: string, app: FastifyInstance, ...Parameters<typeof me.call>][] = [
      [200, 'a list', app, 'GET', all],
      [201, 'a new task', app, 'POST', all, { title: 'x' }],
      [400, 'not JSON', app, 'POST', all, '{', json],
      [400, 'an undecodable path', app, 'GET', `${all}/%ff`],
      [403, 'another user', app, 'GET', foreign],
      [404, 'no such task', app, 'GET', `${all}/999`],
      [404, 'no such route', app, 'GET', `${all}/1/2/3`],
      [405, 'no such method', app, 'PUT', all],
      [413, 'too large', app, 'POST', all, 'x'.repeat(65_537), json],
      [415, 'not JSON by its type', app, 'POST', all, 'x', text],
      [422, 'invalid', app, 'POST', all, {}],
      [422, 'an invalid query', app, 'GET', `${all}?limit=0`],
      [500, 'broken', broken, 'GET', all],
      [503, 'database unavailable', unavailable, 'GET', all],
      [503, 'overloaded', overloaded, 'GET', all],
    ];
    for (const [status, what, over, method, url, body, headers] of cases) {
      t.test(`every response carries CORS headers · ${status} ${what} (${styleName} style)`, async (t) => {
        for (const one of allowed) {
          const response = await aCaller(over, me.userId).call(method, url, body, { ...headers, origin: one });
          t.equal(response.statusCode, status);
          t.equal(response.headers['access-control-allow-origin'], one);
          t.equal(response.headers['access-control-allow-credentials'], 'true');
          t.ok(names(response.headers.vary).includes('origin'), 'Vary: Origin');
          t.type(response.headers['x-request-id'], 'string');
          t.ok(names(response.headers['access-control-expose-headers']).includes('x-request-id'));
        }
      });
    }

    t.test(`every response carries CORS headers · ${style.deleted} a deletion (${styleName} style)`, async (t) => {
      const { id } = style.data(await me.call('POST', all, { title: 'x' }));
      const response = await me.call('DELETE', `${all}/${id}`, undefined, { origin });
      t.equal(response.statusCode, style.deleted);
      t.equal(response.headers['access-control-allow-origin'], origin);
    });

    t.test(`every response carries CORS headers · 401 (${styleName} style)`, async (t) => {
      for (const authorization of [undefined, 'Bearer nonsense', 'Basic eDp5']) {
        const response = await app.inject({ url: all, headers: { origin, ...(authorization && { authorization }) } });
        t.equal(response.statusCode, 401);
        t.equal(response.headers['access-control-allow-origin'], origin);
      }
    });
  }

  t.test('every response carries CORS headers · the paths without a token', async (t) => {
    for (const [over, path, status] of [
      [app, '/health', 200],
      [app, '/health/ready', 200],
      [unready, '/health/ready', 503],
      [app, '/openapi.json', 200],
      [app, '/docs', 200],
      [app, '/nowhere', 404],
      [app, '/%', 400],
    ] as const) {
      const response = await over.inject({ url: path, headers: { origin } });
      t.equal(response.statusCode, status, path);
      t.equal(response.headers['access-control-allow-origin'], origin, path);
    }
  });

  t.test('preflight · succeeds while overloaded', async (t) => {
    const response = await overloaded.inject({
      method: 'OPTIONS',
      url: '/api/tasks',
      headers: { origin, ...preflight() },
    });
    t.equal(response.statusCode, 204);
    t.equal(response.headers['access-control-allow-origin'], origin);
  });
});

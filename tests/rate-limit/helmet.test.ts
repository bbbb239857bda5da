import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { databaseUnavailable } from '@taskward/application';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import t, { type Test } from 'tap';
import { aCaller, anApi, origin, styles } from '../support/http/api.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { aLimitedApi, from } from './support.ts';

const expected = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'x-permitted-cross-domain-policies': 'none',
  'x-dns-prefetch-control': 'off',
};

const isProtected = (t: Test, { headers, statusCode }: LightMyRequestResponse, status: number, about: string) => {
  t.equal(statusCode, status, about);
  for (const [name, value] of Object.entries(expected)) t.equal(headers[name], value, `${status} ${about}: ${name}`);
  t.equal(headers['x-powered-by'], undefined, `${about}: no maker's name`);
  t.equal(headers['strict-transport-security'], undefined, `${about}: where TLS ends is the proxy's to say`);
};

t.test("Helmet's headers are on every response and every error", async (t) => {
  const store = makeMemoryTaskRepository();
  const failing = (error: Error) =>
    anApi(
      t,
      aStoreThat(() => {
        throw error;
      }, store),
    );
  const app = await anApi(t, store);
  const broken = await failing(new Error('broken'));
  const unavailable = await failing(databaseUnavailable());
  const overloaded = await anApi(t, store, { maxInFlight: 0 });
  const limited = await aLimitedApi(t, { max: 1 });

  for (const [name, style] of Object.entries(styles)) {
    const me = aCaller(app);
    const all = style.collection(me);
    const json = { 'content-type': 'application/json' };
    const cases: [status: number, app: FastifyInstance, ...Parameters<typeof me.call>][] = [
      [201, app, 'POST', all, { title: 'x' }],
      [200, app, 'GET', all],
      [200, app, 'HEAD', all],
      [style.deleted, app, 'DELETE', `${all}/1`],
      [400, app, 'POST', all, '{', json],
      [400, app, 'GET', `${all}/%ff`],
      [403, app, 'GET', aCaller(app).bare],
      [404, app, 'GET', `${all}/1`],
      [404, app, 'GET', `${all}/1/2/3`],
      [405, app, 'PUT', all],
      [413, app, 'POST', all, 'x'.repeat(65_537), json],
      [415, app, 'POST', all, 'x', { 'content-type': 'text/plain' }],
      [422, app, 'POST', all, {}],
      [500, broken, 'GET', all],
      [503, unavailable, 'GET', all],
      [503, overloaded, 'GET', all],
    ];
    for (const [status, over, ...call] of cases)
      isProtected(t, await aCaller(over, me.userId).call(...call), status, `${call[0]} ${call[1]} (${name})`);
    isProtected(t, await from(app, '203.0.113.1', {}, all), 401, `no token (${name})`);
    await aCaller(limited, me.userId).call('GET', all);
    isProtected(t, await aCaller(limited, me.userId).call('GET', all), 429, `limited (${name})`);
  }
  const preflight = { origin, 'access-control-request-method': 'PUT' };
  isProtected(t, await app.inject({ method: 'OPTIONS', url: '/api/tasks', headers: preflight }), 204, 'preflight');
  for (const path of ['/health', '/health/ready', '/openapi.json', '/docs', '/docs/static/swagger-ui-bundle.js'])
    isProtected(t, await app.inject(path), 200, path);
  isProtected(t, await app.inject('/nowhere'), 404, '/nowhere');
});

t.test("Helmet's headers are on the error response to a request without a Host", async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository());
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let response = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    response += chunk;
  });
  socket.write('GET /health HTTP/1.1\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  t.match(response, /^HTTP\/1\.1 400 /);
  const [head = ''] = response.split('\r\n\r\n');
  const missing = Object.keys(expected).filter((name) => !head.toLowerCase().includes(`\r\n${name}: `));
  t.strictSame(missing, []);
});

const directivesOf = (policy: unknown): Map<string, string[]> =>
  new Map(
    String(policy)
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .filter(([name]) => name !== '')
      .map(([name, ...sources]) => [name as string, sources]),
  );

t.test('/docs: its policy lets it load what it needs, from here, and nothing else', async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository());
  for (const page of ['/docs', '/docs/']) {
    const { headers, body, statusCode } = await app.inject(page);
    t.equal(statusCode, 200, page);
    const policy = directivesOf(headers['content-security-policy']);
    const sources = (name: string) => policy.get(name) ?? policy.get('default-src') ?? [];
    t.strictSame(policy.get('default-src'), ["'self'"], 'what is not named may come from here only');
    for (const name of ['script-src', 'style-src', 'img-src', 'connect-src'])
      t.ok(sources(name).includes("'self'"), `${name} allows this server`);
    for (const unsafe of ["'unsafe-inline'", "'unsafe-eval'", '*', 'data:', 'https:', 'http:'])
      t.notOk(sources('script-src').includes(unsafe), `scripts: not ${unsafe}`);
    t.strictSame(policy.get('object-src'), ["'none'"]);
    // On plain HTTP, anywhere but on this machine, a browser would look for every script at a port that speaks no TLS.
    t.notOk(policy.has('upgrade-insecure-requests'), 'over plain HTTP it still finds its own scripts');

    t.notMatch(body, /<script(?![^>]*\ssrc=)/, 'no script within the page: the policy would stop it');
    t.notMatch(body, /<style|\sstyle=|\son\w+=/, 'no style or handler within the page');
    const loaded = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url as string);
    t.ok(loaded.filter((url) => url.endsWith('.js')).length >= 2 && loaded.some((url) => url.endsWith('.css')));
    for (const url of loaded) {
      const { href, origin } = new URL(url, `http://here.example${page}`);
      t.equal(origin, 'http://here.example', `${url} is loaded from here`);
      const response = await app.inject(href);
      t.equal(response.statusCode, 200, url);
      const type = String(response.headers['content-type']);
      t.match(
        type,
        url.endsWith('.js') ? /javascript/ : url.endsWith('.css') ? /css/ : /image/,
        `${url}: its type, as nosniff demands`,
      );
    }
  }
  t.equal((await app.inject('/openapi.json')).statusCode, 200, 'the document that it shows');
  t.equal((await app.inject('/api/tasks')).headers['content-security-policy'], undefined, 'JSON needs no policy');
});

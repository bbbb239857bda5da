import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import t, { type Test } from 'tap';
import { aCaller, origin, styles } from '../support/http/api.ts';
import { onStyles } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { aHeldClock, aLimitedApi, bothPaths, from, remaining } from './support.ts';

const says = (t: Test, { headers }: LightMyRequestResponse, limit: number, left: number, about: string) => {
  t.equal(headers['ratelimit-limit'], String(limit), `${about}: RateLimit-Limit`);
  t.equal(headers['ratelimit-remaining'], String(left), `${about}: RateLimit-Remaining`);
  t.match(headers['ratelimit-reset'], /^\d+$/, `${about}: RateLimit-Reset`);
  const reset = Number(headers['ratelimit-reset']);
  t.ok(reset > 0 && reset <= 60, `${about}: the window ends in ${reset} s`);
};

t.test('every response of a task route says how many calls are left', async (t) => {
  const app = await aLimitedApi(t, { max: 100 });
  onStyles(t, app, 'of a signed-in user', async (t, { me, url }) => {
    const json = { 'content-type': 'application/json' };
    const foreign = aCaller(app).bare;
    const calls: [status: number, ...Parameters<typeof me.call>][] = [
      [201, 'POST', url, { title: 'x' }],
      [200, 'GET', url],
      [200, 'HEAD', url],
      [200, 'GET', `${url}/1`],
      [200, 'PUT', `${url}/1`, { title: 'y' }],
      [200, 'PATCH', `${url}/1`, { title: 'z' }],
      [200, 'PATCH', `${url}/1/complete`],
      [url === me.bare ? 204 : 200, 'DELETE', `${url}/1`],
      [403, 'GET', foreign],
      [404, 'GET', `${url}/1`],
      [404, 'GET', `${url}/abc`],
      [400, 'POST', url, '{', json],
      [413, 'POST', url, 'x'.repeat(65_537), json],
      [415, 'POST', url, 'x', { 'content-type': 'text/plain' }],
      [422, 'POST', url, {}],
      [422, 'GET', `${url}?limit=0`],
    ];
    for (const [index, [status, ...call]] of calls.entries()) {
      const response = await me.call(...call);
      t.equal(response.statusCode, status, `${call[0]} ${call[1]}`);
      says(t, response, 100, 99 - index, `${status} ${call[0]} ${call[1]}`);
    }
  });

  t.test('without a valid token', async (t) => {
    const paths = bothPaths(aCaller(app));
    for (const [index, path] of [...paths, `${paths[0]}/1`, `${paths[1]}/1/complete`].entries()) {
      const response = await from(app, '203.0.113.1', {}, path.replace('/complete', ''));
      t.equal(response.statusCode, 401);
      says(t, response, 100, 99 - index, `401 ${path}`);
    }
  });

  t.test('when the server fails', async (t) => {
    const tasks = aStoreThat(() => {
      throw new Error('broken');
    }, makeMemoryTaskRepository());
    const broken = await aLimitedApi(t, { tasks });
    const response = await aCaller(broken).call('GET', '/api/tasks');
    t.equal(response.statusCode, 500);
    says(t, response, 3, 2, '500');
  });
});

const isLimited = (t: Test, response: LightMyRequestResponse, style: (typeof styles)[keyof typeof styles]) => {
  isRefused(t, response, { status: 429, code: 'rate/limited', style, sentence: /Too many requests.*again in \d+ s/ });
  says(t, response, 3, 0, '429');
  t.match(response.headers['retry-after'], /^[1-9]\d*$/, 'Retry-After is whole seconds, at least one');
  t.ok(Number(response.headers['retry-after']) <= 60, 'and no longer than the window');
  t.match(style.sentence(response), ` ${response.headers['retry-after']} s`, 'the sentence has the same figure');
  t.equal(response.headers['access-control-allow-origin'], origin);
  t.equal(response.headers['access-control-allow-credentials'], 'true');
  const exposed = String(response.headers['access-control-expose-headers']).split(', ');
  for (const name of ['Retry-After', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'X-Request-Id'])
    t.ok(exposed.includes(name), `scripts of the page may read ${name}`);
};

t.test('beyond the limit · 429 in the style of either style', async (t) => {
  const app = await aLimitedApi(t);
  onStyles(t, app, 'a user', async (t, { me, style, url }) => {
    for (const _ of [1, 2, 3]) {
      const response = await me.call('GET', url, undefined, { origin });
      t.equal(response.statusCode, 200);
      t.equal(response.headers['retry-after'], undefined);
    }
    isLimited(t, await me.call('GET', url, undefined, { origin }), style);
    isLimited(t, await me.call('POST', url, '{', { origin, 'content-type': 'application/json' }), style);
    isLimited(t, await me.call('DELETE', `${url}/1`, undefined, { origin }), style);
  });
  for (const [name, style] of Object.entries(styles)) {
    t.test(`an address (${name} style)`, async (t) => {
      const url = style.collection(aCaller(app));
      const address = name === 'bare' ? '203.0.113.10' : '203.0.113.20';
      for (const _ of [1, 2, 3]) t.equal((await from(app, address, { origin }, url)).statusCode, 401);
      const refused = await from(app, address, { origin }, url);
      isLimited(t, refused, style);
      t.equal(refused.headers['www-authenticate'], undefined, 'it was not the token');
    });
  }
});

t.test('a refused request does not reach the store, and is not carried out', async (t) => {
  const calls: string[] = [];
  const tasks = aStoreThat((method) => calls.push(method), makeMemoryTaskRepository());
  const app = await aLimitedApi(t, { tasks });
  const me = aCaller(app);
  const { bare } = me;
  await me.call('POST', bare, { title: 'x' });
  await me.call('GET', bare);
  await me.call('GET', '/api/tasks/1');
  t.strictSame(calls.splice(0), ['add', 'list', 'get']);
  for (const collection of bothPaths(me)) {
    const responses = await Promise.all([
      me.call('POST', collection, { title: 'y' }),
      me.call('GET', collection),
      me.call('GET', `${collection}/1`),
      me.call('PUT', `${collection}/1`, { title: 'y' }),
      me.call('PATCH', `${collection}/1`, { title: 'y' }),
      me.call('PATCH', `${collection}/1/complete`),
      me.call('DELETE', `${collection}/1`),
    ]);
    t.strictSame(new Set(responses.map(({ statusCode }) => statusCode)), new Set([429]));
  }
  t.strictSame(calls, []);
});

t.test('the window ends: as long after its first request as it is, and not before', async (t) => {
  const clock = aHeldClock(t);
  const app = await aLimitedApi(t, { windowSeconds: 30 });
  const me = aCaller(app);
  const bySignIn = { user: () => me.call('GET', '/api/tasks'), address: () => from(app, '203.0.113.1') };
  for (const [who, call] of Object.entries(bySignIn)) {
    const first = await call();
    t.equal(first.headers['ratelimit-reset'], '30', `${who}: the whole window`);
    clock.pass(10_000);
    t.equal((await call()).headers['ratelimit-reset'], '20', `${who}: what is left of it`);
    await call();
    clock.pass(19_999);
    const refused = await call();
    t.match(refused, { statusCode: 429, headers: { 'retry-after': '1', 'ratelimit-reset': '1' } }, who);
    clock.pass(1);
    const again = await call();
    t.equal(again.statusCode, first.statusCode, `${who}: refused calls did not lengthen it`);
    t.strictSame([remaining(again), again.headers['ratelimit-reset']], [2, '30'], `${who}: a new one`);
  }
});

t.test('whoever waits as long as Retry-After says is let in', async (t) => {
  const clock = aHeldClock(t);
  const app = await aLimitedApi(t, { max: 1, windowSeconds: 7 });
  const me = aCaller(app);
  for (const early of [0, 1, 999, 1_001, 6_999]) {
    await me.call('GET', '/api/tasks');
    clock.pass(early);
    const refused = await me.call('GET', '/api/tasks');
    t.equal(refused.statusCode, 429);
    clock.pass(Number(refused.headers['retry-after']) * 1000);
    t.equal((await me.call('GET', '/api/tasks')).statusCode, 200, `asked after ${early} ms`);
    clock.pass(7_000);
  }
});

t.test('health checks are not counted, and succeed when nothing is left', async (t) => {
  const app = await aLimitedApi(t);
  const free: [status: number, call: (app: FastifyInstance) => Promise<LightMyRequestResponse>][] = [
    ...['/health', '/health/ready'].map((path): [number, (app: FastifyInstance) => Promise<LightMyRequestResponse>] => [
      200,
      (app) => app.inject(path),
    ]),
  ];
  const each = async (about: string) => {
    for (const [status, call] of free) {
      for (const _ of [1, 2]) {
        const { statusCode, headers } = await call(app);
        t.equal(statusCode, status, about);
        t.equal(headers['ratelimit-remaining'], undefined, 'it speaks of no limit');
      }
    }
  };
  await each('before');
  const local = '127.0.0.1';
  t.equal(remaining(await from(app, local)), 2, 'nothing was counted');
  for (const _ of [1, 2, 3]) await from(app, local);
  t.equal((await from(app, local)).statusCode, 429);
  await each('with nothing left');
});

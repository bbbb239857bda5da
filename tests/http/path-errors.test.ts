import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anApi, origin, styles } from '../support/http/api.ts';
import { aClient, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const json = 'application/json';

overStores((t, { app, tasks }) => {
  onStyles(t, app, '400 request/malformed · a path that cannot be decoded', async (t, { style, me, url }) => {
    for (const path of ['/%', '/%E0%A4', '/%ff', '/1/%zz']) {
      const response = await me.call('GET', `${url}${path}`);
      isRefused(t, response, { status: 400, code: 'request/malformed', style, sentence: /percent-encoded/ }, path);
    }
  });

  onStyles(
    t,
    app,
    '404 task/not-found · a missing and a foreign task give the same response',
    async (t, { style, me, url }) => {
      const other = aClient(app, style);
      const operations = [
        ['GET', ''],
        ['PUT', ''],
        ['PATCH', ''],
        ['DELETE', ''],
        ['PATCH', '/complete'],
      ] as const;
      const ask = async () => {
        const responses = [];
        for (const [method, path] of operations) {
          const body = method.startsWith('P') && path === '' ? { title: 'x' } : undefined;
          const response = await me.call(method, `${url}/1${path}`, body, { 'x-request-id': 'the-same' });
          isRefused(t, response, { status: 404, code: 'task/not-found', style }, `${method} ${path}`);
          const { date, 'ratelimit-remaining': _left, 'ratelimit-reset': _reset, ...headers } = response.headers;
          responses.push({ headers, body: response.body });
        }
        return responses;
      };
      const missing = await ask();
      const theirs = await other.add({ title: 'theirs' });
      t.equal(theirs.id, 1);
      t.strictSame(await ask(), missing);
      t.strictSame(await other.read(1), theirs, 'and theirs is untouched');
    },
  );

  for (const id of [
    '0',
    '-1',
    '01',
    '1.0',
    '1e0',
    '+1',
    '%201',
    'abc',
    'NaN',
    '2147483648',
    '9'.repeat(40),
    '%00',
    '١',
  ]) {
    onStyles(t, app, `404 task/not-found · an id that could never exist: ${id}`, async (t, { style, me, url, add }) => {
      await add();
      const path = `${url}/${id === '١' ? encodeURIComponent(id) : id}`;
      for (const [method, suffix, body] of [
        ['GET', '', undefined],
        ['PUT', '', { title: 'x' }],
        ['PATCH', '', { title: 'x' }],
        ['DELETE', '', undefined],
        ['PATCH', '/complete', undefined],
      ] as const) {
        const response = await me.call(method, `${path}${suffix}`, body);
        isRefused(t, response, { status: 404, code: 'task/not-found', style }, `${method} ${suffix}`);
      }
    });
  }

  t.test('404 route/not-found · in the style of the path’s style', async (t) => {
    const { me } = aClient(app);
    const expected = { status: 404, code: 'route/not-found', sentence: /\/docs/ };
    for (const path of ['/nope', '/api', '/api/u', '/api/tasksx', '/api/u/tasks/1/2', '/__proto__', '/health/x']) {
      for (const method of ['GET', 'POST'] as const) {
        isRefused(t, await me.call(method, path), { ...expected, style: styles.bare }, `${method} ${path}`);
      }
    }
    for (const path of ['/api/tasks/1/nope', '/api/tasks/1/complete/x']) {
      isRefused(t, await me.call('GET', path), { ...expected, style: styles.envelope }, path);
    }
    isRefused(t, await app.inject('/nope'), expected, 'without a token too');
  });

  t.test('404 route/not-found · before the body is read: what it is does not matter', async (t) => {
    const { me } = aClient(app);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      for (const [body, type] of [
        ['{', json],
        ['null', json],
        ['x', 'text/plain'],
        ['x'.repeat(65_537), json],
      ] as const) {
        const response = await me.call(method, '/nope', body, { 'content-type': type });
        isRefused(
          t,
          response,
          { status: 404, code: 'route/not-found' },
          `${method} with ${body.length} bytes of ${type}`,
        );
      }
    }
  });

  for (const length of [3_061, 12_000]) {
    t.test(`404 and 403 · a part of the path with ${length} characters is refused like any other`, async (t) => {
      const { me } = aClient(app);
      const long = 'x'.repeat(length);
      const missing = { status: 404, code: 'task/not-found' };
      isRefused(t, await me.call('GET', `/api/tasks/${long}`), { ...missing, style: styles.envelope }, 'an id');
      isRefused(t, await me.call('PATCH', `${me.bare}/${long}/complete`), missing, 'an id in the path of the owner');
      const foreign = await me.call('GET', `/api/${long}/tasks`, undefined, { origin });
      isRefused(t, foreign, { status: 403, code: 'auth/wrong-user' }, 'a user');
      t.equal(foreign.headers['access-control-allow-origin'], origin, 'with CORS headers');
    });
  }

  t.test('error body · in the style’s style also where a fragment was sent along', async (t) => {
    const listening = await anApi(t, tasks);
    await listening.listen({ host: '127.0.0.1', port: 0 });
    const { port } = listening.server.address() as AddressInfo;
    const [response] = (await once(get({ port, path: '/api/tasks#there' }), 'response')) as [IncomingMessage];
    t.equal(response.statusCode, 401);
    t.equal(response.headers['content-type'], styles.envelope.mediaType);
    response.resume();
  });

  t.test('error body · in the style’s style however its path is spelt', async (t) => {
    const { me } = aClient(app);
    for (const path of ['/api/%74asks', '/%61pi/tasks']) {
      t.equal((await me.call('GET', path)).json().success, true, `${path} is the envelope style`);
      const refused = { status: 404, code: 'task/not-found', style: styles.envelope };
      isRefused(t, await me.call('GET', `${path}/1`), refused, path);
    }
  });
});

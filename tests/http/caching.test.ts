import { databaseUnavailable } from '@taskward/application';
import type { LightMyRequestResponse } from 'fastify';
import { aCaller, anApi, origin } from '../support/http/api.ts';
import { aClient, onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { documentOf, type Media } from '../support/http/openapi-document.ts';

const json = { 'content-type': 'application/json' };

/** What a response must say so that a browser asks again each time, and no cache gives it to another user. */
const cachingOf = ({ headers }: LightMyRequestResponse) => [headers['cache-control'], headers.vary];
const guarded = ['private, no-cache', 'Origin, Authorization, Cookie'];

overStores((t, { app, tasks }) => {
  onStyles(t, app, 'Cache-Control and Vary · on every response about tasks, errors too', async (t, client) => {
    const { style, me, url } = client;
    const table: [status: number, method: string, path: string, body?: unknown, headers?: Record<string, string>][] = [
      [201, 'POST', '', { title: 'x' }],
      [201, 'POST', '', { title: 'x' }, { 'idempotency-key': 'a' }],
      [201, 'POST', '', { title: 'x' }, { 'idempotency-key': 'a' }],
      [200, 'POST', '/batch', { operations: [{ op: 'create', title: 'x' }] }],
      [200, 'GET', ''],
      [200, 'HEAD', ''],
      [200, 'GET', '/1'],
      [200, 'HEAD', '/1'],
      [200, 'PUT', '/1', { title: 'y' }],
      [200, 'PATCH', '/1', { title: 'z' }],
      [200, 'PATCH', '/1/complete'],
      [304, 'GET', '', undefined, { 'if-none-match': '*' }],
      [304, 'GET', '/1', undefined, { 'if-none-match': '*' }],
      [304, 'HEAD', '/1', undefined, { 'if-none-match': '*' }],
      [400, 'POST', '', '{', json],
      [401, 'GET', '', undefined, { authorization: 'Bearer x' }],
      [401, 'GET', '/1', undefined, { authorization: 'Bearer x' }],
      [404, 'GET', '/99'],
      [404, 'GET', '/abc'],
      [412, 'PATCH', '/1', { title: 'x' }, { 'if-match': '"0"' }],
      [413, 'POST', '', ' '.repeat(70_000), json],
      [415, 'POST', '', 'x', { 'content-type': 'text/plain' }],
      [422, 'GET', '?limit=0'],
      [422, 'POST', '', { title: '' }],
      [422, 'POST', '', { title: 'y' }, { 'idempotency-key': 'a' }],
      [422, 'POST', '/batch', { operations: [{ op: 'delete', id: 99 }] }],
      [style.deleted, 'DELETE', '/1'],
    ];
    for (const [status, method, path, body, headers] of table) {
      for (const from of [{}, { origin }]) {
        if (method === 'DELETE' && 'origin' in from) continue;
        const response = await me.call(method as 'GET', `${url}${path}`, body, { ...headers, ...from });
        t.strictSame(
          [response.statusCode, ...cachingOf(response)],
          [status, ...guarded],
          `${status} ${method} ${path}`,
        );
      }
    }
    const foreign = await aCaller(app).call('GET', me.bare);
    t.strictSame([foreign.statusCode, ...cachingOf(foreign)], [403, ...guarded]);
  });

  t.test('Cache-Control and Vary · also where the server is at fault', async (t) => {
    for (const [status, error] of [
      [500, new Error('broken')],
      [503, databaseUnavailable()],
    ] as const) {
      const failing = aStoreThat(() => {
        throw error;
      }, tasks);
      const { me, url } = aClient(await anApi(t, failing));
      const response = await me.call('GET', url);
      t.strictSame([response.statusCode, ...cachingOf(response)], [status, ...guarded]);
    }
  });

  t.test('ETag and Idempotency-Replayed · pages of a listed origin may read them', async (t) => {
    const { me, url } = aClient(app);
    for (const method of ['POST', 'GET'] as const) {
      const { headers } = await me.call(method, url, method === 'POST' ? { title: 'x' } : undefined, { origin });
      const exposed = String(headers['access-control-expose-headers']).split(', ');
      t.ok(exposed.includes('ETag') && exposed.includes('Idempotency-Replayed'), method);
    }
    const asked = 'authorization,content-type,idempotency-key,if-match,if-none-match';
    const preflight = await app.inject({
      method: 'OPTIONS',
      url,
      headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': asked },
    });
    const allowed = String(preflight.headers['access-control-allow-headers']).toLowerCase().replaceAll(' ', '');
    for (const name of asked.split(',')) t.ok(allowed.split(',').includes(name), `${name} may be sent`);
  });

  t.test('the document has the headers of conditions and keys, and the kinds of operation of a batch', async (t) => {
    const { document, operation, allows } = await documentOf(app);
    const headersOf = (method: string, path: string) =>
      (operation(method, path).parameters ?? []).filter((one) => one.in === 'header').map(({ name }) => name);
    for (const base of ['/api/tasks', '/api/{user_id}/tasks']) {
      t.strictSame(headersOf('get', base), ['If-None-Match']);
      t.strictSame(headersOf('get', `${base}/{id}`), ['If-None-Match']);
      t.strictSame(headersOf('post', base), ['Idempotency-Key']);
      t.strictSame(headersOf('post', `${base}/batch`), ['Idempotency-Key']);
      for (const method of ['put', 'patch']) {
        t.strictSame(headersOf(method, `${base}/{id}`), ['If-Match', 'Idempotency-Key']);
      }
      t.strictSame(headersOf('patch', `${base}/{id}/complete`), ['If-Match', 'Idempotency-Key']);
      t.strictSame(headersOf('delete', `${base}/{id}`), ['If-Match']);

      const media = operation('post', `${base}/batch`).requestBody?.content['application/json'] as Media;
      const { properties } = media.schema as {
        properties: { operations: { items: { anyOf: { title: string; properties: { op: { const: string } } }[] } } };
      };
      const kinds = properties.operations.items.anyOf;
      t.strictSame(
        kinds.map((kind) => [kind.title, kind.properties.op.const]),
        [
          ['Create', 'create'],
          ['Update', 'update'],
          ['Complete', 'complete'],
          ['Delete', 'delete'],
          ['Restore', 'restore'],
          ['Undo', 'undo'],
          ['UpdateWhere', 'update'],
        ],
      );
      t.ok(allows('POST', `${base}/batch`, media.example), 'its example is one');
      t.notMatch(JSON.stringify(document), /"each"|"text":/, 'no keyword that readers do not know');
    }
  });
});

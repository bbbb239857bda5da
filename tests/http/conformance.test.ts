import assert from 'node:assert/strict';
import { databaseUnavailable } from '@taskward/application';
import fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { anApi } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { documentOf } from '../support/http/openapi-document.ts';
import { aBatch, body, conditions, edges, ids, query, sentBody, type } from './arbitraries.ts';

const json = { 'content-type': 'application/json' };

/** The path of the document that a collection's sub-path is of. */
const templateOf = ({ url }: Client, path: string): string =>
  (url === '/api/tasks' ? url : '/api/{user_id}/tasks') + path.replace(/^\/(?!batch$)[^/]+/, '/{id}');

type Send = [method: string, path: string, body?: unknown, headers?: Record<string, string>];

const requests: [status: number, ...Send][] = [
  [201, 'POST', '', { title: 'x' }],
  [201, 'POST', '', { title: ' x ', description: 'y', completed: true }],
  [200, 'GET', ''],
  [200, 'GET', '?limit=1&count=true'],
  [200, 'GET', '?limit=1&offset=1&sort=title&order=desc&status=completed&search=x'],
  [200, 'GET', '/1'],
  [200, 'PUT', '/1', { title: 'y', description: null, completed: false }],
  [200, 'PATCH', '/1', { description: 'z' }],
  [200, 'PATCH', '/1', '{"title":"m"}', { 'content-type': 'application/merge-patch+json' }],
  [200, 'PATCH', '/1/complete'],
  [200, 'PATCH', '/1/complete', { completed: true }],
  [200, 'POST', '/batch', { operations: [{ op: 'create', title: 'x' }] }],
  [200, 'POST', '/batch', { operations: [{ op: 'create' }, { op: 'delete', id: 9 }], atomic: false }],
  [200, 'POST', '/batch', { operations: [{ op: 'update', id: 1, title: 'x', if_revision: 0 }], dry_run: true }],
  [
    422,
    'POST',
    '/batch',
    {
      operations: [
        { op: 'complete', id: 1, if_revision: 0 },
        { op: 'create', title: 'x' },
      ],
    },
  ],
  [422, 'POST', '/batch', { operations: [] }],
  [400, 'POST', '/batch', '{', json],
  [413, 'POST', '/batch', ' '.repeat(70_000), json],
  [415, 'POST', '/batch', 'x', { 'content-type': 'text/plain' }],
  [304, 'GET', '', undefined, { 'if-none-match': '*' }],
  [304, 'GET', '/1', undefined, { 'if-none-match': '*' }],
  ...([1, 2] as const).flatMap((): [number, ...Send][] => [
    [201, 'POST', '', { title: 'x' }, { 'idempotency-key': 'a' }],
    [200, 'PUT', '/1', { title: 'k' }, { 'idempotency-key': 'b' }],
    [200, 'PATCH', '/1', { title: 'k' }, { 'idempotency-key': 'c' }],
    [200, 'PATCH', '/1/complete', undefined, { 'idempotency-key': 'd' }],
    [200, 'POST', '/batch', { operations: [{ op: 'complete', id: 1 }] }, { 'idempotency-key': 'e' }],
    [412, 'PATCH', '/1', { title: 'l' }, { 'idempotency-key': 'f', 'if-match': '"0"' }],
    [404, 'PATCH', '/999', { title: 'l' }, { 'idempotency-key': 'g' }],
    [422, 'POST', '/batch', { operations: [{ op: 'delete', id: 999 }] }, { 'idempotency-key': 'h' }],
  ]),
  [422, 'POST', '', { title: 'other' }, { 'idempotency-key': 'a' }],
  [422, 'PATCH', '/1', { title: 'x' }, { 'idempotency-key': '' }],
  [422, 'DELETE', '/1', undefined, { 'if-match': 'x' }],
  [412, 'PUT', '/1', { title: 'x' }, { 'if-match': '"0"' }],
  [412, 'PATCH', '/1', { title: 'x' }, { 'if-none-match': '*' }],
  [412, 'PATCH', '/1/complete', undefined, { 'if-match': 'W/"1"' }],
  [412, 'DELETE', '/1', undefined, { 'if-match': '"0"' }],
  [422, 'GET', '?limit=0'],
  [422, 'GET', '?cursor=x&offset=1'],
  [422, 'GET', '/1?x=1'],
  [422, 'POST', '', {}],
  [422, 'PUT', '/1', {}],
  [422, 'PATCH', '/1', { titel: 'x' }],
  [422, 'PATCH', '/1/complete', { done: true }],
  [422, 'DELETE', '/1', { soft: true }],
  [400, 'POST', '', '{', json],
  [400, 'PUT', '/1', '{', json],
  [400, 'PATCH', '/1', '{', json],
  [400, 'PATCH', '/1/complete', '{', json],
  [400, 'DELETE', '/1', '{', json],
  [413, 'POST', '', ' '.repeat(70_000), json],
  [413, 'PUT', '/1', ' '.repeat(70_000), json],
  [413, 'PATCH', '/1', ' '.repeat(70_000), json],
  [413, 'PATCH', '/1/complete', ' '.repeat(70_000), json],
  [413, 'DELETE', '/1', ' '.repeat(70_000), json],
  [415, 'POST', '', 'x', { 'content-type': 'text/plain' }],
  [415, 'PUT', '/1', 'x', { 'content-type': 'text/plain' }],
  [415, 'PATCH', '/1', 'x', { 'content-type': 'text/plain' }],
  [415, 'PATCH', '/1/complete', 'x', { 'content-type': 'text/plain' }],
  [415, 'DELETE', '/1', 'x', { 'content-type': 'text/plain' }],
  ...(['GET', 'PUT', 'PATCH', 'DELETE'] as const).map((method): [number, ...Send] => [
    404,
    method,
    '/999',
    method.startsWith('P') ? { title: 'x' } : undefined,
  ]),
  [404, 'PATCH', '/abc/complete'],
];

const everyOperation: Send[] = [
  ['GET', ''],
  ['POST', '', { title: 'x' }],
  ['GET', '/1'],
  ['PUT', '/1', { title: 'x' }],
  ['PATCH', '/1', { title: 'x' }],
  ['PATCH', '/1/complete'],
  ['DELETE', '/1'],
  ['POST', '/batch', { operations: [{ op: 'create', title: 'x' }] }],
];

overStores(async (t, { app, tasks }) => {
  const { difference, allows } = await documentOf(app);

  const isDocumented = (client: Client, method: string, path: string, response: LightMyRequestResponse) =>
    difference(method, templateOf(client, path.split('?')[0] as string), response);

  onStyles(t, app, 'every response is as documented · operations and errors', async (t, client) => {
    const { me, url } = client;
    for (const [status, method, path, sent, headers] of requests) {
      const response = await me.call(method as InjectOptions['method'], `${url}${path}`, sent, headers);
      t.equal(response.statusCode, status, `${method} ${path}`);
      t.equal(isDocumented(client, method, path, response), undefined);
    }
    t.equal(isDocumented(client, 'DELETE', '/1', await me.call('DELETE', `${url}/1`)), undefined);
  });

  const broken = await anApi(
    t,
    aStoreThat(() => {
      throw new Error('broken');
    }, tasks),
  );
  const unavailable = await anApi(
    t,
    aStoreThat(() => {
      throw databaseUnavailable();
    }, tasks),
  );
  const overloaded = await anApi(t, tasks, { maxInFlight: 0 });
  for (const [status, over] of [
    [500, broken],
    [503, unavailable],
    [503, overloaded],
  ] as const) {
    onStyles(t, over, `every response is as documented · ${status}`, async (t, client) => {
      for (const [method, path, sent] of everyOperation) {
        const response = await client.me.call(method as 'GET', `${client.url}${path}`, sent);
        t.equal(response.statusCode, status);
        t.equal(isDocumented(client, method, path, response), undefined);
      }
    });
  }

  onStyles(t, app, 'every response is as documented · 401, 403', async (t, client) => {
    for (const [method, path, payload] of everyOperation) {
      const url = `${client.url}${path}`;
      const response = await app.inject({ method, url, ...(payload !== undefined && { payload }) } as InjectOptions);
      t.equal(response.statusCode, 401);
      t.equal(isDocumented(client, method, path, response), undefined);
      if (client.url === '/api/tasks') continue;
      const foreign = await aClient(app).me.call(method as 'GET', url, payload);
      t.equal(foreign.statusCode, 403);
      t.equal(isDocumented(client, method, path, foreign), undefined);
    }
  });

  t.test('every response is as documented · health', async (t) => {
    const unready = await anApi(t, tasks, { readiness: { database: async () => Promise.reject(Error('down')) } });
    for (const [over, path, status] of [
      [app, '/health', 200],
      [app, '/health/ready', 200],
      [unready, '/health/ready', 503],
      [app, '/health?x=1', 422],
      [app, '/health/ready?x=1', 422],
    ] as const) {
      const response = await over.inject(path);
      t.equal(response.statusCode, status);
      t.equal(difference('GET', path.split('?')[0] as string, response), undefined);
    }
  });

  onStyles(t, app, 'any request · never ≥ 500, always as documented', async (_t, client) => {
    await client.add();
    await client.add();
    const operation = fc.oneof(
      fc.constantFrom(['GET', ''], ['POST', ''], ['POST', '/batch']),
      fc.tuple(fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'PATCH /complete'), ids).map(([what, id]) => {
        const [method = '', suffix = ''] = what.split(' ');
        return [method, `/${id}${suffix}`];
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        operation,
        fc.option(query),
        sentBody,
        aBatch,
        type,
        conditions,
        async ([method = '', path = ''], asked, body, batch, mime, more) => {
          const sent = path === '/batch' ? batch : body;
          const search = asked === null ? '' : `?${new URLSearchParams(asked)}`;
          const headers = { ...more, ...(sent !== undefined && { 'content-type': mime }) };
          const payload = method === 'GET' ? undefined : sent;
          const response = await client.me.call(method as 'GET', `${client.url}${path}${search}`, payload, headers);
          assert.ok(response.statusCode < 500, response.body);
          assert.equal(isDocumented(client, method, path, response), undefined);
        },
      ),
      { numRuns: 300 },
    );
  });

  onStyles(t, app, 'any body · what the document allows is taken, what it forbids is not', async (_t, client) => {
    await client.add();
    const refusedBesides = /NUL|surrogate/;
    for (const [method, path] of [
      ['POST', ''],
      ['PUT', '/1'],
      ['PATCH', '/1'],
      ['PATCH', '/1/complete'],
    ] as const) {
      const template = templateOf(client, path);
      await fc.assert(
        fc.asyncProperty(body, async (value) => {
          const sent = JSON.stringify(value);
          if (sent.includes('"__proto__"') || sent === 'null') return;
          const { statusCode, body: response } = await client.me.call(method, `${client.url}${path}`, sent, json);
          const allowed = allows(method, template, JSON.parse(sent));
          if (allowed)
            assert.ok(statusCode < 300 || refusedBesides.test(response), `${statusCode} for ${sent}: ${response}`);
          // Titles are measured after trimming, which a JSON Schema cannot say: those may be longer than documented.
          else assert.ok(statusCode === 422 || /"\s|\s"/.test(sent), `${statusCode} for ${sent}`);
        }),
        { numRuns: 60, examples: edges.map((one): [unknown] => [one]) },
      );
    }
  });

  onStyles(t, app, 'any batch · what the document allows is taken, what it forbids is not', async (_t, client) => {
    await client.add();
    const refusedBesides = /NUL|surrogate|must name at least one/;
    const template = templateOf(client, '/batch');
    await fc.assert(
      fc.asyncProperty(aBatch, async (sent) => {
        if (sent.includes('"__proto__"')) return;
        const asked = JSON.stringify({ ...JSON.parse(sent), atomic: false });
        const response = await client.me.call('POST', `${client.url}/batch`, asked, json);
        const whole = response.statusCode === 200;
        const results = whole ? client.style.data(response).results : [];
        const taken = whole && results.every(({ status }: { status: number }) => status !== 422);
        if (allows('POST', template, JSON.parse(asked)))
          assert.ok(taken || refusedBesides.test(response.body), response.body);
        else assert.ok(!taken || /"\s|\s"/.test(asked), `${response.body} for ${asked}`);
      }),
      { numRuns: 100 },
    );
  });
});

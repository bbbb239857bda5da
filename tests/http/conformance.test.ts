import assert from 'node:assert/strict';
import { databaseUnavailable } from '@taskward/application';
import fc from 'fast-check';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { anApi, strictly } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { aStoreThat } from '../support/http/doubles.ts';
import { documentOf } from '../support/http/openapi-document.ts';
import { aBatch, body, conditions, edges, ids, query, sentBody, type } from './arbitraries.ts';
import { changeLog, everyOperation, requests } from './documented-requests.ts';

const json = { 'content-type': 'application/json' };

/** The path of the document that a collection's sub-path is of. */
const templateOf = ({ url }: Client, path: string): string =>
  (url === '/api/tasks' ? url : '/api/{user_id}/tasks') +
  path
    .replace(/^\/changes\/[^/]+/, '/changes/{revision}')
    .replace(/^(\/trash)?\/(?!batch$|trash$|changes(?:$|\/))[^/]+/, '$1/{id}');

const onOneTask = [
  'PATCH /{id}/complete',
  'POST /{id}/restore',
  'GET /{id}/history',
  'DELETE /trash/{id}',
  'POST /changes/{id}/undo',
];

overStores(async (t, { app, tasks, store }) => {
  const { difference, allows } = await documentOf(app);

  const isDocumented = (client: Client, method: string, path: string, response: LightMyRequestResponse) =>
    difference(method, templateOf(client, path.split('?')[0] as string), response);

  onStyles(t, app, 'every response is as documented · operations and errors', async (t, client) => {
    const { me, url } = client;
    for (const [status, method, path, sent, headers] of [...requests, ...changeLog]) {
      const response = await me.call(method as InjectOptions['method'], `${url}${path}`, sent, headers);
      const expected =
        status === 200 && /^DELETE \/(trash\/)?1$/.test(`${method} ${path}`) ? client.style.deleted : status;
      t.equal(response.statusCode, expected, `${method} ${path}`);
      t.equal(isDocumented(client, method, path, response), undefined);
    }
  });

  const failing = (error: Error) => {
    const fail = () => {
      throw error;
    };
    return anApi(t, { ...store, tasks: aStoreThat(fail, tasks), changes: aStoreThat(fail, store.changes) });
  };
  const broken = await failing(new Error('broken'));
  const unavailable = await failing(databaseUnavailable());
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
      fc.constantFrom(['GET', ''], ['POST', ''], ['POST', '/batch'], ['GET', '/changes'], ['GET', '/trash']),
      fc.tuple(fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', ...onOneTask), ids).map(([what, id]) => {
        const [method = '', path = '/{id}'] = what.split(' ');
        return [method, path.replace('{id}', id)];
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

  onStyles(
    t,
    app,
    'any body · what the document allows is taken, what it forbids is not',
    async (_t, client) => {
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
    },
    strictly,
  );

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

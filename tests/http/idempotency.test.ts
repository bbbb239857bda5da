import type { LightMyRequestResponse } from 'fastify';
import { aCaller, origin, styles } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';

const json = { 'content-type': 'application/json' };

type Method = 'POST' | 'PUT' | 'PATCH';
type Request = [method: Method, path: string, body?: unknown, headers?: Record<string, string>];

/** Every write that takes a key. */
const writes: Request[] = [
  ['POST', '', { title: 'New', description: '😀 "\\u0000"', completed: true }],
  ['PUT', '/1', { title: 'New' }],
  ['PATCH', '/1', { description: null }],
  ['PATCH', '/1', '{"title":"m"}', { 'content-type': 'application/merge-patch+json' }],
  ['PATCH', '/1/complete'],
  ['PATCH', '/1/complete', { completed: true }],
  [
    'POST',
    '/batch',
    {
      operations: [
        { op: 'create', title: 'New' },
        { op: 'complete', id: 1 },
      ],
    },
  ],
];

const send = ({ me, url }: Client, key: string, [method, path, body, headers]: Request) =>
  me.call(method, `${url}${path}`, body, { ...headers, 'idempotency-key': key });

// The headers that belong to the response itself, not to one time that it is sent.
const lasting = ({ statusCode, headers, body }: LightMyRequestResponse) => {
  const { 'x-request-id': _id, date: _date, 'idempotency-replayed': _replayed, ...rest } = headers;
  const counts = Object.keys(rest).filter((name) => name.startsWith('ratelimit'));
  for (const name of counts) delete rest[name];
  return { statusCode, headers: rest, body };
};

overStores((t, { app }) => {
  /** Everything that the user has, to see that nothing more was done. */
  const stateOf = async ({ me, url, style }: Client) => JSON.stringify(style.data(await me.call('GET', url)));

  for (const request of writes) {
    const [method, path, body] = request;
    const name = `${method} ${path || '/'} ${typeof body === 'string' ? body : (JSON.stringify(body) ?? '')}`.trim();

    onStyles(
      t,
      app,
      `Idempotency-Key · ${name}: done once, with the same response, byte for byte`,
      async (t, client) => {
        await client.add({ description: 'Oat' });
        const first = await send(client, 'key', request);
        t.ok(first.statusCode < 300, first.body);
        t.equal(first.headers['idempotency-replayed'], undefined);
        const state = await stateOf(client);
        for (const _ of [1, 2]) {
          const again = await send(client, 'key', request);
          t.equal(again.headers['idempotency-replayed'], 'true');
          t.strictSame(lasting(again), lasting(first));
          t.not(again.headers['x-request-id'], first.headers['x-request-id'], 'it is another request');
        }
        t.equal(await stateOf(client), state, 'nothing more was done');
        t.not((await send(client, 'another', request)).headers['idempotency-replayed'], 'true', 'another key');
      },
    );

    onStyles(t, app, `Idempotency-Key · ${name}: the response is as without one`, async (t, client) => {
      const [keyed, plain] = [client, aClient(app, client.style)];
      for (const one of [keyed, plain]) await one.add({ description: 'Oat' });
      const responses = [
        await send(keyed, 'key', request),
        await plain.me.call(method, `${plain.url}${path}`, body, request[3]),
      ];
      const [a, b] = responses.map((response) => {
        const { headers, body: text, statusCode } = lasting(response);
        const { 'content-length': _length, ...rest } = headers;
        const shown = JSON.stringify([statusCode, rest, text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')]);
        return JSON.parse(shown.replaceAll(keyed.me.bare, plain.me.bare).replaceAll(keyed.me.userId, plain.me.userId));
      });
      t.strictSame(a, b);
    });
  }

  onStyles(t, app, 'Idempotency-Key · POST: status, Location and ETag are replayed', async (t, client) => {
    const request: Request = ['POST', '', { title: 'x' }];
    await send(client, 'key', request);
    await client.me.call('PATCH', `${client.url}/1`, { title: 'y' });
    const again = await send(client, 'key', request);
    t.equal(again.statusCode, 201);
    t.match(again.headers, {
      location: `${client.url}/1`,
      etag: '"1"',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-cache',
      vary: /Authorization, Cookie/,
    });
    t.match(client.style.data(again), { title: 'x', revision: 1 }, 'the first response');
  });

  onStyles(
    t,
    app,
    'Idempotency-Key · browsers see that it was replayed, and CORS holds for the replay',
    async (t, client) => {
      const request: Request = ['POST', '', { title: 'x' }, { origin }];
      for (const _ of [1, 2]) {
        const { headers } = await send(client, 'key', request);
        t.equal(headers['access-control-allow-origin'], origin);
        t.match(headers['access-control-expose-headers'], /\bETag\b.*\bIdempotency-Replayed\b/);
        t.match(headers.vary, /Origin/);
      }
    },
  );

  onStyles(
    t,
    app,
    'Idempotency-Key · what was refused by a use-case is refused again, though it would go now',
    async (t, client) => {
      const { style, add } = client;
      await add();
      const refused: [request: Request, status: number, code: string, mend: () => Promise<unknown>][] = [
        [['PATCH', '/2', { title: 'x' }], 404, 'task/not-found', () => add()],
        [['PATCH', '/3/complete'], 404, 'task/not-found', () => add()],
        [
          ['PUT', '/1', { title: 'x' }, { 'if-match': '"4"' }],
          412,
          'task/stale',
          () => client.me.call('PATCH', `${client.url}/1`, { title: 'y' }),
        ],
        [['POST', '/batch', { operations: [{ op: 'delete', id: 4 }] }], 422, 'batch/refused', () => add()],
      ];
      for (const [n, [request, status, code, mend]] of refused.entries()) {
        const first = await send(client, `key ${n}`, request);
        t.strictSame(
          [first.statusCode, first.json().code, first.headers['content-type']],
          [status, code, style.mediaType],
        );
        t.equal(first.headers['idempotency-replayed'], undefined);
        await mend();
        const state = await stateOf(client);
        const again = await send(client, `key ${n}`, request);
        t.equal(again.headers['idempotency-replayed'], 'true', code);
        t.strictSame(lasting(again), lasting(first), code);
        t.equal(again.json().request_id, first.headers['x-request-id'], 'the log has the cause under the first id');
        t.equal(await stateOf(client), state);
      }
    },
  );

  onStyles(t, app, 'Idempotency-Key · what was never begun is not kept: the key stays free', async (t, client) => {
    const { me, url, style } = client;
    const notBegun: [status: number, ...Request][] = [
      [422, 'POST', '', { titel: 'x' }],
      [422, 'POST', '', { title: '' }],
      [422, 'POST', '/?x=1', { title: 'x' }],
      [422, 'PATCH', '/1', {}],
      [422, 'PATCH', '/1', { title: 'x' }, { 'if-match': 'x' }],
      [422, 'POST', '/batch', { operations: [] }],
      [404, 'PATCH', '/abc', { title: 'x' }],
      [400, 'POST', '', '{', json],
      [413, 'POST', '', JSON.stringify({ title: 'x'.repeat(70_000) }), json],
      [415, 'POST', '', 'x', { 'content-type': 'text/plain' }],
      [401, 'POST', '', { title: 'x' }, { authorization: 'Bearer nonsense' }],
      [401, 'POST', '', { title: 'x' }, { authorization: 'Basic x' }],
    ];
    for (const [n, [status, ...request]] of notBegun.entries()) {
      for (const _ of [1, 2]) {
        const response = await send(client, `key ${n}`, request);
        t.equal(response.statusCode, status, JSON.stringify(request).slice(0, 60));
        t.equal(response.headers['idempotency-replayed'], undefined);
      }
      const mended = await send(client, `key ${n}`, ['POST', '', { title: 'good' }]);
      t.equal(mended.statusCode, 201, 'the same key with another body: no mismatch');
    }
    t.equal(style.data(await me.call('GET', url)).length, notBegun.length);
  });

  onStyles(t, app, 'Idempotency-Key · the same for another request is 422 idempotency/mismatch', async (t, client) => {
    const { style } = client;
    await client.add();
    await client.add();
    await send(client, 'key', ['PATCH', '/1', { title: 'x', completed: true }]);
    const state = await stateOf(client);
    const others: Request[] = [
      ['PATCH', '/1', { title: 'y', completed: true }],
      ['PATCH', '/1', { title: 'x' }],
      ['PATCH', '/1', { title: 'x ', completed: true }],
      ['PUT', '/1', { title: 'x', completed: true }],
      ['PATCH', '/2', { title: 'x', completed: true }],
      ['PATCH', '/1/complete', { completed: true }],
      ['PATCH', '/1/complete'],
      ['POST', '', { title: 'x', completed: true }],
      ['POST', '/batch', { operations: [{ op: 'create', title: 'x' }] }],
    ];
    for (const request of others) {
      const response = await send(client, 'key', request);
      const expected = { status: 422, code: 'idempotency/mismatch', style, sentence: /take a new key/ };
      isRefused(t, response, expected, JSON.stringify(request));
      t.equal(response.headers['idempotency-replayed'], undefined);
    }
    const other = style === styles.bare ? styles.envelope : styles.bare;
    const elsewhere = await send(aClient(app, other, client.me), 'key', [
      'PATCH',
      '/1',
      { title: 'x', completed: true },
    ]);
    isRefused(t, elsewhere, { status: 422, code: 'idempotency/mismatch', style: other }, 'by the other style’s path');
    t.equal(await stateOf(client), state);
  });

  onStyles(t, app, 'Idempotency-Key · the same request in another spelling is a repetition', async (t, client) => {
    await client.add();
    await send(client, 'key', ['PATCH', '/1', { title: 'x' }]);
    const same: Request[] = [
      ['PATCH', '/1/', { title: 'x' }],
      ['PATCH', '/%31', { title: 'x' }],
      ['PATCH', '/1', '{ "title" :\n"\\u0078" }', json],
      ['PATCH', '/1', '{"title":"x"}', { 'content-type': 'application/merge-patch+json' }],
      ['PATCH', '/1?', { title: 'x' }],
    ];
    for (const request of same) {
      const { headers } = await send(client, 'key', request);
      t.equal(headers['idempotency-replayed'], 'true', JSON.stringify(request));
    }
  });

  onStyles(t, app, 'Idempotency-Key · 1–255 printable ASCII characters, else 422', async (t, client) => {
    const { style } = client;
    const state = await stateOf(client);
    for (const bad of ['', 'x'.repeat(256), 'schlüssel', '\u{1f511}', 'a\tb', '\x7f', 'a\u00a0b']) {
      for (const request of [
        ['POST', '', { title: 'x' }],
        ['POST', '/batch', { operations: [{ op: 'create', title: 'x' }] }],
      ] as Request[]) {
        const response = await send(client, bad, request);
        isRefused(
          t,
          response,
          { status: 422, code: 'request/invalid', style, fields: ['Idempotency-Key'] },
          JSON.stringify(bad),
        );
        t.match(faultOf(response, 'Idempotency-Key'), /1–255 printable ASCII/);
      }
    }
    t.equal(await stateOf(client), state, 'nothing was done');
    for (const good of ['x', 'x'.repeat(255), '~!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}', 'two words', '0']) {
      t.equal((await send(client, good, ['POST', '', { title: 'x' }])).statusCode, 201, good);
      t.equal((await send(client, good, ['POST', '', { title: 'x' }])).headers['idempotency-replayed'], 'true', good);
    }
  });

  onStyles(t, app, 'Idempotency-Key · each user’s own', async (t, { style, me }) => {
    const [ann, bob] = [aClient(app, style, me), aClient(app, style)];
    const first = await send(ann, 'key', ['POST', '', { title: 'Ann’s' }]);
    const other = await send(bob, 'key', ['POST', '', { title: 'Bob’s' }]);
    t.strictSame([other.statusCode, other.headers['idempotency-replayed']], [201, undefined]);
    t.match(style.data(other), { title: 'Bob’s', user_id: bob.me.userId });
    const again = await send(ann, 'key', ['POST', '', { title: 'Ann’s' }]);
    t.equal(again.body, first.body);
    const foreign = await aCaller(app).call('POST', me.bare, { title: 'Ann’s' }, { 'idempotency-key': 'key' });
    t.equal(foreign.statusCode, 403, 'nobody gets another’s response');
  });

  onStyles(t, app, 'Idempotency-Key · a condition is judged once: the repetition is not stale', async (t, client) => {
    await client.add();
    const request: Request = ['PATCH', '/1', { title: 'x' }, { 'if-match': '"1"' }];
    const first = await send(client, 'key', request);
    t.equal(first.statusCode, 200);
    const again = await send(client, 'key', request);
    t.strictSame([again.statusCode, again.headers['idempotency-replayed'], again.body], [200, 'true', first.body]);
    const { me, url } = client;
    const plain = await me.call('PATCH', `${url}/1`, { title: 'x' }, { 'if-match': '"1"' });
    t.equal(plain.statusCode, 412, 'without the key it is');
  });

  onStyles(t, app, 'Idempotency-Key · reading is as ever', async (t, client) => {
    await client.add();
    for (const path of ['', '/1']) {
      const response = await client.me.call('GET', `${client.url}${path}`, undefined, { 'idempotency-key': '' });
      t.equal(response.statusCode, 200);
    }
  });
});

import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import t from 'tap';
import { aCaller, anApi, type Caller, origin, stores, styles } from '../support/http/api.ts';
import { aLog } from '../support/http/doubles.ts';
import { ask } from './sockets.ts';

const { lines: logged, logger } = aLog();
const app = await anApi(t, await stores.memory(t), { logger });
await app.listen({ host: '127.0.0.1', port: 0 });

const bearer = ({ token }: Caller) => `Authorization: Bearer ${token}`;
const json = (body: string) => ['Content-Type: application/json', `Content-Length: ${body.length}`];

for (const [name, style] of Object.entries(styles)) {
  for (const server of ['http://h', 'HTTPS://h:81']) {
    t.test(`absolute-form · ${server} means the same (${name} style)`, async (t) => {
      const me = aCaller(app);
      const url = style.collection(me);
      const refused = await ask(app, `GET ${server}${url}?limit=0`, [bearer(me)]);
      t.equal(refused.status, 422);
      t.equal(refused.headers['content-type'], style.mediaType);
      const body = '{"title":"x"}';
      const keyed = [bearer(me), 'Idempotency-Key: k', ...json(body)];
      const first = await ask(app, `POST ${server}${url}`, keyed, body);
      t.equal(first.status, 201);
      t.equal(first.headers.location, `${url}/1`);
      const again = await ask(app, `POST ${url}`, keyed, body);
      t.equal(again.status, 201);
      t.equal(again.headers['idempotency-replayed'], 'true');
      const missing = await ask(app, `GET ${server}${url}/1/2/3`);
      t.equal(missing.status, 404);
      t.equal(missing.headers['content-type'], style.mediaType);
      t.match(missing.body, `There is nothing at ${url}/1/2/3.`);
      t.equal((await ask(app, `GET ${server}${url}/%ff`, [bearer(me)])).status, 400);
      t.notMatch(logged.join('\n'), new RegExp(`path: '${server}`, 'i'), 'nor is the server logged');
    });
  }
}

t.test('absolute-form · without a path it is the first page', async (t) => {
  for (const target of ['http://h', 'http://h?x=1', 'http://h/'])
    t.equal((await ask(app, `GET ${target}`)).status, 200);
});

t.test('two Host headers · are as bad as none', async (t) => {
  for (const second of ['Host: y', 'host: x', 'HOST:']) {
    const response = await ask(app, 'GET /health', [second]);
    t.equal(response.status, 400, second);
    t.match(JSON.parse(response.body), { code: 'request/malformed', detail: /more than one `Host`/ });
  }
  t.equal((await ask(app, 'GET /health', ['Hosts: y'])).status, 200);
});

t.test('OPTIONS · says what is allowed, with and without Origin', async (t) => {
  const me = aCaller(app);
  for (const [path, allow] of [
    ['/api/tasks', 'GET, HEAD, OPTIONS, POST'],
    [`${me.bare}/1`, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
    ['/api/tasks/1/complete/', 'OPTIONS, PATCH'],
    ['/health', 'GET, HEAD, OPTIONS'],
  ] as const) {
    for (const headers of [{}, { origin, 'access-control-request-method': 'PUT' }]) {
      const response = await app.inject({ method: 'OPTIONS', url: path, headers });
      t.equal(response.statusCode, 204, path);
      t.equal(response.headers.allow, allow, path);
    }
  }
});

/** Sends a head, and its body only after `100 Continue`. @returns everything received */
const expecting = async (start: string, lines: readonly string[], body: string) => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
  socket.on('error', () => {});
  t.teardown(() => socket.destroy());
  socket.write(`${start} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n${lines.join('\r\n')}\r\n\r\n`);
  let text = '';
  const take = async () => {
    [text] = [text + (await once(socket, 'data', { signal: AbortSignal.timeout(15_000) }))[0]];
  };
  await take();
  const first = text;
  if (!first.startsWith('HTTP/1.1 100 Continue\r\n\r\n')) return { first, text, socket };
  socket.write(body);
  text = text.slice('HTTP/1.1 100 Continue\r\n\r\n'.length);
  while (!text.includes('\r\n\r\n')) await take();
  return { first, text, socket };
};

t.test('Expect: 100-continue · a body is asked for only when it is going to be read', async (t) => {
  const me = aCaller(app);
  const body = '{"title":"x"}';
  for (const style of Object.values(styles)) {
    const post = `POST ${style.collection(me)}`;
    const taken = await expecting(post, [bearer(me), ...json(body)], body);
    t.match(taken.first, /^HTTP\/1\.1 100 Continue\r\n\r\n/);
    t.match(taken.text, /^HTTP\/1\.1 201 /);
    t.notMatch(taken.text, /\r\nconnection: close/i, 'and the connection stays');
    const large = 'Content-Length: 70000';
    const text = ['Content-Type: text/plain', 'Content-Length: 3'];
    for (const [about, start, lines, status] of [
      ['no token', post, json(body), 401],
      ['a token that is none', post, ['Authorization: Bearer x', ...json(body)], 401],
      ["another user's", `POST ${aCaller(app).bare}`, [bearer(me), ...json(body)], 403],
      ['too large', post, [bearer(me), 'Content-Type: application/json', large], 413],
      ['no JSON', post, [bearer(me), ...text], 415],
      ['no such method', `PUT ${style.collection(me)}`, [bearer(me), ...json(body)], 405],
    ] as const) {
      const refused = await expecting(start, lines, body);
      t.match(refused.first, new RegExp(`^HTTP/1\\.1 ${status} `), about);
      t.match(refused.first, /\r\nconnection: close\r\n/i, `${about}: since the body may come or not`);
    }
  }
});

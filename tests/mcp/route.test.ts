// What the HTTP adapter does before an agent's message is answered, and after; the answers are the test's own.
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AgentCall, AgentHandler, HttpOptions } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi, anyClaims, origin, styles } from '../support/http/api.ts';
import { aLog } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { aToken } from '../support/http/tokens.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { eventually } from '../support/processes/processes.ts';

const message = { jsonrpc: '2.0', id: 1, method: 'ping' };
const style = styles.bare;

const setUp = async (t: Test, options: Partial<HttpOptions> = {}, answer?: AgentHandler) => {
  const calls: AgentCall[] = [];
  const agents: AgentHandler = async (call) => {
    calls.push(call);
    if (answer !== undefined) return answer(call);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"result":{}}',
    };
  };
  const app = await anApi(t, makeMemoryStores(), { agents, ...options });
  const me = aCaller(app);
  const post = (body: unknown = message, headers: Record<string, string> = {}) =>
    me.call('POST', '/mcp', body, { 'content-type': 'application/json', ...headers });
  return { app, me, post, calls };
};

t.test('the handler gets the user of the token, and its answer is sent as it is', async (t) => {
  const { me, post, calls } = await setUp(t);
  const response = await post();
  t.match(response, { statusCode: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
  t.strictSame(response.json(), { jsonrpc: '2.0', id: 1, result: {} });
  t.equal(response.headers['mcp-session-id'], undefined);
  t.match(calls, [{ owner: me.userId, actor: { kind: 'owner', userId: me.userId }, body: message }]);
  t.equal(calls[0]?.actor.requestId, response.headers['x-request-id'], 'the log of changes names the request');
  t.equal(calls[0]?.signal.aborted, false, 'a client that has its response is not gone');
});

t.test('without a handler there is nothing at any of its paths', async (t) => {
  const { app, post } = await setUp(t, { agents: undefined });
  t.equal((await post()).statusCode, 404);
  for (const path of ['', '/mcp'])
    t.equal((await app.inject(`/.well-known/oauth-protected-resource${path}`)).statusCode, 404);
});

t.test('401 · no token, a wrong one, an expired one: it says where the metadata is', async (t) => {
  const { app, calls } = await setUp(t);
  const now = Math.floor(Date.now() / 1_000);
  const tokens: [name: string, code: string, authorization: string | undefined][] = [
    ['none', 'auth/missing-token', undefined],
    ['no JWT', 'auth/invalid-token', 'Bearer x'],
    ['of another secret', 'auth/invalid-token', `Bearer ${aToken({ sub: 'a' }, { key: 'x'.repeat(40) })}`],
    ['expired', 'auth/invalid-token', `Bearer ${aToken({ sub: 'a', iat: now - 900, exp: now - 600 })}`],
  ];
  for (const [name, code, authorization] of tokens) {
    const response = await app.inject({
      method: 'POST',
      url: '/mcp',
      payload: message,
      headers: { host: 'tasks.example:8000', ...(authorization && { authorization }) },
    });
    isRefused(t, response, { status: 401, code, style }, name);
    const challenge = String(response.headers['www-authenticate']);
    t.match(challenge, /^Bearer realm="taskward"/, name);
    const [, url] = /, resource_metadata="(.*?)"$/.exec(challenge) ?? [];
    t.equal(url, 'http://tasks.example:8000/.well-known/oauth-protected-resource/mcp', name);
    t.equal((await app.inject({ url: new URL(String(url)).pathname })).statusCode, 200, 'and it is there');
  }
  t.notMatch((await app.inject('/api/tasks')).headers['www-authenticate'], /resource_metadata/, 'of agents only');
  t.strictSame(calls, []);
});

t.test('a body that is no message for it never reaches the handler', async (t) => {
  const { post, calls } = await setUp(t);
  const wrong: [name: string, status: number, code: string, body: unknown, headers?: Record<string, string>][] = [
    ['cut off', 400, 'request/malformed', '{"jsonrpc":"2.0"'],
    ['the same name twice', 400, 'request/malformed', '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}'],
    ['a batch', 400, 'request/malformed', [message, message]],
    ['an empty batch', 400, 'request/malformed', []],
    ['too large', 413, 'request/too-large', { ...message, params: { text: 'x'.repeat(65_536) } }],
    ['text', 415, 'request/unsupported-media-type', 'ping', { 'content-type': 'text/plain' }],
    ['compressed', 415, 'request/unsupported-media-type', message, { 'content-encoding': 'gzip' }],
  ];
  for (const [name, status, code, body, headers] of wrong)
    isRefused(t, await post(body, headers), { status, code, style }, name);
  t.strictSame(calls, []);
});

t.test('405 · GET and DELETE: there is neither a stream nor a session', async (t) => {
  const { me } = await setUp(t);
  for (const method of ['GET', 'DELETE', 'PUT', 'PATCH'] as const) {
    const response = await me.call(method, '/mcp', undefined, { accept: 'text/event-stream' });
    isRefused(t, response, { status: 405, code: 'request/method-not-allowed', style }, method);
    t.equal(response.headers.allow, 'OPTIONS, POST', method);
  }
  const preflight = await me.call('OPTIONS', '/mcp', undefined, { origin, 'access-control-request-method': 'POST' });
  t.match(preflight, { statusCode: 204, headers: { 'access-control-allow-origin': origin } });
});

t.test('403 · pages of other origins, whatever their token and host', async (t) => {
  const { me, post, calls } = await setUp(t);
  for (const one of ['https://evil.example', 'null', 'http://localhost:80', 'http://rebound.example:8000']) {
    const host = one.replace(/^\w+:\/\//, '');
    const response = await post(message, { origin: one, host });
    isRefused(t, response, { status: 403, code: 'auth/forbidden-origin', style }, one);
    t.equal(response.headers['access-control-allow-origin'], undefined, one);
  }
  t.strictSame(calls, []);
  const allowed = await post(message, { origin });
  t.match(allowed, { statusCode: 200, headers: { 'access-control-allow-origin': origin } }, me.userId);
});

t.test('a token in the cookie needs a listed origin, as with every write', async (t) => {
  const auth = {
    secret: { value: 'x'.repeat(40), algorithms: ['HS256'] as const },
    policy: anyClaims,
    cookie: 'token',
  };
  const { app, calls } = await setUp(t, { auth });
  const cookie = `token=${aToken({ sub: aUser() }, { key: 'x'.repeat(40) })}`;
  const post = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/mcp', payload: message, headers: { cookie, ...headers } });
  isRefused(t, await post({}), { status: 403, code: 'auth/forbidden-origin', style }, 'without an origin');
  isRefused(t, await post({ origin: 'https://evil.example' }), { status: 403, code: 'auth/forbidden-origin', style });
  t.strictSame(calls, []);
  t.equal((await post({ origin })).statusCode, 200);
});

t.test(
  'each message counts against the limit of its user; refused origins and metadata against the address',
  async (t) => {
    const { app, me, post } = await setUp(t, { rateLimit: { max: 2, windowSeconds: 60 } });
    t.equal((await post()).headers['ratelimit-remaining'], '1');
    await me.call('GET', '/api/tasks');
    isRefused(t, await post(), { status: 429, code: 'rate/limited', style }, 'together with everything else');
    const foreign = () => post(message, { origin: 'https://evil.example' });
    t.equal((await foreign()).headers['ratelimit-remaining'], '1');
    t.equal((await app.inject('/.well-known/oauth-protected-resource')).headers['ratelimit-remaining'], '0');
    isRefused(t, await foreign(), { status: 429, code: 'rate/limited', style });
  },
);

t.test('a message takes a slot while it is answered, and gives it back', async (t) => {
  const answering = Promise.withResolvers<void>();
  const { post } = await setUp(t, { maxInFlightOfOne: 1 }, async () => {
    await answering.promise;
    return { status: 202, headers: {} };
  });
  const first = post();
  const second = post();
  const refused = await Promise.race([first, second]);
  isRefused(t, refused, { status: 429, code: 'rate/limited', style });
  answering.resolve();
  t.strictSame((await Promise.all([first, second])).map(({ statusCode }) => statusCode).sort(), [202, 429]);
  t.equal((await post()).statusCode, 202);
});

t.test('an error of the handler is opaque, and logged under the request; messages are not logged', async (t) => {
  const { lines, logger } = aLog();
  const { post } = await setUp(t, { logger }, async () => {
    throw new Error('the secret cause');
  });
  const response = await post({ ...message, params: { title: 'my secret title' } });
  isRefused(t, response, { status: 500, code: 'server/error', style });
  t.notMatch(response.body, /secret/);
  t.ok(lines.some((line) => line.includes('the secret cause')));
  t.ok(lines.some((line) => line.includes("path: '/mcp'")));
  t.notOk(lines.some((line) => line.includes('my secret title')));
});

t.test('while it drains, a response closes its connection', async (t) => {
  const { post } = await setUp(t, { isDraining: () => true });
  t.equal((await post()).headers.connection, 'close');
});

t.test('a client that leaves: the handler is told', async (t) => {
  const { app, me, calls } = await setUp(t, {}, ({ signal }) =>
    once(signal, 'abort').then(() => ({ status: 200, headers: {} })),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  const body = JSON.stringify(message);
  socket.write(
    `POST /mcp HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${me.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  t.ok(await eventually(() => calls.length === 1));
  t.equal(calls[0]?.signal.aborted, false);
  socket.destroy();
  t.ok(await eventually(() => calls[0]?.signal.aborted === true));
});

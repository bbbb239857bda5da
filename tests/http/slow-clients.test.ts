import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskRepository } from '@taskward/application';
import type { FastifyInstance } from 'fastify';
import t, { type Test } from 'tap';
import { aDraft, anOrigin } from '../support/builders.ts';
import { aCaller, anApi, anyClaims, type Caller } from '../support/http/api.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

// More than the machine's own buffers take of what nobody reads.
const tasks = 500;
const responses = 6;
const responseBytes = 2_500_000;

const listening = async (t: Test, store: TaskRepository, options: Parameters<typeof anApi>[2]) => {
  const app = await anApi(t, store, options);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
};

const connected = async (t: Test, app: FastifyInstance): Promise<Socket> => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
  t.teardown(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
};

const openOn = (app: FastifyInstance) =>
  new Promise<number>((resolve) => app.server.getConnections((_, count) => resolve(count)));

const untilOpen = async (app: FastifyInstance, isSo: (count: number) => boolean): Promise<number> => {
  for (const deadline = Date.now() + 60_000; !isSo(await openOn(app)) && Date.now() < deadline; ) await wait(20);
  return openOn(app);
};

const start = (method: string, { token }: Caller, path: string) =>
  `${method} ${path} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${token}\r\n`;

/** A user whose list is large, and clients that ask for it and do not read it. */
const readers = async (t: Test, count: number, options: Parameters<typeof anApi>[2]) => {
  const store = makeMemoryTaskRepository();
  const app = await listening(t, store, options);
  const me = aCaller(app);
  for (let n = 0; n < tasks; n += 1)
    await store.add(aDraft(me.userId, { title: '😀'.repeat(200), description: '😀'.repeat(1_000) }), anOrigin());
  const ask = async () => {
    for (let n = 0; n < count; n += 1) {
      const socket = await connected(t, app);
      socket.pause().write(`${start('GET', me, `/api/tasks?limit=${tasks}`)}\r\n`.repeat(responses));
      await wait(100);
    }
  };
  return { app, me, ask };
};

t.test('clients that do not read their responses keep nobody out, and are disconnected', async (t) => {
  const maxInFlight = 3;
  const { app, me, ask } = await readers(t, 2 * maxInFlight, { maxInFlight });
  app.server.timeout = 1_500;
  await ask();
  t.equal(await openOn(app), 2 * maxInFlight);
  t.equal((await aCaller(app).call('GET', '/api/tasks')).statusCode, 200);
  t.equal((await me.call('GET', '/api/tasks?limit=500')).statusCode, 200);
  t.equal(await untilOpen(app, (count) => count === 0), 0, 'when nothing moves');
});

t.test('what nobody reads is bounded: whoever keeps it waiting longest is let go of', async (t) => {
  const { app, me, ask } = await readers(t, 8, { maxUnreadBytes: 3 * responseBytes });
  await ask();
  const open = await openOn(app);
  t.ok(open >= 1 && open < 8, `${open} are left`);
  const response = await fetch(
    `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/tasks?limit=${tasks}`,
    {
      headers: { authorization: `Bearer ${me.token}` },
    },
  );
  t.ok((await response.text()).length > responseBytes / 2, 'who reads is given all of it');
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  t.teardown(() => process.removeListener('warning', note));
  const reader = await connected(t, app);
  let read = 0;
  reader.on('data', ({ length }: Buffer) => {
    read += length;
  });
  for (let n = 1; n <= 15; n += 1) {
    reader.write(`${start('GET', me, `/api/tasks?limit=${tasks}`)}\r\n`);
    while (read < n * responseBytes) await wait(5);
  }
  t.strictSame(warnings, [], 'as often as they ask on one connection');
});

t.test('a request that does not arrive gets 408', { timeout: 60_000 }, async (t) => {
  const app = await anApi(t, makeMemoryTaskRepository());
  t.ok(app.server.timeout > 2 * app.server.requestTimeout, 'before its connection is closed because nothing moves');
  app.server.requestTimeout = 500;
  app.server.headersTimeout = 500;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const head = start('POST', aCaller(app), '/api/tasks');
  const unfinished = { head, body: `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{` };
  for (const [name, text] of Object.entries(unfinished)) {
    const socket = await connected(t, app);
    socket.write(text);
    const [data] = await once(socket, 'data');
    t.match(String(data), /^HTTP\/1\.1 408 [\s\S]*"code":"request\/timeout"/, `half a ${name}`);
  }
});

t.test('who finds all places taken when the body is there is refused', async (t) => {
  const store = makeMemoryTaskRepository();
  const blocked = Promise.withResolvers<void>();
  const list: TaskRepository['list'] = async (...asked) => blocked.promise.then(() => store.list(...asked));
  const app = await listening(t, { ...store, list }, { maxInFlight: 1 });
  const me = aCaller(app);
  const socket = await connected(t, app);
  const body = '{"title":"x"}';
  const head = `${start('POST', me, '/api/tasks')}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 3));
  await wait(50);
  const admitted = me.call('GET', '/api/tasks');
  await wait(50);
  socket.write(body.slice(3));
  const [data] = await once(socket, 'data');
  t.match(String(data), /^HTTP\/1\.1 503 [\s\S]*"code":"server\/overloaded"/);
  blocked.resolve();
  t.equal((await admitted).statusCode, 200);
  t.equal((await me.call('POST', '/api/tasks', { title: 'y' })).json().data.id, 1, 'and nothing of it was done');
});

t.test('bodies that never come, where there is nothing, take no places', async (t) => {
  const app = await listening(t, makeMemoryTaskRepository(), { maxInFlight: 1 });
  for (const path of ['/nowhere', '/health', '/api/tasks/1']) {
    const socket = await connected(t, app);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`);
  }
  await wait(50);
  t.equal((await aCaller(app).call('GET', '/api/tasks')).statusCode, 200);
});

t.test('one user cannot take all places', async (t) => {
  const store = makeMemoryTaskRepository();
  const blocked = Promise.withResolvers<void>();
  const list: TaskRepository['list'] = async (...asked) => blocked.promise.then(() => store.list(...asked));
  const app = await anApi(t, { ...store, list }, { maxInFlight: 3, maxInFlightOfOne: 2 });
  const me = aCaller(app);
  const admitted = [me.call('GET', '/api/tasks'), me.call('GET', '/api/tasks')];
  await wait(20);
  const refused = await me.call('GET', '/api/tasks/1');
  t.equal(refused.statusCode, 429);
  t.match(refused.json(), { code: 'rate/limited', error: /too many requests under way/ });
  t.equal(refused.headers['retry-after'], '1');
  const other = aCaller(app);
  t.equal((await other.call('GET', '/api/tasks/1')).statusCode, 404, 'another user is let in');
  for (let n = 0; n < 300; n += 1) await other.call('GET', '/api/tasks/1');
  t.equal((await me.call('GET', '/api/tasks/1')).statusCode, 429, 'however often others asked since');
  blocked.resolve();
  for (const response of await Promise.all(admitted)) t.equal(response.statusCode, 200);
  t.equal((await me.call('GET', '/api/tasks/1')).statusCode, 404, 'and so is this one afterwards');
});

t.test('requests in one packet get their responses in order', async (t) => {
  const store = makeMemoryTaskRepository();
  let most = 0;
  let now = 0;
  const get: TaskRepository['get'] = async (...asked) => {
    now += 1;
    most = Math.max(most, now);
    await wait(2);
    now -= 1;
    return store.get(...asked);
  };
  const app = await listening(t, { ...store, get }, {});
  const socket = await connected(t, app);
  socket.write(`${start('GET', aCaller(app), '/api/tasks/7')}\r\n`.repeat(50));
  let responded = 0;
  while (responded < 50) responded += String(await once(socket, 'data')).split('HTTP/1.1 404').length - 1;
  t.equal(responded, 50);
  t.equal(most, 1);
});

t.test('who asks hundreds of times in one packet is let go of', async (t) => {
  const app = await listening(t, makeMemoryTaskRepository(), {});
  const socket = await connected(t, app);
  const closed = once(socket.resume(), 'close');
  socket.write('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(1_000));
  await closed;
  t.equal(await untilOpen(app, (count) => count === 0), 0);
  t.equal((await app.inject('/health')).statusCode, 200);
});

t.test('of what comes in one packet, what is beyond the bound is not routed', async (t) => {
  const app = await listening(t, makeMemoryTaskRepository(), {});
  // Fastify notes the URL on each request that it routes.
  const parsed: { originalUrl?: string }[] = [];
  const note = (message: unknown) => void parsed.push((message as { request: object }).request);
  subscribe('http.server.request.start', note);
  t.teardown(() => unsubscribe('http.server.request.start', note));
  const other = aCaller(app);
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const socket = await connected(t, app);
  const closed = new Promise((resolve) => socket.resume().once('close', resolve));
  socket.write('GET /api/tasks HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5_000));
  const response = await fetch(`${base}/api/tasks`, { headers: { authorization: `Bearer ${other.token}` } });
  t.equal(response.status, 200, 'another user gets a response');
  await closed;
  const routed = parsed.filter(({ originalUrl }) => originalUrl !== undefined).length;
  t.ok(parsed.length > 500, `${parsed.length} were parsed`);
  t.ok(routed >= 2 && routed <= 102, `${routed} were routed`);
});

t.test('who is being signed in has a place, and health checks have none', async (t) => {
  const key = Promise.withResolvers<string>();
  const check = Promise.withResolvers<void>();
  const keys = { find: () => key.promise, check: async () => {}, fetchedAt: () => undefined };
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${base64({ alg: 'EdDSA', kid: 'x' })}.${base64({ sub: 'ann' })}.AAAA`;
  const app = await anApi(t, makeMemoryTaskRepository(), {
    auth: { keySet: { keys, algorithms: ['EdDSA'], policy: anyClaims }, policy: anyClaims },
    readiness: { database: () => check.promise },
    maxInFlight: 2,
  });
  const ready = [1, 2, 3].map(() => app.inject('/health/ready'));
  const ask = () => app.inject({ url: '/api/tasks', headers: { authorization: `Bearer ${token}` } });
  const waiting = [ask(), ask()];
  await wait(20);
  t.match((await ask()).json(), { code: 'server/overloaded' });
  key.reject(new Error('there is no such key'));
  for (const response of await Promise.all(waiting)) t.not(response.json().code, 'server/overloaded');
  check.resolve();
  t.strictSame(
    (await Promise.all(ready)).map(({ statusCode }) => statusCode),
    [200, 200, 200],
  );
});

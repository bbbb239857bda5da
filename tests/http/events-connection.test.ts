import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { databaseUnavailable } from '@taskward/application';
import t from 'tap';
import { aDraft, anOrigin } from '../support/builders.ts';
import { aCaller, stores } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { eventually } from '../support/processes/processes.ts';
import { listen } from './streams.ts';

const patient = { heartbeat: 25_000, lag: 5_000, stall: 30_000 };
const large = { title: '😀'.repeat(200), description: '😀'.repeat(1_000) };
const maxUnsent = 64 * 1024;

t.test('a reader that stops reading costs 64 KiB, and is told that it lags', async (t) => {
  const store = makeMemoryStores();
  const { app, open } = await listen(t, store, { streamTimes: { ...patient, lag: 200, stall: 1_000 } });
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => sockets.add(socket));
  const me = aCaller(app);
  const stream = await open(me);
  const [socket] = sockets;
  let most = 0;
  // More than the machine's own buffers take of what nobody reads.
  for (let n = 0; n < 6_000 && !socket?.writableEnded && !socket?.destroyed; n += 1) {
    await store.tasks.add(aDraft(me.userId, large), anOrigin());
    if (n % 50 === 0) await wait(20);
    most = Math.max(most, socket?.writableLength ?? 0);
  }
  t.ok(await eventually(() => socket?.destroyed === true), 'it is disconnected when it reads nothing any more');
  t.ok(most > 0, 'the machine’s buffers were full');
  t.ok(most <= maxUnsent, `${most} bytes were waiting`);
  stream.cut();
  const next = await open(me);
  t.equal(next.status, 200, 'it has its place back');
});

t.test('a slow reader that goes on reading finds the reason, and all that came before it', async (t) => {
  const store = makeMemoryStores();
  const { app, open } = await listen(t, store, { streamTimes: { ...patient, lag: 100, stall: 30_000 } });
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => sockets.add(socket));
  const me = aCaller(app);
  const stream = await open(me);
  const [socket] = sockets;
  let written = 0;
  for (; written < 6_000 && (socket?.writableLength ?? 0) === 0; written += 1) {
    await store.tasks.add(aDraft(me.userId, large), anOrigin());
    if (written % 50 === 0) await wait(60);
  }
  await wait(1_000);
  const events = await stream.rest();
  t.match(events.at(-1), { event: 'lag', data: /changes, then connect again/ });
  const ids = events.flatMap(({ event, data = '' }) => (event === 'change' ? [JSON.parse(data).task.id] : []));
  t.strictSame(
    ids,
    ids.map((_, index) => index + 1),
    'without a gap',
  );
  const goesOn = await open(me, { headers: { 'last-event-id': events.at(-2)?.id as string } });
  await goesOn.next();
  if (ids.length < written) t.match(await goesOn.nextChange(), { row: { id: ids.length + 1 } });
});

t.test('a reader that keeps up gets a long history whole', async (t) => {
  const store = makeMemoryStores();
  const { app, open } = await listen(t, store);
  const me = aCaller(app);
  const start = (await (await open(me)).next())?.id as string;
  const count = 500;
  for (let n = 0; n < count; n += 1) await store.tasks.add(aDraft(me.userId, large), anOrigin());
  const stream = await open(me, { headers: { 'last-event-id': start } });
  await stream.next();
  for (let id = 1; id <= count; id += 1) {
    const { row } = await stream.nextChange();
    if (row.id !== id) return t.fail(`${row.id} came for ${id}`);
  }
  t.pass(`${count} large tasks`);
});

t.test('comments keep a quiet stream open, whatever the timeout of connections', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t), { streamTimes: { ...patient, heartbeat: 100 } });
  t.equal(app.server.timeout, 90_000);
  app.server.timeout = 1_000;
  const me = aCaller(app);
  const stream = await open(me);
  await stream.next();
  await wait(2_500);
  await me.call('POST', '/api/tasks', { title: 'milk' });
  const change = await stream.next();
  t.match(change, { event: 'change' });
  t.ok((change?.comments ?? 0) >= 10, `${change?.comments} comments`);
});

t.test('a server that stops ends its streams, with a time to retry', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t));
  const [me, other] = [aCaller(app), aCaller(app)];
  const streams = [await open(me), await open(me), await open(other)];
  for (const stream of streams) await stream.next();
  app.endEventStreams();
  const retries: unknown[] = [];
  for (const stream of streams) {
    const [last, ...rest] = await stream.rest();
    t.match(last?.retry, /^\d{4}$/);
    t.equal(last?.event, undefined);
    t.strictSame(rest, []);
    retries.push(last?.retry);
  }
  t.ok(new Set(retries).size > 1, 'not the same for all');
  const late = await open(me);
  t.equal(late.status, 200);
  t.ok((await late.rest()).length > 0, 'one that is opened meanwhile ends, too');
});

t.test('closing the server ends its streams', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t));
  const stream = await open(aCaller(app));
  await stream.next();
  const began = Date.now();
  await app.close();
  t.ok(Date.now() - began < 5_000);
  t.match(await stream.rest(), [{ retry: /\d/ }]);
});

t.test('during an outage of the store a stream waits, and loses nothing', async (t) => {
  const store = makeMemoryStores();
  let isDown = false;
  let failed = 0;
  const changes = new Proxy(store.changes, {
    get: (target, method: 'since') => {
      if (method !== 'since' || !isDown) return target[method].bind(target);
      return async () => {
        failed += 1;
        throw databaseUnavailable();
      };
    },
  });
  const { app, open } = await listen(t, { ...store, changes });
  const me = aCaller(app);
  const stream = await open(me);
  await stream.next();
  isDown = true;
  await me.call('POST', '/api/tasks', { title: 'milk' });
  t.ok(await eventually(() => failed >= 2), 'it tries again');
  isDown = false;
  t.match(await stream.nextChange(), { row: { title: 'milk' } });
});

t.test('HTTP/1.0 gets the events until the connection is closed', async (t) => {
  const { app } = await listen(t, await stores.memory(t));
  const me = aCaller(app);
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  t.teardown(() => socket.destroy());
  socket.write(`GET /api/tasks/events HTTP/1.0\r\nHost: x\r\nAuthorization: Bearer ${me.token}\r\n\r\n`);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  t.ok(await eventually(() => text.includes('retry: ')));
  await me.call('POST', '/api/tasks', { title: 'milk' });
  t.ok(await eventually(() => text.includes('event: change\n')));
  t.notMatch(text, /transfer-encoding/i);
  app.endEventStreams();
  await once(socket, 'close');
});

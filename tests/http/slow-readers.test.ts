import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import t from 'tap';
import { aCaller, anApi } from '../support/api.ts';
import { aDraft } from '../support/builders.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

const maxInFlight = 3;
// More than the machine's own buffers take of what nobody reads.
const tasks = 500;
const answers = 6;

t.test('clients that do not read their answers keep nobody out', async (t) => {
  const store = makeMemoryTaskRepository();
  const app = await anApi(t, store, { maxInFlight });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const me = aCaller(app);
  for (let n = 0; n < tasks; n += 1)
    await store.add(aDraft(me.userId, { title: '😀'.repeat(200), description: '😀'.repeat(1_000) }));
  const request = `GET /api/tasks?limit=${tasks} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${me.token}\r\n\r\n`;
  const sockets = Array.from({ length: 2 * maxInFlight }, () =>
    connect((app.server.address() as AddressInfo).port, '127.0.0.1').pause(),
  );
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) {
    socket.write(request.repeat(answers));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const open = () => new Promise<number>((resolve) => app.server.getConnections((_, count) => resolve(count)));
  t.equal(await open(), sockets.length);
  t.equal((await aCaller(app).call('GET', '/api/tasks')).statusCode, 200);
  t.ok(app.server.timeout > 0 && app.server.timeout <= 60_000, 'and are let go of when nothing moves');
});

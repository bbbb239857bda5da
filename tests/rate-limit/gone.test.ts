import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import t from 'tap';
import { aLog } from '../http/support.ts';
import { anApi, anyClaims } from '../support/api.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';

const faults = (lines: readonly string[]) => lines.filter((line) => /level: '(error|fatal)'|status: 5/.test(line));

t.test('a client that left while its token was checked is no fault of the server', async (t) => {
  const { lines, logger } = aLog();
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let answer = () => {};
  const keys = {
    find: () =>
      new Promise<string>((_resolve, reject) => {
        answer = () => reject(new Error('there is no such key'));
        asked();
      }),
    check: async () => {},
  };
  const app = await anApi(t, makeMemoryTaskRepository(), {
    auth: { keySet: { keys, algorithms: ['EdDSA'], policy: anyClaims }, policy: anyClaims },
    logger,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const closed = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)));
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${base64({ alg: 'EdDSA', kid: 'x' })}.${base64({ sub: 'ann' })}.AAAA`;
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
  client.write(`GET /api/tasks HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await isAsked;
  client.resetAndDestroy();
  await closed;
  answer();
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.strictSame(faults(lines), []);
});

t.test('clients that leave as soon as they have asked are no fault of the server', async (t) => {
  const { lines, logger } = aLog();
  const app = await anApi(t, makeMemoryTaskRepository(), { logger });
  await app.listen({ host: '127.0.0.1', port: 0 });
  let read = 0;
  app.server.on('request', () => {
    read += 1;
  });
  const { port } = app.server.address() as AddressInfo;
  for (let n = 0; n < 50; n += 1) {
    const client = connect(port, '127.0.0.1');
    await once(client, 'connect');
    client.write('GET /api/tasks HTTP/1.1\r\nHost: here\r\n\r\n', () => client.resetAndDestroy());
    await once(client, 'close');
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.ok(read > 0, `${read} of 50 requests were read`);
  t.strictSame(faults(lines), []);
});

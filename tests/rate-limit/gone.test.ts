import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { TaskRepository } from '@taskward/application';
import { createSigner } from 'fast-jwt';
import t from 'tap';
import { aCaller, anApi, anyClaims } from '../support/http/api.ts';
import { aLog } from '../support/http/doubles.ts';
import { secret } from '../support/http/tokens.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { eventually } from '../support/processes/processes.ts';

const faults = (lines: readonly string[]) => lines.filter((line) => /level: '(error|fatal)'|status: 5/.test(line));

t.test('a client that left while its token was checked is no fault of the server', async (t) => {
  const { lines, logger } = aLog();
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let response = () => {};
  const keys = {
    find: () =>
      new Promise<string>((_resolve, reject) => {
        response = () => reject(new Error('there is no such key'));
        asked();
      }),
    check: async () => {},
    fetchedAt: () => undefined,
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
  response();
  await new Promise((resolve) => setTimeout(resolve, 50));
  t.strictSame(faults(lines), []);
});

t.test('a client that left while its token was checked takes no slot', async (t) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pem = { type: 'spki', format: 'pem' } as const;
  const asked = Promise.withResolvers<void>();
  const key = Promise.withResolvers<string>();
  const keys = {
    find: () => {
      asked.resolve();
      return key.promise;
    },
    check: async () => {},
    fetchedAt: () => undefined,
  };
  const listed = Promise.withResolvers<void>();
  const tasks = makeMemoryTaskRepository();
  const app = await anApi(
    t,
    {
      ...tasks,
      list: (...asked) => {
        listed.resolve();
        return tasks.list(...asked);
      },
    },
    {
      auth: {
        secret: { value: secret, algorithms: ['HS256'] },
        keySet: { keys, algorithms: ['EdDSA'], policy: anyClaims },
        policy: anyClaims,
      },
      maxInFlight: 1,
    },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const closed = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)));
  const sign = createSigner({ algorithm: 'EdDSA', key: privateKey.export({ type: 'pkcs8', format: 'pem' }), kid: 'x' });
  const token = sign({ sub: 'ann', exp: Math.floor(Date.now() / 1000) + 60 });
  const client = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await once(client, 'connect');
  client.write(`GET /api/tasks HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  await asked.promise;
  client.resetAndDestroy();
  await closed;
  key.resolve(publicKey.export(pem) as string);
  await listed.promise;
  const another = aCaller(app);
  const isAdmitted = async () => (await another.call('GET', '/api/tasks')).statusCode === 200;
  t.ok(await eventually(isAdmitted), 'there is room for another');
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

t.test('clients that leave at any moment leave their places to others', async (t) => {
  const maxInFlight = 3;
  const tasks = makeMemoryTaskRepository();
  const pause = (most: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * most));
  const slow: TaskRepository = { ...tasks, add: async (...args) => pause(5).then(() => tasks.add(...args)) };
  const app = await anApi(t, slow, { maxInFlight });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { token, call } = aCaller(app);
  const head = `POST /api/tasks HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`;
  const body = '{"title":"x"}';
  const request = `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  const ends = { responded: 0, left: 0 };
  const deadline = performance.now() + 30_000;
  const areFew = () => ends.responded <= 10 || ends.left <= 10;
  // On a busy machine responses take longer: then clients wait longer for some of them.
  const patience = () => (ends.left > 3 * ends.responded + 10 ? 250 : 25);
  const client = async () => {
    for (let n = 0; n < 40 || (areFew() && performance.now() < deadline); n += 1) {
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      const responded = once(socket, 'data').then(() => 'responded' as const);
      responded.catch(() => {});
      socket.write(Math.random() < 0.3 ? request.slice(0, -5) : request);
      ends[await Promise.race([responded, pause(patience()).then(() => 'left' as const)])] += 1;
      socket.resetAndDestroy();
    }
  };
  await Promise.all([1, 2, 3, 4, 5].map(client));
  t.notOk(areFew(), JSON.stringify(ends));
  const areAdmitted = async () => {
    const asked = Array.from({ length: maxInFlight }, () => call('POST', '/api/tasks', { title: 'x' }));
    return (await Promise.all(asked)).every(({ statusCode }) => statusCode === 201);
  };
  t.ok(await eventually(areAdmitted), 'as many as ever are admitted');
});

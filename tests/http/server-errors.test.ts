import { type AddressInfo, connect } from 'node:net';
import { databaseUnavailable, type TaskRepository } from '@taskward/application';
import { anApi } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { aLog, aStoreThat } from '../support/http/doubles.ts';
import { isRefused } from '../support/http/errors.ts';
import { sendBytes } from './sockets.ts';

const operations = [
  ['GET', '', undefined],
  ['POST', '', { title: 'x' }],
  ['GET', '/1', undefined],
  ['PUT', '/1', { title: 'x' }],
  ['PATCH', '/1', { title: 'x' }],
  ['PATCH', '/1/complete', undefined],
  ['DELETE', '/1', undefined],
] as const;

const eachOperation = async ({ me, url }: Client) =>
  Promise.all(
    operations.map(async ([method, path, body]) => ({
      name: `${method} ${path}`,
      response: await me.call(method, `${url}${path}`, body),
    })),
  );

const failing = (tasks: TaskRepository, error: unknown) =>
  aStoreThat(() => {
    throw error;
  }, tasks);

overStores(async (t, { tasks }) => {
  const { lines, logger } = aLog();
  const secretError = new Error('secret detail');
  const broken = await anApi(t, failing(tasks, secretError), { logger });
  onStyles(t, broken, '500 server/error · opaque, the cause is in the log under request_id', async (t, client) => {
    for (const { name, response } of await eachOperation(client)) {
      const expected = { status: 500, code: 'server/error', style: client.style, sentence: /request_id/ };
      isRefused(t, response, expected, name);
      t.notMatch(
        `${JSON.stringify(response.headers)}${response.body}`,
        /secret|detail\b(?!":)|Error:|\bat \S+:\d+/,
        name,
      );
      const { request_id } = response.json();
      const line = lines.find((one) => one.includes(request_id) && one.includes('secret detail'));
      t.match(line, /level: 'error'/, `${name}: logged with its cause`);
    }
  });

  let thrown: unknown;
  const surprising = await anApi(
    t,
    aStoreThat(() => {
      throw thrown;
    }, tasks),
  );
  onStyles(t, surprising, '500 server/error · whatever is thrown', async (t, { style, me, url }) => {
    for (thrown of ['a text', undefined, null, { statusCode: 418, code: 'TEAPOT' }, { code: 'request/invalid' }]) {
      const response = await me.call('GET', url);
      isRefused(t, response, { status: 500, code: 'server/error', style }, JSON.stringify(thrown));
    }
  });

  const cause = new Error('password authentication failed for role tasks at db.internal');
  const unavailable = await anApi(t, failing(tasks, databaseUnavailable(cause)));
  onStyles(t, unavailable, '503 database/unavailable · Retry-After', async (t, client) => {
    for (const { name, response } of await eachOperation(client)) {
      isRefused(t, response, { status: 503, code: 'database/unavailable', style: client.style }, name);
      t.match(response.headers['retry-after'], /^[1-9]\d*$/, name);
      t.notMatch(response.body, /password|db\.internal/, `${name}: nothing of the cause`);
    }
  });

  const full = await anApi(t, tasks, { maxInFlight: 0 });
  onStyles(t, full, '503 server/overloaded · Retry-After', async (t, client) => {
    const { style, me, url } = client;
    for (const { name, response } of await eachOperation(client)) {
      isRefused(t, response, { status: 503, code: 'server/overloaded', style }, name);
      t.match(response.headers['retry-after'], /^[1-9]\d*$/, name);
    }
    const big = await me.call('POST', url, 'x'.repeat(70_000), { 'content-type': 'text/plain' });
    isRefused(t, big, { status: 503, code: 'server/overloaded', style }, 'before the body is looked at');
    t.equal((await full.inject({ url })).statusCode, 503, 'and before the token is');
  });

  t.test('503 server/overloaded · only while there is too much to do', async (t) => {
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    let listing = 0;
    const both = Promise.withResolvers<void>();
    const slow: TaskRepository = {
      ...tasks,
      list: async (owner, query) => {
        listing += 1;
        if (listing === 2) both.resolve();
        await blocked;
        return tasks.list(owner, query);
      },
    };
    const app = await anApi(t, slow, { maxInFlight: 2 });
    const { me, url } = aClient(app);
    const admitted = [me.call('GET', url), me.call('GET', url)];
    await both.promise;
    const refused = await me.call('GET', url);
    isRefused(t, refused, { status: 503, code: 'server/overloaded' });
    t.equal((await me.call('GET', `${url}/1`)).statusCode, 503, 'whatever it asks for');
    release();
    t.strictSame(
      (await Promise.all(admitted)).map(({ statusCode }) => statusCode),
      [200, 200],
      'what was admitted gets its response',
    );
    for (let n = 0; n < 5; n += 1) t.equal((await me.call('GET', url)).statusCode, 200, 'and then all is as before');
  });

  t.test('503 server/overloaded · is not one more thing to log for every request', async (t) => {
    const { lines, logger } = aLog();
    const { me, url } = aClient(await anApi(t, tasks, { maxInFlight: 0, logger }));
    for (let n = 0; n < 20; n += 1) t.equal((await me.call('GET', url)).statusCode, 503);
    const told = lines.filter((line) => !/level: '(info|debug|trace)'/.test(line));
    t.equal(told.length, 1, told.join());
    t.match(told[0], /more requests than can be answered/);
  });

  t.test('on a socket', async (t) => {
    const app = await anApi(t, tasks);
    await app.listen({ host: '127.0.0.1', port: 0 });

    for (const [name, bytes, status, code] of [
      ['no HTTP at all', 'hello\r\n\r\n', 400, 'request/malformed'],
      ['an unknown method', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request/malformed'],
      ['an impossible header', 'GET / HTTP/1.1\r\nHost: x\r\nna me: x\r\n\r\n', 400, 'request/malformed'],
      [
        'two lengths',
        'POST /api/ann/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
        400,
        'request/malformed',
      ],
      [
        'length and chunks at once',
        'POST /api/ann/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        400,
        'request/malformed',
      ],
      ['no Host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'request/malformed'],
      [
        'headers of more than 16 KiB',
        `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`,
        431,
        'request/header-too-large',
      ],
    ] as const) {
      t.test(`${status} ${code} · ${name}`, async (t) => {
        const [head = '', body = ''] = (await sendBytes(app, bytes)).split('\r\n\r\n');
        t.match(head, new RegExp(`^HTTP/1.1 ${status} \\w`));
        t.match(head, /\r\nContent-Type: application\/problem\+json; charset=utf-8\b/i);
        const requestId = /\r\nX-Request-Id: ([\w-]+)/i.exec(head)?.[1];
        t.type(requestId, 'string', 'X-Request-Id');
        t.match(body, /^\{.*\}$/s, 'a body');
        const { title, detail, ...rest } = JSON.parse(body || '{}');
        t.strictSame(rest, { type: 'about:blank', status, code, request_id: requestId });
        t.match(detail, /^\w+( \S+){2,}/, 'a sentence');
        t.match(title, /^\w/);
        t.equal((await app.inject('/health')).statusCode, 200, 'and the server lives on');
      });
    }

    t.test('an expectation nobody can meet · the response is as to every other request', async (t) => {
      const response = await sendBytes(
        app,
        'GET /health HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nConnection: close\r\n\r\n',
      );
      t.match(response, /^HTTP\/1.1 \d{3} /);
      t.match(response, /\r\nX-Request-Id: /i);
    });

    t.test('a type without a body · the response comes at once', async (t) => {
      const { me, add } = aClient(app);
      await add();
      const send = async (start: string, type: string) => {
        const head = `${start} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${me.token}\r\nContent-Type: ${type}\r\n`;
        return (await sendBytes(app, `${head}Connection: close\r\n\r\n`)).slice(9, 12);
      };
      for (const [start, status, ofText = status] of [
        ['GET /api/tasks', '200'],
        ['POST /api/tasks', '422', '415'],
        ['PUT /api/tasks/1', '422', '415'],
        ['PATCH /api/tasks/1/complete', '200', '415'],
        ['DELETE /api/tasks/2', '404', '415'],
        ['POST /nowhere', '404'],
        ['POST /health', '405'],
      ] as const) {
        t.equal(await send(start, 'application/json'), status, start);
        t.equal(await send(start, 'text/plain'), ofText, `${start}, of text`);
      }
    });

    t.test('a client that hangs up in the middle of its body does no harm', async (t) => {
      const { me } = aClient(app);
      await new Promise<void>((resolve) => {
        const { port } = app.server.address() as AddressInfo;
        const socket = connect(port, '127.0.0.1', () => {
          const head = `POST /api/tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${me.token}\r\n`;
          socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"title":"x"`, () => {
            socket.destroy();
            resolve();
          });
        });
      });
      t.strictSame((await me.call('GET', '/api/tasks')).json().data, []);
    });
  });
});

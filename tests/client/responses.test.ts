import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createTaskwardClient, type TaskwardClientOptions } from '@taskward/client';
import { fieldNames } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aClientOn, aNetwork, aTask, listed, quick, refused, responded } from '../support/http/typed-client.ts';

// A proxy between a client and its API can send any response: none may pass for one of Taskward's.

/** A server that responds as it is told, and notes what it was asked. */
const aServer = async (t: Test, listener: RequestListener) => {
  const seen: { method: string | undefined; url: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    seen.push({ method: request.method, url: request.url, body });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options: Partial<TaskwardClientOptions> = {}) =>
    createTaskwardClient({ baseUrl, token: 'a-token', retry: quick, ...options });
  return { baseUrl, seen, client };
};

t.test('a redirect is an error that says where to, and nothing is sent there', async (t) => {
  const elsewhere = await aServer(t, (_, response) => response.end(JSON.stringify({ success: true, data: aTask() })));
  for (const status of [301, 302, 303, 307, 308]) {
    const location = `${elsewhere.baseUrl}/api/tasks`;
    const here = await aServer(t, (_, response) => response.writeHead(status, { location }).end('Moved.'));
    const client = here.client();
    const calls: (() => Promise<unknown>)[] = [
      () => client.create({ title: 'x' }),
      () => client.list(),
      () => client.remove(3),
    ];
    for (const call of calls) {
      await t.rejects(call(), { name: 'TaskwardError', status, code: 'client/redirected', message: location });
    }
    t.strictSame(
      here.seen.map(({ method }) => method),
      ['POST', 'GET', 'DELETE'],
      'and it is not repeated',
    );
  }
  t.strictSame(elsewhere.seen, []);
  const nowhere = await aServer(t, (_, response) => response.writeHead(302).end());
  await t.rejects(nowhere.client().list(), { code: 'client/redirected', message: /redirects to elsewhere/ });
});

t.test('as browsers tell of redirects, or a fetch that follows them', async (t) => {
  const opaque = Object.defineProperties(new Response(null), {
    type: { value: 'opaqueredirect' },
    status: { value: 0 },
  });
  const network = aNetwork(opaque);
  await t.rejects(aClientOn(network).list(), {
    status: 0,
    code: 'client/redirected',
    message: /redirects to elsewhere/,
  });
  t.equal(network.seen[0]?.init.redirect, 'manual');
  const url = 'https://elsewhere.example/api/tasks';
  const followed = Object.defineProperties(listed([]), { redirected: { value: true }, url: { value: url } });
  await t.rejects(aClientOn(aNetwork(followed)).list(), { code: 'client/redirected', message: url });
});

const page = (status = 200) =>
  new Response('<h1>Sign in to the Wi-Fi</h1>', { status, headers: { 'content-type': 'text/html' } });

t.test('a response that lacks its documented shape is unreadable', async (t) => {
  const unreadable = { name: 'TaskwardError', code: 'client/unreadable' };
  const { revision: _, ...incomplete } = aTask();
  const tasks = [
    undefined,
    null,
    [],
    {},
    'x',
    incomplete,
    ...['id', ...fieldNames].map((name) => aTask({ [name]: name === 'metadata' ? 'x' : {} })),
  ];
  for (const data of tasks) {
    const said = JSON.stringify(data);
    await t.rejects(aClientOn(aNetwork(responded(data))).get(3), unreadable, `get: ${said}`);
    await t.rejects(aClientOn(aNetwork(responded(data))).create({ title: 'x' }), unreadable, `create: ${said}`);
    await t.rejects(aClientOn(aNetwork(responded(data))).complete(3), unreadable, `complete: ${said}`);
    await t.rejects(aClientOn(aNetwork(listed([aTask(), data]))).list(), unreadable, `list: ${said}`);
  }
  const metas = [
    undefined,
    null,
    {},
    { limit: 100 },
    { limit: '100', next_cursor: null },
    { limit: 1, next_cursor: 3 },
    { limit: 1, next_cursor: null, total: '3' },
  ];
  for (const meta of metas) {
    const response = () => Response.json({ success: true, data: [], meta });
    await t.rejects(aClientOn(aNetwork(response())).list(), unreadable, JSON.stringify(meta));
  }
  await t.rejects(aClientOn(aNetwork(responded({ 0: aTask() }))).list(), unreadable);
  const batches = [
    undefined,
    { applied: true, dry_run: false },
    { applied: true, dry_run: false, results: [] },
    { applied: true, results: [{ status: 204 }] },
    { applied: true, dry_run: false, results: [{ status: 200, task: incomplete }] },
    { applied: true, dry_run: false, results: [{}] },
  ];
  for (const data of batches) {
    await t.rejects(
      aClientOn(aNetwork(responded(data))).batch([{ op: 'delete', id: 3 }]),
      unreadable,
      JSON.stringify(data),
    );
  }
  for (const response of [
    page(),
    new Response(null, { status: 204 }),
    new Response(null, { status: 304 }),
    new Response('{"success": true, "data": {"id"'),
  ]) {
    const { status } = response;
    const network = aNetwork(response);
    await t.rejects(aClientOn(network).get(3), { ...unreadable, status });
    t.equal(network.seen.length, 1, 'and not asked for again');
  }
  await t.rejects(aClientOn(aNetwork(page())).remove(3), unreadable);
  await t.rejects(aClientOn(aNetwork(page(502), page(502), page(502), page(502))).get(3), {
    ...unreadable,
    status: 502,
  });
});

t.test('what a newer server adds is no fault, nor a content type that got lost', async (t) => {
  const body = JSON.stringify({ success: true, data: aTask({ color: 3 }), more: 1 });
  const plain = new Response(body, { headers: { 'content-type': 'text/plain' } });
  t.match(await aClientOn(aNetwork(plain)).get(3), aTask({ color: 3 }));
});

t.test('further members of an error are passed on only in their documented shape', async (t) => {
  const network = aNetwork(refused(412, 'task/stale', { current: { id: 3 }, errors: 'none', results: {} }));
  const error = await aClientOn(network)
    .toggle(3)
    .catch((error) => error);
  t.match(error, { code: 'task/stale', current: undefined, errors: undefined, results: undefined });
});

t.test('a body is read up to a bound', async (t) => {
  let sent = 0;
  const piece = Buffer.alloc(64 * 1024, ' ');
  const endless = await aServer(t, (_, response) => {
    const more = () => {
      let hasRoom = true;
      while (hasRoom && !response.destroyed) {
        hasRoom = response.write(piece);
        sent += piece.length;
      }
    };
    response.on('drain', more).on('error', () => {});
    more();
  });
  const tooLarge = { code: 'client/unreadable', status: 200, message: /larger than 1000000 bytes.*maxResponseBytes/ };
  await t.rejects(endless.client({ maxResponseBytes: 1_000_000 }).list(), tooLarge);
  t.ok(sent > 0 && sent < 50_000_000, `the rest is not taken: ${sent}`);
  t.equal(endless.seen.length, 1, 'and it is not asked for again');
  const said = new Response('', { headers: { 'content-length': '1000001' } });
  await t.rejects(
    aClientOn(aNetwork(said), { maxResponseBytes: 1_000_000 }).list(),
    tooLarge,
    'nor if it says so before',
  );
  const unstreamed = Object.defineProperty(new Response(' '.repeat(1_000_001)), 'body', { value: undefined });
  await t.rejects(
    aClientOn(aNetwork(unstreamed), { maxResponseBytes: 1_000_000 }).list(),
    tooLarge,
    'nor without streams',
  );
  const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, ' '));
  const zipped = await aServer(t, (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  await t.rejects(zipped.client().list(), { code: 'client/unreadable', message: /larger than 16777216 bytes/ });
  const long = 'ü€👍'.repeat(100_000);
  const small = Object.defineProperty(responded(aTask({ title: long })), 'body', { value: undefined });
  t.equal((await aClientOn(aNetwork(small)).get(3)).title, long);
  t.equal((await aClientOn(aNetwork(responded(aTask({ title: long })))).get(3)).title, long, 'whole characters');
});

t.test('a response that breaks off, or cannot be unpacked, is a failure of the network', async (t) => {
  const whole = JSON.stringify({ success: true, data: aTask() });
  const broken: RequestListener[] = [
    (_, response) => {
      response.writeHead(200, { 'content-length': String(whole.length) });
      response.write(whole.slice(0, 40), () => response.destroy());
    },
    (_, response) => {
      response.write(whole.slice(0, 40), () => response.destroy());
    },
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all'),
  ];
  for (const listener of broken) {
    const server = await aServer(t, (request, response) =>
      server.seen.length === 1 ? listener(request, response) : response.end(whole),
    );
    t.match(await server.client().create({ title: 'x' }), { id: 3 });
    t.equal(server.seen.length, 2);
    const once = server.client({ retry: { attempts: 1 } });
    server.seen.length = 0;
    await t.rejects(once.get(3), { code: 'client/unreachable', status: 0 });
  }
  const cut = await aServer(t, (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(whole).subarray(0, 40)),
  );
  await t.rejects(cut.client().get(3), { name: 'TaskwardError' }, 'of which fetch does not always tell');
});

t.test('a cursor that comes again ends `all`', async (t) => {
  const titles: string[] = [];
  const pages = ['a', 'b', 'a'].map((cursor) => listed([aTask({ title: `before ${cursor}` })], cursor));
  const network = aNetwork(...pages);
  const all = async () => {
    for await (const { title } of aClientOn(network).all()) titles.push(title);
  };
  await t.rejects(all(), { name: 'TaskwardError', code: 'client/unreadable', message: /does not end/ });
  t.strictSame(titles, ['before a', 'before b', 'before a']);
});

t.test('cookies go where there is no token, and only there', async (t) => {
  const network = aNetwork(listed([]), listed([]), listed([]));
  await aClientOn(network).list();
  await aClientOn(network, { token: async () => 'x' }).list();
  await aClientOn(network, { token: undefined as never }).list();
  t.strictSame(
    network.seen.map(({ init }) => init.credentials),
    [undefined, undefined, 'include'],
  );
});

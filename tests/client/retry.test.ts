import t from 'tap';
import { aClientOn, aNetwork, aTask, cutOff, listed, refused, responded } from '../support/http/typed-client.ts';

const ifUnchanged = { ifUnchanged: true };

t.test('a write that would be done twice is repeated under its key until there is a response', async (t) => {
  const steps = () => [
    cutOff(),
    refused(503, 'server/overloaded'),
    refused(409, 'idempotency/in-flight'),
    responded(aTask()),
  ];
  const calls: [string, (client: ReturnType<typeof aClientOn>) => Promise<unknown>][] = [
    ['create', (client) => client.create({ title: 'Buy milk' })],
    ['toggle', (client) => client.toggle(3)],
    // A recurring task moves on with each completion.
    ['complete', (client) => client.complete(3)],
    ['complete an occurrence', (client) => client.complete(3, true, { occurrence: '2026-12-01' })],
    ['update to completed', (client) => client.update(3, { completed: true })],
    ['move', (client) => client.move(3, { after: 4 })],
    ['toggle if unchanged', (client) => client.toggle(aTask(), ifUnchanged)],
    // The first attempt, if it was carried out, makes the condition fail for the second.
    ['update if unchanged', (client) => client.update(aTask(), { title: 'Buy milk' }, ifUnchanged)],
    ['complete if unchanged', (client) => client.complete(aTask(), true, ifUnchanged)],
  ];
  const keys = new Set<string | null>();
  for (const [name, call] of calls) {
    const network = aNetwork(...steps());
    t.match(await call(aClientOn(network)), { id: 3 }, name);
    const sent = network.sent('idempotency-key');
    t.equal(sent.length, 4, `${name} is repeated`);
    t.equal(new Set(sent).size, 1, `${name} keeps its key`);
    t.match(sent[0], /^[\x21-\x7e]{16,255}$/);
    t.equal(new Set(network.seen.map(({ body }) => JSON.stringify(body))).size, 1, `${name} says the same`);
    keys.add(sent[0] as string);
  }
  t.equal(keys.size, calls.length, 'each call has a key of its own');
});

t.test('a key of the caller’s is used', async (t) => {
  const network = aNetwork(responded(aTask()), responded(aTask()));
  const client = aClientOn(network);
  await client.create({ title: 'Buy milk' }, { idempotencyKey: 'mine' });
  await client.complete(3, true, { idempotencyKey: 'mine too' });
  t.strictSame(network.sent('idempotency-key'), ['mine', 'mine too']);
});

t.test('what is set to a value needs no key: to set it again changes nothing', async (t) => {
  const calls: ((client: ReturnType<typeof aClientOn>) => Promise<unknown>)[] = [
    (client) => client.update(3, { title: 'Buy milk' }),
    (client) => client.update(3, { add_tags: ['home'], remove_tags: ['shop'] }),
    (client) => client.complete(3, false),
    (client) => client.update(aTask(), { description: null }, { ifUnchanged: false }),
  ];
  for (const call of calls) {
    const network = aNetwork(cutOff(), refused(503, 'server/overloaded'), responded(aTask()));
    t.match(await call(aClientOn(network)), { id: 3 });
    t.strictSame(network.sent('idempotency-key'), [null, null, null]);
  }
});

t.test('reads and deletions need no key', async (t) => {
  const network = aNetwork(cutOff(), listed([]), cutOff(), cutOff(), responded());
  const client = aClientOn(network);
  await client.list();
  await client.remove(3);
  t.strictSame(network.sent('idempotency-key'), [null, null, null, null, null]);
});

t.test('a response that breaks off is a failure of the network', async (t) => {
  const broken = new Response(
    new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }),
  );
  const network = aNetwork(broken, responded(aTask()));
  t.match(await aClientOn(network).get(3), { id: 3 });
});

t.test('a deletion that gives 404', async (t) => {
  const missing = () => refused(404, 'task/not-found');
  t.test('after its response was lost: it is done', async () => {
    await aClientOn(aNetwork(cutOff(), missing())).remove(3);
    await aClientOn(aNetwork(refused(504, 'x/proxy'), missing())).remove(3);
  });
  t.test('otherwise: there was no such task', async (t) => {
    await t.rejects(aClientOn(aNetwork(missing())).remove(3), { code: 'task/not-found' });
    const turnedAway = aNetwork(refused(429, 'rate/limited'), missing());
    await t.rejects(aClientOn(turnedAway).remove(3), { code: 'task/not-found' }, 'what was turned away did nothing');
  });
});

t.test('it gives up', async (t) => {
  t.test('after so many attempts', async (t) => {
    const network = aNetwork(cutOff(), cutOff(), cutOff(), cutOff());
    await t.rejects(aClientOn(network).list(), {
      name: 'TaskwardError',
      status: 0,
      code: 'client/unreachable',
      message: /^https:\/\/api.example\/api\/tasks cannot be reached/,
      cause: { message: 'fetch failed' },
    });
    t.equal(network.seen.length, 4);
    const twice = aNetwork(refused(503, 'server/overloaded'), refused(503, 'database/unavailable'));
    await t.rejects(aClientOn(twice, { retry: { attempts: 2, minDelay: 1 } }).list(), { code: 'database/unavailable' });
    const once = aNetwork(cutOff());
    await t.rejects(aClientOn(once, { retry: { attempts: 1 } }).list(), { code: 'client/unreachable' });
    t.equal(twice.left() + once.left(), 0);
  });
  t.test('at once, on what no repetition mends', async (t) => {
    for (const [status, code] of [
      [400, 'request/malformed'],
      [403, 'auth/wrong-user'],
      [404, 'task/not-found'],
      [412, 'task/stale'],
      [422, 'idempotency/mismatch'],
      [500, 'server/error'],
    ] as const) {
      await t.rejects(aClientOn(aNetwork(refused(status, code))).create({ title: 'x' }), { status, code });
    }
  });
  t.test('when it would have to wait for too long', async (t) => {
    const network = aNetwork(refused(429, 'rate/limited', {}, { 'retry-after': '60' }));
    await t.rejects(aClientOn(network).list(), { status: 429, code: 'rate/limited', retryAfter: 60 });
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const dated = aNetwork(refused(503, 'server/overloaded', {}, { 'retry-after': date }));
    const error = await aClientOn(dated)
      .list()
      .catch((error) => error);
    t.ok(error.retryAfter > 3500 && error.retryAfter <= 3600, 'a date is read too');
  });
  t.test('on a response that is not Taskward’s', async (t) => {
    const page = () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } });
    for (const response of [page(), Response.json(null), Response.json({ success: false }), Response.json([])]) {
      await t.rejects(aClientOn(aNetwork(response)).list(), { code: 'client/unreadable', message: /baseUrl/ });
    }
  });
});

t.test('how long it waits', async (t) => {
  const took = async (retry: object, ...steps: Parameters<typeof aNetwork>) => {
    const start = performance.now();
    await aClientOn(aNetwork(...steps, listed([])), { retry }).list();
    return performance.now() - start;
  };
  const asked = await took({ minDelay: 1 }, refused(503, 'server/overloaded', {}, { 'retry-after': '1' }));
  t.ok(asked >= 990, `as long as Retry-After says: ${asked}`);
  const doubled = await took({ minDelay: 40 }, cutOff(), cutOff(), cutOff());
  t.ok(doubled >= 130, `twice as long each time, at least half of it: ${doubled}`);
  const bounded = await took({ minDelay: 5000, maxDelay: 20 }, cutOff(), cutOff());
  t.ok(bounded < 2000, `never longer than the bound: ${bounded}`);
});

t.test('a signal ends a call', async (t) => {
  const reason = new Error('the page was left');
  t.test('while it is on its way', async (t) => {
    const controller = new AbortController();
    const hanging = ({ init }: { init: RequestInit }) =>
      new Promise<Response>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        controller.abort(reason);
      });
    const network = aNetwork(hanging);
    const client = aClientOn(network, { retry: { attempts: 1 } });
    await t.rejects(client.create({ title: 'x' }, { signal: controller.signal }), reason);
    t.equal(network.seen.length, 1);
  });
  t.test('while it waits', async (t) => {
    const network = aNetwork(cutOff());
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 20);
    const client = aClientOn(network, { retry: { minDelay: 60_000, maxDelay: 60_000 } });
    await t.rejects(client.list({}, { signal: controller.signal }), reason);
  });
  t.test('before it begins', async (t) => {
    const network = aNetwork();
    await t.rejects(aClientOn(network).list({}, { signal: AbortSignal.abort(reason) }), reason);
    t.equal(network.seen.length, 0);
  });
});

import dns from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { isPublic, makeWebhookSecrets, parseRetryAfter } from '@taskward/adapters-webhooks';
import t, { type Test } from 'tap';
import { anEvent, aReceiver, aSender, type Respond, verified } from '../support/webhooks/receiver.ts';

const { secretOf } = makeWebhookSecrets('k'.repeat(32));
const secrets = [secretOf('e', 2), secretOf('e', 1)];
const id = '7ac74769-c84e-475f-87a1-3c8ffa0c5acd';

const sendTo = async (t: Test, url: string, options: Parameters<typeof aSender>[1] = {}) =>
  aSender(t, options).send(anEvent(), { id, url, secrets });

const responding = async (t: Test, respond: Respond) => {
  const receiver = await aReceiver(t, respond);
  return { receiver, outcome: await sendTo(t, receiver.url) };
};

t.test('an event arrives as CloudEvents and Standard Webhooks describe it', async (t) => {
  const event = anEvent();
  const receiver = await aReceiver(t);
  const outcome = await aSender(t).send(event, { id, url: receiver.url, secrets });
  t.match(outcome, { status: 204, error: undefined, milliseconds: Number });
  const [received] = receiver.received;
  if (received === undefined) throw new Error('nothing arrived');
  t.equal(received.headers['content-type'], 'application/cloudevents+json');
  t.equal(received.headers['webhook-id'], id);
  const { task } = event;
  t.same(JSON.parse(received.body), {
    specversion: '1.0',
    id,
    source: 'https://api.example',
    type: 'taskward.task.completed',
    subject: `users/${encodeURIComponent(task.owner)}/tasks/7`,
    time: '2026-11-20T10:00:00.000Z',
    datacontenttype: 'application/json',
    data: {
      task: {
        ...{ id: 7, user_id: task.owner, title: 'Grüße 😀', description: null, completed: true },
        ...{ priority: null, tags: [], due_date: null, due_at: null, repeat: null, reminders: [] },
        ...{ position: 'h00000007', metadata: {}, completed_at: '2026-11-20T10:00:00.000Z' },
        ...{ created_at: task.createdAt, updated_at: task.updatedAt, revision: 42 },
      },
      changed: { completed: [false, true] },
      revision: 42,
    },
  });
  for (const secret of secrets) t.match(verified(secret, received), { id }, 'each of two secrets verifies it');
  t.throws(() => verified(secretOf('other', 1), received));
  t.throws(() => verified(secrets[0] ?? '', { ...received, body: received.body.replace('42', '43') }));
});

t.test('secrets differ by endpoint, version and key, and are as long as the standard asks', async (t) => {
  const made = [
    secretOf('e', 1),
    secretOf('e', 2),
    secretOf('f', 1),
    makeWebhookSecrets('l'.repeat(32)).secretOf('e', 1),
  ];
  t.equal(new Set(made).size, 4);
  t.equal(secretOf('e', 1), made[0]);
  for (const secret of made) t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
});

t.test('what is no acceptance is a failure, and says of which kind', async (t) => {
  for (const status of [400, 404, 410, 429, 500, 503]) {
    const { outcome } = await responding(t, (response) => response.writeHead(status).end('no'));
    t.match(outcome, { status, error: 'status' });
  }
  for (const status of [301, 302, 307, 308]) {
    const { outcome, receiver } = await responding(t, (response) =>
      response.writeHead(status, { location: '/elsewhere' }).end(),
    );
    t.match(outcome, { status, error: 'redirect' });
    t.equal(receiver.received.length, 1, 'not followed');
  }
  t.match((await responding(t, () => {})).outcome, { error: 'timeout', status: undefined });
  t.match((await responding(t, (response) => response.destroy())).outcome, { error: 'connection', status: undefined });
  const gone = await aReceiver(t);
  await gone.close();
  t.match(await sendTo(t, gone.url), { error: 'connection' });
  t.match(await sendTo(t, 'https://nowhere.invalid/'), { error: 'dns' });
});

t.test('a receiver that does not speak TLS, or never answers the handshake, is sent nothing', async (t) => {
  const plain = await aReceiver(t);
  t.match(await sendTo(t, `https://127.0.0.1:${plain.port}/`), { error: 'tls' });
  t.same(plain.received, []);
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.teardown(() => silent.close());
  const { port } = silent.address() as { port: number };
  t.match(await sendTo(t, `https://127.0.0.1:${port}/`), { error: 'timeout' });
});

t.test('Retry-After is read as seconds and as a date', async (t) => {
  const { outcome } = await responding(t, (response) => response.writeHead(503, { 'retry-after': '120' }).end());
  t.match(outcome, { status: 503, retryAfter: 120_000 });
  const now = Date.parse('2026-12-01T00:00:00Z');
  t.same(
    ['7', 'Tue, 01 Dec 2026 00:01:00 GMT', 'Mon, 30 Nov 2026 00:00:00 GMT', 'soon', undefined].map((text) =>
      parseRetryAfter(text, now),
    ),
    [7_000, 60_000, 0, undefined, undefined],
  );
});

t.test('a response without an end keeps nothing waiting', async (t) => {
  const { outcome, receiver } = await responding(t, (response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
    };
    response.on('drain', more);
    more();
  });
  t.match(outcome, { status: 200, error: undefined });
  t.equal(receiver.received.length, 1);
});

t.test('connections are used again', async (t) => {
  const receiver = await aReceiver(t);
  const sender = aSender(t);
  for (let n = 0; n < 5; n += 1) await sender.send(anEvent(), { id, url: receiver.url, secrets });
  t.equal(receiver.connections(), 1);
});

t.test('only public addresses are', async (t) => {
  const forbidden = [
    ...['127.0.0.1', '127.1.2.3', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.100.100.200'],
    ...['0.0.0.0', '192.0.0.192', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...['::1', '::', 'fe80::1', 'fd00:ec2::254', 'fc00::1', 'ff02::1', 'fec0::1', '2001:db8::1', '100::1'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::7f00:1', '::127.0.0.1', '::ffff:168.63.129.16'],
    ...['64:ff9b::a00:1', '64:ff9b:1::a00:1', '2002:a00:1::', '2001::1', 'fe80::1%eth0', '', 'localhost', 'nonsense'],
  ];
  t.same(forbidden.filter(isPublic), []);
  const allowed = ['8.8.8.8', '1.1.1.1', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450:4001::1'];
  t.same(allowed.filter(isPublic), allowed);
});

t.test('the address that the socket is connected to counts, whatever the name resolves to', async (t) => {
  const receiver = await aReceiver(t);
  const { lookup } = dns;
  const resolving = (address: string, family: number) =>
    Object.assign(dns, {
      lookup: (_name: string, { all }: { all?: boolean }, done: (...found: unknown[]) => void) =>
        all ? done(null, [{ address, family }]) : done(null, address, family),
    });
  t.teardown(() => Object.assign(dns, { lookup }));
  const url = `https://app.example:${receiver.port}/`;
  for (const [address, family] of [
    ['127.0.0.1', 4],
    ['::ffff:127.0.0.1', 6],
  ] as const) {
    resolving(address, family);
    t.match(await sendTo(t, url, { allowsLoopback: false }), { error: 'address' }, address);
  }
  t.equal(receiver.connections(), 2, 'it was connected');
  t.same(receiver.received, [], 'and was sent nothing');
  resolving('127.0.0.1', 4);
  t.match(await sendTo(t, url, { allowsLoopback: true }), { error: 'tls' }, 'the address is what was refused');
});

t.test('URLs that events may not be sent to are refused, with what to do', async (t) => {
  const faultsOf = (allowsLoopback: boolean, urls: readonly string[]) =>
    urls.map((url) => aSender(t, { allowsLoopback }).urlFault(url));
  const fine = ['https://app.example/events?x=1', 'https://8.8.8.8:8443/', 'https://[2606:4700::1111]/'];
  t.same(faultsOf(false, fine), [undefined, undefined, undefined]);
  const own = ['http://localhost:3000/events', 'http://127.0.0.1', 'http://[::1]:8000/', 'https://localhost/'];
  t.same(faultsOf(true, own), [undefined, undefined, undefined, undefined]);
  const address = 'must lead to a public address';
  const secure = 'must be https: without it anyone on the way could read and change events';
  t.same(faultsOf(false, own), [secure, secure, secure, address]);
  const inside = ['https://10.0.0.1/', 'https://[::ffff:169.254.169.254]/', 'https://2130706433/', 'https://0x7f.1/'];
  t.same(faultsOf(false, inside), [address, address, address, address]);
  t.same(faultsOf(true, ['http://app.example', 'http://10.0.0.1']), [secure, secure]);
  const example = 'must be a URL such as https://app.example/events';
  t.same(faultsOf(true, ['app.example', 'ftp://app.example', `https://app.example/${'x'.repeat(2_000)}`]), [
    ...[example, example, example],
  ]);
  const bare = 'must have no password and no fragment';
  t.same(faultsOf(true, ['https://u:p@app.example', 'https://app.example/#x']), [bare, bare]);
  t.match(await sendTo(t, 'http://app.example/'), { error: 'address' }, 'one that was added by an older version');
});

t.test('an attempt that the end of the process interrupts has no outcome', async (t) => {
  const receiver = await aReceiver(t, () => {});
  const sender = aSender(t, { timeout: 5_000 });
  const sent = sender.send(anEvent(), { id, url: receiver.url, secrets });
  while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  sender.close();
  await t.rejects(sent, { message: 'the process stops' });
});

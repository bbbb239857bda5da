import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import {
  aClientOn,
  aListeningApi,
  aNetwork,
  aSignedInClient,
  aTask,
  cutOff,
  refused,
} from '../support/http/typed-client.ts';
import { aSubscription, type Fetch, until } from './subscriptions.ts';

const api = await aListeningApi(t);

/** A stream of events, which ends unless it is told to stay open. */
const stream = (text: string, isOpen = false): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        if (text !== '') controller.enqueue(new TextEncoder().encode(text));
        if (!isOpen) controller.close();
      },
    }),
    { headers: { 'content-type': 'text/event-stream; charset=utf-8' } },
  );

const opening = (id: string) => `retry: 1\nid: ${id}\n\n`;
const put = (revision: number, title: string, id = `c${revision}`) =>
  `event: change\nid: ${id}\ndata: ${JSON.stringify({ op: 'put', task: aTask({ revision, title }) })}\n\n`;
const last = (event: string, id?: string) =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: {"message":"x"}\n\n`;
const page = (rows: object[], cursor: string, has_more = false) =>
  Response.json({ success: true, data: rows, meta: { cursor, has_more } });
const row = (revision: number, title: string) => ({ op: 'put', task: aTask({ revision, title }) });
const open = (text: string) => stream(text, true);

t.test('each change comes as soon as it happens, until the signal', async (t) => {
  const { client } = aSignedInClient(api);
  await client.create({ title: 'before' });
  const { heard, hears, ended, end } = aSubscription(t, client);
  await hears('start');
  const task = await client.create({ title: 'a' });
  await client.update(task.id, { title: 'b' });
  await hears('b');
  await client.remove(task.id);
  await hears(`deleted ${task.id}`);
  t.equal(heard[0], 'start');
  t.notOk(heard.includes('before'));
  end();
  t.equal(await ended, undefined, 'it resolves');
  const count = heard.length;
  await client.create({ title: 'after' });
  t.equal(heard.length, count);
});

t.test('it begins at a cursor', async (t) => {
  const { client } = aSignedInClient(api);
  const { cursor } = await client.changes();
  await client.create({ title: 'a' });
  const { heard, hears } = aSubscription(t, client, { since: cursor });
  await hears('a');
  t.strictSame(heard, ['a'], 'without a start');
});

t.test('after a cut it goes on where it was', async (t) => {
  const cursors: (string | null)[] = [];
  const cuts: (() => void)[] = [];
  const fetch: Fetch = async (url, init) => {
    if (!url.endsWith('/events')) return globalThis.fetch(url, init);
    cursors.push(new Headers(init.headers).get('last-event-id'));
    const cut = new AbortController();
    cuts.push(() => cut.abort(cutOff()));
    const signal = AbortSignal.any([init.signal as AbortSignal, cut.signal]);
    const response = await globalThis.fetch(url, { ...init, signal });
    // The server wants seconds of patience, of which there is a test of its own.
    const impatient = response.body
      ?.pipeThrough(new TextDecoderStream())
      .pipeThrough(
        new TransformStream({ transform: (text, to) => to.enqueue(text.replace(/^retry: \d+$/m, 'retry: 1')) }),
      )
      .pipeThrough(new TextEncoderStream());
    return new Response(impatient as ReadableStream<Uint8Array>, response);
  };
  const me = aCaller(api.app);
  const { client: writer } = aSignedInClient(api, {}, me);
  const { client } = aSignedInClient(api, { fetch }, me);
  const { heard, hears } = aSubscription(t, client);
  await hears('start');
  for (const title of ['a', 'b', 'c', 'd']) {
    cuts.at(-1)?.();
    await writer.create({ title });
    await hears(title);
  }
  t.strictSame(heard, ['start', 'a', 'b', 'c', 'd'], 'each of them once');
  t.equal(cursors[0], null);
  t.ok(cursors.length >= 5);
  t.notOk(cursors.slice(1).includes(null));
});

t.test('reminders come in the order of the log, each once', async (t) => {
  const reminder = (revision: number, title: string, more: object = {}) => {
    const data = {
      reminder: { at: '2026-12-01T09:00:00.000Z', late: false },
      task: aTask({ title }),
      revision,
      ...more,
    };
    return `event: reminder\nid: c${revision}\ndata: ${JSON.stringify(data)}\n\n`;
  };
  const network = aNetwork(
    stream(opening('c1') + put(2, 'a') + reminder(3, 'r')),
    stream(opening('c3') + reminder(3, 'r') + reminder(4, 'odd', { reminder: null }) + reminder(5, 's') + put(6, 'b')),
    open(opening('c6') + put(7, 'c')),
  );
  const heardOf: string[] = [];
  const { heard, hears } = aSubscription(t, aClientOn(network), {
    onReminder: ({ task, reminder: { at, late }, revision }) => heardOf.push(`${task.title} ${revision} ${at} ${late}`),
  });
  await hears('c');
  t.strictSame(heard, ['start', 'a', 'b', 'c']);
  t.strictSame(heardOf, ['r 3 2026-12-01T09:00:00.000Z false', 's 5 2026-12-01T09:00:00.000Z false']);
  t.strictSame(
    network.seen.map(({ headers }) => headers.get('last-event-id')),
    [null, 'c3', 'c6'],
    'a reminder is a place to go on from',
  );
});

t.test('what the server says last', async (t) => {
  const network = aNetwork(
    stream(opening('c1') + put(2, 'a') + last('lag')),
    page([row(2, 'a'), row(3, 'b')], 'c3', true),
    page([row(4, 'c')], 'c4'),
    stream(put(4, 'c') + last('reset', '')),
    stream(opening('d0') + put(1, 'after the reset', 'd1')),
    open(opening('d1') + put(2, 'd', 'd2')),
  );
  const { heard, hears } = aSubscription(t, aClientOn(network));
  await hears('d');
  t.strictSame(heard, ['start', 'a', 'b', 'c', 'start', 'after the reset', 'd']);
  t.strictSame(
    network.seen.map(({ url, headers }) => [
      url.slice('https://api.example/api/tasks'.length),
      headers.get('last-event-id'),
    ]),
    [
      ['/events', null],
      ['/changes?limit=500&since=c2', null],
      ['/changes?limit=500&since=c3', null],
      ['/events', 'c4'],
      ['/events', null],
      ['/events', 'd1'],
    ],
  );
  t.match(network.seen[0]?.headers.get('accept'), 'text/event-stream');
});

t.test('a token that expires is renewed', async (t) => {
  const asked: boolean[] = [];
  const token = ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh);
    return asked.includes(true) ? aToken({ sub: 'ann', jti: `${asked.length}` }) : aToken({ sub: 'ann' });
  };
  const network = aNetwork(
    refused(401, 'auth/invalid-token'),
    stream(opening('c1')),
    stream(opening('c1') + last('expired')),
    open(opening('c1') + put(2, 'a')),
  );
  const { heard, hears } = aSubscription(t, aClientOn(network, { token }));
  await hears('a');
  t.strictSame(heard, ['start', 'a']);
  t.equal(asked.filter((refresh) => refresh).length, 2);
});

t.test('an expired token at the real API', async (t) => {
  const sub = 'somebody';
  const now = Math.floor(Date.now() / 1000);
  const tokens = [aToken({ sub, iat: now - 3600, exp: now - 58 }), aToken({ sub })];
  const token = ({ refresh }: { refresh: boolean }) => {
    if (refresh) tokens.shift();
    return tokens[0];
  };
  const { client } = aSignedInClient(api, { token });
  const { heard, hears } = aSubscription(t, client);
  await hears('start');
  await until(() => tokens.length === 1);
  await client.create({ title: 'a' });
  await hears('a');
  t.strictSame(heard, ['start', 'a'], 'nothing is missed, and nothing read anew');
});

t.test('what ends it', async (t) => {
  const denied = aSubscription(t, aClientOn(aNetwork(refused(401, 'auth/invalid-token'))));
  await t.rejects(denied.ended, { code: 'auth/invalid-token' });
  const twice = aNetwork(refused(401, 'auth/invalid-token'), refused(401, 'auth/invalid-token'));
  await t.rejects(aSubscription(t, aClientOn(twice, { token: () => 'x' })).ended, { code: 'auth/invalid-token' });
  const foreign = aSubscription(t, aClientOn(aNetwork(refused(403, 'auth/wrong-user'))));
  await t.rejects(foreign.ended, { code: 'auth/wrong-user' });
  const signedOut = new Error('Sign in first.');
  const token = () => {
    throw signedOut;
  };
  await t.rejects(aSubscription(t, aClientOn(aNetwork(), { token })).ended, signedOut);
  let user = 'ann';
  const other = aNetwork(stream(opening('c1')));
  const changing = aSubscription(t, aClientOn(other, { token: () => aToken({ sub: user }) }));
  await changing.hears('start');
  user = 'bob';
  await t.rejects(changing.ended, { code: 'client/other-user' });
  for (const error of [new Error('mine'), Object.assign(cutOff(), { status: 503 })]) {
    const onChange = () => {
      throw error;
    };
    await t.rejects(aClientOn(aNetwork(open(opening('c1') + put(2, 'a')))).subscribe(onChange), error);
  }
  const before = aClientOn(aNetwork()).subscribe(() => {}, { signal: AbortSignal.abort() });
  t.equal(await before, undefined);
});

t.test('errors that pass', async (t) => {
  const network = aNetwork(
    cutOff(),
    refused(500, 'server/error'),
    stream(opening('c1')),
    cutOff(),
    open(opening('c1') + put(2, 'a')),
  );
  const onLost = () => heard.push('lost');
  const { heard, hears } = aSubscription(t, aClientOn(network), { onLost });
  await hears('a');
  t.strictSame(heard, ['lost', 'start', 'lost', 'a'], 'it tells of each break once');
});

const withoutStream: Record<string, () => Response | Promise<Response>> = {
  'too many streams': () => refused(429, 'rate/limited'),
  'a server without streams': () => refused(404, 'route/not-found'),
  'a proxy that keeps the events': () => open(''),
  'a proxy that keeps the response': () => new Promise<Response>(() => {}),
  'a fetch that cannot stream': () =>
    ({ status: 200, headers: new Headers({ 'content-type': 'text/event-stream' }), body: null }) as Response,
};
for (const [name, response] of Object.entries(withoutStream)) {
  t.test(`${name} · it polls, and tries again later`, async (t) => {
    const network = aNetwork(
      ({ init }) =>
        Promise.race([
          response(),
          new Promise<never>((_, reject) => {
            init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          }),
        ]),
      page([row(1, 'old')], 'c1', true),
      page([], 'c2'),
      page([], 'c2'),
      page([row(3, 'a')], 'c3'),
      refused(410, 'changes/gone'),
      page([row(1, 'old')], 'd1'),
      open(opening('d1') + put(2, 'b', 'd2')),
    );
    const { heard, hears } = aSubscription(t, aClientOn(network, { timeout: 90, cache: false }), { pollInterval: 1 });
    await hears('b');
    t.strictSame(heard, ['start', 'a', 'start', 'b']);
    t.equal(network.seen.at(-1)?.headers.get('last-event-id'), 'd1');
  });
}

t.test('a stream that falls silent is given up', async (t) => {
  const network = aNetwork(open(opening('c1')), open(opening('c1') + put(2, 'a')));
  const { heard, hears } = aSubscription(t, aClientOn(network, { timeout: 30 }));
  await hears('a');
  t.strictSame(heard, ['start', 'a']);
});

t.test('the server’s time to wait is honoured', async (t) => {
  const times: number[] = [];
  const fetch: Fetch = async () => {
    times.push(Date.now());
    return times.length === 1 ? stream('retry: 200\nid: c1\n\n') : open(opening('c1') + put(2, 'a'));
  };
  const { hears } = aSubscription(t, aClientOn({ ...aNetwork(), fetch }));
  await hears('a');
  t.ok((times[1] ?? 0) - (times[0] ?? 0) >= 195);
});

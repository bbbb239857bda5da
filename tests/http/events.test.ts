import t from 'tap';
import { anInstant, aUser } from '../support/builders.ts';
import { aCaller, origin, stores, styles } from '../support/http/api.ts';
import { openEvents } from '../support/http/event-client.ts';
import { aToken } from '../support/http/tokens.ts';
import { remind } from '../support/reminders.ts';
import { listen } from './streams.ts';

for (const [name, makeStores] of Object.entries(stores)) {
  for (const [styleName, style] of Object.entries(styles)) {
    t.test(`${name}, ${styleName} style: each change is an event with the row of the list of changes`, async (t) => {
      const { app, open } = await listen(t, await makeStores(t));
      const me = aCaller(app);
      const url = style.collection(me);
      const stream = await open(me, { url: `${url}/events` });
      t.equal(stream.status, 200);
      t.match(stream.headers, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': /no-store/,
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'x-request-id': /./,
        'ratelimit-remaining': /\d/,
      });
      const first = await stream.next();
      t.match(first?.retry, /^\d{4}$/);
      t.match(first?.id, /^[\w-]+$/);
      t.equal(first?.event, undefined);

      const created = style.data(await me.call('POST', url, { title: 'Buy milk\r\nand bread' }));
      const put = await stream.nextChange();
      t.equal(put.op, 'put');
      t.strictSame(put.row, created);
      await me.call('PATCH', `${url}/1`, { description: ' \n ' });
      t.match(await stream.nextChange(), { op: 'put', row: { revision: 2, description: ' \n ' } });
      await me.call('DELETE', `${url}/1`);
      t.match(await stream.nextChange(), { op: 'delete', row: { id: 1, revision: 3, at: String } });
      await me.call('POST', `${url}/1/restore`);
      t.match(await stream.nextChange(), { op: 'put', row: { id: 1, revision: 4 } });
    });
  }

  t.test(`${name}: a stream goes on after any event`, async (t) => {
    const { app, open } = await listen(t, await makeStores(t));
    const me = aCaller(app);
    const stream = await open(me);
    const start = (await stream.next())?.id as string;
    for (const title of ['a', 'b', 'c']) await me.call('POST', '/api/tasks', { title });
    const seen = [await stream.nextChange(), await stream.nextChange(), await stream.nextChange()];
    t.strictSame(
      seen.map(({ row }) => row.title),
      ['a', 'b', 'c'],
    );
    stream.cut();
    const titlesAfter = async (given: { url?: string; headers?: Record<string, string> }, count: number) => {
      const other = await open(me, given);
      await other.next();
      const titles: unknown[] = [];
      while (titles.length < count) titles.push((await other.nextChange()).row.title);
      other.cut();
      return titles;
    };
    t.strictSame(await titlesAfter({ headers: { 'last-event-id': start } }, 3), ['a', 'b', 'c']);
    t.strictSame(await titlesAfter({ headers: { 'last-event-id': seen[0]?.id as string } }, 2), ['b', 'c']);
    t.strictSame(await titlesAfter({ url: `/api/tasks/events?since=${seen[1]?.id}` }, 1), ['c']);
    const both = { url: `/api/tasks/events?since=${start}`, headers: { 'last-event-id': seen[1]?.id as string } };
    t.strictSame(await titlesAfter(both, 1), ['c'], 'a client that connects again repeats its first URL');
    await me.call('PATCH', '/api/tasks/1', { title: 'd' });
    t.strictSame(
      await titlesAfter({ headers: { 'last-event-id': start } }, 3),
      ['b', 'c', 'd'],
      'the last state of each',
    );
  });

  t.test(`${name}: a reminder is an event of its own, and no change`, async (t) => {
    const given = await makeStores(t);
    const { app, open } = await listen(t, given);
    const me = aCaller(app);
    const at = anInstant('2036-12-01T09:00:00.000Z');
    const first = { title: 'Call', reminders: [{ at: '2036-12-01T09:00:00Z' }, { at: '2036-12-01T10:00:00Z' }] };
    const created = (await me.call('POST', '/api/tasks', first)).json().data;
    const { cursor } = (await me.call('GET', '/api/tasks/changes')).json().meta;
    const stream = await open(me);
    await stream.next();
    await remind(given.tasks, me.userId, 1, { at, late: true });
    given.feed?.announce(me.userId);
    const event = await stream.next();
    t.equal(event?.event, 'reminder');
    const { task, ...rest } = JSON.parse(event?.data ?? '');
    t.strictSame(rest, { reminder: { at, late: true }, revision: 2 });
    t.strictSame(task, created, 'the task is as it was');
    await me.call('PATCH', '/api/tasks/1', { title: 'Call back' });
    t.match(await stream.nextChange(), { row: { title: 'Call back', revision: 3 } });
    stream.cut();

    const again = await open(me, { headers: { 'last-event-id': event?.id as string } });
    await again.next();
    t.match(await again.nextChange(), { row: { revision: 3 } }, 'its id is a place to go on from');
    again.cut();
    const missed = await open(me, { url: `/api/tasks/events?since=${cursor}` });
    await missed.next();
    t.match(await missed.next(), { event: 'reminder', id: event?.id as string, data: /Call back/ }, 'it is kept');

    const changes = (await me.call('GET', `/api/tasks/changes?since=${cursor}`)).json();
    t.match(changes.data, [{ op: 'put', task: { revision: 3 } }]);
    t.equal(changes.data.length, 1, 'the list of changes has none of it');
    const history = (await me.call('GET', '/api/tasks/1/history')).json().data;
    t.match(history, [{ kind: 'updated' }, { kind: 'reminded', revision: 2, changed: {} }, { kind: 'created' }]);
    const undone = await me.call('POST', '/api/tasks/changes/2/undo');
    t.equal(undone.statusCode, 404, 'nobody can take it back');
    t.equal((await me.call('POST', '/api/tasks/changes/3/undo')).statusCode, 200, 'and it is in nobody’s way');
  });

  t.test(`${name}: a stream of an account that there is not yet`, async (t) => {
    const { app, open } = await listen(t, await makeStores(t));
    const me = aCaller(app);
    const stream = await open(me);
    const start = (await stream.next())?.id as string;
    await me.call('POST', '/api/tasks', { title: 'first' });
    t.match(await stream.nextChange(), { row: { title: 'first' } });
    const again = await open(me, { headers: { 'last-event-id': start } });
    await again.next();
    t.match(await again.nextChange(), { row: { title: 'first' } }, 'goes on from before the account');
  });

  t.test(`${name}: a batch is read once, and another user hears nothing of it`, async (t) => {
    const store = await makeStores(t);
    let reads = 0;
    const changes = new Proxy(store.changes, {
      get: (target, method: 'since') => {
        if (method === 'since') reads += 1;
        return target[method].bind(target);
      },
    });
    const { app, open } = await listen(t, { ...store, changes });
    const [me, other] = [aCaller(app), aCaller(app)];
    const mine = await Promise.all([open(me), open(me), open(me)]);
    const theirs = await open(other);
    for (const stream of [...mine, theirs]) await stream.next();
    const operations = Array.from({ length: 100 }, (_, n) => ({ op: 'create', title: `n ${n}` }));
    await me.call('POST', '/api/tasks/batch', { operations });
    for (const stream of mine)
      for (let n = 0; n < 100; n += 1) t.match(await stream.nextChange(), { row: { title: `n ${n}` } });
    t.ok(reads <= 3, `${reads} reads for three streams`);
    await other.call('POST', '/api/tasks', { title: 'theirs' });
    t.match(await theirs.nextChange(), { row: { title: 'theirs', user_id: other.userId } });
  });
}

t.test('a cursor that the log does not reach is a reset', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t));
  const [me, other] = [aCaller(app), aCaller(app)];
  for (const one of [me, other]) await one.call('POST', '/api/tasks', { title: 'milk' });
  const theirs = (await (await open(other)).next())?.id as string;
  for (const cursor of ['nonsense', theirs, 'x'.repeat(5_000)]) {
    const headers: Record<string, string> = cursor.length < 1_000 ? { 'last-event-id': cursor } : {};
    const stream = await open(me, { url: `/api/tasks/events?since=${cursor}`, headers });
    t.equal(stream.status, 200);
    const events = await stream.rest();
    t.match(events, [{ event: 'reset', id: '', data: /start again without `since`/ }], 'and then it ends');
  }
  const empty = await open(me, { headers: { 'last-event-id': '' } });
  t.match((await empty.next())?.id, /./, 'an empty id is none');
});

t.test('who has no valid token gets no stream', async (t) => {
  const { app, base, open } = await listen(t, await stores.memory(t));
  const [me, other] = [aCaller(app), aCaller(app)];
  t.equal((await open(me, { token: 'nonsense' })).status, 401);
  t.equal((await openEvents(t, `${base}/api/tasks/events`, {})).status, 401);
  const foreign = await open(me, { url: `${other.bare}/events` });
  t.equal(foreign.status, 403);
  t.match(JSON.parse(await foreign.text()), { code: 'auth/wrong-user', status: 403 });
  const post = await open(me, { url: '/api/tasks/events?limit=3' });
  t.equal(post.status, 422);
  t.match(JSON.parse(await post.text()), { success: false, errors: [{ field: 'limit' }] });
});

t.test('a page of a listed origin reads it, also by cookie', async (t) => {
  const store = await stores.memory(t);
  const auth = {
    secret: { value: 'a secret of the tests, which is 40 bytes', algorithms: ['HS256'] },
    cookie: 'session',
  };
  const { app, base } = await listen(t, store, {
    auth: { ...auth, policy: { issuers: [], audiences: [], maxAgeSeconds: 604_800 } },
  });
  const me = aCaller(app);
  const url = `${base}/api/tasks/events`;
  const cookie = `session=${me.token}`;
  const listed = await openEvents(t, url, { cookie, origin });
  t.equal(listed.status, 200);
  t.match(listed.headers, { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
  const foreign = await openEvents(t, url, { cookie, origin: 'https://evil.example' });
  t.equal(foreign.headers['access-control-allow-origin'], undefined, 'as for any other read');
});

t.test('HEAD says what a GET would, and opens no stream', async (t) => {
  const { app } = await listen(t, await stores.memory(t), { maxStreams: 0 });
  const me = aCaller(app);
  const { statusCode, headers, body } = await me.call('HEAD', '/api/tasks/events');
  t.equal(statusCode, 200);
  t.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
  t.equal(headers['content-length'], undefined);
  t.equal(body, '');
  t.equal((await app.inject({ method: 'HEAD', url: '/api/tasks/events' })).statusCode, 401);
});

t.test('a seventh stream of one user waits; a closed one makes room', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t), { maxStreams: 8 });
  const [me, other] = [aCaller(app), aCaller(app)];
  const six = await Promise.all(Array.from({ length: 6 }, () => open(me)));
  t.strictSame(
    six.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200],
  );
  const seventh = await open(me);
  t.equal(seventh.status, 429);
  t.match(seventh.headers['retry-after'], /^\d+$/);
  t.match(JSON.parse(await seventh.text()), { code: 'rate/limited', error: /6 event streams.*Close one/ });
  t.equal((await open(me, { url: `${me.bare}/events` })).status, 429, 'both styles together');
  t.equal((await open(other)).status, 200);
  t.equal((await open(other)).status, 200);
  const beyondAll = await open(other);
  t.equal(beyondAll.status, 503);
  t.match(JSON.parse(await beyondAll.text()), { code: 'server/overloaded' });
  six[0]?.cut();
  let status = 0;
  for (let n = 0; n < 500 && status !== 200; n += 1) ({ status } = await open(me));
  t.equal(status, 200);
});

t.test('streams hold no place among requests in flight', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t), { maxInFlight: 2, maxInFlightOfOne: 2 });
  const me = aCaller(app);
  for (let n = 0; n < 6; n += 1) t.equal((await open(me)).status, 200);
  t.equal((await me.call('GET', '/api/tasks')).statusCode, 200);
});

t.test('a stream ends with its token', async (t) => {
  const { app, open } = await listen(t, await stores.memory(t));
  const me = aCaller(app, aUser());
  // Tokens are accepted for another minute, because clocks differ.
  for (const claimsAt of [
    (now: number) => ({ exp: now - 58 }),
    (now: number) => ({ exp: now + 3_600, iat: now - 604_800 - 58 }),
  ]) {
    const now = Math.floor(Date.now() / 1_000);
    const token = aToken({ sub: me.userId, ...claimsAt(now) });
    const stream = await open(me, { token });
    t.equal(stream.status, 200);
    await stream.next();
    t.match(await stream.rest(), [{ event: 'expired', data: /new one/ }]);
    t.ok(Date.now() / 1_000 >= now + 2, 'not before');
    t.equal((await open(me, { token })).status, 401, 'and the old token does not open another one');
  }
});

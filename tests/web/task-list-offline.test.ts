import { makeMemoryStore } from '@taskward/client';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi, refused } from '../support/http/typed-client.ts';
import { aWindow, type Fetch, keyOf, titlesOf } from './windows.ts';

const api = await aListeningApi(t);

t.test('what is done offline is kept, and sent when the network is back', async (t) => {
  const me = aCaller(api.app);
  const store = makeMemoryStore();
  const one = await aWindow(t, api, me, { store });
  for (const title of ['a', 'b', 'c']) await one.list.add({ title });
  await one.until(({ unsent, isLoading }) => unsent === 0 && !isLoading);
  one.network.set(false);
  t.equal(one.list.state().connection, 'offline');
  await one.list.update(keyOf(one.list, 'a'), { title: 'aa' });
  await one.list.remove(keyOf(one.list, 'b'));
  await one.list.add({ title: 'd' });
  t.strictSame(titlesOf(one.list), ['aa', 'c', 'd']);
  t.equal(one.list.state().unsent, 3);
  one.list.close();

  const again = await aWindow(t, api, me, { store, isOnline: false });
  t.strictSame(titlesOf(again.list), ['aa', 'c', 'd'], 'also after the page was closed');
  await again.client.create({ title: 'x' }).then(
    () => t.fail('there is a network'),
    () => {},
  );
  const other = await aWindow(t, api, me);
  await other.list.add({ title: 'e' });
  await other.until(({ tasks, unsent }) => tasks.length === 4 && unsent === 0);
  again.network.set(true);
  await again.until(({ unsent, connection, tasks }) => unsent === 0 && connection === 'online' && tasks.length === 4);
  await other.until(({ tasks }) => tasks.some(({ title }) => title === 'd') && tasks.length === 4);
  t.strictSame(titlesOf(again.list), titlesOf(other.list));
  await other.list.add({ title: 'f' });
  await again.until(({ tasks }) => tasks.length === 5);
});

t.test('tabs share a copy, also offline', async (t) => {
  const me = aCaller(api.app);
  const store = makeMemoryStore();
  const one = await aWindow(t, api, me, { store });
  const other = await aWindow(t, api, me, { store });
  for (const tab of [one, other]) tab.network.set(false);
  await one.list.add({ title: 'a' });
  await other.until(({ tasks }) => tasks.length === 1);
  await other.list.update(keyOf(other.list, 'a'), { title: 'b' });
  await one.until(({ tasks, unsent }) => tasks[0]?.title === 'b' && unsent === 1);
  other.network.set(true);
  await one.until(({ unsent }) => unsent === 0);
  await other.list.remove(keyOf(other.list, 'b'));
  await one.until(({ tasks }) => tasks.length === 0);
  t.pass('they show the same');
});

t.test('a browser that takes itself for offline is not believed for ever', async (t) => {
  const me = aCaller(api.app);
  const { list, until } = await aWindow(t, api, me, { isOnline: false, isCut: false });
  t.equal(list.state().connection, 'offline');
  await list.add({ title: 'a' });
  await until(({ unsent, connection }) => unsent === 0 && connection === 'online');
});

t.test('a server that is gone comes back', async (t) => {
  const me = aCaller(api.app);
  let isGone = true;
  const fetch: Fetch = (url, init) =>
    isGone ? Promise.reject(new TypeError('fetch failed')) : globalThis.fetch(url, init);
  const { list, until } = await aWindow(t, api, me, { fetch });
  await list.add({ title: 'a' });
  await until(({ connection }) => connection === 'unreachable');
  t.match(list.state(), { error: undefined, unsent: 1, tasks: [{ title: 'a' }] });
  isGone = false;
  await until(({ connection, unsent }) => connection === 'online' && unsent === 0);
});

t.test('a rate limit is waited for', async (t) => {
  const me = aCaller(api.app);
  let count = 0;
  const fetch: Fetch = async (url, init) => {
    if (!url.endsWith('/batch')) return globalThis.fetch(url, init);
    count += 1;
    // Longer than the client waits itself.
    return count === 1 ? refused(429, 'rate/limited', {}, { 'retry-after': '1' }) : globalThis.fetch(url, init);
  };
  const { list, until } = await aWindow(t, api, me, { fetch, patience: 500 });
  await until(({ isLoading }) => !isLoading);
  const begin = performance.now();
  await list.add({ title: 'a' });
  await until(({ connection }) => connection === 'limited');
  await list.add({ title: 'b' });
  await list.refresh();
  t.equal(count, 1, 'nothing is sent meanwhile');
  await until(({ connection, unsent }) => connection === 'online' && unsent === 0);
  t.ok(performance.now() - begin >= 1000);
});

t.test('a server that refuses says why', async (t) => {
  const me = aCaller(api.app);
  let isRefused = true;
  const fetch: Fetch = async (url, init) => (isRefused ? refused(403, 'auth/wrong-user') : globalThis.fetch(url, init));
  const { list, until } = await aWindow(t, api, me, { fetch });
  await until(({ error }) => error !== undefined);
  t.match(list.state(), { error: 'This is auth/wrong-user.', connection: 'online' });
  isRefused = false;
  await until(({ error, isLoading }) => error === undefined && !isLoading);
});

t.test('a session that is over', async (t) => {
  const me = aCaller(api.app);
  let isOver = false;
  const fetch: Fetch = async (url, init) => (isOver ? refused(401, 'auth/invalid-token') : globalThis.fetch(url, init));
  const { list, until, signedOut } = await aWindow(t, api, me, { fetch });
  await until(({ isLoading }) => !isLoading);
  isOver = true;
  await list.add({ title: 'a' });
  await until(({ error }) => error !== undefined);
  t.match(signedOut, [{ code: 'auth/invalid-token' }]);
  await list.refresh();
  t.equal(signedOut.length, 1, 'it is told once');
  t.match(list.state(), { unsent: 1, tasks: [{ title: 'a' }] }, 'nothing is lost');
});

t.test('a conflict is decided', async (t) => {
  const me = aCaller(api.app);
  const one = await aWindow(t, api, me);
  const other = await aWindow(t, api, me);
  for (const title of ['a', 'b']) await one.list.add({ title });
  await other.until(({ tasks }) => tasks.length === 2);
  await one.until(({ unsent }) => unsent === 0);
  one.network.set(false);
  await one.list.update(keyOf(one.list, 'a'), { title: 'mine' });
  await one.list.update(keyOf(one.list, 'b'), { title: 'my b' });
  await other.list.update(keyOf(other.list, 'a'), { title: 'theirs' });
  await other.list.update(keyOf(other.list, 'b'), { title: 'their b' });
  await other.until(({ unsent }) => unsent === 0);
  one.network.set(true);
  await one.until(({ conflicts }) => conflicts.length === 2);
  const [first, second] = one.list.state().conflicts;
  t.match(first, { field: 'title', mine: 'mine', theirs: 'theirs' });
  t.strictSame(titlesOf(one.list), ['mine', 'my b']);
  if (first !== undefined) await one.list.resolve(first, 'mine');
  if (second !== undefined) await one.list.resolve(second, 'theirs');
  await one.until(({ conflicts, unsent }) => conflicts.length === 0 && unsent === 0);
  await other.until(({ tasks }) => tasks[0]?.title === 'mine');
  t.strictSame(titlesOf(one.list), ['mine', 'their b']);
});

t.test('an edit that the server rejects is told, and mended', async (t) => {
  const me = aCaller(api.app);
  const { list, until } = await aWindow(t, api, me);
  await list.add({ title: 'a' });
  await until(({ unsent }) => unsent === 0);
  const key = keyOf(list, 'a');
  await list.update(key, { title: ' ' });
  await until(({ rejected }) => rejected.length === 1);
  t.match(list.state(), {
    rejected: [{ task: { key, title: ' ' }, error: { code: 'request/invalid' } }],
    notice: { kind: 'failed', text: /title must not be empty/ },
  });
  await list.update(key, { title: 'b' });
  t.strictSame(list.state().rejected, []);
  await until(({ unsent }) => unsent === 0);
  await list.update(key, { title: ' ' });
  await until(({ rejected }) => rejected.length === 1);
  await list.discard(key);
  t.match(list.state(), { tasks: [{ title: 'b', isPending: false }], rejected: [] });
});

import { makeMemoryStore, type Task } from '@taskward/client';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi, cutOff, refused } from '../support/http/typed-client.ts';
import { aDevice, type Fetch, shortly, titles } from './devices.ts';

const api = await aListeningApi(t);

t.test('a copy is read and changed offline, and sent in one request', async (t) => {
  const me = aCaller(api.app);
  const { tasks, sent, client } = aDevice(api, me);
  const milk = await tasks.create({ title: 'Buy milk' });
  t.match(milk, { id: milk.key, title: 'Buy milk', description: null, completed: false, isPending: true, revision: 0 });
  t.ok(milk.key < 0);
  const bread = await tasks.create({ title: 'Buy bread', description: 'rye' });
  await tasks.update(milk.key, { title: 'Buy oat milk' });
  t.match(await tasks.complete(milk.key), { title: 'Buy oat milk', completed: true });
  await tasks.remove(bread.key);
  t.strictSame(await titles(tasks), ['Buy oat milk']);
  t.strictSame(sent, [], 'nothing is sent');

  t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
  t.strictSame(sent, ['POST /batch', 'GET /changes']);
  const after = await tasks.get(milk.key);
  t.match(after, { key: milk.key, id: 1, title: 'Buy oat milk', completed: true, isPending: false, revision: 1 });
  t.strictSame(await tasks.get(1), after, 'known by its id, too');
  t.strictSame(await tasks.list(), [after]);
  t.match(await client.get(1), { title: 'Buy oat milk', completed: true });

  sent.length = 0;
  await tasks.update(milk.key, { description: 'two litres' });
  t.match(await tasks.update(milk.key, { description: null }), { isPending: false }, 'back is nothing to send');
  await tasks.sync();
  t.strictSame(sent, ['GET /changes']);
  await tasks.remove(milk.key);
  await tasks.sync();
  await t.rejects(client.get(1), { code: 'task/not-found' });
  t.equal(await tasks.get(milk.key), undefined);
});

t.test('an edit that the server rejects is kept until it is mended', async (t) => {
  const { tasks, sent, client } = aDevice(api, aCaller(api.app));
  const bad = await tasks.create({ title: ' ' });
  const long = await tasks.create({ title: 'long', description: 'x'.repeat(100_000) });
  const good = await tasks.create({ title: 'good' });
  const { rejected, conflicts } = await tasks.sync();
  t.strictSame(conflicts, []);
  t.match(
    rejected.map(({ task, error }) => [task.key, error.code]),
    [
      [bad.key, 'request/invalid'],
      [long.key, 'request/too-large'],
    ],
  );
  t.match((await tasks.get(good.key))?.id, 1);
  sent.length = 0;
  t.strictSame((await tasks.sync()).rejected, rejected);
  t.strictSame(sent, ['GET /changes'], 'and it is not sent again');
  await tasks.update(bad.key, { title: 'better' });
  await tasks.discard(long.key);
  t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
  t.strictSame(await titles(tasks), ['better', 'good']);
  await tasks.update(good.key, { title: '' });
  t.equal((await tasks.sync()).rejected.length, 1);
  await tasks.discard(good.key);
  t.match(await tasks.get(good.key), { title: 'good', isPending: false });
  t.equal((await client.list()).tasks.length, 2);
});

t.test('a response that is lost is asked for again, also by the next page, and nothing is done twice', async (t) => {
  const me = aCaller(api.app);
  let isDown = false;
  let lost = 0;
  const fetch: Fetch = async (url, init) => {
    if (isDown && lost > 0) throw cutOff();
    const response = await globalThis.fetch(url, init);
    if (!isDown || !url.endsWith('/batch')) return response;
    lost += 1;
    throw cutOff();
  };
  const { tasks, store } = aDevice(api, me, { fetch });
  const kept = await tasks.create({ title: 'kept' });
  const edited = await tasks.create({ title: 'edited' });
  await tasks.sync();
  const created = await tasks.create({ title: 'created' });
  const dropped = await tasks.create({ title: 'dropped' });
  await tasks.update(edited.key, { title: 'edited once' });
  await tasks.remove(kept.key);
  isDown = true;
  await t.rejects(tasks.sync(), { code: 'client/unreachable' });
  t.equal(lost, 1, 'it was done');

  // Meanwhile it is edited on, and the page is closed.
  await tasks.update(created.key, { title: 'created, then edited' });
  await tasks.update(edited.key, { title: 'edited twice', completed: true });
  await tasks.remove(dropped.key);
  isDown = false;
  const reopened = aDevice(api, me, { store });
  t.strictSame(await reopened.tasks.sync(), { conflicts: [], rejected: [] });
  t.strictSame(await titles(reopened.tasks), ['created, then edited', 'edited twice']);
  t.match(await reopened.client.list({ sort: 'title' }), {
    tasks: [{ title: 'created, then edited' }, { title: 'edited twice', completed: true }],
  });
  t.equal((await reopened.client.trash()).tasks.length, 2);
});

t.test('a cursor that is gone, in the middle · what is not sent is kept, and all is read anew', async (t) => {
  const me = aCaller(api.app);
  let isGone = false;
  const fetch: Fetch = async (url, init) => {
    if (!isGone || !url.includes('since=')) return globalThis.fetch(url, init);
    isGone = false;
    return refused(410, 'changes/gone');
  };
  const { tasks, client, sent } = aDevice(api, me, { fetch });
  for (const title of ['a', 'b', 'c', 'd']) await client.create({ title });
  await tasks.sync();
  await client.remove(1);
  await client.remove(2);
  await client.update(3, { title: 'cc' });
  await tasks.update(2, { title: 'bb' });
  await tasks.update(3, { title: 'mine' });
  await tasks.update(4, { completed: true });
  await tasks.create({ title: 'e' });
  isGone = true;
  sent.length = 0;
  const { conflicts } = await tasks.sync();
  t.strictSame(sent.slice(0, 3), ['POST /batch', 'GET /changes', 'POST /batch'], 'what is not sent comes first');
  t.strictSame(shortly(conflicts), [
    { title: 'bb', field: 'deleted', mine: false, theirs: true },
    { title: 'mine', field: 'title', mine: 'mine', theirs: 'cc' },
  ]);
  t.strictSame(await titles(tasks), ['bb', 'd', 'e', 'mine'], 'and the task that went without an edit is gone');
  for (const conflict of conflicts) await tasks.resolve(conflict, 'mine');
  t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
  t.strictSame(
    (await client.list({ sort: 'title' })).tasks.map(({ title }) => title),
    ['bb', 'd', 'e', 'mine'],
  );
});

t.test('many edits go out in as many requests as they need', async (t) => {
  const { tasks, sent, client } = aDevice(api, aCaller(api.app));
  for (let n = 0; n < 120; n += 1)
    await tasks.create({ title: `n ${n}`, description: n < 60 ? 'é'.repeat(1000) : null });
  await tasks.sync();
  t.ok(sent.filter((one) => one === 'POST /batch').length <= 5);
  t.equal((await client.list({ count: true })).total, 120);
  t.ok((await tasks.list()).every(({ isPending }) => !isPending));
});

t.test('the copy of another user is neither sent nor read', async (t) => {
  const store = makeMemoryStore();
  const mine = aDevice(api, aCaller(api.app), { store });
  await mine.tasks.create({ title: 'mine' });
  await mine.tasks.sync();
  await mine.tasks.create({ title: 'not sent' });
  const theirs = aDevice(api, aCaller(api.app), { store });
  await t.rejects(theirs.tasks.sync(), { code: 'client/other-user', message: /another user/ });
  t.strictSame(theirs.sent, []);
});

t.test('pages that share a store, and what they hear of it', async (t) => {
  const me = aCaller(api.app);
  const store = makeMemoryStore();
  const [one, two] = [aDevice(api, me, { store }), aDevice(api, me, { store })];
  let heard = 0;
  const changed = new Set<number>();
  const stop = two.tasks.watch((keys = []) => {
    heard += 1;
    for (const key of keys) changed.add(key);
  });
  const [a, b] = await Promise.all([one.tasks.create({ title: 'a' }), two.tasks.create({ title: 'b' })]);
  t.not(a.key, b.key);
  await Promise.all([one.tasks.sync(), two.tasks.sync(), one.tasks.sync(), one.tasks.sync()]);
  t.equal((await one.client.list()).tasks.length, 2);
  t.strictSame(await two.tasks.list(), await one.tasks.list());
  while (heard < 3 || changed.size < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  t.strictSame([...changed].sort(), [a.key, b.key].sort(), 'which tasks, by the keys that they have here');
  const [{ id }] = (await one.client.list({ search: 'a' })).tasks as [Task];
  changed.clear();
  await one.client.remove(id);
  await one.tasks.sync();
  while (changed.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  t.strictSame([...changed], [a.key], 'also of one that was deleted elsewhere');
  stop();
  const before = heard;
  await two.tasks.create({ title: 'c' });
  t.equal(heard, before);
});

t.test('a task that the copy does not have', async (t) => {
  const { tasks } = aDevice(api, aCaller(api.app));
  const calls: (() => Promise<unknown>)[] = [
    () => tasks.update(9, { title: 'x' }),
    () => tasks.complete(9),
    () => tasks.remove(9),
  ];
  for (const work of calls) {
    await t.rejects(work(), { name: 'TaskwardError', code: 'task/not-found', status: 0, message: /no task 9/ });
  }
  t.equal(await tasks.get(9), undefined);
});

t.test('a signal ends it', async (t) => {
  const { tasks } = aDevice(api, aCaller(api.app));
  await t.rejects(tasks.sync({ signal: AbortSignal.abort(new Error('left')) }), { message: 'left' });
  t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
});

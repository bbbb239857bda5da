import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi } from '../support/http/typed-client.ts';
import { aWindow, type Fetch, keyOf, titlesOf } from './windows.ts';

const api = await aListeningApi(t);

const withTasks = async (t: Parameters<typeof aWindow>[0], ...titles: string[]) => {
  const me = aCaller(api.app);
  const made = await aWindow(t, api, me);
  for (const title of titles) await made.list.add({ title });
  await made.until(({ unsent, tasks }) => unsent === 0 && tasks.length === titles.length);
  const other = await aWindow(t, api, me);
  await other.until(({ tasks }) => tasks.length === titles.length);
  return { ...made, me, other };
};

t.test('a deletion is undone after it was sent', async (t) => {
  const { list, until, other } = await withTasks(t, 'a', 'b');
  await list.remove(keyOf(list, 'a'));
  t.match(list.state().notice, { kind: 'done', text: '“a” is deleted.' });
  await other.until(({ tasks }) => tasks.length === 1);
  await list.state().notice?.undo?.();
  await until(({ tasks }) => tasks.length === 2);
  t.equal(list.state().notice, undefined);
  await other.until(({ tasks }) => tasks.length === 2);
  t.strictSame(titlesOf(other.list), ['a', 'b'], 'it is where it was');
  t.match(other.list.state().tasks[0], { id: 1 }, 'and the same task');
});

t.test('a deletion is undone before it is sent, with what was not sent either', async (t) => {
  const { list, until, other, network } = await withTasks(t, 'a');
  network.set(false);
  await list.update(keyOf(list, 'a'), { title: 'aa', tags: ['home'] });
  await list.add({ title: 'new', priority: 'high' });
  await list.remove(keyOf(list, 'aa'));
  t.equal(list.state().unsent, 2);
  await list.state().notice?.undo?.();
  t.match(list.state(), { unsent: 2, tasks: [{ title: 'aa', tags: ['home'], isPending: true }, {}] });
  await list.remove(keyOf(list, 'new'));
  t.strictSame(titlesOf(list), ['aa']);
  await list.state().notice?.undo?.();
  t.match(list.state().tasks, [{}, { title: 'new', priority: 'high', isPending: true }]);
  network.set(true);
  await until(({ unsent }) => unsent === 0);
  await other.until(({ tasks }) => tasks.length === 2);
  t.strictSame(titlesOf(other.list), ['aa', 'new']);
});

t.test('a deletion is undone whose response was lost', async (t) => {
  const me = aCaller(api.app);
  let isLossy = false;
  const fetch: Fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    if (isLossy && url.endsWith('/batch')) throw new TypeError('fetch failed');
    return response;
  };
  const { list, until, client } = await aWindow(t, api, me, { fetch });
  await list.add({ title: 'a' });
  await until(({ unsent, tasks }) => unsent === 0 && tasks.length === 1);
  isLossy = true;
  await list.remove(keyOf(list, 'a'));
  await until(({ connection }) => connection === 'unreachable');
  await t.rejects(client.get(1), { code: 'task/not-found' });
  await list.state().notice?.undo?.();
  t.strictSame(titlesOf(list), ['a'], 'it shows at once');
  isLossy = false;
  const isThere = async () => {
    const tasks = (await client.list()).tasks;
    return tasks.length === 1 && list.state().unsent === 0 && list.state().tasks.length === 1;
  };
  while (!(await isThere())) await list.refresh();
  t.strictSame(titlesOf(list), ['a'], 'and is restored when it turns out that it was deleted');
});

t.test('a change and a completion are undone', async (t) => {
  const { list, until, other } = await withTasks(t, 'a');
  const key = keyOf(list, 'a');
  await list.update(key, { title: 'b', add_tags: ['home'], due_date: '2036-12-01' });
  t.match(list.state().notice, { text: '“a” is changed.' });
  await other.until(({ tasks }) => tasks[0]?.title === 'b');
  await list.state().notice?.undo?.();
  await other.until(({ tasks }) => tasks[0]?.title === 'a');
  t.match(other.list.state().tasks, [{ tags: [], due_date: null }]);
  await list.setCompleted(key, true);
  t.match(list.state().notice, { text: '“a” is done.' });
  await other.until(({ tasks }) => tasks[0]?.completed === true);
  await list.state().notice?.undo?.();
  await other.until(({ tasks }) => tasks[0]?.completed === false);
  await until(({ unsent }) => unsent === 0);
});

t.test('the completion of an occurrence is undone, sent or not', async (t) => {
  const { list, until, other, network, client } = await withTasks(t, 'a');
  const key = keyOf(list, 'a');
  await list.update(key, { due_date: '2036-12-01', repeat: 'daily' });
  await other.until(({ tasks }) => tasks[0]?.due_date === '2036-12-01');
  await list.setCompleted(key, true);
  await until(({ tasks }) => tasks[0]?.due_date === '2036-12-02');
  await list.state().notice?.undo?.();
  await until(({ tasks }) => tasks[0]?.due_date === '2036-12-01');
  t.match(list.state().tasks, [{ completed: false }]);
  network.set(false);
  await list.setCompleted(key, true);
  t.match(list.state().tasks, [{ completed: true, due_date: '2036-12-01' }]);
  await list.state().notice?.undo?.();
  t.match(list.state(), { unsent: 0, tasks: [{ completed: false, due_date: '2036-12-01' }] });
  network.set(true);
  await until(({ connection }) => connection === 'online');
  t.match(await client.get(1), { completed: false, due_date: '2036-12-01' });
});

t.test('a task is moved, at once, also one that is not sent yet', async (t) => {
  const { list, until, other } = await withTasks(t, 'a', 'b', 'c');
  const key = (title: string) => keyOf(list, title);
  const moves = [
    [() => list.move(key('c'), { before: key('b') }), ['a', 'c', 'b']],
    [() => list.move(key('a'), { after: key('c') }), ['c', 'a', 'b']],
    [() => list.move(key('c'), { to: 'bottom' }), ['a', 'b', 'c']],
    [() => list.move(key('b'), { to: 'top' }), ['b', 'a', 'c']],
    [() => list.move(key('b'), { after: key('c') }), ['a', 'c', 'b']],
    [() => list.move(key('b'), { before: key('a') }), ['b', 'a', 'c']],
  ] as const;
  for (const [move, expected] of moves) {
    const moved = move();
    t.strictSame(titlesOf(list), expected, 'at once');
    await moved;
    t.strictSame(titlesOf(list), expected);
  }
  await other.until(({ tasks }) => tasks[0]?.title === 'b');
  const added = list.add({ title: 'd' });
  await until(({ tasks }) => tasks.length === 4);
  await list.move(key('d'), { to: 'top' });
  await added;
  t.strictSame(titlesOf(list), ['d', 'b', 'a', 'c']);
  await other.until(({ tasks }) => tasks[0]?.title === 'd');
});

t.test('a move that fails', async (t) => {
  const { list, network } = await withTasks(t, 'a', 'b');
  network.set(false);
  await list.move(keyOf(list, 'b'), { to: 'top' });
  t.match(list.state(), {
    tasks: [{ title: 'a' }, { title: 'b' }],
    notice: { kind: 'failed', text: /cannot be reached/ },
  });
  await list.add({ title: 'c' });
  await list.move(keyOf(list, 'c'), { to: 'top' });
  t.match(list.state().notice, { kind: 'failed', text: /is not sent yet/ });
});

t.test('a task that is deleted while it is being moved', async (t) => {
  const me = aCaller(api.app);
  const released = Promise.withResolvers<void>();
  const fetch: Fetch = async (url, init) => {
    if (url.endsWith('/move')) await released.promise;
    return globalThis.fetch(url, init);
  };
  const { list, until, client } = await aWindow(t, api, me, { fetch });
  for (const title of ['a', 'b']) await list.add({ title });
  await until(({ unsent, tasks }) => unsent === 0 && tasks.length === 2);
  const moving = list.move(keyOf(list, 'b'), { to: 'top' });
  await list.remove(keyOf(list, 'b'));
  await until(({ unsent }) => unsent === 0);
  released.resolve();
  await moving;
  t.match(list.state().notice, { kind: 'done', text: '“b” is deleted.' }, 'that it was not moved is nothing to tell');
  await list.state().notice?.undo?.();
  await until(({ tasks }) => tasks.length === 2);
  t.strictSame(
    (await client.list({ sort: 'position' })).tasks.map(({ title }) => title),
    ['a', 'b'],
  );
});

t.test('the trash, and the history', async (t) => {
  const { list, until } = await withTasks(t, 'a', 'b', 'c');
  const key = keyOf(list, 'a');
  await list.update(key, { title: 'aa' });
  await until(({ unsent }) => unsent === 0);
  const [change, creation] = await list.history(key);
  t.match(change, { kind: 'updated', changed: { title: ['a', 'aa'] } });
  t.match(creation, { kind: 'created' });
  await list.undo(change?.revision ?? 0);
  await until(({ tasks }) => tasks[0]?.title === 'a');
  t.match(list.state().notice, { kind: 'done', text: 'The change is taken back.' });
  await list.undo(change?.revision ?? 0);
  t.match(list.state().notice, { kind: 'failed' });

  for (const title of ['a', 'b', 'c']) await list.remove(keyOf(list, title));
  await until(({ unsent }) => unsent === 0);
  const trash = await list.trash();
  t.strictSame(trash.map(({ title }) => title).sort(), ['a', 'b', 'c']);
  const [first, second] = trash;
  if (first === undefined || second === undefined) throw new Error('the trash is empty');
  await list.restore(first);
  t.match(list.state().notice, { kind: 'done', text: `“${first.title}” is restored.` });
  await until(({ tasks }) => tasks.length === 1);
  await list.purge(second);
  t.equal((await list.trash()).length, 1);
  await list.purge();
  t.strictSame(await list.trash(), []);
  await list.restore(second);
  t.match(list.state().notice, { kind: 'failed' });
});

t.test('settings are changed, and with them when tasks are due', async (t) => {
  const { list, until } = await withTasks(t, 'a');
  await list.update(keyOf(list, 'a'), { due_date: '2036-12-01' });
  await until(({ tasks }) => typeof tasks[0]?.due_at === 'string');
  await list.changeSettings({ time_zone: 'Asia/Tokyo' });
  t.equal(list.state().settings.time_zone, 'Asia/Tokyo');
  await until(({ tasks }) => tasks[0]?.due_at === '2036-12-01T14:59:59.999Z');
  await list.changeSettings({ time_zone: 'Nowhere' });
  t.match(list.state(), {
    settings: { time_zone: 'Asia/Tokyo' },
    notice: { kind: 'failed', text: /time_zone must be/ },
  });
});

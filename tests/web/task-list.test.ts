import { makeMemoryStore } from '@taskward/client';
import t from 'tap';
import { anInstant } from '../support/builders.ts';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi } from '../support/http/typed-client.ts';
import { remind } from '../support/reminders.ts';
import { aWindow, type Fetch, keyOf, titlesOf } from './windows.ts';

const api = await aListeningApi(t);

t.test('two windows see each other’s changes', async (t) => {
  const me = aCaller(api.app);
  const one = await aWindow(t, api, me);
  const other = await aWindow(t, api, me);
  await one.list.add({ title: 'Buy milk' });
  t.match(one.list.state(), { tasks: [{ title: 'Buy milk', isPending: true }], unsent: 1 }, 'at once');
  await other.until(({ tasks }) => tasks[0]?.title === 'Buy milk');
  await other.list.update(keyOf(other.list, 'Buy milk'), { title: 'Buy oat milk' });
  await one.until(({ tasks }) => tasks[0]?.title === 'Buy oat milk');
  await one.until(({ unsent }) => unsent === 0);
  await one.list.setCompleted(keyOf(one.list, 'Buy oat milk'), true);
  await other.until(({ tasks }) => tasks[0]?.completed === true);
  t.match(other.list.state().counts, { all: 1, pending: 0 });
  await other.list.remove(keyOf(other.list, 'Buy oat milk'));
  t.strictSame(other.list.state().tasks, []);
  await one.until(({ tasks }) => tasks.length === 0);
});

t.test('a change shows before it is in the copy', async (t) => {
  const me = aCaller(api.app);
  const { list, until } = await aWindow(t, api, me);
  await list.add({ title: 'Buy milk' });
  await until(({ unsent }) => unsent === 0);
  const key = keyOf(list, 'Buy milk');
  const edited = list.update(key, { title: 'Buy oat milk', due_date: '2036-12-01' });
  t.match(list.state().tasks, [{ title: 'Buy oat milk', due_date: '2036-12-01', due_at: null, isPending: true }]);
  await edited;
  const done = list.setCompleted(key, true);
  t.match(list.state().tasks, [{ completed: true }]);
  await done;
  const removed = list.remove(key);
  t.strictSame(list.state().tasks, []);
  await removed;
  await list.refresh();
  t.strictSame(list.state().tasks, []);
});

t.test('what a window has sent itself is not read again', async (t) => {
  const asked: string[] = [];
  const fetch: Fetch = (url, init) => {
    asked.push(`${init.method} ${url.slice(url.indexOf('/api/tasks') + '/api/tasks'.length)}`.replace(/\?.*/, ''));
    return globalThis.fetch(url, init);
  };
  const me = aCaller(api.app);
  const { list, until } = await aWindow(t, api, me, { fetch });
  const other = await aWindow(t, api, me);
  await list.add({ title: 'a' });
  await until(({ unsent }) => unsent === 0);
  await other.until(({ tasks }) => tasks.length === 1);
  const edits = 6;
  asked.length = 0;
  for (let count = 1; count <= edits; count += 1) {
    await list.update(keyOf(list, 'a'), { description: `${count}` });
    // It comes back to this window at about the time at which it comes to the other one.
    await other.until(({ tasks }) => tasks[0]?.description === `${count}`);
  }
  await until(({ unsent }) => unsent === 0);
  const count = (call: string) => asked.filter((one) => one === call).length;
  t.equal(count('POST /batch'), edits);
  t.ok(count('GET /changes') < 1.5 * edits, `${count('GET /changes')} looks at the changes`);
});

t.test('a list is read again from the copy', async (t) => {
  const me = aCaller(api.app);
  const store = makeMemoryStore();
  const one = await aWindow(t, api, me, { store });
  await one.client.changeSettings({ time_zone: 'Asia/Tokyo' });
  await one.list.add({ title: 'Buy milk' });
  await one.list.changeSettings({ week_starts_on: 'sunday' });
  await one.until(({ unsent, isLoading }) => unsent === 0 && !isLoading);
  one.list.close();
  const again = await aWindow(t, api, me, { store, isOnline: false });
  t.strictSame(titlesOf(again.list), ['Buy milk']);
  t.match(again.list.state(), {
    isLoading: false,
    connection: 'offline',
    settings: { time_zone: 'Asia/Tokyo', week_starts_on: 'sunday' },
  });
});

t.test('the first page is shown while all tasks are read, and can be edited', async (t) => {
  const me = aCaller(api.app);
  const writer = await aWindow(t, api, me);
  for (const title of ['a', 'b']) await writer.client.create({ title });
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const fetch: Fetch = async (url, init) => {
    if (url.includes('/changes')) await held;
    return globalThis.fetch(url, init);
  };
  const { list, until } = await aWindow(t, api, me, { fetch });
  t.match(list.state(), { isLoading: true, tasks: [] });
  await until(({ tasks }) => tasks.length === 2);
  t.match(list.state(), { isLoading: false, tasks: [{ title: 'a' }, { title: 'b' }] });
  const edited = list.update(keyOf(list, 'a'), { title: 'aa' });
  t.strictSame(titlesOf(list), ['aa', 'b']);
  go();
  await edited;
  t.strictSame(titlesOf(list), ['aa', 'b']);
  await writer.until(({ tasks }) => tasks[0]?.title === 'aa');
});

t.test('an empty list is not loading', async (t) => {
  const { list, until } = await aWindow(t, api, aCaller(api.app));
  t.equal(list.state().isLoading, true);
  await until(({ isLoading }) => !isLoading);
  t.strictSame(list.state().tasks, []);
});

t.test('a reminder comes due', async (t) => {
  const me = aCaller(api.app);
  const { list, until, client } = await aWindow(t, api, me);
  await list.add({ title: 'Call' });
  await until(({ unsent }) => unsent === 0);
  const other = await aWindow(t, api, me);
  await other.until(({ tasks }) => tasks.length === 1);
  // The stream is open when it brings a change.
  await client.create({ title: 'b' });
  await until(({ tasks }) => tasks.length === 2);
  const at = anInstant('2036-12-01T09:00:00.000Z');
  await remind(api.tasks, me.userId, 1, { at, late: false });
  await until(({ reminders }) => reminders.length === 1);
  t.match(list.state().reminders, [{ task: { title: 'Call', key: keyOf(list, 'Call') }, at }]);
  list.dismissReminder(list.state().reminders[0]?.id ?? 0);
  t.strictSame(list.state().reminders, []);
});

t.test('a filter, and a new task that it hides', async (t) => {
  const { list } = await aWindow(t, api, aCaller(api.app));
  await list.add({ title: 'a', priority: 'high' });
  await list.add({ title: 'b', tags: ['Home'] });
  list.setFilter({ tag: 'home' });
  t.strictSame(titlesOf(list), ['b']);
  t.match(list.state(), { counts: { all: 2 }, tags: ['Home'], filter: { tag: 'home', sort: 'position' } });
  t.equal(list.state().notice, undefined);
  await list.add({ title: 'c' });
  t.match(list.state().notice, { text: '“c” is added. It is not among the tasks that are shown.' });
  list.dismissNotice();
  t.equal(list.state().notice, undefined);
});

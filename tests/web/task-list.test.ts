import { makeMemoryStore } from '@taskward/client';
import t from 'tap';
import { aListeningApi } from '../client/support.ts';
import { aCaller } from '../support/http/api.ts';
import { aWindow, titlesOf } from './windows.ts';

const api = await aListeningApi(t);

t.test('two windows see each other’s changes', async (t) => {
  const me = aCaller(api.app);
  const one = await aWindow(t, api, me);
  const other = await aWindow(t, api, me);
  await one.list.add({ title: 'Buy milk' });
  t.match(one.list.state().tasks, [{ title: 'Buy milk', isPending: true }], 'at once');
  await other.until(({ tasks }) => tasks[0]?.title === 'Buy milk');
  const [milk] = other.list.state().tasks;
  await other.list.update(milk?.key ?? 0, { title: 'Buy oat milk' });
  t.match(other.list.state().notice, { kind: 'done', text: '“Buy milk” is changed.' });
  await one.until(({ tasks }) => tasks[0]?.title === 'Buy oat milk');
  await one.until(({ unsent }) => unsent === 0);
  await one.list.setCompleted(one.list.state().tasks[0]?.key ?? 0, true);
  await other.until(({ tasks }) => tasks[0]?.completed === true);
  t.match(other.list.state().counts, { all: 1, pending: 0 });
  await other.list.remove(other.list.state().tasks[0]?.key ?? 0);
  t.strictSame(other.list.state().tasks, []);
  await one.until(({ tasks }) => tasks.length === 0);
});

t.test('a list is read again from the copy', async (t) => {
  const me = aCaller(api.app);
  const store = makeMemoryStore();
  const one = await aWindow(t, api, me, { store });
  await one.list.add({ title: 'Buy milk' });
  await one.until(({ unsent, isLoading }) => unsent === 0 && !isLoading);
  one.list.close();
  const again = await aWindow(t, api, me, { store, isOnline: false });
  t.strictSame(titlesOf(again.list), ['Buy milk']);
  t.match(again.list.state(), { isLoading: false, connection: 'offline' });
});

import type { Conflict } from '@taskward/client';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi } from '../support/http/typed-client.ts';
import { aDevice, type Fetch, shortly, titled, titles } from './devices.ts';

const api = await aListeningApi(t);

t.test('two devices edit offline and come back: nothing is lost, and conflicts are named', async (t) => {
  const me = aCaller(api.app);
  const [phone, laptop] = [aDevice(api, me), aDevice(api, me)];
  for (const title of ['both', 'same', 'title', 'deleted there', 'deleted here', 'deleted twice']) {
    await phone.tasks.create({ title });
  }
  await phone.tasks.sync();
  await laptop.tasks.sync();
  const onPhone = async (title: string, edit: object) =>
    phone.tasks.update((await titled(phone.tasks, title)).key, edit);
  const onLaptop = async (title: string, edit: object) =>
    laptop.tasks.update((await titled(laptop.tasks, title)).key, edit);

  await onPhone('both', { description: 'of the phone' });
  await onLaptop('both', { completed: true });
  await onPhone('same', { completed: true });
  await onLaptop('same', { completed: true });
  await onPhone('title', { title: 'title of the phone', completed: true });
  await onLaptop('title', { title: 'title of the laptop', description: 'of the laptop' });
  await phone.tasks.remove((await titled(phone.tasks, 'deleted there')).key);
  await onLaptop('deleted there', { description: 'still needed' });
  await onPhone('deleted here', { description: 'still needed' });
  await laptop.tasks.remove((await titled(laptop.tasks, 'deleted here')).key);
  for (const { tasks } of [phone, laptop]) await tasks.remove((await titled(tasks, 'deleted twice')).key);
  await phone.tasks.create({ title: 'new on the phone' });
  await laptop.tasks.create({ title: 'new on the laptop' });

  t.strictSame(await phone.tasks.sync(), { conflicts: [], rejected: [] }, 'it came first');
  const { conflicts, rejected } = await laptop.tasks.sync();
  t.strictSame(rejected, []);
  t.strictSame(shortly(conflicts), [
    { title: 'title of the laptop', field: 'title', mine: 'title of the laptop', theirs: 'title of the phone' },
    { title: 'deleted there', field: 'deleted', mine: false, theirs: true },
    { title: 'deleted here', field: 'deleted', mine: true, theirs: false },
  ]);
  t.match(await titled(laptop.tasks, 'both'), { description: 'of the phone', completed: true, isPending: false });
  const merged = await titled(laptop.tasks, 'title of the laptop');
  t.match(merged, { description: 'of the laptop', completed: true, isPending: true });
  t.match(await laptop.client.get(merged.id), { title: 'title of the phone', description: 'of the laptop' });
  t.strictSame(await laptop.tasks.conflicts(), conflicts, 'they stay until they are resolved');
  t.strictSame((await laptop.tasks.sync()).conflicts, conflicts);

  for (const conflict of conflicts) await laptop.tasks.resolve(conflict, 'mine');
  t.strictSame(await laptop.tasks.sync(), { conflicts: [], rejected: [] });
  await phone.tasks.sync();
  for (const { tasks } of [phone, laptop]) {
    t.strictSame(await titles(tasks), [
      ...['both', 'deleted there', 'new on the laptop', 'new on the phone', 'same', 'title of the laptop'],
    ]);
    t.match(await titled(tasks, 'deleted there'), { description: 'still needed', isPending: false });
  }
});

t.test('conflicts that are resolved their way', async (t) => {
  const me = aCaller(api.app);
  const [phone, laptop] = [aDevice(api, me), aDevice(api, me)];
  for (const title of ['title', 'deleted there', 'deleted here']) await phone.tasks.create({ title });
  await phone.tasks.sync();
  await laptop.tasks.sync();
  await phone.tasks.update((await titled(phone.tasks, 'title')).key, { title: 'theirs' });
  await phone.tasks.remove((await titled(phone.tasks, 'deleted there')).key);
  await phone.tasks.update((await titled(phone.tasks, 'deleted here')).key, { completed: true });
  await phone.tasks.sync();
  await laptop.tasks.update((await titled(laptop.tasks, 'title')).key, { title: 'mine' });
  await laptop.tasks.update((await titled(laptop.tasks, 'deleted there')).key, { title: 'x' });
  await laptop.tasks.remove((await titled(laptop.tasks, 'deleted here')).key);
  const { conflicts } = await laptop.tasks.sync();
  t.equal(conflicts.length, 3);
  for (const conflict of conflicts) await laptop.tasks.resolve(conflict, 'theirs');
  for (const conflict of conflicts) await laptop.tasks.resolve(conflict, 'mine');
  t.strictSame(await laptop.tasks.sync(), { conflicts: [], rejected: [] }, 'what is decided is no conflict any more');
  await phone.tasks.sync();
  for (const { tasks } of [phone, laptop]) {
    t.strictSame(await titles(tasks), ['deleted here', 'theirs']);
    t.equal((await titled(tasks, 'deleted here')).completed, true);
  }
});

t.test('a decision is about what was seen', async (t) => {
  const me = aCaller(api.app);
  const { tasks, client } = aDevice(api, me);
  await client.create({ title: 'a' });
  await client.create({ title: 'b' });
  await tasks.sync();
  await tasks.update(1, { title: 'mine' });
  await tasks.remove(2);
  for (const id of [1, 2]) await client.update(id, { title: 'theirs' });
  const first = await tasks.sync();
  for (const id of [1, 2]) await client.update(id, { title: 'theirs again' });
  await tasks.sync();
  for (const conflict of first.conflicts) await tasks.resolve(conflict, 'mine');
  const again = await tasks.sync();
  t.match(shortly(again.conflicts), [
    { field: 'title', theirs: 'theirs again' },
    { field: 'deleted', mine: true },
  ]);
});

t.test('a task that is gone for good is created once more', async (t) => {
  const { tasks, client } = aDevice(api, aCaller(api.app));
  const { id } = await client.create({ title: 'a', description: 'b' });
  await tasks.sync();
  await tasks.complete(id);
  await client.remove(id);
  await client.purgeTask(id);
  const { conflicts } = await tasks.sync();
  t.match(shortly(conflicts), [{ field: 'deleted', mine: false, theirs: true }]);
  await tasks.resolve(conflicts[0] as Conflict, 'mine');
  t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
  t.match(await client.list(), { tasks: [{ id: id + 1, title: 'a', description: 'b', completed: true }] });
  t.match(await tasks.list(), [{ id: id + 1, isPending: false }]);
});

for (const { what, change, back } of [
  { what: 'a completion', change: { completed: true }, back: { completed: false } },
  { what: 'a title', change: { title: 'other' }, back: { title: 'task' } },
  { what: 'a tag', change: { tags: ['added'] }, back: { tags: [] } },
  { what: 'metadata', change: { metadata: { color: 'red' } }, back: { metadata: { color: null } } },
]) {
  t.test(`${what} that is taken back while it is sent is taken back on the server, too`, async (t) => {
    let meanwhile = async () => {};
    const fetch: Fetch = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      if (url.endsWith('/batch')) await meanwhile();
      return response;
    };
    const { tasks, client } = aDevice(api, aCaller(api.app), { fetch });
    const { id } = await client.create({ title: 'task' });
    await tasks.sync();
    const before = await client.get(id);
    await tasks.update(id, change);
    meanwhile = async () => {
      meanwhile = async () => {};
      t.match(await tasks.update(id, back), { ...back, isPending: true });
    };
    t.strictSame(await tasks.sync(), { conflicts: [], rejected: [] });
    const { title, completed, tags, metadata } = await client.get(id);
    t.match(before, { title, completed, tags, metadata });
    t.match(await tasks.list(), [{ title, completed, tags, metadata, isPending: false }]);
  });
}

t.test('a task that was only moved, by a call or elsewhere, is deleted here without a question', async (t) => {
  const me = aCaller(api.app);
  const { tasks, client } = aDevice(api, me);
  for (const title of ['first', 'moved', 'moved and changed']) await tasks.create({ title });
  await tasks.sync();
  const [moved, changed] = [await titled(tasks, 'moved'), await titled(tasks, 'moved and changed')];
  await client.move(moved.id, { to: 'top' });
  await client.move(changed.id, { to: 'top' });
  await client.update(changed.id, { description: 'still needed' });
  await tasks.remove(moved.key);
  await tasks.remove(changed.key);
  const { conflicts } = await tasks.sync();
  t.strictSame(shortly(conflicts), [{ title: 'moved and changed', field: 'deleted', mine: true, theirs: false }]);
  t.strictSame((await client.list()).tasks.map(({ title }) => title).sort(), ['first', 'moved and changed']);
});

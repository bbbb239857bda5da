import type { Conflict } from '@taskward/client';
import t from 'tap';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi, cutOff } from '../support/http/typed-client.ts';
import { aDevice, type Fetch, shortly } from './devices.ts';

const api = await aListeningApi(t);
const nothing = { conflicts: [], rejected: [] };

/** Two devices of a user that both have a task. */
const twoDevices = async (input: Parameters<ReturnType<typeof aDevice>['client']['create']>[0]) => {
  const me = aCaller(api.app);
  const [phone, laptop] = [aDevice(api, me), aDevice(api, me)];
  const { id } = await phone.client.create(input);
  for (const { tasks } of [phone, laptop]) await tasks.sync();
  return { phone, laptop, id };
};

const daily = { title: 'Water the plants', due_date: '2999-01-01', repeat: 'daily' } as const;

t.test('all fields are there offline, and sent', async (t) => {
  const { tasks, client } = aDevice(api, aCaller(api.app));
  const { key } = await tasks.create({ ...daily, priority: 'high', tags: ['home'], reminders: [{ before: 'PT30M' }] });
  t.match(await tasks.get(key), { ...daily, priority: 'high', tags: ['home'], due_at: null, isPending: true });
  t.strictSame(await tasks.sync(), nothing);
  const sent = await tasks.get(key);
  t.match(sent, { repeat: { rule: 'FREQ=DAILY' }, due_at: '2999-01-01T23:59:59.999Z', isPending: false });
  t.match(await client.get(1), { priority: 'high', tags: ['home'], reminders: [{ before: 'PT30M' }] });
  await tasks.update(key, { due_date: '2999-02-01', scope: 'series', priority: null, reminders: [] });
  t.match(await tasks.get(key), { due_date: '2999-02-01', due_at: null });
  t.strictSame(await tasks.sync(), nothing);
  t.match(await client.get(1), { due_date: '2999-02-01', repeat: { start: '2999-02-01' }, priority: null });
  t.match(await tasks.update(key, { reminders: [], repeat: sent?.repeat ?? null }), { isPending: true });
  t.match(await tasks.update(key, { repeat: { ...(await client.get(1)).repeat } as never }), { isPending: false });
});

t.test('both devices change tags: the changes of both are there', async (t) => {
  const { phone, laptop, id } = await twoDevices({ title: 'a', tags: ['home', 'old'] });
  await phone.tasks.update(id, { tags: ['home', 'old', 'phone'] });
  await laptop.tasks.update(id, { add_tags: ['laptop'] });
  t.match(await laptop.tasks.update(id, { remove_tags: ['OLD'] }), { tags: ['home', 'laptop'] });
  t.strictSame(await phone.tasks.sync(), nothing);
  t.strictSame(await laptop.tasks.sync(), nothing);
  await phone.tasks.sync();
  for (const { tasks } of [phone, laptop])
    t.match(await tasks.get(id), { tags: ['home', 'phone', 'laptop'], isPending: false });
  await phone.tasks.update(id, { tags: ['laptop', 'Home', 'phone'] });
  t.strictSame(await phone.tasks.sync(), nothing);
  t.match(await phone.client.get(id), { tags: ['laptop', 'Home', 'phone'] }, 'another order, another case');
});

t.test('both devices change metadata: the members of both are there', async (t) => {
  const { phone, laptop, id } = await twoDevices({ title: 'a', metadata: { old: 1, view: { zoom: 1, open: true } } });
  await phone.tasks.update(id, { metadata: { phone: [1, null], view: { zoom: 2 } } });
  await laptop.tasks.update(id, { metadata: { laptop: 'x', old: null } });
  const shown = { view: { zoom: 1, open: true }, laptop: 'x' };
  t.strictSame((await laptop.tasks.update(id, { metadata: { view: { open: true } } }))?.metadata, shown);
  for (const { tasks } of [phone, laptop, phone]) t.strictSame(await tasks.sync(), nothing);
  const both = { view: { zoom: 2, open: true }, phone: [1, null], laptop: 'x' };
  for (const { tasks } of [phone, laptop]) {
    const { metadata, isPending } = (await tasks.get(id)) ?? {};
    t.strictSame([metadata, isPending], [both, false]);
  }
});

t.test('of one member of metadata that both devices change, the value that is sent last stays', async (t) => {
  for (const [first, last, expected] of [
    [{ state: null }, { state: 'b' }, { state: 'b' }],
    [{ state: 'b' }, { state: null }, {}],
    [{ state: 'b' }, { state: 'c' }, { state: 'c' }],
  ] as const) {
    const { phone, laptop, id } = await twoDevices({ title: 'a', metadata: { state: 'a' } });
    await phone.tasks.update(id, { metadata: first });
    await laptop.tasks.update(id, { metadata: last });
    for (const { tasks } of [phone, laptop, phone]) t.strictSame(await tasks.sync(), nothing);
    for (const { tasks } of [phone, laptop]) t.strictSame((await tasks.get(id))?.metadata, expected);
  }
});

t.test('metadata is the same offline as on the server', async (t) => {
  const { tasks, client } = aDevice(api, aCaller(api.app));
  const { key } = await tasks.create({ title: 'a', metadata: { gone: null, kept: { gone: null, a: 1 } } });
  t.strictSame((await tasks.get(key))?.metadata, { kept: { a: 1 } });
  await tasks.sync();
  t.strictSame((await client.get(1)).metadata, { kept: { a: 1 } });
  await tasks.update(key, { metadata: { kept: 3 } });
  t.match(await tasks.update(key, { metadata: { kept: null, other: { b: 2 } } }), { isPending: true });
  await tasks.sync();
  t.strictSame((await client.get(1)).metadata, { other: { b: 2 } });
  await tasks.update(key, { metadata: { more: 1 } });
  t.match(await tasks.update(key, { metadata: { more: null } }), { isPending: false }, 'as it was: nothing to send');
});

t.test('tags go out as a difference, also after a response was lost', async (t) => {
  const me = aCaller(api.app);
  const bodies: string[] = [];
  let isDown = false;
  const fetch: Fetch = async (url, init) => {
    if (url.endsWith('/batch')) bodies.push(String(init.body));
    const response = await globalThis.fetch(url, init);
    if (isDown) throw cutOff();
    return response;
  };
  const { tasks, client } = aDevice(api, me, { fetch });
  await client.create({ title: 'a', tags: ['home'] });
  await tasks.sync();
  await tasks.update(1, { tags: ['one'] });
  isDown = true;
  await t.rejects(tasks.sync(), { code: 'client/unreachable' });
  t.match(JSON.parse(bodies[0] ?? ''), { operations: [{ op: 'update', add_tags: ['one'], remove_tags: ['home'] }] });
  isDown = false;
  await tasks.update(1, { add_tags: ['two'] });
  bodies.length = 0;
  t.strictSame(await tasks.sync(), nothing);
  t.match(JSON.parse(bodies.at(-1) ?? ''), { operations: [{ add_tags: ['two'], remove_tags: undefined }] });
  t.match(await client.get(1), { tags: ['one', 'two'] });
  t.match(await tasks.get(1), { tags: ['one', 'two'], isPending: false });
});

t.test('both devices complete the same occurrence: it is completed once', async (t) => {
  const { phone, laptop, id } = await twoDevices(daily);
  for (const { tasks } of [phone, laptop])
    t.match(await tasks.complete(id), { completed: true, due_date: '2999-01-01', isPending: true });
  await laptop.tasks.update(id, { description: 'with rain water' });
  t.strictSame(await phone.tasks.sync(), nothing);
  t.strictSame(await laptop.tasks.sync(), nothing);
  await phone.tasks.sync();
  for (const { tasks } of [phone, laptop]) {
    t.match(await tasks.get(id), {
      ...{ completed: false, due_date: '2999-01-02', description: 'with rain water', isPending: false },
    });
  }
  t.match(await phone.client.occurrences(id), { occurrences: [{ due_date: '2999-01-01' }], nextCursor: null });
});

t.test('one device completes an occurrence that the other moves: a conflict', async (t) => {
  const { phone, laptop, id } = await twoDevices(daily);
  await phone.tasks.update(id, { due_date: '2999-01-05' });
  await laptop.tasks.complete(id);
  await phone.tasks.sync();
  const { conflicts } = await laptop.tasks.sync();
  const conflict = { title: daily.title, field: 'completed', mine: true, theirs: false };
  t.strictSame(shortly(conflicts), [conflict]);
  t.strictSame(shortly((await laptop.tasks.sync()).conflicts), [conflict], 'until it is resolved');

  await phone.client.update(id, { due_date: '2999-01-06' });
  await laptop.tasks.sync();
  await laptop.tasks.resolve(conflicts[0] as Conflict, 'mine');
  const again = await laptop.tasks.sync();
  t.strictSame(shortly(again.conflicts), [conflict], 'it was resolved for another due date');
  await laptop.tasks.resolve(again.conflicts[0] as Conflict, 'mine');
  t.strictSame(await laptop.tasks.sync(), nothing);
  t.match((await laptop.client.occurrences(id)).occurrences, [{ due_date: '2999-01-06' }]);

  await laptop.tasks.complete(id);
  await phone.client.update(id, { due_date: '2999-02-01' });
  const last = await laptop.tasks.sync();
  await laptop.tasks.resolve(last.conflicts[0] as Conflict, 'theirs');
  t.strictSame(await laptop.tasks.sync(), nothing);
  t.match(await laptop.tasks.get(id), { completed: false, due_date: '2999-02-01', isPending: false });
});

t.test('a completion that was undone does not count for another', async (t) => {
  const { phone, laptop, id } = await twoDevices(daily);
  await phone.client.undo((await phone.client.complete(id)).revision);
  await laptop.tasks.sync();
  await laptop.tasks.complete(id);
  await phone.client.update(id, { due_date: '2999-01-05' });
  t.match(shortly((await laptop.tasks.sync()).conflicts), [{ field: 'completed', mine: true }]);
});

t.test('a completion is taken back offline, or sent together with a new due date', async (t) => {
  const { phone, id } = await twoDevices(daily);
  await phone.tasks.complete(id);
  t.match(await phone.tasks.complete(id, false), { completed: false, isPending: false });
  await phone.tasks.update(id, { due_date: '2999-01-03' });
  await phone.tasks.complete(id);
  t.strictSame(await phone.tasks.sync(), nothing);
  t.match(await phone.tasks.get(id), { completed: false, isPending: false });
  t.equal((await phone.client.occurrences(id)).occurrences.length, 1);
});

t.test('a recurring task that is new here is created, then completed: it moves on', async (t) => {
  const { tasks, client } = aDevice(api, aCaller(api.app));
  const { key } = await tasks.create(daily);
  t.match(await tasks.complete(key), { completed: true });
  t.strictSame(await tasks.sync(), nothing);
  t.match(await tasks.get(key), { completed: false, due_date: '2999-01-02', isPending: false });
  t.match((await client.occurrences(1)).occurrences, [{ due_date: '2999-01-01' }]);
});

t.test('fields that are whole values conflict as others do', async (t) => {
  const { phone, laptop, id } = await twoDevices({ title: 'a', due_date: '2999-01-01' });
  await phone.tasks.update(id, { due_date: '2999-01-02', priority: 'high', reminders: [{ before: 'PT1H' }] });
  await laptop.tasks.update(id, { due_date: '2999-01-03', repeat: 'weekly', reminders: [{ before: 'PT1H' }] });
  await phone.tasks.sync();
  const { conflicts } = await laptop.tasks.sync();
  t.strictSame(shortly(conflicts), [{ title: 'a', field: 'due_date', mine: '2999-01-03', theirs: '2999-01-02' }]);
  await laptop.tasks.resolve(conflicts[0] as Conflict, 'mine');
  t.strictSame(await laptop.tasks.sync(), nothing);
  t.match(await laptop.client.get(id), { due_date: '2999-01-03', priority: 'high', repeat: { rule: 'FREQ=WEEKLY' } });
});

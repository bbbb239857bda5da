import { makeMemoryStore } from '@taskward/client';
import t from 'tap';
import { anInstant } from '../support/builders.ts';
import { aCaller } from '../support/http/api.ts';
import { aListeningApi, aSignedInClient, quick } from '../support/http/typed-client.ts';
import { remind } from '../support/reminders.ts';
import { aSubscription, type Fetch } from './subscriptions.ts';

const api = await aListeningApi(t);

t.test('tabs share one stream, and the next one takes over', async (t) => {
  const me = aCaller(api.app);
  let streams = 0;
  const fetch: Fetch = (url, init) => {
    if (url.endsWith('/events')) streams += 1;
    return globalThis.fetch(url, init);
  };
  const tab = () => aSubscription(t, aSignedInClient(api, { fetch }, me).client, { share: true });
  const { client } = aSignedInClient(api, {}, me);
  const first = tab();
  await first.hears('start');
  const others = [tab(), tab()] as const;
  for (const { hears } of others) await hears('start');
  await client.create({ title: 'a' });
  for (const { hears } of [first, ...others]) await hears('a');
  t.equal(streams, 1);

  first.end();
  await first.ended;
  await client.create({ title: 'b' });
  for (const { hears } of others) await hears('b');
  t.equal(streams, 2);
  t.strictSame(
    others.map(({ heard }) => heard),
    [
      ['start', 'a', 'b'],
      ['start', 'a', 'b'],
    ],
  );
  t.strictSame(first.heard, ['start', 'a']);

  const { cursor } = await client.changes();
  await client.create({ title: 'c' });
  for (const { hears } of others) await hears('c');
  const late = aSubscription(t, aSignedInClient(api, { fetch }, me).client, { share: true, since: cursor });
  await late.hears('c');
  await client.create({ title: 'd' });
  await late.hears('d');
  t.strictSame(late.heard, ['c', 'd'], 'what it has missed, then what comes');
  t.equal(streams, 2);

  const stranger = aSubscription(t, aSignedInClient(api, { fetch }).client, { share: true });
  await stranger.hears('start');
  await client.create({ title: 'e' });
  await late.hears('e');
  t.equal(streams, 3, 'another user has a stream of their own');
  t.strictSame(stranger.heard, ['start']);
});

t.test('a reminder comes to each tab', async (t) => {
  const me = aCaller(api.app);
  const { client } = aSignedInClient(api, {}, me);
  const reminded: string[] = [];
  const tab = (name: string) =>
    aSubscription(t, client, {
      share: true,
      onReminder: ({ task, reminder }) => reminded.push(`${name} ${task.title} ${reminder.at} ${reminder.late}`),
    });
  const tabs = [tab('first'), tab('second')] as const;
  for (const { hears } of tabs) await hears('start');
  const { id } = await client.create({ title: 'Call' });
  const at = anInstant('2036-12-01T09:00:00.000Z');
  await remind(api.tasks, me.userId, id, { at, late: false });
  await client.create({ title: 'b' });
  for (const { hears } of tabs) await hears('b');
  t.strictSame(reminded.sort(), [`first Call ${at} false`, `second Call ${at} false`]);
});

t.test('tabs that do not share, and an app whose function fails', async (t) => {
  const me = aCaller(api.app);
  const { client } = aSignedInClient(api, {}, me);
  const good = aSubscription(t, client, { share: true });
  await good.hears('start');
  const failing = client.subscribe(
    () => {
      throw new Error('mine');
    },
    { share: true },
  );
  const alone = aSubscription(t, client);
  await alone.hears('start');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.create({ title: 'a' });
  await t.rejects(failing, { message: 'mine' });
  for (const { hears } of [good, alone]) await hears('a');
});

t.test('a copy that is live', async (t) => {
  const me = aCaller(api.app);
  const { client } = aSignedInClient(api, { retry: quick }, me);
  const tasks = client.sync(makeMemoryStore());
  const end = new AbortController();
  const sync = () => void tasks.sync();
  const live = client.subscribe(sync, { onStart: sync, signal: end.signal });
  const titles = async () => (await tasks.list()).map(({ title }) => title);
  const { client: other } = aSignedInClient(api, {}, me);
  await other.create({ title: 'a' });
  while ((await titles()).length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await other.create({ title: 'b' });
  while ((await titles()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  t.strictSame(await titles(), ['a', 'b']);
  end.abort();
  await live;
});

import t from 'tap';
import {
  aClientOn,
  aListeningApi,
  aNetwork,
  aSignedInClient,
  cutOff,
  listed,
  refused,
  responded,
} from '../support/http/typed-client.ts';

const api = await aListeningApi(t);

t.test('the fields of a new task, and changes of them', async (t) => {
  const { client } = aSignedInClient(api);
  const task = await client.create({
    ...{ title: 'Pay the rent', priority: 'high', tags: ['home'], due_date: '2026-01-31', repeat: 'monthly' },
    reminders: [{ before: 'PT30M' }],
  });
  t.match(task, {
    ...{ priority: 'high', tags: ['home'], due_date: '2026-01-31', due_at: '2026-01-31T23:59:59.999Z' },
    repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'last', start: '2026-01-31' },
    ...{ reminders: [{ before: 'PT30M' }], completed_at: null },
  });
  t.match(await client.update(task.id, { add_tags: ['garden'], remove_tags: ['HOME'] }), { tags: ['garden'] });
  const moved = await client.update(task.id, { due_date: '2026-02-15', scope: 'series' });
  t.match(moved, { due_date: '2026-02-15', repeat: { start: '2026-02-15' } });
  const cleared = await client.update(task.id, {
    repeat: null,
    due_date: null,
    priority: null,
    reminders: [],
    tags: [],
  });
  t.match(cleared, { repeat: null, due_date: null, due_at: null, priority: null, reminders: [], tags: [] });
});

t.test('an occurrence is completed once, however often it is asked for', async (t) => {
  const { client } = aSignedInClient(api);
  const task = await client.create({ title: 'Water the plants', due_date: '2999-01-01', repeat: 'daily' });
  const done = await client.complete(task.id, true, { occurrence: '2999-01-01' });
  t.match(done, { completed: false, due_date: '2999-01-02', completed_occurrence: '2999-01-01', skipped: 0 });
  await t.rejects(client.complete(task.id, true, { occurrence: '2999-01-01' }), {
    ...{ status: 409, code: 'task/occurrence-passed' },
  });
  const again = await client.update(done, { completed: true, occurrence: '2999-01-02' }, { ifUnchanged: true });
  t.match(again, { due_date: '2999-01-03', completed_occurrence: '2999-01-02' });
  const first = await client.occurrences(task.id, { limit: 1 });
  t.match(first.occurrences, [{ due_date: '2999-01-02', revision: again.revision, completed_at: /Z$/ }]);
  const last = await client.occurrences(task.id, { limit: 1, cursor: first.nextCursor as string });
  t.match(last, { occurrences: [{ due_date: '2999-01-01' }], nextCursor: null });
  t.notOk('completed_occurrence' in (await client.get(task.id)), 'a task that is read has completed nothing');
});

t.test('a completion whose response is lost moves a task on once', async (t) => {
  let lost = 1;
  const fetch = async (url: string, init: RequestInit) => {
    const response = await globalThis.fetch(url, init);
    if (!url.endsWith('/complete') || lost-- <= 0) return response;
    throw cutOff();
  };
  const { client } = aSignedInClient(api, { fetch });
  const { id } = await client.create({ title: 'Water the plants', due_date: '2999-01-01', repeat: 'daily' });
  t.match(await client.complete(id), { due_date: '2999-01-02', completed_occurrence: '2999-01-01' });
  t.equal((await client.occurrences(id)).occurrences.length, 1);
});

t.test('lists are filtered and sorted by what people plan with', async (t) => {
  const { client } = aSignedInClient(api);
  await client.create({ title: 'a', priority: 'low', tags: ['home', 'a, b'], due_date: '2026-01-01' });
  await client.create({ title: 'b', priority: 'urgent', tags: ['home'], due_date: '2999-01-01', repeat: 'weekly' });
  await client.create({ title: 'c', priority: 'low', due_date: '2026-01-02' });
  await client.create({ title: 'd' });
  const titles = async (query: Parameters<typeof client.list>[0]) =>
    (await client.list(query)).tasks.map(({ title }) => title).join('');
  t.equal(await titles({ sort: ['priority', '-due_date'] }), 'bcad');
  t.equal(await titles({ sort: '-due_date' }), 'bcad');
  t.equal(await titles({ sort: 'position', priority: ['low', 'none'] }), 'acd');
  t.equal(await titles({ sort: 'title', priority: 'urgent' }), 'b');
  t.equal(await titles({ sort: 'title', tag: 'HOME' }), 'ab');
  t.equal(await titles({ sort: 'title', tags: ['home', 'a, b'] }), 'a', 'a tag may have a comma');
  t.equal(await titles({ sort: 'title', any_tag: ['home', 'shop'] }), 'ab');
  t.equal(await titles({ sort: 'title', untagged: true }), 'cd');
  t.equal(await titles({ sort: 'title', due: 'overdue' }), 'ac');
  t.equal(await titles({ sort: 'title', due: 'none' }), 'd');
  t.equal(await titles({ sort: 'title', due_after: '2026-01-02', due_before: '2026-01-03' }), 'c');
  t.equal(await titles({ sort: 'title', repeating: true }), 'b');
  const paged = [];
  for await (const { title } of client.all({ sort: ['priority', '-due_date'], limit: 1 })) paged.push(title);
  t.equal(paged.join(''), 'bcad');
});

t.test('lists send several values as the API reads them', async (t) => {
  const network = aNetwork(listed([]), listed([]));
  const client = aClientOn(network);
  await client.list({ sort: ['priority', '-due_date'], priority: ['high', 'none'], tags: ['a', 'b, c'], any_tag: 'd' });
  await client.list({ sort: 'title', tag: ['a'], any_tag: ['b', 'c'] });
  t.strictSame(
    network.seen.map(({ url }) => decodeURIComponent(url.split('?')[1] ?? '')),
    ['sort=priority,-due_date&priority=high,none&tag=a&tag=b,+c&any_tag=d', 'sort=title&tag=a&any_tag=b&any_tag=c'],
  );
});

t.test('tasks are moved in the user’s own order', async (t) => {
  const { client } = aSignedInClient(api);
  for (const title of ['a', 'b', 'c']) await client.create({ title });
  const order = async () => (await client.list({ sort: 'position' })).tasks.map(({ title }) => title).join('');
  await client.move(3, { before: 1 });
  t.equal(await order(), 'cab');
  await client.move(3, { after: 1 });
  t.equal(await order(), 'acb');
  await client.move(1, { to: 'bottom' });
  t.equal(await order(), 'cba');
  const seen = await client.get(1);
  t.ok((await client.move(seen, { to: 'top' }, { ifUnchanged: true })).position < seen.position);
  await t.rejects(client.move(seen, { to: 'top' }, { ifUnchanged: true }), { code: 'task/stale' });
  await client.remove(2);
  await t.rejects(client.move(1, { after: 2 }), { status: 409, code: 'task/anchor-gone' });
});

t.test('tags, numbers of tasks, settings and limits', async (t) => {
  const { client } = aSignedInClient(api);
  await client.create({ title: 'a', tags: ['home', 'a/b'], priority: 'high', due_date: '2026-01-01' });
  await client.create({ title: 'b', tags: ['Home'], completed: true });
  t.match(await client.tags(), [{ name: 'a/b' }, { name: /home/i, pending: 1, completed: 1 }]);
  t.match(await client.summary(), { pending: 1, completed: 1, overdue: 1, priorities: { high: 1, none: 0 } });
  await t.rejects(client.renameTag('home', 'A/B'), { status: 409, code: 'tag/exists' });
  t.equal(await client.renameTag('a/b', 'shop'), 1);
  t.equal(await client.renameTag('home', 'shop', { merge: true }), 2);
  t.match(await client.tags(), [{ name: 'shop', pending: 1, completed: 1 }]);
  t.equal(await client.removeTag('shop'), 2);
  await t.rejects(client.removeTag('shop'), { status: 404, code: 'tag/not-found' });

  t.match(await client.settings(), { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' });
  t.match(await client.changeSettings({ time_zone: 'Europe/Berlin' }), { time_zone: 'Europe/Berlin' });
  t.match(await client.get(1), { due_date: '2026-01-01', due_at: '2026-01-01T22:59:59.999Z' });
  t.match(await client.limits(), { tags_per_task: 20, used: { tasks_per_user: 2 } });
});

t.test('a batch changes all tasks that meet a filter', async (t) => {
  const { client } = aSignedInClient(api);
  for (const title of ['a', 'b']) await client.create({ title, tags: ['home'] });
  const operation = { op: 'update', where: { tag: 'home', status: 'pending' }, set: { priority: 'high' } } as const;
  t.match(await client.batch([operation], { dryRun: true }), {
    ...{ applied: false, dryRun: true, results: [{ status: 200, count: 2, changed: 2 }] },
  });
  t.match((await client.batch([operation])).results, [{ count: 2, changed: 2 }]);
  t.match((await client.batch([operation])).results, [{ count: 2, changed: 0 }]);
  t.equal((await client.list({ priority: 'high' })).tasks.length, 2);
});

t.test('a change of a tag whose response was lost is no failure', async (t) => {
  const network = aNetwork(cutOff(), refused(404, 'tag/not-found'), cutOff(), responded({ tasks: 1 }));
  const client = aClientOn(network);
  t.equal(await client.removeTag('home'), 0);
  t.equal(await client.renameTag('home', 'shop'), 1);
  const [, , ...keys] = network.sent('idempotency-key');
  t.equal(new Set(keys).size, 1);
  t.type(keys[0], 'string');
});

t.test('a response that lacks its documented shape is unreadable', async (t) => {
  for (const data of [undefined, null, {}, [{}], { tasks: '1' }, 'x']) {
    const client = aClientOn(aNetwork(...Array.from({ length: 8 }, () => responded(data))));
    const calls: (() => Promise<unknown>)[] = [
      () => client.move(3, { to: 'top' }),
      ...[() => client.occurrences(3), () => client.summary(), () => client.tags(), () => client.limits()],
      ...[() => client.renameTag('a', 'b'), () => client.removeTag('a'), () => client.settings()],
    ];
    for (const call of calls) await t.rejects(call(), { code: 'client/unreadable' }, JSON.stringify(data));
  }
});

import type { TaskRecord } from '@taskward/application';
import { aClient, onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';
import { batch, resultsOf } from './batches.ts';

const titlesOf = (tasks: readonly TaskRecord[]): string => tasks.map(({ title }) => title).join('');

overStores((t, { app }) => {
  onStyles(t, app, 'POST /{id}/move · before, after, to an end', async (t, client) => {
    const { style, me, url, add, read } = client;
    for (const title of ['a', 'b', 'c', 'd']) await add({ title });
    const order = async () => titlesOf(style.data(await me.call('GET', `${url}?sort=position`)));
    const move = (id: number, body: object, headers = {}) => me.call('POST', `${url}/${id}/move`, body, headers);

    const moved = await move(4, { before: 2 });
    t.equal(moved.statusCode, 200);
    t.strictSame(style.data(moved), await read(4));
    t.equal(moved.headers.etag, `"${style.data(moved).revision}"`);
    t.equal(await order(), 'adbc');
    for (const [id, place, titles] of [
      [1, { after: 3 }, 'dbca'],
      [2, { to: 'top' }, 'bdca'],
      [2, { to: 'bottom' }, 'dcab'],
    ] as const) {
      await move(id, place);
      t.equal(await order(), titles, JSON.stringify(place));
    }
    const before = await read(2);
    t.strictSame(style.data(await move(2, { to: 'bottom' })), before, 'where it is already');
    const [first, second] = [
      await move(3, { to: 'top' }, { 'idempotency-key': 'k' }),
      await move(3, { to: 'top' }, { 'idempotency-key': 'k' }),
    ];
    t.equal(second.body, first.body);

    const { revision } = await read(1);
    isRefused(t, await move(1, { to: 'top' }, { 'if-match': '"0"' }), {
      status: 412,
      code: 'task/stale',
      style,
      members: { current: await read(1) },
    });
    t.equal((await move(1, { to: 'top' }, { 'if-match': `"${revision}"` })).statusCode, 200);
    isRefused(t, await move(1, { before: 9 }), { status: 409, code: 'task/anchor-gone', style });
    isRefused(t, await move(9, { before: 1 }), { status: 404, code: 'task/not-found', style });
    for (const [body, field, message] of [
      [{}, 'body', /must name at least one of `before`, `after`, `to`/],
      [{ before: 1, after: 2 }, 'body', /must have only one of/],
      [{ to: 'middle' }, 'to', /`top`, `bottom`/],
      [{ before: '1' }, 'before', /must be an integer, not a string/],
    ] as const) {
      const response = await move(2, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [field] });
      t.match(faultOf(response, field), message);
    }
  });

  onStyles(t, app, 'GET /summary · counts, with an ETag', async (t, client) => {
    const { style, me, url, add } = client;
    const none = { urgent: 0, high: 0, medium: 0, low: 0, none: 0 };
    const empty = { pending: 0, completed: 0, overdue: 0, today: 0, priorities: none, tags: [] };
    t.strictSame(style.data(await me.call('GET', `${url}/summary`)), empty);
    await add({ priority: 'high', tags: ['home'], due_date: '2026-11-19' });
    await add({ tags: ['Home', 'work'], due_date: '2026-11-20' });
    await add({ priority: 'low', completed: true });
    const response = await me.call('GET', `${url}/summary`);
    t.strictSame(style.data(response), {
      pending: 2,
      completed: 1,
      overdue: 1,
      today: 1,
      priorities: { ...none, high: 1, none: 1 },
      tags: [
        { name: 'Home', pending: 2, completed: 0 },
        { name: 'work', pending: 1, completed: 0 },
      ],
    });
    const known = { 'if-none-match': String(response.headers.etag) };
    t.equal((await me.call('GET', `${url}/summary`, undefined, known)).statusCode, 304);
    await add();
    t.equal((await me.call('GET', `${url}/summary`, undefined, known)).statusCode, 200);
  });

  onStyles(t, app, '/tags · list, rename, merge, remove, undo', async (t, client) => {
    const { style, me, url, add, read } = client;
    for (const tags of [['home', 'a/b ü'], ['HOME', 'work'], []]) await add({ tags });
    const list = await me.call('GET', `${url}/tags`);
    t.strictSame(
      style.data(list).map(({ name }: { name: string }) => name),
      ['a/b ü', 'HOME', 'work'],
    );
    const known = { 'if-none-match': String(list.headers.etag) };
    t.equal((await me.call('GET', `${url}/tags`, undefined, known)).statusCode, 304);

    const rename = (name: string, body: object) => me.call('PATCH', `${url}/tags/${encodeURIComponent(name)}`, body);
    t.strictSame(style.data(await rename('a/b ü', { name: 'c' })), { tasks: 1 });
    t.strictSame((await read(1)).tags, ['home', 'c']);
    isRefused(t, await rename('home', { name: 'WORK' }), {
      status: 409,
      code: 'tag/exists',
      style,
      sentence: /`"merge": true`/,
    });
    t.strictSame(style.data(await rename('home', { name: 'work', merge: true })), { tasks: 2 });
    t.strictSame([(await read(1)).tags, (await read(2)).tags], [['work', 'c'], ['work']]);
    isRefused(t, await rename('home', { name: 'x' }), { status: 404, code: 'tag/not-found', style });
    for (const [body, field] of [
      [{}, 'name'],
      [{ name: ' ' }, 'name'],
      [{ name: 'x', merge: 1 }, 'merge'],
      [{ title: 'x' }, 'title'],
    ] as const) {
      const fields = field === 'title' ? ['name', 'title'] : [field];
      isRefused(t, await rename('work', body), { status: 422, code: 'request/invalid', style, fields });
    }

    const removed = await me.call('DELETE', `${url}/tags/WORK`);
    t.strictSame([removed.statusCode, style.data(removed)], [200, { tasks: 2 }]);
    isRefused(t, await me.call('DELETE', `${url}/tags/work`), { status: 404, code: 'tag/not-found', style });
    const { revision } = await read(2);
    t.equal((await me.call('POST', `${url}/changes/${revision}/undo`)).statusCode, 200);
    t.strictSame([(await read(1)).tags, (await read(2)).tags], [['work', 'c'], ['work']], 'undone as one');
  });

  onStyles(t, app, '/settings · read, change, what dates mean by them', async (t, client) => {
    const { style, me, url, add, read } = client;
    const defaults = { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' };
    t.strictSame(style.data(await me.call('GET', `${url}/settings`)), defaults);
    await add({ due_date: '2026-12-01' });
    await add({ due_date: '2026-12-01T09:00:00Z' });
    const fixed = await read(2);
    const changed = await me.call('PATCH', `${url}/settings`, { time_zone: 'europe/berlin', day_starts_at: '04:00' });
    const settings = { time_zone: 'Europe/Berlin', day_starts_at: '04:00', week_starts_on: 'monday' };
    t.strictSame([changed.statusCode, style.data(changed)], [200, settings]);
    t.strictSame(style.data(await me.call('GET', `${url}/settings`)), settings);
    t.equal((await read(1)).due_at, '2026-12-02T02:59:59.999Z');
    t.strictSame(await read(2), fixed, 'an instant stays what it is');
    for (const [body, fields, message] of [
      [{}, ['body'], /must name at least one of `time_zone`, `day_starts_at`, `week_starts_on`/],
      [{ time_zone: 'Mars/Base' }, ['time_zone'], /IANA/],
      [{ day_starts_at: '25:00' }, ['day_starts_at'], /from 00:00 to 23:59/],
      [{ week_starts_on: 'Monday' }, ['week_starts_on'], /`monday`, `tuesday`/],
      [{ timezone: 'UTC' }, ['timezone'], /did you mean `time_zone`\?/],
    ] as const) {
      const response = await me.call('PATCH', `${url}/settings`, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [...fields] });
      t.match(faultOf(response, fields[0]), message);
    }
  });

  onStyles(t, app, 'GET /{id}/occurrences · pages, and a task without any', async (t, client) => {
    const { style, me, url, add } = client;
    await add({ due_date: '2026-11-20', repeat: 'daily' });
    await add();
    for (let n = 0; n < 3; n += 1) await me.call('PATCH', `${url}/1/complete`, { completed: true });
    const page = (await me.call('GET', '/api/tasks/1/occurrences?limit=2')).json();
    const next = (await me.call('GET', `/api/tasks/1/occurrences?limit=2&cursor=${page.meta.next_cursor}`)).json();
    const days = [...page.data, ...next.data].map(({ due_date }) => due_date);
    t.strictSame(days, ['2026-11-22', '2026-11-21', '2026-11-20']);
    t.equal(next.meta.next_cursor, null);
    t.strictSame(style.data(await me.call('GET', `${url}/2/occurrences`)), []);
    isRefused(t, await me.call('GET', `${url}/9/occurrences`), { status: 404, code: 'task/not-found', style });
    const other = await me.call('GET', `${url}/2/occurrences?cursor=${page.meta.next_cursor}`);
    isRefused(t, other, { status: 422, code: 'request/invalid', style, fields: ['cursor'] });
  });

  onStyles(t, app, 'POST /batch · an update of all tasks that meet a filter', async (t, client) => {
    const { style, me, url, add, read } = client;
    for (const tags of [['home'], ['home', 'work'], ['work']]) await add({ tags });
    const update = (where: unknown, set: unknown, more = {}) => batch(client, [{ op: 'update', where, set }], more);
    const dry = await update({ tag: 'HOME' }, { priority: 'high' }, { dry_run: true });
    t.match(style.data(dry), { applied: false, dry_run: true, results: [{ status: 200, count: 2, changed: 2 }] });
    t.equal((await read(1)).priority, null);
    await me.call('PATCH', `${url}/1`, { priority: 'high' });
    const done = await update({ tags: ['home'], status: 'pending' }, { priority: 'high', add_tags: ['x'] });
    t.match(resultsOf(client, done), [{ status: 200, count: 2, changed: 2 }]);
    t.match(
      [await read(1), await read(2)],
      [{ tags: ['home', 'x'] }, { priority: 'high', tags: ['home', 'work', 'x'] }],
    );
    t.match(resultsOf(client, await update({ any_tag: ['x'] }, { priority: 'high' })), [{ count: 2, changed: 0 }]);

    for (const [where, set, fields] of [
      [{}, { priority: 'low' }, ['where']],
      [{ status: 'all' }, {}, ['set']],
      [{ status: 'all' }, undefined, ['set']],
      [undefined, { priority: 'low' }, ['where']],
      [{ priority: 'high' }, { priority: 1 }, ['where.priority', 'set.priority']],
      [{ tag: '' }, { title: '' }, ['where.tag', 'set.title']],
      [{ sort: 'title' }, { title: 'x' }, ['where.sort']],
      [{ due_before: 'x' }, { due_date: 'y' }, ['where.due_before', 'set.due_date']],
    ] as const) {
      const response = await update(where, set);
      t.equal(response.statusCode, 422);
      const [result] = resultsOf(client, response) as unknown as { error: { errors: { field: string }[] } }[];
      t.strictSame(
        result?.error.errors.map(({ field }) => field),
        fields,
        JSON.stringify({ where, set }),
      );
    }
    t.match(resultsOf(client, await batch(client, [{ op: 'update_where', where: {}, set: {} }]))[0]?.error, {
      errors: [
        { field: 'op', message: /^must be one of `create`, `update`, `complete`, `delete`, `restore`, `undo`$/ },
      ],
    });
  });

  t.test('GET /api/limits · public, cacheable, from the same constants', async (t) => {
    const response = await app.inject('/api/limits');
    t.equal(response.statusCode, 200);
    t.equal(response.headers['cache-control'], 'public, max-age=300');
    const limits = response.json();
    t.match(limits, {
      text_lengths: { title: { min: 1, max: 200 }, tag: { min: 1, max: 50 }, search: { min: 1, max: 100 } },
      tags_per_task: 20,
      reminders_per_task: 10,
      page: { min: 1, max: 500 },
      batch: { min: 1, max: 100 },
      body_bytes: 65_536,
      streams_per_user: 6,
      changes_days: null,
      rate: { requests: 1_000_000, window_seconds: 60 },
    });
    const known = { 'if-none-match': String(response.headers.etag) };
    t.equal((await app.inject({ url: '/api/limits', headers: known })).statusCode, 304);
    t.equal((await app.inject('/api/limits?x=1')).statusCode, 422);
    t.equal((await app.inject({ method: 'POST', url: '/api/limits' })).statusCode, 405);

    const client = aClient(app);
    await client.add();
    const mine = (await client.me.call('GET', `${client.url}/limits`)).json();
    t.strictSame(mine, { ...limits, used: { tasks_per_user: 1 } });
    t.equal((await app.inject(`${client.url}/limits`)).statusCode, 401);
  });

  onStyles(t, app, 'names of paths are no ids, and ids no names', async (t, client) => {
    const { style, me, url } = client;
    for (const path of ['summaries', 'tag', 'setting', 'limit']) {
      isRefused(t, await me.call('GET', `${url}/${path}`), {
        status: 404,
        code: 'task/not-found',
        style,
        sentence: /is not a task's id: ids are whole numbers, such as 12\./,
      });
    }
    for (const path of ['summary', 'tags', 'settings', 'limits']) {
      t.equal((await me.call('DELETE', `${url}/${path}`)).statusCode, 405, path);
    }
  });
});

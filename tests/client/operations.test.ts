import { makeMemoryStore, type Task, type TaskwardClient, TaskwardError } from '@taskward/client';
import t from 'tap';
import { aListeningApi, aSignedInClient } from '../support/http/typed-client.ts';
import { currentDocument } from './schema.ts';

const api = await aListeningApi(t);

const all = async (tasks: AsyncIterable<Task>): Promise<Task[]> => {
  const found: Task[] = [];
  for await (const task of tasks) found.push(task);
  return found;
};

t.test('a task from its creation to its deletion', async (t) => {
  const { client, me } = aSignedInClient(api);
  const created = await client.create({ title: ' Buy milk ', description: 'Two litres' });
  t.match(created, { id: 1, user_id: me.userId, title: 'Buy milk', description: 'Two litres', completed: false });
  t.strictSame(await client.get(created.id), created);

  const changed = await client.update(created, { title: 'Buy oat milk' }, { ifUnchanged: true });
  t.match(changed, { title: 'Buy oat milk', description: 'Two litres' }, 'what was not named is kept');
  t.match(await client.update(created.id, { description: null }), { title: 'Buy oat milk', description: null });

  t.equal((await client.complete(1)).completed, true);
  t.equal((await client.complete(1)).completed, true, 'set, not toggled');
  t.equal((await client.complete(1, false)).completed, false);
  t.equal((await client.toggle(1)).completed, true);
  t.equal((await client.toggle(await client.get(1), { ifUnchanged: true })).completed, false);

  t.equal(await client.remove(1), undefined);
  await t.rejects(client.get(1), { status: 404, code: 'task/not-found' });
});

t.test('lists: what is asked for, page by page', async (t) => {
  const { client } = aSignedInClient(api);
  for (const title of ['c', 'a & b', 'b', 'A+']) await client.create({ title, completed: title === 'b' });

  const first = await client.list({ sort: 'title', limit: 3, count: true });
  t.match(first, { limit: 3, total: 4 });
  t.strictSame(
    first.tasks.map(({ title }) => title),
    ['a & b', 'A+', 'b'],
  );
  const last = await client.list({ sort: 'title', limit: 3, cursor: first.nextCursor as string });
  t.match(last, { tasks: [{ title: 'c' }], nextCursor: null });
  t.notOk('total' in last, 'no total that was not asked for');

  t.match((await client.list({ search: 'A & B' })).tasks, [{ title: 'a & b' }], 'text is encoded');
  t.match((await client.list({ search: 'a+' })).tasks, [{ title: 'A+' }]);
  t.equal((await client.list({ status: 'completed' })).tasks.length, 1);
  t.equal((await client.list()).tasks.length, 4);
  t.strictSame((await all(client.all({ sort: 'title', limit: 1, status: 'pending' }))).length, 3);
  t.strictSame(
    (await all(client.all({ sort: 'title', order: 'desc', limit: 2 }))).map(({ title }) => title),
    ['c', 'b', 'A+', 'a & b'],
  );
});

t.test('changes: all tasks, then what changes', async (t) => {
  const { client } = aSignedInClient(api);
  for (const title of ['a', 'b', 'c']) await client.create({ title });
  const first = await client.changes({ limit: 2 });
  t.match(first, {
    changes: [
      { op: 'put', task: { id: 1 } },
      { op: 'put', task: { id: 2 } },
    ],
    hasMore: true,
  });
  const rest = await client.changes({ limit: 2, since: first.cursor });
  t.match(rest, { changes: [{ op: 'put', task: { id: 3 } }], hasMore: false });
  t.strictSame((await client.changes({ since: rest.cursor })).changes, []);

  await client.remove(1);
  const renamed = await client.update(2, { title: 'bb' });
  const { changes, hasMore } = await client.changes({ since: rest.cursor });
  t.match(changes, [
    { op: 'delete', id: 1, revision: 4, at: /Z$/ },
    { op: 'put', task: renamed },
  ]);
  t.equal(hasMore, false);
  await t.rejects(client.changes({ since: 'x' }), { status: 410, code: 'changes/gone' });
});

t.test('trash, history and undo', async (t) => {
  const { client } = aSignedInClient(api);
  for (const title of ['a', 'b', 'c']) await client.create({ title });
  await client.update(1, { title: 'aa' });
  for (const id of [1, 2, 3]) await client.remove(id);

  const first = await client.trash({ limit: 2 });
  t.match(first.tasks, [{ id: 3, revision: 7, deleted_at: /Z$/ }, { id: 2 }]);
  const last = await client.trash({ limit: 2, cursor: first.nextCursor as string });
  t.match(last, { tasks: [{ id: 1, title: 'aa', revision: 5 }], nextCursor: null });

  const [deleted] = last.tasks;
  if (deleted === undefined) throw new Error('the trash has no third task');
  await t.rejects(client.restore({ id: 1, revision: 4 }, { ifUnchanged: true }), { code: 'task/stale' });
  const restored = await client.restore(deleted, { ifUnchanged: true });
  t.match(restored, { id: 1, title: 'aa', revision: 8 });
  t.strictSame(await client.restore(deleted, { ifUnchanged: true }), restored, 'it can be repeated');

  const { entries, nextCursor } = await client.history(1, { limit: 3 });
  t.match(entries, [
    { revision: 8, kind: 'restored' },
    { revision: 5, kind: 'deleted' },
    { revision: 4, kind: 'updated', changed: { title: ['a', 'aa'] } },
  ]);
  const earlier = await client.history(1, { limit: 3, cursor: nextCursor as string });
  t.match(earlier, { entries: [{ revision: 1, kind: 'created' }], nextCursor: null });

  t.match(await client.undo(4), [{ op: 'put', task: { id: 1, title: 'a' } }]);
  const refused = await client.undo(4).catch((error) => error);
  t.ok(refused instanceof TaskwardError);
  t.match(refused, { status: 409, code: 'undo/superseded' });
  t.strictSame(refused.superseded, [{ id: 1, field: 'title', given: 'aa', current: 'a' }]);

  t.equal(await client.purgeTask(2), undefined);
  await t.rejects(client.restore(2), { status: 410, code: 'task/purged' });
  t.equal(await client.purgeTrash(), 1);
  t.equal(await client.purgeTrash(), 0);
});

t.test('`all` fetches no page that nobody comes to', async (t) => {
  let requests = 0;
  const fetch = (url: string, init: RequestInit) => {
    requests += 1;
    return globalThis.fetch(url, init);
  };
  const { client } = aSignedInClient(api, { fetch });
  for (const title of ['a', 'b', 'c']) await client.create({ title });
  requests = 0;
  for await (const _ of client.all({ limit: 1 })) break;
  t.equal(requests, 1);
  t.strictSame(await all(client.all({ search: 'nothing like it' })), []);
});

t.test('an error response rejects with a sentence, a code and all faults', async (t) => {
  const { client } = aSignedInClient(api);
  const error = await client.create({ title: '', is_done: true } as never).then(
    () => t.fail('it was created'),
    (error) => error,
  );
  t.ok(error instanceof TaskwardError && error instanceof Error);
  t.match(error, { name: 'TaskwardError', status: 422, code: 'request/invalid', requestId: /./ });
  t.match(error.message, /title must not be empty/);
  t.strictSame(error.errors.map(({ field }: { field: string }) => field).sort(), ['is_done', 'title']);

  const { client: stranger } = aSignedInClient(api, { token: 'undefined' });
  await t.rejects(stranger.list(), { status: 401, code: 'auth/invalid-token', message: /^The token is / });
  const { client: nobody } = aSignedInClient({ ...api, baseUrl: `${api.baseUrl}/elsewhere` });
  await t.rejects(nobody.list(), { status: 404, code: 'route/not-found', message: /There is nothing at/ }, 'a problem');
});

t.test('baseUrl', async (t) => {
  const { client } = aSignedInClient({ ...api, baseUrl: `${api.baseUrl}//` });
  t.strictSame((await client.list()).tasks, [], 'may end with slashes');
  for (const baseUrl of ['api.example.com', 'localhost:8000', 'ftp://api.example.com']) {
    t.throws(() => aSignedInClient({ ...api, baseUrl }), { name: 'TypeError', message: /https:\/\// }, baseUrl);
  }
});

t.test('every operation of the API has a method', async (t) => {
  const sent = new Set<string>();
  const fetch = (url: string, init: RequestInit) => {
    const path = new URL(url).pathname
      .replace(/(?<=\/changes)\/\d+/, '/{revision}')
      .replace(/(?<=\/tags)\/[^/]+/, '/{name}')
      .replace(/\/\d+(?=\/|$)/, '/{id}');
    sent.add(`${init.method} ${path}`);
    return globalThis.fetch(url, init);
  };
  const { client } = aSignedInClient(api, { fetch });
  const uses = {
    create: () => client.create({ title: 'Buy milk', tags: ['home'] }),
    list: () => client.list(),
    all: () => all(client.all()),
    get: () => client.get(1),
    update: () => client.update(1, { title: 'Bread' }),
    complete: () => client.complete(1),
    toggle: () => client.toggle(1),
    batch: () => client.batch([{ op: 'complete', id: 1 }]),
    move: () => client.move(1, { to: 'top' }),
    occurrences: () => client.occurrences(1),
    tags: () => client.tags(),
    renameTag: () => client.renameTag('home', 'house'),
    removeTag: () => client.removeTag('house'),
    summary: () => client.summary(),
    settings: () => client.settings(),
    changeSettings: () => client.changeSettings({ week_starts_on: 'sunday' }),
    limits: () => client.limits(),
    remove: () => client.remove(1),
    trash: () => client.trash(),
    restore: () => client.restore(1),
    undo: async () => client.undo((await client.history(1)).entries[0]?.revision as number),
    history: () => client.history(1),
    changes: () => client.changes(),
    purgeTask: () => client.purgeTask(1),
    purgeTrash: () => client.purgeTrash(),
    sync: () => client.sync(makeMemoryStore()).sync(),
    subscribe: () => {
      const end = new AbortController();
      return client.subscribe(() => {}, { signal: end.signal, onStart: () => end.abort() });
    },
  } satisfies Record<keyof TaskwardClient, () => Promise<unknown>>;
  for (const use of Object.values(uses)) await use();

  const { paths } = (await currentDocument()) as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/tasks'))
    .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  // PUT does what PATCH does: the client sends PATCH.
  t.strictSame([...sent].sort(), documented.filter((one) => one !== 'PUT /api/tasks/{id}').sort());
});

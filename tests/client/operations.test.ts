import { type Task, type TaskwardClient, TaskwardError } from '@taskward/client';
import t from 'tap';
import { currentDocument } from './schema.ts';
import { aListeningApi, aSignedInClient } from './support.ts';

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
    const path = new URL(url).pathname.replace(/\/\d+(?=\/|$)/, '/{id}');
    sent.add(`${init.method} ${path}`);
    return globalThis.fetch(url, init);
  };
  const { client } = aSignedInClient(api, { fetch });
  const uses = {
    create: () => client.create({ title: 'Buy milk' }),
    list: () => client.list(),
    all: () => all(client.all()),
    get: () => client.get(1),
    update: () => client.update(1, { title: 'Bread' }),
    complete: () => client.complete(1),
    toggle: () => client.toggle(1),
    batch: () => client.batch([{ op: 'complete', id: 1 }]),
    remove: () => client.remove(1),
  } satisfies Record<keyof TaskwardClient, () => Promise<unknown>>;
  for (const use of Object.values(uses)) await use();

  const { paths } = (await currentDocument()) as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/tasks'))
    .flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  // PUT does what PATCH does: the client sends PATCH.
  t.strictSame([...sent].sort(), documented.filter((one) => one !== 'PUT /api/tasks/{id}').sort());
});

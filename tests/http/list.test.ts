import type { TaskRecord } from '@taskward/application';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';

/** The titles on the page that a query string asks for. */
const titles = async ({ me, url, style }: Client, query = ''): Promise<string[]> => {
  const response = await me.call('GET', `${url}${query}`);
  return style.data(response).map(({ title }: TaskRecord) => title);
};

overStores((t, { app }) => {
  onStyles(t, app, 'status · all (default), pending, completed', async (t, client) => {
    await client.add({ title: 'open' });
    await client.add({ title: 'done', completed: true });
    t.strictSame(await titles(client), ['done', 'open']);
    t.strictSame(await titles(client, '?status=all'), ['done', 'open']);
    t.strictSame(await titles(client, '?status=pending'), ['open']);
    t.strictSame(await titles(client, '?status=completed'), ['done']);
  });

  onStyles(
    t,
    app,
    'sort, order · created_at (default), updated_at, title; newest first, titles from A',
    async (t, client) => {
      await client.add({ title: 'b' });
      await client.add({ title: 'C' });
      await client.add({ title: 'a' });
      await client.me.call('PATCH', `${client.url}/1`, { description: 'changed last' });
      for (const [query, expected] of [
        ['', ['a', 'C', 'b']],
        ['?sort=created_at', ['a', 'C', 'b']],
        ['?order=desc', ['a', 'C', 'b']],
        ['?order=asc', ['b', 'C', 'a']],
        ['?sort=updated_at', ['b', 'a', 'C']],
        ['?sort=updated_at&order=desc', ['b', 'a', 'C']],
        ['?sort=updated_at&order=asc', ['C', 'a', 'b']],
        ['?sort=title', ['a', 'b', 'C']],
        ['?sort=title&order=asc', ['a', 'b', 'C']],
        ['?sort=title&order=desc', ['C', 'b', 'a']],
      ] as const) {
        t.strictSame(await titles(client, query), expected, query);
      }
    },
  );

  onStyles(t, app, 'limit · 100 by default, 1–500', async (t, client) => {
    const total = 101;
    await Promise.all(Array.from({ length: total - 1 }, () => client.add()));
    await client.add();
    t.equal((await titles(client)).length, 100);
    t.equal((await titles(client, '?limit=1')).length, 1);
    t.equal((await titles(client, '?limit=101')).length, total);
    t.equal((await titles(client, '?limit=500')).length, total);
  });

  onStyles(t, app, 'offset · 0 by default, 0–10 000', async (t, client) => {
    for (const title of ['a', 'b', 'c']) await client.add({ title });
    const sorted = (query: string) => titles(client, `?sort=title${query}`);
    t.strictSame(await sorted('&offset=0'), ['a', 'b', 'c']);
    t.strictSame(await sorted('&offset=1'), ['b', 'c']);
    t.strictSame(await sorted('&offset=1&limit=1'), ['b']);
    t.strictSame(await sorted('&offset=10000'), []);
  });

  t.test('count · X-Total-Count when asked (bare style)', async (t) => {
    const client = aClient(app);
    const total = async (query: string) =>
      (await client.me.call('GET', `${client.url}${query}`)).headers['x-total-count'];
    for (const completed of [true, true, false]) await client.add({ completed });
    t.equal(String(await total('?count=true')), '3');
    t.equal(String(await total('?count=true&limit=1')), '3');
    t.equal(String(await total('?count=true&offset=5')), '3');
    t.equal(String(await total('?count=true&status=completed')), '2');
    t.equal(String(await total('?count=true&search=nothing')), '0');
    t.equal(await total('?count=false'), undefined);
    t.equal(await total(''), undefined);
  });

  t.test('meta · {limit, next_cursor, total?} (envelope style)', async (t) => {
    const { me, add } = aClient(app);
    const meta = async (query: string) => (await me.call('GET', `/api/tasks${query}`)).json().meta;
    for (const completed of [true, true, false]) await add({ completed });
    t.strictSame(await meta(''), { limit: 100, next_cursor: null });
    t.strictSame(await meta('?limit=3&count=true'), { limit: 3, next_cursor: null, total: 3 });
    t.strictSame(await meta('?count=true&status=completed&offset=1'), { limit: 100, next_cursor: null, total: 2 });
    const { next_cursor, ...rest } = await meta('?limit=1&count=true');
    t.strictSame(rest, { limit: 1, total: 3 });
    t.type(next_cursor, 'string');
    t.equal((await meta(`?limit=1&count=true&cursor=${next_cursor}`)).total, 3, 'of all pages, on each');
    t.equal((await me.call('GET', '/api/tasks?count=true')).headers['x-total-count'], undefined);
  });

  onStyles(t, app, 'numbers may have leading zeros, and escapes stand for what they encode', async (t, client) => {
    await client.add();
    await client.add();
    t.equal((await titles(client, '?limit=001')).length, 1);
    t.equal((await titles(client, '?limit=%31')).length, 1);
    t.equal((await titles(client, '?%6Cimit=1&search=M%69lk')).length, 1);
  });
});

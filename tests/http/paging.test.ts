import assert from 'node:assert/strict';
import type { TaskRecord, TaskRepository } from '@taskward/application';
import { Task, toInstant } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aDraft } from '../support/builders.ts';
import { anApi, stores, styles } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';

type Sort = 'created_at' | 'updated_at' | 'title';
type Order = 'asc' | 'desc';

const sorts: Sort[] = ['created_at', 'updated_at', 'title'];
const orders: Order[] = ['asc', 'desc'];
const views = sorts.flatMap((sort) => orders.map((order) => ({ sort, order })));

/** A clock that stands still, jumps and goes back, so that many tasks share their times. */
const anUnevenClock = () => {
  let asked = 0;
  return {
    now: () => {
      asked += 1;
      return toInstant(new Date(Date.UTC(2026, 10, 20) + ((asked * 7) % 4)).toISOString());
    },
  };
};

// The order of UTF-8 is that of code points: U+FF5E before U+1F600, unlike UTF-16's.
const compareText = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const sorted = (tasks: TaskRecord[], sort: Sort, order: Order): TaskRecord[] => {
  const key = (task: TaskRecord) => task[sort].toLowerCase();
  const ascending = [...tasks].sort((a, b) => compareText(key(a), key(b)) || a.id - b.id);
  return order === 'asc' ? ascending : ascending.reverse();
};

interface Page {
  readonly tasks: TaskRecord[];
  /** The path of the next page, as each style gives it. */
  readonly next: string | undefined;
  readonly links: Record<string, string>;
}

const linksOf = (header: unknown): Record<string, string> =>
  Object.fromEntries([...String(header ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url]));

const getPage = async ({ style, me }: Client, url: string): Promise<Page> => {
  const response = await me.call('GET', url);
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.body}`);
  const links = linksOf(response.headers.link);
  const cursor = style === styles.envelope ? response.json().meta.next_cursor : undefined;
  const [path, query = ''] = url.split('?') as [string, string?];
  const parameters = new URLSearchParams(query);
  if (cursor) parameters.set('cursor', cursor);
  return { tasks: style.data(response), next: cursor ? `${path}?${parameters}` : links.next, links };
};

const walk = async (client: Client, url: string, between: () => Promise<void> = async () => {}) => {
  const pages: TaskRecord[][] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const page: Page = await getPage(client, next);
    pages.push(page.tasks);
    next = page.next;
    if (pages.length > 60) throw new Error('the pages do not end');
    await between();
  }
  return pages;
};

const title = fc.string({ unit: fc.constantFrom(...'aAbBzÄäé_%～😀'), minLength: 1, maxLength: 3 });
const content = fc.record({ title, completed: fc.boolean() });
const contents = fc.array(content, { minLength: 0, maxLength: 9 });

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name}`, async (t) => {
    const app = await anApi(t, await makeStore(t), { clock: anUnevenClock() });

    onStyles(t, app, 'order is total · walking by cursor yields exactly the sorted list', async (_t, { style }) => {
      const property = fc.asyncProperty(contents, fc.integer({ min: 1, max: 4 }), async (all, limit) => {
        const client = aClient(app, style);
        for (const one of all) await client.add(one);
        for (const { id } of (await getPage(client, client.url)).tasks.filter(({ completed }) => completed)) {
          await client.me.call('PATCH', `${client.url}/${id}`, { description: 'changed' });
        }
        const { tasks } = await getPage(client, client.url);
        for (const { sort, order } of views) {
          const query = `sort=${sort}&order=${order}&limit=${limit}`;
          const pages = await walk(client, `${client.url}?${query}`);
          assert.deepEqual(pages.flat(), sorted(tasks, sort, order), query);
          assert.ok(
            pages.slice(0, -1).every((page) => page.length === limit),
            `${query}: only the last page is short`,
          );
          assert.ok(tasks.length === 0 || pages.at(-1)?.length, `${query}: the last page is not empty`);
        }
      });
      await fc.assert(property, { numRuns: 5 });
    });

    onStyles(
      t,
      app,
      'paging by cursor · neither repeats nor skips a task that did not change',
      async (_t, { style }) => {
        const change = fc.oneof(
          fc.record({ do: fc.constant('add' as const), with: content, at: fc.nat() }),
          fc.record({
            do: fc.constantFrom('rename' as const, 'toggle' as const, 'delete' as const),
            with: content,
            at: fc.nat(),
          }),
        );
        const property = fc.asyncProperty(
          fc.array(content, { minLength: 4, maxLength: 9 }),
          fc.constantFrom(...views),
          fc.constantFrom('all', 'pending'),
          fc.array(fc.array(change, { maxLength: 2 }), { minLength: 3, maxLength: 3 }),
          async (all, { sort, order }, status, changes) => {
            const client = aClient(app, style);
            for (const one of all) await client.add(one);
            const query = `?sort=${sort}&order=${order}&status=${status}`;
            const { tasks: before } = await getPage(client, `${client.url}${query}`);
            const changed = new Set<number>();
            const rounds = [...changes];
            const pages = await walk(client, `${client.url}${query}&limit=2`, async () => {
              for (const one of rounds.shift() ?? []) {
                const id = 1 + (one.at % all.length);
                const url = `${client.url}/${id}`;
                if (one.do === 'add') await client.add(one.with);
                else changed.add(id);
                if (one.do === 'rename') await client.me.call('PATCH', url, one.with);
                if (one.do === 'toggle') await client.me.call('PATCH', `${url}/complete`);
                if (one.do === 'delete') await client.me.call('DELETE', url);
              }
            });
            const unchanged = (tasks: TaskRecord[]) =>
              tasks.map(({ id }) => id).filter((id) => id <= all.length && !changed.has(id));
            assert.deepEqual(unchanged(pages.flat()), unchanged(before));
          },
        );
        await fc.assert(property, { numRuns: 20 });
      },
    );
  });
}

overStores((t, { app, tasks }) => {
  onStyles(t, app, 'cursor · keeps the filter, and may change the page’s size', async (t, client) => {
    for (const title of ['milk 1', 'bread', 'milk 2', 'milk 3']) await client.add({ title });
    const pages = await walk(client, `${client.url}?search=MILK&sort=title&limit=1`);
    t.strictSame(
      pages.map((page) => page.map(({ title }) => title)),
      [['milk 1'], ['milk 2'], ['milk 3']],
    );
  });

  onStyles(t, app, 'cursor · forged is 422, whichever byte', async (t, client) => {
    const { style, me, url } = client;
    for (const title of ['a', 'b']) await client.add({ title });
    const { next } = await getPage(client, `${url}?sort=title&limit=1`);
    const cursor = new URL(next as string, 'http://x').searchParams.get('cursor') as string;
    const get = (forged: string) =>
      me.call('GET', `${url}?${new URLSearchParams({ sort: 'title', limit: '1', cursor: forged })}`);
    t.strictSame(style.data(await get(cursor))[0].title, 'b', 'as it was given it is good');
    const forged = [
      ...Array.from(
        cursor,
        (character, at) => cursor.slice(0, at) + (character === 'A' ? 'B' : 'A') + cursor.slice(at + 1),
      ),
      ...Array.from(cursor, (_, at) => cursor.slice(0, at)),
      ...[`${cursor}A`, `${cursor}AAAA`, `${cursor}=`, ` ${cursor}`, `${cursor}\n`, cursor.toLowerCase()],
      Buffer.from(JSON.stringify(['a', 1])).toString('base64url'),
    ];
    for (const one of forged) {
      const response = await get(one);
      if (response.statusCode === 422 && faultOf(response, 'cursor') !== undefined) continue;
      t.fail(`responded with ${response.statusCode}: ${one}`);
    }
    isRefused(t, await get(forged[0] as string), { status: 422, code: 'request/invalid', style, fields: ['cursor'] });
  });

  onStyles(t, app, 'cursor · of another query is 422', async (t, client) => {
    const { style, me, url } = client;
    for (const title of ['a', 'b', 'c']) await client.add({ title });
    const { next } = await getPage(client, `${url}?sort=title&order=asc&status=all&limit=1`);
    const cursor = new URL(next as string, 'http://x').searchParams.get('cursor') as string;
    const list = { sort: 'title', order: 'asc', status: 'all', limit: '1', cursor };
    t.equal((await me.call('GET', `${url}?${new URLSearchParams(list)}`)).statusCode, 200);
    for (const other of [{ sort: 'created_at' }, { order: 'desc' }, { status: 'pending' }, { search: 'a' }]) {
      const response = await me.call('GET', `${url}?${new URLSearchParams({ ...list, ...other })}`);
      const about = JSON.stringify(other);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['cursor'] }, about);
    }
  });

  onStyles(t, app, 'cursor · of another user is 422', async (t, client) => {
    const other = aClient(app, client.style);
    for (const one of [client, other]) for (const title of ['a', 'b']) await one.add({ title });
    const { next } = await getPage(client, `${client.url}?limit=1`);
    const theirs = (next as string).replace(client.url, other.url);
    const { style, me } = other;
    isRefused(t, await me.call('GET', theirs), { status: 422, code: 'request/invalid', style, fields: ['cursor'] });
  });

  onStyles(t, app, 'cursor with offset · 422', async (t, client) => {
    const { style, me, url } = client;
    for (const title of ['a', 'b']) await client.add({ title });
    const { next } = await getPage(client, `${url}?limit=1`);
    for (const offset of [0, 1]) {
      const response = await me.call('GET', `${next}&offset=${offset}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['offset'] }, `offset=${offset}`);
    }
  });

  t.test('Link · first, prev and next of numbered pages, followed to the end (bare style)', async (t) => {
    const client = aClient(app);
    for (const title of ['a', 'b', 'c', 'd', 'e']) await client.add({ title });
    const seen: string[] = [];
    const pages: Page[] = [];
    for (let next: string | undefined = `${client.url}?sort=title&limit=2&offset=0`; next; next = pages.at(-1)?.next) {
      pages.push(await getPage(client, next));
      seen.push(...(pages.at(-1)?.tasks ?? []).map(({ title }) => title));
    }
    t.strictSame(seen, ['a', 'b', 'c', 'd', 'e']);
    t.strictSame(
      pages.map(({ links }) => Object.keys(links).sort()),
      [
        ['first', 'next'],
        ['first', 'next', 'prev'],
        ['first', 'prev'],
      ],
    );
    for (const [at, { links }] of pages.entries()) {
      t.strictSame((await getPage(client, links.first as string)).tasks, pages[0]?.tasks, `first of page ${at}`);
      if (links.prev)
        t.strictSame((await getPage(client, links.prev)).tasks, pages[at - 1]?.tasks, `prev of page ${at}`);
      for (const link of Object.values(links)) t.match(link, /limit=2\b/, 'the page keeps its size');
    }
    const { links } = await getPage(client, `${client.url}?sort=title&limit=2&offset=1`);
    t.match(links.prev, /[?&]offset=0\b/, 'before a page that is not a whole one from the start: from the start');
  });

  t.test('Link · next and first of pages by cursor (bare style)', async (t) => {
    const client = aClient(app);
    for (const title of ['a', 'b']) await client.add({ title });
    const first = await getPage(client, `${client.url}?limit=1&status=pending&search=b`);
    t.strictSame(Object.keys(first.links), ['first'], 'the only page has no next');
    const page = await getPage(client, `${client.url}?limit=1`);
    t.strictSame(Object.keys(page.links).sort(), ['first', 'next']);
    t.match(page.links.next, /[?&]cursor=[\w-]+/);
    const last = await getPage(client, page.links.next as string);
    t.strictSame(Object.keys(last.links), ['first']);
    t.strictSame((await getPage(client, last.links.first as string)).tasks, page.tasks);
  });

  t.test('Link · numbered pages go on by cursor where offsets end (bare style)', async (t) => {
    const endless: TaskRepository = {
      ...tasks,
      list: async (owner, query) => {
        const one = Task.restore({ ...aDraft(owner), id: query.after ? 2 : 1, revision: 1 });
        return { revision: 1, tasks: [one], next: { values: [one.createdAt], id: one.id } };
      },
    };
    const client = aClient(await anApi(t, endless));
    const last = await getPage(client, `${client.url}?limit=1&offset=9999`);
    t.match(last.next, /[?&]offset=10000\b/);
    const { next } = await getPage(client, last.next as string);
    t.match(next, /[?&]cursor=/);
    t.notMatch(next, /offset/);
    t.equal((await getPage(client, next as string)).tasks[0]?.id, 2);
  });
});

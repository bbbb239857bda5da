import type { TaskRecord } from '@taskward/application';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { batch } from './batches.ts';

// Now it is 20 November 2026, a Friday, half past nine.
const contents = [
  { title: 'a', priority: 'high', tags: ['home', 'garden'], due_date: '2026-11-20', repeat: 'weekly' },
  { title: 'b', priority: 'urgent', tags: ['Home'], due_date: '2026-11-19' },
  { title: 'c', priority: 'low', tags: ['a,b'], due_date: '2026-11-20T08:00' },
  { title: 'd', tags: ['work'], due_date: '2026-11-22T12:00:00Z', completed: true },
  { title: 'e', priority: 'high' },
  { title: 'f', due_date: '2026-12-24', repeat: 'yearly' },
];

const fill = (client: Client) =>
  batch(
    client,
    contents.map((content) => ({ op: 'create', ...content })),
  );

const titlesOf = (tasks: readonly TaskRecord[]): string => tasks.map(({ title }) => title).join('');

overStores((t, { app }) => {
  const filters: [query: string, titles: string][] = [
    ['priority=high', 'ae'],
    ['priority=low,urgent', 'bc'],
    ['priority=none', 'df'],
    ['priority=high,none&status=pending', 'aef'],
    ['tag=home', 'ab'],
    ['tag=HOME&tag=garden', 'a'],
    ['tags=home,garden', 'a'],
    ['tags=home&tag=garden', 'a'],
    ['tag=a,b', 'c'],
    ['tags=a,b', ''],
    ['any_tag=garden,work', 'ad'],
    ['any_tag=garden&any_tag=work', 'ad'],
    ['any_tag=home&tag=garden', 'a'],
    ['untagged=true', 'ef'],
    ['untagged=false', 'abcd'],
    ['due=overdue', 'bc'],
    ['due=today', 'ac'],
    ['due=week', 'abcd'],
    ['due=none', 'e'],
    ['due=today&priority=high', 'a'],
    ['due_before=2026-11-20', 'b'],
    ['due_after=2026-11-20&due_before=2026-11-23', 'acd'],
    ['due_after=2026-11-20T08:00&due_before=2026-11-20T08:01', 'c'],
    ['due_after=2026-11-20T09:00%2B01:00', 'acdf'],
    ['due_before=2026-11-20T09:30[America/New_York]', 'bc'],
    ['repeating=true', 'af'],
    ['repeating=false', 'bcde'],
    ['completed_after=2026-11-20', 'd'],
    ['completed_before=2026-11-20', ''],
    ['completed_after=2026-11-20T09:29&completed_before=2026-11-21', 'd'],
    ['updated_after=2026-11-21', ''],
    ['updated_after=2026-11-20&status=completed', 'd'],
    ['search=A&priority=high', 'a'],
  ];

  onStyles(t, app, 'filters · each by itself and together', async (t, client) => {
    const { style, me, url } = client;
    await fill(client);
    for (const [query, titles] of filters) {
      const response = await me.call('GET', `${url}?${query}&sort=title&count=true`);
      t.equal(response.statusCode, 200, query);
      t.equal(titlesOf(style.data(response)), titles, query);
    }
  });

  const orders: [sort: string, titles: string][] = [
    ['priority', 'baecdf'],
    ['-priority', 'ceabfd'],
    ['due_date', 'bcadfe'],
    ['-due_date', 'fdacbe'],
    ['priority,due_date', 'baecdf'],
    ['priority,-due_date', 'baecfd'],
    ['-priority,title', 'caebdf'],
    ['position', 'abcdef'],
    ['-position', 'fedcba'],
    ['completed_at,title', 'dabcef'],
    ['title,created_at', 'abcdef'],
  ];

  onStyles(
    t,
    app,
    'orders · tasks without a value come last, and pages by cursor are the same list',
    async (t, client) => {
      const { style, me, url } = client;
      await fill(client);
      for (const [sort, titles] of orders) {
        t.equal(titlesOf(style.data(await me.call('GET', `${url}?sort=${sort}`))), titles, sort);
        let walked = '';
        for (let cursor: string | null = ''; cursor !== null; ) {
          const query = new URLSearchParams({ sort, limit: '1', ...(cursor !== '' && { cursor }) });
          const page = (await me.call('GET', `/api/tasks?${query}`)).json();
          walked += titlesOf(page.data);
          cursor = page.meta.next_cursor;
        }
        t.equal(walked, titles, `${sort}, one at a time`);
      }
      const ascending = style.data(await me.call('GET', `${url}?sort=completed_at&order=asc`));
      t.equal(titlesOf(ascending).at(0), 'd', '`order` goes with one field');
    },
  );

  t.test('a cursor belongs to its filter and order', async (t) => {
    const client = aClient(app);
    await fill(client);
    const get = (query: string) => client.me.call('GET', `/api/tasks?${query}`);
    const page = await get('sort=priority,title&tags=home&limit=1');
    const cursor = page.json().meta.next_cursor;
    t.equal((await get(`sort=priority,title&tag=HOME&limit=1&cursor=${cursor}`)).statusCode, 200, 'the same list');
    for (const other of [
      'sort=title,priority&tags=home',
      'sort=priority&tags=home',
      'sort=priority,title&any_tag=home',
    ]) {
      t.equal((await get(`${other}&limit=1&cursor=${cursor}`)).statusCode, 422, other);
    }
  });

  t.test('Link · has the filters as they were (bare style)', async (t) => {
    const client = aClient(app);
    await fill(client);
    const query = 'priority=high,urgent&tag=home&any_tag=home&any_tag=work&sort=priority,title&limit=1';
    const first = await client.me.call('GET', `${client.url}?${query}`);
    const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
    t.match(next, /priority=high%2Curgent/);
    t.match(next, /sort=priority%2Ctitle/);
    t.match(next, /any_tag=home&any_tag=work/);
    const pages = [first, await client.me.call('GET', next)];
    t.equal(pages.map((page) => titlesOf(page.json())).join(''), 'ba');
  });

  onStyles(t, app, 'a list that changes as time goes by has no ETag', async (t, client) => {
    const { me, url } = client;
    await fill(client);
    for (const due of ['overdue', 'today', 'week']) {
      const response = await me.call('GET', `${url}?due=${due}`, undefined, { 'if-none-match': '*' });
      t.equal(response.statusCode, 200, due);
      t.equal(response.headers.etag, undefined, due);
    }
    const { headers } = await me.call('GET', `${url}?due=none`);
    const known = await me.call('GET', `${url}?due=none`, undefined, { 'if-none-match': String(headers.etag) });
    t.equal(known.statusCode, 304);
  });
});

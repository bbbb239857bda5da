import type { TaskRecord } from '@taskward/application';
import { aClient, type Client, faultOf, isRefused, onStyles, overStores } from './support.ts';

const titlesOf = (tasks: TaskRecord[]) => tasks.map(({ title }) => title);

/** The titles on the page that a query string asks for. */
const titles = async ({ me, url, style }: Client, query = ''): Promise<string[]> => {
  const response = await me.call('GET', `${url}${query}`);
  return titlesOf(style.data(response));
};

const search = (client: Client, text: string) => titles(client, `?${new URLSearchParams({ search: text })}`);

overStores((t, { app }) => {
  onStyles(t, app, 'status · all (default), pending, completed', async (t, client) => {
    await client.add({ title: 'open' });
    await client.add({ title: 'done', completed: true });
    t.strictSame(await titles(client), ['done', 'open']);
    t.strictSame(await titles(client, '?status=all'), ['done', 'open']);
    t.strictSame(await titles(client, '?status=pending'), ['open']);
    t.strictSame(await titles(client, '?status=completed'), ['done']);
  });

  onStyles(t, app, 'search · matches title and description', async (t, client) => {
    await client.add({ title: 'milk', description: 'two litres' });
    await client.add({ title: 'bread', description: null });
    t.strictSame(await search(client, 'mil'), ['milk']);
    t.strictSame(await search(client, 'litre'), ['milk']);
    t.strictSame(await search(client, 'read'), ['bread']);
    t.strictSame(await search(client, 'null'), []);
    t.strictSame(await search(client, 'milktwo'), [], 'not across the two');
    t.strictSame(await search(client, ' '), ['milk'], 'a space is a character like another');
  });

  onStyles(t, app, 'search · without regard to case, beyond ASCII too', async (t, client) => {
    for (const title of ['Äpfel', 'ÉCLAIR', 'Мука', 'Ⅷ', 'ﬁg', 'Οδός']) await client.add({ title, description: title });
    for (const [text, found] of [
      ['äPFEL', 'Äpfel'],
      ['éclair', 'ÉCLAIR'],
      ['МУКА', 'Мука'],
      ['ⅷ', 'Ⅷ'],
      ['ΟΔΌ', 'Οδός'],
    ] as const) {
      t.strictSame(await search(client, text), [found], text);
      t.strictSame(await search(client, found), [found], found);
    }
    t.strictSame(await search(client, 'apfel'), [], 'an accent is not a matter of case');
  });

  onStyles(t, app, 'search · a sigma is a sigma, at the end of a word or not', async (t, client) => {
    await client.add({ title: 'Οδυσσέας' });
    await client.add({ title: 'ΟΔΟΣ' });
    // In capitals there is one letter; in small ones the last of a word is another than the rest.
    for (const [text, found] of [
      ['ΟΔΥΣ', 'Οδυσσέας'],
      ['οδυσ', 'Οδυσσέας'],
      ['οδοσ', 'ΟΔΟΣ'],
      ['οδος', 'ΟΔΟΣ'],
    ] as const) {
      t.strictSame(await search(client, text), [found], text);
    }
  });

  onStyles(t, app, 'search · %, _ and \\ are ordinary characters', async (t, client) => {
    for (const title of ['100%', 'a_b', 'a\\b', 'axb', '100', "it's", 'a.*b', '$1']) await client.add({ title });
    for (const [text, found] of [
      ['%', ['100%']],
      ['_', ['a_b']],
      ['\\', ['a\\b']],
      ['a_b', ['a_b']],
      ['1%', []],
      ['a\\_b', []],
      ["'", ["it's"]],
      ['.*', ['a.*b']],
      ['$1', ['$1']],
    ] as [string, string[]][]) {
      t.strictSame(await search(client, text), found, text);
    }
  });

  onStyles(t, app, 'search · 1–100 code points', async (t, client) => {
    await client.add({ title: '😀'.repeat(100) });
    t.equal((await search(client, '😀'.repeat(100))).length, 1);
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

  const wrong: [query: string, field: string, message: RegExp][] = [
    ['status=done', 'status', /`all`, `pending`, `completed`/],
    ['status=', 'status', /must be one of/],
    ['status=ALL', 'status', /must be one of/],
    ['search=', 'search', /must not be empty/],
    [`search=${'x'.repeat(101)}`, 'search', /at most 100 characters long, and has 101/],
    [`search=${encodeURIComponent('😀'.repeat(101))}`, 'search', /at most 100/],
    ['search=a%00b', 'search', /NUL/],
    ['sort=priority', 'sort', /`created_at`, `updated_at`, `title`/],
    ['sort=id', 'sort', /must be one of/],
    ['order=up', 'order', /`asc`, `desc`/],
    ['order=DESC', 'order', /must be one of/],
    ...[
      ...['0', '-1', '501', '1.5', 'ten', '', '99999999999999999999', `1${'0'.repeat(400)}`],
      ...[
        'Infinity',
        '-Infinity',
        'NaN',
        '%2B1',
        '+1',
        '%201',
        '1%20',
        '1%0A',
        '1e2',
        '0x10',
        '0b1',
        '0o7',
        '1_0',
        '1n',
      ],
      ...['1.0', '%D9%A1', '%EF%BC%91', 'true', 'null', '-0'],
    ].map((value): [string, string, RegExp] => [
      `limit=${value}`,
      'limit',
      /^must be a whole number from 1 to 500, such as 20$/,
    ]),
    ...['-1', '10001', 'x', 'Infinity', '-Infinity', '+1', '%201', '1e2', '0x10', '-0'].map(
      (value): [string, string, RegExp] => [
        `offset=${value}`,
        'offset',
        /^must be a whole number from 0 to 10000, such as 200$/,
      ],
    ),
    ...['maybe', '', '1', '0', 'TRUE', 'True', '%20true', 'true%20', 'null', 'yes'].map(
      (value): [string, string, RegExp] => [`count=${value}`, 'count', /^must be `true` or `false`$/],
    ),
    ...[
      ['limit', '1'],
      ['offset', '0'],
      ['count', 'true'],
      ['status', 'all'],
      ['sort', 'title'],
      ['order', 'asc'],
      ['search', 'x'],
      ['cursor', 'x'],
    ].map(([name, value]): [string, string, RegExp] => [
      `${name}=${value}&${name}=${value}`,
      name as string,
      /^must be given only once$/,
    ]),
    ['search=%FF', 'search', /^is not well-formed percent-encoded UTF-8: .*encodeURIComponent$/],
    ['search=%', 'search', /well-formed/],
    ['search=100%', 'search', /well-formed/],
    ['search=%zz', 'search', /well-formed/],
    ['search=%E4%BD', 'search', /well-formed/],
    ['search=%C0%AF', 'search', /well-formed/],
    ['search=%ED%A0%80', 'search', /well-formed/],
    ['search=%F4%90%80%80', 'search', /well-formed/],
    ['search=%C3&sort=%A9', 'search', /well-formed/],
    ['search=a&limit=%FF', 'limit', /well-formed/],
    ['cursor=%FF', 'cursor', /well-formed/],
    ['no%FFname=1', 'query', /well-formed/],
    ['%=1', 'query', /well-formed/],
    ['cursor=', 'cursor', /not a cursor of this list/],
    ['cursor=forged', 'cursor', /not a cursor of this list/],
    [`cursor=${'A'.repeat(5000)}`, 'cursor', /./],
    ['sort_by=title', 'sort_by', /did you mean `sort`\?/],
    ['Status=all', 'Status', /did you mean `status`\?/],
    ['statsu=all', 'statsu', /did you mean `status`\?/],
    ['page_limit=5', 'page_limit', /did you mean `limit`\?/],
    ['q=milk', 'q', /not a known parameter: use .*`search`/],
    ['__proto__=1', '__proto__', /not a known parameter/],
  ];
  for (const [query, field, message] of wrong) {
    const shown = query.length > 60 ? `${query.slice(0, 30)}… (${query.length})` : query;
    onStyles(t, app, `${shown} · 422 naming ${field}`, async (t, { style, me, url }) => {
      const response = await me.call('GET', `${url}?${query}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [field] });
      t.match(faultOf(response, field), message);
    });
  }

  onStyles(t, app, 'what is wrong is so for HEAD too', async (t, { me, url }) => {
    for (const query of ['limit=Infinity', 'offset=-Infinity', 'limit=1e2', 'search=%FF', 'search=a%']) {
      t.equal((await me.call('HEAD', `${url}?${query}`)).statusCode, 422, query);
    }
  });

  onStyles(
    t,
    app,
    'a malformed query is refused on every operation, also by health',
    async (t, { style, me, url, add }) => {
      await add();
      for (const [method, path] of [
        ['GET', `${url}/1`],
        ['POST', url],
        ['DELETE', `${url}/1`],
      ] as const) {
        const response = await me.call(method, `${path}?a=%FF`, method === 'POST' ? { title: 'x' } : undefined);
        isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['a'] }, method);
      }
      const health = await me.call('GET', '/health?%FF');
      isRefused(t, health, { status: 422, code: 'request/invalid', fields: ['query'] });
      t.equal((await titles({ style, me, url } as Client)).length, 1, 'nothing is done');
    },
  );

  onStyles(t, app, 'numbers may have leading zeros, and escapes stand for what they encode', async (t, client) => {
    await client.add();
    await client.add();
    t.equal((await titles(client, '?limit=001')).length, 1);
    t.equal((await titles(client, '?limit=%31')).length, 1);
    t.equal((await titles(client, '?%6Cimit=1&search=M%69lk')).length, 1);
  });

  onStyles(t, app, 'all faults of a query at once', async (t, { style, me, url }) => {
    const response = await me.call('GET', `${url}?status=done&limit=0&offset=x&order=up&sort_by=title&count=2&search=`);
    const fields = ['status', 'limit', 'offset', 'order', 'sort_by', 'count', 'search'];
    isRefused(t, response, { status: 422, code: 'request/invalid', style, fields });
  });

  onStyles(t, app, 'a query on any other operation · 422', async (t, { style, me, url, add }) => {
    await add();
    for (const [method, path, body] of [
      ['POST', '', { title: 'x' }],
      ['GET', '/1', undefined],
      ['PUT', '/1', { title: 'x' }],
      ['PATCH', '/1', { title: 'x' }],
      ['PATCH', '/1/complete', undefined],
      ['DELETE', '/1', undefined],
    ] as const) {
      const response = await me.call(method, `${url}${path}?force=1`, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['force'] }, `${method} ${path}`);
    }
    t.strictSame(await titles({ style, me, url } as Client), ['Buy milk'], 'and nothing is done');
  });
});

import type { TaskRecord } from '@taskward/application';
import { strictly } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { faultOf, isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  const wrong: [query: string, field: string, message: RegExp][] = [
    ['status=done', 'status', /`all`, `pending`, `completed`/],
    ['status=', 'status', /must be one of/],
    ['status=ALL', 'status', /must be one of/],
    ['search=', 'search', /must not be empty/],
    [`search=${'x'.repeat(101)}`, 'search', /at most 100 characters long, and has 101/],
    [`search=${encodeURIComponent('😀'.repeat(101))}`, 'search', /at most 100/],
    ['search=a%00b', 'search', /NUL/],
    ['sort=colour', 'sort', /`created_at`, `updated_at`, `title`, `due_date`, `priority`, `position`, `completed_at`/],
    ['sort=id', 'sort', /must be one of .*, or several of them with commas between, each with `-` before it/],
    ['sort=', 'sort', /must be one of/],
    ['sort=title,', 'sort', /must be one of/],
    ['sort=--title', 'sort', /must be one of/],
    ['sort=title,-title', 'sort', /^must name each field once$/],
    ['sort=title,priority&order=asc', 'order', /^goes with a single field of `sort`: put `-` before each field/],
    ['sort=-title&order=asc', 'order', /goes with a single field/],
    ['priority=1', 'priority', /`urgent`, `high`, `medium`, `low`, `none`, or several of them with commas between$/],
    ['priority=HIGH', 'priority', /must be one of/],
    ['priority=', 'priority', /must be one of/],
    ['tag=', 'tag', /^must not be empty$/],
    ['tag=%20', 'tag', /^must not be empty$/],
    ['tag=a%00b', 'tag', /NUL/],
    [`tag=${'x'.repeat(51)}`, 'tag', /at most 50 characters long, and has 51/],
    [`tags=${'x,'.repeat(20)}x`, 'tags', /^must hold at most 20, and holds 21$/],
    ['tags=a,,b', 'tags', /^must not be empty$/],
    ['any_tag=a,', 'any_tag', /^must not be empty$/],
    [`any_tag=${'a&any_tag='.repeat(20)}a`, 'any_tag', /^must hold at most 20, and holds 21$/],
    ['untagged=yes', 'untagged', /^must be `true` or `false`$/],
    ['repeating=1', 'repeating', /^must be `true` or `false`$/],
    ['due=tomorrow', 'due', /`overdue`, `today`, `week`, `none`/],
    ['due=none&due_before=2026-12-01', 'due', /cannot be `none` where a range of due dates is given/],
    ...['due_before', 'due_after', 'completed_before', 'completed_after', 'updated_after'].flatMap(
      (name): [string, string, RegExp][] => [
        [`${name}=tomorrow`, name, /^must be a day \(2026-12-01\), a time/],
        [`${name}=2026-02-30`, name, /must be a day that exists/],
        [`${name}=`, name, /^must be a day/],
      ],
    ),
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
      ['priority', 'high'],
      ['tags', 'home'],
      ['due', 'today'],
      ['due_before', '2026-12-01'],
      ['untagged', 'true'],
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
    ['orderBy=title', 'orderBy', /did you mean `sort`\?/],
    ['sort_order=asc', 'sort_order', /did you mean `order`\?/],
    ['page=2', 'page', /did you mean `offset` or `cursor`\?/],
    ['skip=10', 'skip', /did you mean `offset` or `cursor`\?/],
    ...['page_size', 'per_page', 'perPage', 'pageSize'].map((name): [string, string, RegExp] => [
      `${name}=10`,
      name,
      /did you mean `limit`\?/,
    ]),
    ['dueBefore=2026-12-01', 'dueBefore', /did you mean `due_before`\?/],
    ['labels=home', 'labels', /did you mean `tags`\?/],
    ['overdue=true', 'overdue', /did you mean `due`\?/],
    ['Status=all', 'Status', /did you mean `status`\?/],
    ['statsu=all', 'statsu', /did you mean `status`\?/],
    ['page_limit=5', 'page_limit', /did you mean `limit`\?/],
    ['q=milk', 'q', /not a known parameter: use .*`search`/],
    ['__proto__=1', '__proto__', /not a known parameter/],
  ];
  for (const [query, field, message] of wrong) {
    const shown = query.length > 60 ? `${query.slice(0, 30)}… (${query.length})` : query;
    onStyles(
      t,
      app,
      `${shown} · 422 naming ${field}`,
      async (t, { style, me, url }) => {
        const response = await me.call('GET', `${url}?${query}`);
        isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [field] });
        t.match(faultOf(response, field), message);
      },
      strictly,
    );
  }

  onStyles(
    t,
    app,
    'what is wrong is so for HEAD too',
    async (t, { me, url }) => {
      for (const query of ['limit=Infinity', 'offset=-Infinity', 'limit=1e2', 'search=%FF', 'search=a%']) {
        t.equal((await me.call('HEAD', `${url}?${query}`)).statusCode, 422, query);
      }
    },
    strictly,
  );

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
      t.equal(style.data(await me.call('GET', url)).length, 1, 'nothing is done');
    },
    strictly,
  );

  onStyles(
    t,
    app,
    'all faults of a query at once',
    async (t, { style, me, url }) => {
      const response = await me.call(
        'GET',
        `${url}?status=done&limit=0&offset=x&order=up&sort_by=title&count=2&search=`,
      );
      const fields = ['status', 'limit', 'offset', 'order', 'sort_by', 'count', 'search'];
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields });
    },
    strictly,
  );

  onStyles(
    t,
    app,
    'a query on any other operation · 422',
    async (t, { style, me, url, add }) => {
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
      const titles = style.data(await me.call('GET', url)).map(({ title }: TaskRecord) => title);
      t.strictSame(titles, ['Buy milk'], 'and nothing is done');
    },
    strictly,
  );
});

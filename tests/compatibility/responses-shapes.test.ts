import type { CompatibilitySetting } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const aFrontEnd = async (t: Test, ...settings: CompatibilitySetting[]) => {
  const app = await anApi(t, makeMemoryStores(), { compatibility: settings });
  const me = aCaller(app);
  for (const title of ['one', 'two', 'three']) await me.call('POST', '/api/tasks', { title });
  return me;
};

const titlesOf = (tasks: { title: string }[]) => tasks.map(({ title }) => title);

t.test('bare · the token style has bare tasks and lists', async (t) => {
  const { call } = await aFrontEnd(t, 'bare');
  const created = await call('POST', '/api/tasks', { title: 'four' });
  t.match([created.statusCode, created.json()], [201, { id: 4, title: 'four' }]);
  t.match((await call('GET', '/api/tasks/4')).json(), { id: 4, title: 'four' });
  const first = await call('GET', '/api/tasks?limit=3&count=true');
  t.strictSame(titlesOf(first.json()), ['four', 'three', 'two']);
  t.equal(first.headers['x-total-count'], '4');
  const [, next = ''] = /<([^>]*)>; rel="next"/.exec(String(first.headers.link)) ?? [];
  t.strictSame(titlesOf((await call('GET', `/api/tasks${next}`)).json()), ['one']);
  const numbered = await call('GET', '/api/tasks?limit=1&offset=1');
  t.match(numbered.headers.link, /<\?limit=1&offset=2>; rel="next".*<\?limit=1&offset=0>; rel="prev"/);
  t.equal(numbered.headers['content-length'], String(Buffer.byteLength(numbered.body)));
  t.notOk('success' in (await call('GET', '/api/tasks/summary')).json());
});

t.test('bare · changes keep their cursor, deletions have no body', async (t) => {
  const { call } = await aFrontEnd(t, 'bare');
  const deleted = await call('DELETE', '/api/tasks/1');
  t.strictSame([deleted.statusCode, deleted.body, deleted.headers['content-type']], [204, '', undefined]);
  const changes = (await call('GET', '/api/tasks/changes')).json();
  t.strictSame(Object.keys(changes), ['changes', 'cursor', 'has_more']);
  const trash = await call('GET', '/api/tasks/trash');
  t.strictSame(titlesOf(trash.json()), ['one']);
  t.match(trash.headers.link, /rel="first"/);
});

t.test('bare · errors are problems in plain JSON with a `message`, also in a batch and without a user', async (t) => {
  const me = await aFrontEnd(t, 'bare');
  const type = 'application/json; charset=utf-8';
  const missing = await me.call('GET', '/api/tasks/9');
  t.match([missing.statusCode, missing.headers['content-type']], [404, type]);
  t.match(missing.json(), { type: 'about:blank', title: 'Not Found', status: 404, code: 'task/not-found' });
  t.notOk('success' in missing.json() || 'error' in missing.json());
  t.equal(missing.json().message, missing.json().detail);
  const anonymous = await me.call('GET', '/api/tasks', undefined, { authorization: '' });
  t.match([anonymous.statusCode, anonymous.headers['content-type'], anonymous.json().status], [401, type, 401]);
  const operations = [{ op: 'delete', id: 9 }];
  for (const atomic of [true, false]) {
    const { results } = (await me.call('POST', '/api/tasks/batch', { atomic, operations })).json();
    t.match(
      results,
      [{ status: 404, error: { status: 404, title: 'Not Found', detail: String, message: String } }],
      `atomic: ${atomic}`,
    );
  }
});

t.test('json-errors · both styles have plain JSON and a `message`, also without a user', async (t) => {
  const type = 'application/json; charset=utf-8';
  for (const more of [[], ['bare']] as const) {
    const me = await aFrontEnd(t, 'json-errors', ...more);
    for (const path of ['/api/tasks', me.bare, '/api/nothing']) {
      for (const [url, headers] of [
        [`${path}/9`, {}],
        [`${path}?limit=x`, {}],
        [path, { authorization: '' }],
      ] as const) {
        const { statusCode, ...response } = await me.call('GET', url, undefined, headers);
        t.ok(statusCode >= 400, url);
        t.equal(response.headers['content-type'], type, url);
        const { message, detail, code, errors } = response.json();
        t.equal(message, detail, url);
        t.match({ message, code }, { message: /\.$/, code: String }, url);
        t.equal(errors !== undefined, statusCode === 422, url);
      }
      const asked = await me.call('GET', `${path}/9`, undefined, { prefer: 'handling=strict' });
      t.notOk('message' in asked.json(), path);
    }
    t.notOk('message' in (await me.call('GET', `${me.bare}/1`)).json());
  }
});

const listsOf = {
  tasks: { tasks: [{ title: 'three' }, { title: 'two' }], count: 3, total: 3, next_cursor: String },
  items: { items: [{ title: 'three' }, { title: 'two' }], total: 3, next_cursor: String },
  'data-tasks': { success: true, data: { tasks: [{ title: 'three' }, { title: 'two' }], total: 3 } },
} as const;

for (const [shape, expected] of Object.entries(listsOf)) {
  for (const more of [[], ['bare']] as const) {
    t.test(`${[shape, ...more].join()} · lists of both styles`, async (t) => {
      const me = await aFrontEnd(t, shape as keyof typeof listsOf, ...more);
      for (const path of ['/api/tasks', me.bare]) {
        const first = await me.call('GET', `${path}?limit=2`);
        t.match(first.json(), expected, path);
        const { next_cursor: cursor } = first.json();
        if (cursor === undefined) continue;
        const last = (await me.call('GET', `${path}?limit=2&cursor=${cursor}`)).json();
        t.match(last, { total: 3, next_cursor: null }, path);
        const { length } = shape === 'tasks' ? last.tasks : last.items;
        t.equal(length, 1, path);
        const head = await me.call('HEAD', `${path}?limit=2`);
        t.equal(head.headers['content-length'], first.headers['content-length']);
      }
      t.match((await me.call('GET', `${me.bare}/1`)).json(), { id: 1 });
      t.equal((await me.call('GET', `${me.bare}?limit=x`)).statusCode, 422);
    });
  }
}

t.test('delete-json · deletions of both styles have JSON', async (t) => {
  for (const more of [[], ['bare']] as const) {
    const me = await aFrontEnd(t, 'delete-json', ...more);
    for (const path of ['/api/tasks/1', `${me.bare}/2`]) {
      const deleted = await me.call('DELETE', path);
      t.strictSame([deleted.statusCode, deleted.json()], [200, { success: true, message: 'Deleted.' }]);
      t.equal(deleted.headers['content-type'], 'application/json; charset=utf-8');
      t.equal(deleted.headers['content-length'], String(deleted.body.length));
    }
    t.equal((await me.call('DELETE', `${me.bare}/2`)).statusCode, 404);
    t.match((await me.call('DELETE', `${me.bare}/trash`)).json(), { purged: 2 });
  }
});

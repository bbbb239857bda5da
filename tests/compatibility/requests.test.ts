import t from 'tap';
import { aCaller, anApi, stores } from '../support/http/api.ts';

type Made = readonly [sent: Record<string, unknown>, stored: Record<string, unknown>, hint: string];

const hintOf = ({ headers }: { readonly headers: Record<string, unknown> }) => headers['contract-spelling'];

const anApp = async (scope: Parameters<typeof anApi>[0], compatibility: readonly string[] = []) => {
  const app = await anApi(scope, await stores.memory(scope), { compatibility: compatibility as [] });
  return { app, ...aCaller(app) };
};

const bodies: readonly Made[] = [
  [{ dueDate: '2026-12-01' }, { due_date: '2026-12-01' }, 'dueDate=due_date'],
  [{ due: '2026-12-01T10:30' }, { due_date: '2026-12-01T10:30' }, 'due=due_date'],
  [{ due_datetime: '2026-12-01T10:30:00Z' }, { due_date: '2026-12-01T10:30:00Z' }, 'due_datetime=due_date'],
  [{ due_date: '' }, { due_date: null }, 'due_date=null'],
  [{ dueDate: '' }, { due_date: null }, 'dueDate=due_date'],
  [{ is_completed: true }, { completed: true }, 'is_completed=completed'],
  [{ isCompleted: true }, { completed: true }, 'isCompleted=completed'],
  [{ is_complete: true }, { completed: true }, 'is_complete=completed'],
  [{ done: true }, { completed: true }, 'done=completed'],
  [{ priority: 'HIGH' }, { priority: 'high' }, 'priority="high"'],
  [{ priority: 'Medium' }, { priority: 'medium' }, 'priority="medium"'],
  [{ priority: 'critical' }, { priority: 'urgent' }, 'priority="urgent"'],
  [{ priority: 'none' }, { priority: null }, 'priority=null'],
  [{ priority: '' }, { priority: null }, 'priority=null'],
  [{ tags: 'home, garden,' }, { tags: ['home', 'garden'] }, 'tags=[...]'],
  [{ tags: '' }, { tags: [] }, 'tags=[...]'],
  [{ recurrence_pattern: 'none' }, { repeat: null }, 'recurrence_pattern=repeat'],
  [{ recurrence: 'Weekly', due_date: '2026-12-01' }, { repeat: { rule: 'FREQ=WEEKLY' } }, 'recurrence=repeat'],
  [
    { recurrence_pattern: 'daily', is_recurring: true, dueDate: '2026-12-01' },
    { repeat: { rule: 'FREQ=DAILY' }, due_date: '2026-12-01' },
    'recurrence_pattern=repeat, dueDate=due_date, is_recurring=repeat',
  ],
  [
    { is_recurring: true, recurrence_interval: 'weekly', recurrence_rule: null, due_date: '2026-12-01' },
    { repeat: { rule: 'FREQ=WEEKLY' } },
    'recurrence_interval=repeat, recurrence_rule=repeat, is_recurring=repeat',
  ],
  [
    { recurrence_pattern: 'daily', recurrence_interval: 1, recurrence_type: 'none', due_date: '2026-12-01' },
    { repeat: { rule: 'FREQ=DAILY' } },
    'recurrence_pattern=repeat, recurrence_interval=repeat, recurrence_type=repeat',
  ],
  [{ reminder_time: '2026-12-01T09:00' }, { reminders: [{ at: '2026-12-01T09:00' }] }, 'reminder_time=reminders'],
  [{ reminder_time: null }, { reminders: [] }, 'reminder_time=reminders'],
  [{ status: 'completed' }, { completed: true }, 'status=completed'],
  [{ status: 'DONE' }, { completed: true }, 'status=completed'],
  [{ status: 'TO_DO' }, { completed: false }, 'status=completed'],
  [{ status: 'INCOMPLETE' }, { completed: false }, 'status=completed'],
  [{ status: 'pending', completed: false }, { completed: false }, 'status=completed'],
];

t.test('a new task, and a change, in the spelling of another backend', async (t) => {
  const { call, bare } = await anApp(t);
  for (const [sent, stored, hint] of bodies) {
    const created = await call('POST', bare, { title: 'Buy milk', ...sent });
    t.match(created.json(), { title: 'Buy milk', ...stored }, JSON.stringify(sent));
    t.equal(created.statusCode, 201, created.body);
    t.equal(hintOf(created), hint);
    const { id } = (await call('POST', bare, { title: 'Buy milk', due_date: '2026-12-01' })).json();
    const changed = await call('PATCH', `${bare}/${id}`, sent);
    t.equal(changed.statusCode, 200, changed.body);
    t.equal(hintOf(changed), hint);
  }
  const ours = await call('POST', bare, { title: 'Buy milk', due_date: '2026-12-01', tags: ['home'], priority: 'low' });
  t.equal(hintOf(ours), undefined, 'nothing is said of the contract’s own spelling');
});

t.test('two spellings of one field with two values', async (t) => {
  const { call, bare } = await anApp(t);
  const { id } = (await call('POST', bare, { title: 'Buy milk' })).json();
  for (const [sent, field] of [
    [{ dueDate: '2026-12-01', due_date: '2026-12-02' }, 'due_date'],
    [{ completed: true, status: 'pending' }, 'status'],
    [{ is_completed: true, completed: false }, 'completed'],
    [{ reminder_time: '2026-12-01T09:00', reminders: [{ at: '2026-12-02T09:00' }] }, 'reminder_time'],
    [{ is_recurring: true }, 'is_recurring'],
    [{ status: 'in_progress' }, 'status'],
    [{ recurrence_end_date: '2027-01-01' }, 'recurrence_end_date'],
    [{ recurrence_interval: 2 }, 'recurrence_interval'],
  ] as const) {
    const response = await call('PATCH', `${bare}/${id}`, sent);
    t.equal(response.statusCode, 422, response.body);
    t.same(
      response.json().errors.map((one: { field: string }) => one.field),
      [field],
    );
  }
  t.match((await call('PATCH', `${bare}/${id}`, { status: 'in_progress' })).json().detail, /COMPATIBILITY=status/);
});

t.test('with Prefer: handling=strict there is only the contract', async (t) => {
  const { call, bare } = await anApp(t);
  const strict = { prefer: 'handling=strict' };
  t.equal((await call('POST', bare, { title: 'x', dueDate: '2026-12-01' }, strict)).statusCode, 422);
  t.equal((await call('GET', `${bare}?sort_by=title`, undefined, strict)).statusCode, 422);
  t.equal((await call('GET', '/api/v1/tasks', undefined, strict)).statusCode, 403);
  t.equal((await call('GET', `${bare}?sort_by=title`, undefined, { prefer: 'return=minimal' })).statusCode, 200);
});

t.test('the fields of the contract that are read only are sent back in camel case', async (t) => {
  const { call, bare, userId } = await anApp(t);
  const task = (await call('POST', bare, { title: 'Buy milk', user_id: userId })).json();
  const { created_at: createdAt, updated_at: updatedAt } = task;
  const sent = { id: task.id, title: 'Buy bread', userId, createdAt, updatedAt, dueAt: null, completedAt: null };
  t.match((await call('PUT', `${bare}/${task.id}`, sent)).json(), { title: 'Buy bread', created_at: createdAt });
  for (const wrong of [{ userId: 'somebody-else' }, { createdAt: '2020-01-01T00:00:00.000Z' }])
    t.equal((await call('PUT', `${bare}/${task.id}`, { ...sent, ...wrong })).statusCode, 422);
  t.equal((await call('POST', bare, { title: 'x', user_id: 'somebody-else' })).statusCode, 422);
});

const paths: readonly (readonly [method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: object])[] =
  [
    ['GET', '/api/v1/tasks'],
    ['GET', '/api/v1/tasks/'],
    ['GET', '/api/v1/todos/'],
    ['GET', '/api/todos?limit=1'],
    ['GET', '/api/v1/{user}/tasks'],
    ['GET', '/api/users/{user}/tasks/1'],
    ['GET', '/api/v1/users/{user}/todos/1'],
    ['GET', '/api/{user}/todos'],
    ['GET', '/api/tasks/filtered?status=pending'],
    ['GET', '/api/{user}/tasks/search?q=milk'],
    ['PATCH', '/api/tasks/1/status', { status: 'completed' }],
    ['PUT', '/api/v1/tasks/1/status', { completed: false }],
    ['PATCH', '/api/{user}/tasks/1/toggle'],
    ['PATCH', '/api/tasks/1/complete?completed=true'],
    ['PATCH', '/api/tasks/1/complete', { is_completed: true }],
    ['DELETE', '/api/v1/todos/1'],
  ];

t.test('the paths of other backends', async (t) => {
  const { call, bare, userId } = await anApp(t);
  await call('POST', bare, { title: 'Buy milk' });
  for (const [method, path, body] of paths) {
    const response = await call(method, path.replace('{user}', encodeURIComponent(userId)), body);
    t.equal(Math.trunc(response.statusCode / 100), 2, `${method} ${path}: ${response.body}`);
    t.type(hintOf(response), 'string', path);
  }
  for (const [method, path] of [
    ['POST', '/api/tasks/search'],
    ['POST', '/api/tasks/filtered'],
    ['DELETE', '/api/tasks/1/status'],
    ['GET', '/api/v2/tasks'],
    ['GET', '/api/v1/v1/tasks'],
    ['GET', '/api/v1/users/tasks/1/2'],
    ['GET', '/api/todo'],
  ] as const)
    t.ok(
      [403, 404, 405].includes((await call(method, path, method === 'POST' ? { title: 'x' } : undefined)).statusCode),
    );
  t.equal((await call('GET', bare)).json().length, 0, 'nothing was created by them');
});

t.test('users whose ids are words of paths keep their tasks', async (t) => {
  const { app } = await anApp(t);
  for (const id of ['todos', 'users', 'search', 'filtered', 'status']) {
    const me = aCaller(app, id as never);
    const { id: taskId } = (await me.call('POST', me.bare, { title: `of ${id}` })).json();
    t.match((await me.call('GET', `${me.bare}/${taskId}`)).json(), { title: `of ${id}`, user_id: id }, id);
    t.equal((await me.call('GET', `/api/users/${id}/tasks`)).statusCode, 200, `/api/users/${id}/tasks`);
  }
});

t.test('another user’s path is as closed in every spelling', async (t) => {
  const { app, call } = await anApp(t);
  const other = aCaller(app);
  await other.call('POST', other.bare, { title: 'secret' });
  for (const [method, path, body] of paths.filter(([, path]) => path.includes('{user}'))) {
    const response = await call(method, path.replace('{user}', encodeURIComponent(other.userId)), body);
    t.equal(response.statusCode, 403, `${method} ${path}`);
    t.notMatch(response.body, 'secret');
  }
});

t.test('each spelling is counted, and told in the log the first time', async (t) => {
  const { app, call, bare } = await anApp(t);
  for (let count = 0; count < 3; count += 1) await call('GET', `${bare}?sort_by=title`);
  t.equal(app.spellingCounts.get('sort_by'), 3);
  const seen = await app.inject({
    url: `${bare}?sort_by=title`,
    headers: { origin: 'http://localhost:3000', authorization: 'Bearer x' },
  });
  t.equal(seen.statusCode, 401);
  t.equal(app.spellingCounts.get('sort_by'), 3, 'requests without a user are not translated');
});

t.test('a page may read the hint', async (t) => {
  const { call, bare } = await anApp(t);
  const response = await call('GET', `${bare}?sort_by=title`, undefined, { origin: 'http://localhost:3000' });
  t.match(response.headers['access-control-expose-headers'], /ETag.*Contract-Spelling/);
});

t.test('what Taskward does not know, with extra-fields', async (t) => {
  const { call, bare } = await anApp(t, ['extra-fields']);
  const created = await call('POST', bare, {
    title: 'x',
    category: 'work',
    metadata: { size: 3 },
    subtasks: [{ a: 1 }],
  });
  t.match(created.json(), { metadata: { category: 'work', size: 3, subtasks: [{ a: 1 }] } });
  const { id } = created.json();
  const changed = await call('PATCH', `${bare}/${id}`, { category: null, estimate: 5 });
  t.same(changed.json().metadata, { size: 3, subtasks: [{ a: 1 }], estimate: 5 });
  t.equal((await call('PATCH', `${bare}/${id}`, { size: 4, metadata: { size: 5 } })).statusCode, 422);
  t.equal((await call('PATCH', `${bare}/${id}`, { note: 'x'.repeat(5_000) })).statusCode, 422);
});

t.test('lists by fields that Taskward does not have, with extra-fields', async (t) => {
  const { call, bare } = await anApp(t, ['extra-fields']);
  await call('POST', bare, { title: 'a', category: 'work', is_favorite: true });
  await call('POST', bare, { title: 'b', category: 'home', is_favorite: false });
  for (const [query, titles] of [
    ['category=work', ['a']],
    ['is_favorite=false', ['b']],
    ['category=home&is_favorite=true', []],
    ['category=&sort=title', ['a', 'b']],
  ] as const) {
    const found = (await call('GET', `${bare}?${query}`)).json();
    t.strictSame(
      found.map(({ title }: { title: string }) => title),
      titles,
      query,
    );
  }
  for (const query of ['categroy=work', 'colour=red', 'category=a&category=b', 'category=a&metadata.category=b'])
    t.equal((await call('GET', `${bare}?${query}`)).statusCode, 422, query);
  const without = await anApp(t);
  for (const query of ['category=work', 'category=', 'is_favorite=true'])
    t.equal((await without.call('GET', `${without.bare}?${query}`)).statusCode, 422, query);
});

t.test('what orders and finds lists in words of other backends', async (t) => {
  const { call, bare } = await anApp(t);
  for (const content of [
    { title: 'b', priority: 'low', due_date: '2026-12-01', tags: ['x', 'y'] },
    { title: 'A', priority: 'urgent', due_date: '2020-01-01', tags: ['x'] },
  ])
    await call('POST', bare, content);
  for (const [query, titles] of [
    ['sort_by=alphabetical_az', ['A', 'b']],
    ['sort_by=due_date_latest', ['b', 'A']],
    ['sort_by=priority_high_low', ['A', 'b']],
    ['sort=created_oldest', ['b', 'A']],
    ['overdue_only=true', ['A']],
    ['overdue_only=false&sort=title', ['A', 'b']],
    ['tags=x&tags=y', ['b']],
    ['_t=1764300000000&sort=title:desc', ['b', 'A']],
    ['due_date_start=2026-12-01&due_date_end=2026-12-01', ['b']],
  ] as const) {
    const response = await call('GET', `${bare}?${query}`);
    t.same(
      response.json().map?.((task: { title: string }) => task.title),
      titles,
      `${query}: ${response.body.slice(0, 200)}`,
    );
  }
  for (const query of ['_t=x', 'sort=_title', 'sort=cr_eated', 'overdue_only=maybe', 'timestamp='])
    t.equal((await call('GET', `${bare}?${query}`)).statusCode, 422, query);
});

t.test('states in between, with status', async (t) => {
  const { call, bare } = await anApp(t, ['status']);
  const created = await call('POST', bare, { title: 'x', status: 'in_progress' });
  t.match(created.json(), { completed: false, metadata: { status: 'in_progress' } });
  const { id } = created.json();
  t.equal((await call('GET', `${bare}?status=in_progress`)).json().length, 1);
  t.equal((await call('GET', `${bare}?status=review`)).json().length, 0);
  t.match((await call('PATCH', `${bare}/${id}/status`, { status: 'DONE' })).json(), { metadata: { status: 'DONE' } });
  t.same((await call('PATCH', `${bare}/${id}`, { status: 'pending' })).json().metadata, {});
});

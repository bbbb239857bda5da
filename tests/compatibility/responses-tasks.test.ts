import type { CompatibilitySetting } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const aFrontEnd = async (t: Test, ...settings: CompatibilitySetting[]) =>
  aCaller(await anApi(t, makeMemoryStores(), { compatibility: settings }));

const recurring = { title: 'a', due_date: '2026-12-01', repeat: 'monthly' };

t.test('camel-case, is-completed · both spellings', async (t) => {
  const me = await aFrontEnd(t, 'camel-case', 'is-completed');
  const task = (await me.call('POST', me.bare, { title: 'a', due_date: '2026-12-01' })).json();
  t.match(task, {
    userId: me.userId,
    dueDate: '2026-12-01',
    completedAt: null,
    is_completed: false,
    isCompleted: false,
  });
  t.strictSame([task.dueAt, task.createdAt, task.updatedAt], [task.due_at, task.created_at, task.updated_at]);
  const alone = await aFrontEnd(t, 'is-completed');
  const done = (await alone.call('POST', alone.bare, { title: 'a', completed: true })).json();
  t.equal(done.is_completed, true);
  t.notOk('isCompleted' in done);
});

t.test('recurrence-pattern · says how a task recurs', async (t) => {
  const me = await aFrontEnd(t, 'recurrence-pattern');
  const patterns = { daily: 'daily', weekly: 'weekly', monthly: 'monthly', yearly: 'yearly', weekdays: 'custom' };
  for (const [repeat, pattern] of Object.entries({ ...patterns, 'FREQ=DAILY;INTERVAL=2': 'custom' })) {
    const task = (await me.call('POST', me.bare, { ...recurring, repeat })).json();
    t.match(task, { recurrence_pattern: pattern, is_recurring: true, reminder_time: null }, repeat);
  }
  const reminders = [{ before: 'PT30M' }, { at: '2026-12-01T09:00' }];
  const task = (await me.call('POST', me.bare, { title: 'a', due_date: '2026-12-01', reminders })).json();
  t.match(task, { recurrence_pattern: 'none', is_recurring: false, reminder_time: '2026-12-01T09:00' });
});

t.test('status · the word that was sent, as long as it agrees', async (t) => {
  const me = await aFrontEnd(t, 'status');
  const statusAfter = async (body: object) => (await me.call('PATCH', `${me.bare}/1`, body)).json().status;
  t.equal((await me.call('POST', me.bare, { title: 'a' })).json().status, 'pending');
  t.equal(await statusAfter({ status: 'In Progress' }), 'In Progress');
  t.equal(await statusAfter({ completed: true }), 'completed');
  t.equal(await statusAfter({ completed: false }), 'In Progress');
  t.equal(await statusAfter({ status: 'DONE' }), 'DONE');
  t.equal(await statusAfter({ completed: false }), 'pending');
  t.equal(await statusAfter({ metadata: { status: 'purple' } }), 'pending');
  t.equal(await statusAfter({ metadata: { status: 7 } }), 'pending');
});

const statusWords = {
  status: ['pending', 'completed'],
  'status-done': ['pending', 'done'],
  'status-todo': ['todo', 'done'],
  'status-upper': ['PENDING', 'COMPLETED'],
  'status-upper-complete': ['INCOMPLETE', 'COMPLETE'],
  'status-upper-todo': ['TODO', 'DONE'],
  'status-upper-to-do': ['TO_DO', 'DONE'],
} as const;

t.test('status-… · each setting has its words, which are taken in as they were answered', async (t) => {
  for (const [setting, [open, done]] of Object.entries(statusWords)) {
    const me = await aFrontEnd(t, setting as keyof typeof statusWords);
    const path = `${me.bare}/1`;
    const created = (await me.call('POST', me.bare, { title: 'a' })).json();
    t.strictSame([created.status, created.metadata], [open, {}], setting);
    const toggled = (await me.call('PATCH', `${path}/complete`)).json();
    t.strictSame([toggled.status, toggled.completed], [done, true], setting);
    t.equal((await me.call('PUT', path, toggled)).json().status, done, 'sent back');
    t.equal((await me.call('GET', `${me.bare}?status=${done}`)).json().length, 1, done);
    const reopened = (await me.call('PATCH', path, { status: open })).json();
    t.match([reopened.status, reopened.completed, reopened.metadata], [open, false, {}], setting);
    t.equal((await me.call('GET', `${me.bare}?status=${open}`)).json().length, 1, open);
    t.equal((await me.call('PATCH', path, { status: 'in_progress' })).json().status, 'in_progress', setting);
    t.equal((await me.call('GET', `${me.bare}?status=in_progress`)).json().length, 1);
    t.equal((await me.call('PATCH', `${path}/complete`)).json().status, done, setting);
  }
});

t.test('recurrence-pattern · a task is sent back as it was answered', async (t) => {
  const me = await aFrontEnd(t, 'recurrence-pattern', 'camel-case');
  const reminders = [{ at: '2026-12-01T09:00' }];
  for (const repeat of ['weekly', 'weekdays', 'FREQ=DAILY;INTERVAL=2', null]) {
    const task = (await me.call('POST', me.bare, { ...recurring, repeat, reminders })).json();
    const path = `${me.bare}/${task.id}`;
    const changed = (await me.call('PUT', path, { ...task, title: 'b' })).json();
    t.match(changed, { title: 'b', repeat: task.repeat, reminders, reminderAt: '2026-12-01T09:00' }, String(repeat));
    if (repeat === null) continue;
    for (const word of ['monthly', 'custom']) {
      const other = await me.call('PUT', path, { ...task, recurrence_pattern: word });
      t.equal(other.statusCode, word === task.recurrence_pattern ? 200 : 422, `${repeat}: ${word}`);
    }
    t.equal((await me.call('PATCH', path, { recurrence_type: 'custom' })).statusCode, 422);
    t.equal((await me.call('PATCH', path, { title: 'c', is_recurring: false })).json().repeat, null, 'no longer');
  }
});

t.test('is-overdue · as time goes by', async (t) => {
  const me = await aFrontEnd(t, 'is-overdue', 'extra-fields', 'camel-case');
  const add = async (body: object) => (await me.call('POST', me.bare, { title: 'a', ...body })).json();
  const late = await add({ due_date: '2020-01-01', metadata: { is_overdue: 'x' } });
  t.match(late, { is_overdue: true, isOverdue: true });
  t.match(await add({ due_date: '2999-01-01' }), { is_overdue: false });
  t.match(await add({}), { is_overdue: false });
  const path = `${me.bare}/${late.id}`;
  const { etag } = (await me.call('GET', path)).headers;
  for (const url of [path, me.bare])
    t.equal((await me.call('GET', url, undefined, { 'if-none-match': `${etag}, *` })).statusCode, 200, 'sent again');
  const sentBack = await me.call('PUT', path, { ...late, title: 'b' }, { 'if-match': String(etag) });
  t.match([sentBack.statusCode, sentBack.json().metadata], [200, { is_overdue: 'x' }]);
  t.equal((await me.call('PATCH', path, { title: 'c' }, { 'if-match': String(etag) })).statusCode, 412);
  t.match((await me.call('PATCH', path, { completed: true })).json(), { is_overdue: false, isOverdue: false });
  const plain = await aFrontEnd(t);
  t.equal((await plain.call('POST', plain.bare, { title: 'a', is_overdue: false })).statusCode, 422);
});

t.test('text-ids · ids as text, which are taken back', async (t) => {
  const me = await aFrontEnd(t, 'text-ids');
  const task = (await me.call('POST', me.bare, { title: 'a' })).json();
  t.equal(task.id, '1');
  const path = `${me.bare}/${task.id}`;
  for (const id of ['1', 1]) t.match((await me.call('PUT', path, { ...task, id })).json(), { id: '1' });
  for (const id of ['2', '01', ' 1', '1.0', '1e0', ''])
    t.equal((await me.call('PUT', path, { ...task, id })).statusCode, 422, JSON.stringify(id));
  const strict = { prefer: 'handling=strict' };
  t.equal((await me.call('GET', path, undefined, strict)).json().id, 1);
  const plain = await aFrontEnd(t);
  const one = (await plain.call('POST', plain.bare, { title: 'a' })).json();
  t.equal((await plain.call('PUT', `${plain.bare}/1`, { ...one, id: '1' })).statusCode, 422);
});

t.test('one-spelling · without the names that other members say', async (t) => {
  const me = await aFrontEnd(t, 'one-spelling', 'camel-case', 'status');
  const task = (await me.call('POST', me.bare, { title: 'a', due_date: '2026-12-01' })).json();
  t.match(task, { dueDate: '2026-12-01', status: 'pending', userId: me.userId, createdAt: String });
  for (const name of ['due_date', 'due_at', 'created_at', 'user_id', 'completed']) t.notOk(name in task, name);
  const changed = await me.call('PUT', `${me.bare}/1`, { ...task, dueDate: '2026-12-02', status: 'completed' });
  t.match(changed.json(), { dueDate: '2026-12-02', status: 'completed', completedAt: String });
  const board = await aFrontEnd(t, 'one-spelling', 'status', 'extra-fields');
  const card = (await board.call('POST', board.bare, { title: 'a', status: 'in_progress', category: 'home' })).json();
  const moved = await board.call('PUT', `${board.bare}/1`, { ...card, status: 'completed', category: 'work' });
  t.match(moved.json(), { status: 'completed', category: 'work' });
  const alone = await aFrontEnd(t, 'one-spelling');
  t.match((await alone.call('POST', alone.bare, { title: 'a' })).json(), { completed: false, due_date: null });
});

t.test('priority-medium · what has no priority', async (t) => {
  const me = await aFrontEnd(t, 'priority-medium');
  t.equal((await me.call('POST', me.bare, { title: 'a' })).json().priority, 'medium');
  t.equal((await me.call('POST', me.bare, { title: 'a', priority: 'low' })).json().priority, 'low');
});

t.test('extra-fields · never over a field of the contract or of a setting', async (t) => {
  const me = await aFrontEnd(t, 'extra-fields');
  const created = (await me.call('POST', me.bare, { title: 'a', category: 'home', subtasks: [{ done: true }] })).json();
  t.match(created, { category: 'home', subtasks: [{ done: true }] });
  const metadata = { title: 'b', id: 7, userId: 'x', status: 'x', done: 1, add_tags: ['x'], deleted_at: 1, own: null };
  const body = `{"metadata":${JSON.stringify({ ...metadata, colour: 'red' })}}`;
  const changed = (await me.call('PATCH', `${me.bare}/1`, body, { 'content-type': 'application/json' })).json();
  t.match(changed, { id: 1, title: 'a', category: 'home', colour: 'red' });
  t.strictSame(Object.keys(changed).slice(-3).sort(), ['category', 'colour', 'subtasks']);
});

t.test('tasks are translated wherever they are, and nothing that looks like one', async (t) => {
  const me = await aFrontEnd(t, 'is-completed', 'extra-fields');
  const lookalike = { id: 1, user_id: 'x', title: 'x', completed: true, metadata: {} };
  const { call } = me;
  for (const path of ['/api/tasks', me.bare]) {
    const { id } = (await call('POST', me.bare, { title: 'a', metadata: { lookalike } })).json();
    const one = { is_completed: false, metadata: { lookalike } };
    const dataOf = (body: string) => JSON.parse(body).data ?? JSON.parse(body);
    t.match(dataOf((await call('GET', `${path}?limit=1`)).body), [one]);
    t.match(dataOf((await call('GET', `${path}/${id}`)).body), one);
    t.strictSame(dataOf((await call('GET', `${path}/${id}`)).body).metadata, { lookalike });
    const stale = await call('PATCH', `${path}/${id}`, { title: 'b' }, { 'if-match': '"0"' });
    t.match([stale.statusCode, stale.json().current], [412, one]);
    const operations = [{ op: 'update', id, completed: true }];
    const batch = dataOf((await call('POST', `${path}/batch`, { operations })).body);
    t.match(batch.results, [{ task: { is_completed: true } }]);
    const changes = dataOf((await call('GET', `${path}/changes`)).body);
    t.match((changes.changes ?? changes).at(-1), { task: { is_completed: true } });
    await call('DELETE', `${path}/${id}`);
    t.match(dataOf((await call('GET', `${path}/trash`)).body)[0], { is_completed: true });
  }
});

t.test('priority-upper, priority-title · the case of priorities, which is taken in as it was answered', async (t) => {
  for (const [setting, words] of [
    ['priority-upper', ['HIGH', 'MEDIUM']],
    ['priority-title', ['High', 'Medium']],
  ] as const) {
    const me = await aFrontEnd(t, setting, 'priority-medium');
    const high = (await me.call('POST', me.bare, { title: 'a', priority: 'high' })).json();
    const none = (await me.call('POST', me.bare, { title: 'b' })).json();
    t.strictSame([high.priority, none.priority], words, setting);
    t.equal((await me.call('PUT', `${me.bare}/1`, high)).json().priority, words[0], 'sent back');
    t.equal((await me.call('GET', `${me.bare}?priority=${words[0]}`)).json().length, 1);
    const strict = { prefer: 'handling=strict' };
    t.equal((await me.call('GET', `${me.bare}/1`, undefined, strict)).json().priority, 'high');
  }
});

t.test('tags-text · tags as one text, which is taken in as it was answered', async (t) => {
  const me = await aFrontEnd(t, 'tags-text');
  const task = (await me.call('POST', me.bare, { title: 'a', tags: ['home', 'garden'] })).json();
  t.equal(task.tags, 'home, garden');
  t.equal((await me.call('PUT', `${me.bare}/1`, { ...task, title: 'b' })).json().tags, 'home, garden');
  t.equal((await me.call('POST', me.bare, { title: 'b' })).json().tags, '');
});

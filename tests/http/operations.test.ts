import { newContent } from '@taskward/domain';
import { aCaller } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';
import { calendar } from '../support/planning.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

overStores((t, { app }) => {
  onStyles(t, app, 'POST / · 201 + Location, the task', async (t, { style, me, url, add }) => {
    await add();
    const created = await me.call('POST', url, { title: 'Buy milk', description: 'Two litres', completed: true });
    t.equal(created.statusCode, 201);
    t.equal(created.headers['content-type'], 'application/json; charset=utf-8');
    t.equal(created.headers.location, `${url}/2`);
    const task = style.data(created);
    t.match(task, { created_at: instant, updated_at: instant });
    t.strictSame(task, {
      id: 2,
      user_id: me.userId,
      ...newContent({ title: 'Buy milk', description: 'Two litres', completed: true }, calendar),
      due_at: null,
      position: 'h00000002',
      completed_at: task.created_at,
      created_at: task.created_at,
      updated_at: task.created_at,
      revision: 2,
    });
    const read = await me.call('GET', created.headers.location as string);
    t.strictSame(style.data(read), task, 'Location leads to it');
  });

  onStyles(t, app, 'POST / · title alone: no description, not completed', async (t, { add }) => {
    t.match(await add({ title: 'x' }), { title: 'x', description: null, completed: false });
    t.match(await add({ title: 'x', description: null }), { description: null });
  });

  t.test('success body · bare resource, bare array, nothing on DELETE (bare style)', async (t) => {
    const me = aCaller(app);
    const created = await me.call('POST', me.bare, { title: 'x' });
    t.strictSame((await me.call('GET', `${me.bare}/1`)).json(), created.json());
    t.strictSame((await me.call('GET', me.bare)).json(), [created.json()]);
    t.equal(created.json().title, 'x');
    const deleted = await me.call('DELETE', `${me.bare}/1`);
    t.equal(deleted.statusCode, 204);
    t.equal(deleted.body, '');
    t.equal(deleted.headers['content-type'], undefined);
  });

  t.test('success body · {success, data, meta?} and {success} on DELETE (envelope style)', async (t) => {
    const me = aCaller(app);
    const created = await me.call('POST', '/api/tasks', { title: 'x' });
    t.strictSame(Object.keys(created.json()), ['success', 'data']);
    t.equal(created.json().success, true);
    const list = (await me.call('GET', '/api/tasks')).json();
    t.strictSame(list, { success: true, data: [created.json().data], meta: { limit: 100, next_cursor: null } });
    const deleted = await me.call('DELETE', '/api/tasks/1');
    t.equal(deleted.statusCode, 200);
    t.strictSame(deleted.json(), { success: true });
  });

  onStyles(t, app, 'GET / · list, GET /{id} · read', async (t, { style, me, url, add }) => {
    const first = await add({ title: 'first' });
    const second = await add({ title: 'second' });
    const list = await me.call('GET', url);
    t.equal(list.statusCode, 200);
    t.strictSame(style.data(list), [second, first]);
    const read = await me.call('GET', `${url}/1`);
    t.equal(read.statusCode, 200);
    t.strictSame(style.data(read), first);
  });

  t.test('two styles · one set of tasks', async (t) => {
    const me = aCaller(app);
    const { data } = (await me.call('POST', '/api/tasks', { title: 'x' })).json();
    t.strictSame((await me.call('GET', `${me.bare}/${data.id}`)).json(), data);
    t.equal((await me.call('DELETE', `${me.bare}/${data.id}`)).statusCode, 204);
    t.equal((await me.call('GET', `/api/tasks/${data.id}`)).statusCode, 404);
  });

  onStyles(t, app, 'DELETE /{id} · 204 or 200, and it is gone', async (t, { style, me, url, add }) => {
    await add();
    t.equal((await me.call('DELETE', `${url}/1`)).statusCode, style.deleted);
    isRefused(t, await me.call('GET', `${url}/1`), { status: 404, code: 'task/not-found', style });
    isRefused(t, await me.call('DELETE', `${url}/1`), { status: 404, code: 'task/not-found', style }, 'again');
    t.strictSame(style.data(await me.call('GET', url)), []);
  });

  onStyles(t, app, 'DELETE /{id} · an empty JSON body is fine', async (t, { style, me, url, add }) => {
    const json = { 'content-type': 'application/json' };
    for (const body of [undefined, '', '{}']) {
      const { id } = await add();
      const deleted = await me.call('DELETE', `${url}/${id}`, body, json);
      t.equal(deleted.statusCode, style.deleted, `body ${JSON.stringify(body)}`);
    }
  });

  onStyles(t, app, 'DELETE /{id} · a body that asks for something is 422', async (t, { style, me, url, add, read }) => {
    await add();
    const response = await me.call('DELETE', `${url}/1`, { soft: true });
    isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['soft'] });
    t.equal((await read(1)).id, 1, 'it is still there');
  });

  onStyles(t, app, 'id · counted per user, never reused', async (t, { me, url, add }) => {
    t.equal((await add()).id, 1);
    t.equal((await add()).id, 2);
    await me.call('DELETE', `${url}/2`);
    t.equal((await add()).id, 3, 'not the id of the one that was last and is gone');
    for (const id of [1, 3]) await me.call('DELETE', `${url}/${id}`);
    t.equal((await add()).id, 4, 'not from the start when none is left');
  });

  onStyles(t, app, 'id, revision · each user has their own', async (t, { style, me, url, add }) => {
    await add({ title: 'mine' });
    await add({ title: 'mine too' });
    const other = aCaller(app);
    const theirs = style.data(await other.call('POST', style.collection(other), { title: 'theirs' }));
    t.match(theirs, { id: 1, revision: 1, user_id: other.userId });
    const mine = style.data(await me.call('GET', url));
    t.strictSame(
      mine.map(({ title }: { title: string }) => title),
      ['mine too', 'mine'],
    );
  });

  onStyles(
    t,
    app,
    'revision · the owner’s change counter at the last change',
    async (t, { style, me, url, add, read }) => {
      t.equal((await add()).revision, 1);
      t.equal((await add()).revision, 2);
      t.equal(style.data(await me.call('PATCH', `${url}/1`, { title: 'changed' })).revision, 3);
      t.equal(style.data(await me.call('PATCH', `${url}/2/complete`)).revision, 4);
      await me.call('DELETE', `${url}/2`);
      t.equal((await add()).revision, 6, 'a deletion is a change too');
      t.equal((await read(1)).revision, 3, 'other tasks keep theirs');
    },
  );

  onStyles(t, app, 'HEAD · as GET, without the body', async (t, { me, url, add }) => {
    await add();
    for (const [path, status] of [
      [url, 200],
      [`${url}/1`, 200],
      [`${url}/2`, 404],
      [`${url}?limit=0`, 422],
    ] as const) {
      const head = await me.call('HEAD', path);
      const get = await me.call('GET', path);
      t.equal(head.statusCode, status, path);
      t.equal(head.body, '');
      for (const name of ['content-type', 'link']) t.equal(head.headers[name], get.headers[name], `${path} ${name}`);
    }
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 401);
  });

  onStyles(t, app, 'both slash forms · served without redirect', async (t, { style, me, url }) => {
    for (const slash of ['', '/']) {
      const created = await me.call('POST', `${url}${slash}`, { title: 'x' });
      t.equal(created.statusCode, 201, `POST ${slash}`);
      const { id } = style.data(created);
      const one = `${url}/${id}`;
      for (const [method, path, body, status] of [
        ['GET', `${url}${slash}`, undefined, 200],
        ['GET', `${url}${slash}?limit=1`, undefined, 200],
        ['GET', `${one}${slash}`, undefined, 200],
        ['HEAD', `${one}${slash}`, undefined, 200],
        ['PUT', `${one}${slash}`, { title: 'y' }, 200],
        ['PATCH', `${one}${slash}`, { title: 'z' }, 200],
        ['PATCH', `${one}/complete${slash}`, undefined, 200],
        ['DELETE', `${one}${slash}`, undefined, style.deleted],
      ] as const) {
        const response = await me.call(method, path, body);
        t.equal(response.statusCode, status, `${method} with "${slash}"`);
        t.equal(response.headers.location, undefined);
      }
    }
  });

  t.test('both slash forms · of the paths without a token', async (t) => {
    for (const path of ['/health', '/health/ready', '/openapi.json', '/docs']) {
      for (const slash of ['', '/']) {
        t.equal((await app.inject(`${path}${slash}`)).statusCode, 200, `${path}${slash}`);
      }
    }
  });

  onStyles(
    t,
    app,
    'X-Request-Id · the caller’s where it is fit to be logged, else a new one',
    async (t, { me, url }) => {
      const withId = async (id: string) =>
        (await me.call('GET', url, undefined, { 'x-request-id': id })).headers['x-request-id'];
      t.equal(await withId('abc-1.2:3_4'), 'abc-1.2:3_4');
      const ids = new Set([await withId('has space'), await withId('x'.repeat(129)), await withId('"quoted"')]);
      t.equal(ids.size, 3);
      for (const id of ids) t.match(id, /^[0-9a-f]{32}$/);
    },
  );
});

import { strictly } from '../support/http/api.ts';
import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  for (const method of ['PUT', 'PATCH'] as const) {
    onStyles(
      t,
      app,
      `${method} /{id} · the whole task, one field changed`,
      async (t, { style, me, url, add, read }) => {
        const task = await add({ title: 'old', description: 'kept' });
        const response = await me.call(method, `${url}/${task.id}`, { ...task, title: 'new' });
        t.equal(response.statusCode, 200);
        t.match(style.data(response), { title: 'new', description: 'kept', id: task.id });
        const older = await me.call(method, `${url}/${task.id}`, {
          ...task,
          title: 'newer',
          revision: 7,
          updated_at: 'x',
        });
        t.equal(older.statusCode, 200, 'what counts changes and when is ignored');
        t.match(await read(task.id), { title: 'newer', created_at: task.created_at });
      },
    );

    onStyles(t, app, `${method} /{id} · another id, owner or creation`, async (t, { style, me, url, add, read }) => {
      const task = await add({ title: 'old' });
      const send = (body: object) => me.call(method, `${url}/${task.id}`, { ...task, title: 'new', ...body });
      for (const [field, value] of Object.entries({
        id: task.id + 1,
        user_id: 'somebody-else',
        created_at: '2020-01-01T00:00:00.000Z',
      })) {
        const response = await send({ [field]: value });
        isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: [field] });
        t.match(JSON.stringify(response.json()), /is read only/, field);
      }
      const all = await send({ id: 9, user_id: 'x', created_at: 1, title: '' });
      isRefused(t, all, {
        status: 422,
        code: 'request/invalid',
        style,
        fields: ['id', 'user_id', 'created_at', 'title'],
      });
      t.strictSame(await read(task.id), task, 'and nothing is written');
    });

    onStyles(t, app, `${method} /{id} · the creation in another spelling`, async (t, { style, me, url, add }) => {
      const task = await add({ title: 'old' });
      const at = String(task.created_at);
      const moment = Date.parse(at);
      const shifted = (minutes: number, zone: string) =>
        new Date(moment + minutes * 60_000).toISOString().replace('Z', zone);
      const send = (created_at: string) =>
        me.call(method, `${url}/${task.id}`, { title: `at ${created_at}`, created_at });
      const same = [
        at.replace('Z', '+00:00'),
        at.replace('Z', '-00:00'),
        at.replace('Z', '000Z'),
        at.replace('Z', '000+00:00'),
        at.toLowerCase(),
        shifted(330, '+05:30'),
        shifted(-480, '-08:00'),
      ];
      for (const text of same) t.equal((await send(text)).statusCode, 200, text);
      const others = [
        at.replace('Z', '001Z'),
        at.replace('Z', '+01:00'),
        at.replace('Z', ''),
        new Date(moment + 1).toISOString(),
        '2026-02-30T00:00:00Z',
        '',
        'then',
      ];
      for (const text of others) {
        isRefused(t, await send(text), { status: 422, code: 'request/invalid', style, fields: ['created_at'] });
      }
    });

    onStyles(t, app, `${method} /{id} · another creation under the same key`, async (t, client) => {
      const { style, me, url, add, read } = client;
      const task = await add({ title: 'old' });
      const send = (body: object) =>
        me.call(method, `${url}/${task.id}`, { title: 'new', ...body }, { 'idempotency-key': 'key' });
      const at = String(task.created_at);
      t.equal((await send({ created_at: at })).statusCode, 200);
      t.equal((await send({ created_at: at.replace('Z', '+00:00') })).headers['idempotency-replayed'], 'true');
      for (const body of [{ created_at: '2020-01-01T00:00:00.000Z' }, {}]) {
        isRefused(t, await send(body), { status: 422, code: 'idempotency/mismatch', style });
      }
      t.match(await read(task.id), { title: 'new' });
    });

    onStyles(t, app, `${method} /{id} · nothing but what is read only`, async (t, { style, me, url, add }) => {
      const { id, user_id, created_at } = await add();
      const response = await me.call(method, `${url}/${id}`, { id, user_id, created_at });
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['body'] });
    });
  }

  onStyles(t, app, 'POST /batch · an update with the whole task', async (t, { me, url, add, read }) => {
    const task = await add({ title: 'old' });
    const other = await add({ title: 'other' });
    const response = await me.call('POST', `${url}/batch`, {
      atomic: false,
      operations: [
        { op: 'update', ...task, title: 'new' },
        { op: 'update', ...other, title: 'lost', user_id: 'somebody-else' },
        { op: 'update', ...other, title: 'lost', created_at: '2020-01-01T00:00:00.000Z' },
      ],
    });
    const statuses = [...response.body.matchAll(/"status":(\d{3})(?=,"(?:task|error))/g)].map(([, status]) => status);
    t.strictSame(statuses, ['200', '422', '422']);
    t.match(await read(task.id), { title: 'new' });
    t.match(await read(other.id), { title: 'other' });
  });

  onStyles(
    t,
    app,
    'a segment that can be no id is named, before the query and the body',
    async (t, { style, me, url }) => {
      for (const [method, path] of [
        ['GET', 'filtered?status=pending'],
        ['GET', 'stats'],
        ['PATCH', 'stats/complete'],
        ['DELETE', 'completed'],
        ['PUT', '1.0'],
      ] as const) {
        const response = await me.call(
          method,
          `${url}/${path}`,
          method === 'PUT' ? { is_done: 1 } : undefined,
          strictly,
        );
        isRefused(t, response, { status: 404, code: 'task/not-found', style });
        t.match(response.body, /is not a task's id: ids are whole numbers, such as 12\./, path);
      }
    },
  );
});

import { isRefused, onFaces, overStores } from './support.ts';

overStores((t, { app }) => {
  for (const method of ['PUT', 'PATCH'] as const) {
    onFaces(t, app, `${method} /{id} · the whole task, one field changed`, async (t, { face, me, url, add, read }) => {
      const task = await add({ title: 'old', description: 'kept' });
      const answer = await me.call(method, `${url}/${task.id}`, { ...task, title: 'new' });
      t.equal(answer.statusCode, 200);
      t.match(face.data(answer), { title: 'new', description: 'kept', id: task.id });
      const older = await me.call(method, `${url}/${task.id}`, {
        ...task,
        title: 'newer',
        revision: 7,
        updated_at: 'x',
      });
      t.equal(older.statusCode, 200, 'what counts changes and when is ignored');
      t.match(await read(task.id), { title: 'newer', created_at: task.created_at });
    });

    onFaces(t, app, `${method} /{id} · another id, owner or creation`, async (t, { face, me, url, add, read }) => {
      const task = await add({ title: 'old' });
      const send = (body: object) => me.call(method, `${url}/${task.id}`, { ...task, title: 'new', ...body });
      for (const [field, value] of Object.entries({
        id: task.id + 1,
        user_id: 'somebody-else',
        created_at: '2020-01-01T00:00:00.000Z',
      })) {
        const answer = await send({ [field]: value });
        isRefused(t, answer, { status: 422, code: 'request/invalid', face, fields: [field] });
        t.match(JSON.stringify(answer.json()), /is read only/, field);
      }
      const all = await send({ id: 9, user_id: 'x', created_at: 1, title: '' });
      isRefused(t, all, {
        status: 422,
        code: 'request/invalid',
        face,
        fields: ['id', 'user_id', 'created_at', 'title'],
      });
      t.strictSame(await read(task.id), task, 'and nothing is written');
    });

    onFaces(t, app, `${method} /{id} · nothing but what is read only`, async (t, { face, me, url, add }) => {
      const { id, user_id, created_at } = await add();
      const answer = await me.call(method, `${url}/${id}`, { id, user_id, created_at });
      isRefused(t, answer, { status: 422, code: 'request/invalid', face, fields: ['body'] });
    });
  }

  onFaces(t, app, 'POST /batch · an update with the whole task', async (t, { me, url, add, read }) => {
    const task = await add({ title: 'old' });
    const other = await add({ title: 'other' });
    const answer = await me.call('POST', `${url}/batch`, {
      atomic: false,
      operations: [
        { op: 'update', ...task, title: 'new' },
        { op: 'update', ...other, title: 'lost', user_id: 'somebody-else' },
        { op: 'update', ...other, title: 'lost', created_at: '2020-01-01T00:00:00.000Z' },
      ],
    });
    const statuses = [...answer.body.matchAll(/"status":(\d{3})(?=,"(?:task|error))/g)].map(([, status]) => status);
    t.strictSame(statuses, ['200', '422', '422']);
    t.match(await read(task.id), { title: 'new' });
    t.match(await read(other.id), { title: 'other' });
  });

  onFaces(
    t,
    app,
    'a segment that can be no id is named, before the query and the body',
    async (t, { face, me, url }) => {
      for (const [method, path] of [
        ['GET', 'filtered?status=pending'],
        ['GET', 'stats'],
        ['PATCH', 'stats/complete'],
        ['DELETE', 'completed'],
        ['PUT', '1.0'],
      ] as const) {
        const answer = await me.call(method, `${url}/${path}`, method === 'PUT' ? { is_done: 1 } : undefined);
        isRefused(t, answer, { status: 404, code: 'task/not-found', face });
        t.match(answer.body, /is not a task's id: ids are whole numbers, such as 12\./, path);
      }
    },
  );
});

import type { InjectOptions } from 'fastify';
import { strictly } from '../support/http/api.ts';
import { type Client, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const json = { 'content-type': 'application/json' };
const updates = ['PUT', 'PATCH'] as const;

overStores((t, { app }) => {
  for (const method of updates) {
    const send = async ({ style, me, url }: Client, body: unknown, headers = {}) => {
      const response = await me.call(method, `${url}/1`, body, headers);
      return { response, task: style.data(response) };
    };

    onStyles(t, app, `${method} /{id} · all fields`, async (t, client) => {
      const before = await client.add({ title: 'old', description: 'old' });
      const { response, task } = await send(client, { title: 'new', description: 'fresh', completed: true });
      t.equal(response.statusCode, 200);
      t.strictSame(task, {
        ...before,
        title: 'new',
        description: 'fresh',
        completed: true,
        completed_at: task.updated_at,
        updated_at: task.updated_at,
        revision: 2,
      });
      t.ok(task.updated_at > before.updated_at);
      t.strictSame(await client.read(1), task, 'and it is stored');
    });

    onStyles(t, app, `${method} /{id} · an absent field keeps its value`, async (t, client) => {
      let expected = await client.add({ title: 'old', description: 'kept', completed: false });
      for (const part of [{ title: 'new' }, { description: 'other' }, { completed: true }, { completed: false }]) {
        const { response, task } = await send(client, part);
        t.equal(response.statusCode, 200);
        expected = { ...expected, ...part, updated_at: task.updated_at, revision: expected.revision + 1 };
        expected = { ...expected, completed_at: expected.completed ? task.updated_at : null };
        t.strictSame(task, expected, `only ${Object.keys(part)} changed`);
        t.strictSame(await client.read(1), expected);
      }
    });

    onStyles(t, app, `${method} /{id} · null clears the description`, async (t, client) => {
      await client.add({ title: 'kept', description: 'old', completed: true });
      t.match((await send(client, { description: null })).task, { title: 'kept', description: null, completed: true });
      t.match((await send(client, { description: '' })).task, { description: '' }, 'empty is not none');
    });

    onStyles(t, app, `${method} /{id} · null cannot clear what a task must have`, async (t, client) => {
      const { style } = client;
      const before = await client.add();
      const { response } = await send(client, { title: null, completed: null });
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['title', 'completed'] });
      t.strictSame(await client.read(1), before);
    });

    onStyles(t, app, `${method} /{id} · at least one field`, async (t, client) => {
      const { style } = client;
      await client.add();
      for (const [body, headers] of [
        [{}, {}],
        [undefined, {}],
        ['', json],
        ['null', json],
      ] as const) {
        const { response } = await send(client, body, headers);
        const about = JSON.stringify(body) ?? 'no body';
        isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['body'] }, about);
      }
    });

    onStyles(
      t,
      app,
      `${method} /{id} · an unknown field, or another value of a read-only one, is 422`,
      async (t, client) => {
        const before = await client.add();
        const wrong = { is_done: true, id: before.id + 1, user_id: 'somebody-else' };
        const { response } = await send(client, { title: 'new', ...wrong });
        isRefused(t, response, {
          status: 422,
          code: 'request/invalid',
          style: client.style,
          fields: Object.keys(wrong),
        });
        t.strictSame(await client.read(1), before, 'and nothing is written');
      },
    );

    onStyles(t, app, `${method} /{id} · a change that changes nothing writes nothing`, async (t, client) => {
      const before = await client.add({ title: 'same', description: 'same' });
      for (const same of [
        { title: 'same' },
        { title: '  same ' },
        { title: 'same', description: 'same', completed: false },
      ]) {
        const { response, task } = await send(client, same);
        t.equal(response.statusCode, 200);
        t.strictSame(task, before, 'same revision, same updated_at');
      }
      t.equal((await client.add()).revision, 2, 'the counter did not move either');
    });
  }

  onStyles(t, app, 'PATCH /{id} · application/merge-patch+json', async (t, { style, me, url, add }) => {
    await add({ description: 'old' });
    for (const type of ['application/merge-patch+json', 'application/merge-patch+json; charset=utf-8']) {
      const patch = JSON.stringify({ title: type, description: null });
      const response = await me.call('PATCH', `${url}/1`, patch, { 'content-type': type });
      t.equal(response.statusCode, 200);
      t.match(style.data(response), { title: type, description: null });
    }
  });

  for (const [what, body, headers] of [
    ['no body', undefined, {}],
    ['empty body', '', {}],
    ['empty body with Content-Type json', '', json],
    ['no body with Content-Type json', undefined, json],
    ['{}', '{}', json],
  ] as [string, string | undefined, Record<string, string>][]) {
    onStyles(t, app, `PATCH /{id}/complete · ${what} toggles`, async (t, client) => {
      const { style, me, url } = client;
      const before = await client.add({ title: 'kept', description: 'kept' });
      for (const [completed, revision] of [
        [true, 2],
        [false, 3],
        [true, 4],
      ] as const) {
        const response = await me.call('PATCH', `${url}/1/complete`, body, headers);
        t.equal(response.statusCode, 200);
        const task = style.data(response);
        t.strictSame(task, {
          ...before,
          completed,
          completed_at: completed ? task.updated_at : null,
          revision,
          updated_at: task.updated_at,
        });
        t.strictSame(await client.read(1), task);
      }
    });
  }

  for (const completed of [true, false]) {
    onStyles(t, app, `PATCH /{id}/complete · {"completed": ${completed}} sets, safe to retry`, async (t, client) => {
      const { style, me, url } = client;
      await client.add({ completed: !completed });
      const set = async () => style.data(await me.call('PATCH', `${url}/1/complete`, { completed }));
      const first = await set();
      t.match(first, { completed, revision: 2 });
      t.strictSame(await set(), first, 'the second time writes nothing');
    });
  }

  onStyles(t, app, 'PATCH /{id}/complete · another body is 422, and nothing toggles', async (t, client) => {
    const { style, me, url } = client;
    const before = await client.add();
    for (const [body, fields] of [
      ['{"completed":"true"}', ['completed']],
      ['{"completed":null}', ['completed']],
      ['{"complete":true}', ['complete']],
      ['{"done":true}', ['done']],
      ['true', ['body']],
      ['[]', ['body']],
    ] as const) {
      const response = await me.call('PATCH', `${url}/1/complete`, body, { ...json, ...strictly });
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields }, body);
    }
    t.strictSame(await client.read(1), before);
  });

  onStyles(t, app, 'PUT, PATCH, DELETE, complete · a missing task is 404', async (t, { style, me, url }) => {
    for (const [method, path, body] of [
      ['PUT', '/1', { title: 'x' }],
      ['PATCH', '/1', { title: 'x' }],
      ['PATCH', '/1/complete', undefined],
      ['DELETE', '/1', undefined],
    ] as [InjectOptions['method'], string, unknown][]) {
      const response = await me.call(method, `${url}${path}`, body);
      isRefused(t, response, { status: 404, code: 'task/not-found', style }, `${method} ${path}`);
    }
    t.strictSame(style.data(await me.call('GET', url)), [], 'an update creates nothing');
  });
});

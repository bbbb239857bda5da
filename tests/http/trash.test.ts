import type { DeletedTaskRecord } from '@taskward/application';
import { anApi, styles } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const trashOf = async ({ style, me, url }: Client, query = ''): Promise<DeletedTaskRecord[]> =>
  style.data(await me.call('GET', `${url}/trash${query}`));

const remove = async ({ me, url }: Client, ...ids: number[]) => {
  for (const id of ids) await me.call('DELETE', `${url}/${id}`);
};

overStores((t, { app, store }) => {
  onStyles(t, app, 'GET /trash · the task as it was, when it was deleted, newest deletion first', async (t, client) => {
    const task = await client.add({ title: 'a', description: 'x', completed: true });
    await client.add({ title: 'b' });
    await client.add({ title: 'c' });
    t.strictSame(await trashOf(client), []);
    await remove(client, 2, 1);
    const [newest, oldest] = await trashOf(client);
    t.match(newest?.deleted_at, /^2026-.*Z$/);
    t.strictSame(newest, { ...task, revision: 5, deleted_at: newest?.deleted_at });
    t.match(oldest, { id: 2, revision: 4 });
    t.equal((await client.me.call('GET', `${client.url}/1`)).statusCode, 404, 'it is deleted');
  });

  onStyles(t, app, 'GET /trash · pages', async (t, client) => {
    const { style, me, url } = client;
    for (const title of ['a', 'b', 'c', 'd', 'e']) await client.add({ title });
    await remove(client, 1, 2, 3, 4, 5);
    const seen: number[][] = [];
    let next: string | null = `${url}/trash?limit=2`;
    while (next !== null) {
      const response = await me.call('GET', next);
      seen.push(style.data(response).map(({ id }: DeletedTaskRecord) => id));
      if (seen.length === 1) await remove(client, (await client.add()).id);
      if (style === styles.bare) {
        t.match(response.headers.link, `<${url}/trash?limit=2>; rel="first"`);
        [, next = null] = /<([^>]+)>; rel="next"/.exec(String(response.headers.link)) ?? [];
      } else {
        const { limit, next_cursor } = response.json().meta;
        t.equal(limit, 2);
        next = next_cursor && `${url}/trash?limit=2&cursor=${next_cursor}`;
      }
    }
    t.strictSame(seen, [[5, 4], [3, 2], [1]]);
  });

  onStyles(t, app, '422 · a cursor of another list or user, a limit out of range', async (t, client) => {
    const { style, me, url } = client;
    const cursorOf = async (one: Client) => {
      for (const _ of [1, 2]) await remove(one, (await one.add()).id);
      return (await one.me.call('GET', '/api/tasks/trash?limit=1')).json().meta.next_cursor as string;
    };
    const mine = await cursorOf(client);
    const theirs = await cursorOf(aClient(app, style));
    t.not(mine, theirs);
    const history = (await me.call('GET', '/api/tasks/1/history?limit=1')).json().meta.next_cursor;
    for (const cursor of ['', 'x', `${mine}A`, theirs, history]) {
      const response = await me.call('GET', `${url}/trash?cursor=${cursor}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['cursor'] }, cursor);
    }
    for (const query of ['limit=0', 'limit=501', 'limit=1.5']) {
      const response = await me.call('GET', `${url}/trash?${query}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['limit'] }, query);
    }
  });

  onStyles(
    t,
    app,
    'POST /{id}/restore · the same id and content at a new revision, again and again',
    async (t, client) => {
      const { style, me, url } = client;
      const task = await client.add({ title: 'a', description: 'x', completed: true });
      await remove(client, 1);
      const response = await me.call('POST', `${url}/1/restore`);
      const restored = style.data(response);
      t.equal(response.statusCode, 200);
      t.equal(response.headers.etag, '"3"');
      t.match(restored, { ...task, revision: 3, updated_at: /Z$/ });
      t.strictSame(await client.read(1), restored);
      t.strictSame(await trashOf(client), []);
      t.strictSame(style.data(await me.call('POST', `${url}/1/restore`, {})), restored, 'it can be repeated');
      t.equal((await client.add()).id, 2, 'ids go on');
      isRefused(t, await me.call('POST', `${url}/3/restore`), { status: 404, code: 'task/not-found', style });
    },
  );

  onStyles(t, app, 'POST /{id}/restore · If-Match is about the deletion', async (t, client) => {
    const { style, me, url } = client;
    await client.add();
    await remove(client, 1);
    const [deleted] = await trashOf(client);
    for (const tag of ['"1"', '"3"', '"x"']) {
      const refused = await me.call('POST', `${url}/1/restore`, undefined, { 'if-match': tag });
      t.match(refused.json().current, { id: 1, revision: 2 }, tag);
      isRefused(
        t,
        refused,
        { status: 412, code: 'task/stale', style, members: { current: refused.json().current } },
        tag,
      );
    }
    const headers = { 'if-match': `"${deleted?.revision}"` };
    for (const _ of [1, 2]) t.equal((await me.call('POST', `${url}/1/restore`, undefined, headers)).statusCode, 200);
    t.equal((await client.read(1)).revision, 3);
    const malformed = await me.call('POST', `${url}/1/restore`, undefined, { 'if-match': 'x' });
    isRefused(t, malformed, { status: 422, code: 'request/invalid', style, fields: ['If-Match'] });
  });

  onStyles(t, app, 'POST /{id}/restore · under an idempotency key', async (t, client) => {
    const { me, url } = client;
    await client.add();
    await remove(client, 1);
    const keyed = { 'idempotency-key': 'restore' };
    const first = await me.call('POST', `${url}/1/restore`, undefined, keyed);
    await remove(client, 1);
    const again = await me.call('POST', `${url}/1/restore`, undefined, keyed);
    t.equal(again.body, first.body);
    t.equal(again.headers['idempotency-replayed'], 'true');
    t.equal((await trashOf(client)).length, 1, 'it took effect once');
  });

  onStyles(t, app, 'DELETE /trash/{id} · for good, one at a time', async (t, client) => {
    const { style, me, url } = client;
    await client.add({ title: 'secret' });
    await client.add();
    await client.add();
    await remove(client, 1, 2);
    const response = await me.call('DELETE', `${url}/trash/1`);
    t.equal(response.statusCode, style.deleted);
    t.equal(response.body, style === styles.bare ? '' : '{"success":true}');
    t.strictSame(
      (await trashOf(client)).map(({ id }) => id),
      [2],
    );
    isRefused(t, await me.call('POST', `${url}/1/restore`), { status: 410, code: 'task/purged', style });
    for (const [id, what] of [
      [1, 'purged'],
      [3, 'not deleted'],
      [4, 'never there'],
    ]) {
      const refused = await me.call('DELETE', `${url}/trash/${id}`);
      isRefused(t, refused, { status: 404, code: 'task/not-found', style }, String(what));
    }
    const history = await me.call('GET', `${url}/1/history`);
    t.notMatch(history.body, /secret/, 'nothing of its content is kept');
    t.match(style.data(history), [
      { kind: 'deleted', changed: {} },
      { kind: 'created', changed: {} },
    ]);
  });

  onStyles(t, app, 'DELETE /trash · all of it, and how many there were', async (t, client) => {
    const { style, me, url } = client;
    for (const _ of [1, 2, 3]) await client.add();
    await remove(client, 1, 3);
    const other = aClient(app, style);
    await remove(other, (await other.add()).id);
    const response = await me.call('DELETE', `${url}/trash`);
    t.equal(response.statusCode, 200);
    t.strictSame(response.json(), style === styles.bare ? { purged: 2 } : { success: true, data: { purged: 2 } });
    t.strictSame(style.data(await me.call('DELETE', `${url}/trash`)), { purged: 0 }, 'nothing is left');
    t.equal((await client.read(2)).id, 2, 'tasks are not touched');
    t.equal((await trashOf(other)).length, 1, 'nor is anybody else’s trash');
  });

  t.test('409 task/quota-exceeded · restoring needs room', async (t) => {
    const small = await anApi(t, store, {
      limits: { tasksPerUser: 1, idempotencyKeysPerUser: 9, idempotencyBytesPerUser: 9_999 },
    });
    const client = aClient(small);
    await client.add();
    await remove(client, 1);
    await client.add();
    const { me, url, style } = client;
    isRefused(t, await me.call('POST', `${url}/1/restore`), { status: 409, code: 'task/quota-exceeded', style });
    isRefused(t, await me.call('POST', `${url}/changes/2/undo`), { status: 409, code: 'task/quota-exceeded', style });
    await remove(client, 2);
    t.equal((await me.call('POST', `${url}/1/restore`)).statusCode, 200);
  });
});

import type { HistoryRecord } from '@taskward/application';
import { writableFields } from '@taskward/domain';
import { changeTo } from '../support/contents.ts';
import { styles } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { differingWritten } from '../support/http/contents.ts';
import { isRefused } from '../support/http/errors.ts';

const historyOf = async ({ style, me, url }: Client, id: number, query = ''): Promise<HistoryRecord[]> =>
  style.data(await me.call('GET', `${url}/${id}/history${query}`));

overStores((t, { app }) => {
  onStyles(t, app, 'GET /{id}/history · newest first, with both values of what changed', async (t, client) => {
    const { me, url } = client;
    const id = (await client.add({ title: 'a' })).id;
    await client.add();
    const named = { 'x-request-id': 'request-of-the-update' };
    await me.call('PATCH', `${url}/${id}`, { title: 'b', description: 'x' }, named);
    await me.call('PATCH', `${url}/${id}/complete`, { completed: true });
    await me.call('PATCH', `${url}/${id}/complete`, { completed: true });
    await me.call('DELETE', `${url}/${id}`);
    await me.call('POST', `${url}/${id}/restore`);
    const entries = await historyOf(client, id);
    t.strictSame(
      entries.map(({ at: _at, request_id: _id, ...entry }) => entry),
      [
        {
          revision: 6,
          kind: 'restored',
          changed: { title: [null, 'b'], description: [null, 'x'], completed: [null, true] },
        },
        {
          revision: 5,
          kind: 'deleted',
          changed: { title: ['b', null], description: ['x', null], completed: [true, null] },
        },
        { revision: 4, kind: 'updated', changed: { completed: [false, true] } },
        { revision: 3, kind: 'updated', changed: { title: ['a', 'b'], description: [null, 'x'] } },
        { revision: 1, kind: 'created', changed: { title: [null, 'a'], completed: [null, false] } },
      ],
    );
    t.equal(entries[3]?.request_id, 'request-of-the-update');
    t.ok(entries.every(({ at }) => /^2026-.*Z$/.test(at)));
    await me.call('DELETE', `${url}/${id}`);
    t.equal((await historyOf(client, id)).length, 6, 'also of a deleted task');
  });

  onStyles(t, app, 'GET /{id}/history · every field of the table', async (t, client) => {
    const [after, before] = differingWritten();
    const { id } = await client.add(before);
    await client.me.call('PATCH', `${client.url}/${id}`, changeTo(before, after));
    const [update] = await historyOf(client, id);
    t.strictSame(
      update?.changed,
      Object.fromEntries(writableFields.map((name) => [name, [before[name], after[name]]])),
    );
  });

  onStyles(t, app, 'GET /{id}/history · what was done in one step has the same batch', async (t, client) => {
    const operations = [
      { op: 'create', title: 'a' },
      { op: 'create', title: 'b' },
      { op: 'update', id: 1, title: 'aa' },
    ];
    await client.me.call('POST', `${client.url}/batch`, { operations });
    t.match(await historyOf(client, 1), [
      { revision: 3, batch: 1 },
      { revision: 1, batch: 1 },
    ]);
    t.match(await historyOf(client, 2), [{ revision: 2, batch: 1 }]);
  });

  onStyles(t, app, 'GET /{id}/history · pages', async (t, client) => {
    const { style, me, url } = client;
    await client.add({ title: '0' });
    await client.add();
    for (const title of ['1', '2', '3', '4']) await me.call('PATCH', `${url}/1`, { title });
    const first = await me.call('GET', `${url}/1/history?limit=2`);
    const cursor = (await me.call('GET', '/api/tasks/1/history?limit=2')).json().meta.next_cursor;
    if (style === styles.bare) {
      const path = `${url}/1/history?limit=2`;
      t.equal(first.headers.link, `<${path}&cursor=${cursor}>; rel="next", <${path}>; rel="first"`);
    } else t.strictSame(first.json().meta, { limit: 2, next_cursor: cursor });
    await me.call('PATCH', `${url}/1`, { title: '5' });
    t.match(await historyOf(client, 1, `?limit=2&cursor=${cursor}`), [
      { changed: { title: ['1', '2'] } },
      { changed: { title: ['0', '1'] } },
    ]);
    for (const path of [`/2/history?cursor=${cursor}`, `/trash?cursor=${cursor}`, `/1/history?cursor=x`]) {
      const refused = await me.call('GET', `${url}${path}`);
      isRefused(t, refused, { status: 422, code: 'request/invalid', style, fields: ['cursor'] }, path);
    }
  });

  onStyles(t, app, '404 task/not-found · a foreign task is as one that is missing', async (t, client) => {
    const { style, me, url } = client;
    const other = aClient(app, style);
    const ask = async () => {
      const response = await me.call('GET', `${url}/1/history`, undefined, { 'x-request-id': 'the-same' });
      isRefused(t, response, { status: 404, code: 'task/not-found', style });
      return response.body;
    };
    const missing = await ask();
    await other.add();
    t.equal(await ask(), missing);
  });
});

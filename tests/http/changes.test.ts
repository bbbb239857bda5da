import type { ChangeLog, ChangeRecord, LogBounds } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { LightMyRequestResponse } from 'fastify';
import { aCaller, anApi, styles } from '../support/http/api.ts';
import { aClient, type Client, onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

interface ChangesPage {
  readonly changes: ChangeRecord[];
  readonly cursor: string;
  readonly hasMore: boolean;
}

const pageOf = ({ style }: Client, response: LightMyRequestResponse): ChangesPage => {
  const body = response.json();
  const { cursor, has_more } = style === styles.bare ? body : body.meta;
  return { changes: style === styles.bare ? body.changes : body.data, cursor, hasMore: has_more };
};

/** Reads a page of changes. */
const changesOf = async (client: Client, query = ''): Promise<ChangesPage> =>
  pageOf(client, await client.me.call('GET', `${client.url}/changes${query}`));

const idsOf = ({ changes }: ChangesPage) => changes.map((one) => (one.op === 'put' ? one.task.id : -one.id));

/** Follows the pages to the end of the log. */
const toTheEnd = async (client: Client, since?: string, limit = 100): Promise<ChangesPage> => {
  const all: ChangeRecord[] = [];
  let cursor = since;
  for (;;) {
    const page = await changesOf(client, `?limit=${limit}${cursor === undefined ? '' : `&since=${cursor}`}`);
    all.push(...page.changes);
    if (!page.hasMore) return { ...page, changes: all };
    cursor = page.cursor;
  }
};

overStores((t, { app, store }) => {
  onStyles(t, app, 'GET /changes · the shape of a page', async (t, client) => {
    const task = await client.add();
    const response = await client.me.call('GET', `${client.url}/changes`);
    const cursor = pageOf(client, response).cursor;
    t.strictSame(
      response.json(),
      client.style === styles.bare
        ? { changes: [{ op: 'put', task }], cursor, has_more: false }
        : { success: true, data: [{ op: 'put', task }], meta: { cursor, has_more: false } },
    );
    t.match(cursor, /^[\w-]+$/);
    t.match(response.headers['cache-control'], 'private, no-cache');
  });

  onStyles(t, app, 'GET /changes · all tasks by id, then what changed since the first page', async (t, client) => {
    for (const title of ['a', 'b', 'c', 'd', 'e']) await client.add({ title });
    const first = await changesOf(client, '?limit=2');
    t.strictSame([idsOf(first), first.hasMore], [[1, 2], true]);
    await client.me.call('PATCH', `${client.url}/1`, { title: 'aa' });
    await client.me.call('DELETE', `${client.url}/2`);
    await client.me.call('DELETE', `${client.url}/4`);
    await client.add({ title: 'f' });

    const second = await changesOf(client, `?limit=2&since=${first.cursor}`);
    t.strictSame([idsOf(second), second.hasMore], [[3, 5], true]);
    const third = await changesOf(client, `?limit=2&since=${second.cursor}`);
    t.strictSame([idsOf(third), third.hasMore], [[6], false], 'the snapshot ends');
    const since = await toTheEnd(client, third.cursor, 2);
    t.strictSame(idsOf(since), [1, -2, -4, 6], 'and goes on where it began');
    t.match(since.changes[0], { op: 'put', task: { id: 1, title: 'aa' } });
    t.match(since.changes[1], { op: 'delete', id: 2, revision: 7, at: /^2026-.*Z$/ });
  });

  onStyles(t, app, 'GET /changes?since · the last state per task, in the order of revisions', async (t, client) => {
    const empty = await changesOf(client);
    t.strictSame([empty.changes, empty.hasMore], [[], false], 'a user without tasks');
    await client.add();
    await client.add();
    await client.me.call('PATCH', `${client.url}/1`, { title: 'x' });
    await client.me.call('PATCH', `${client.url}/1/complete`, { completed: true });
    const page = await changesOf(client, `?since=${empty.cursor}`);
    t.match(page.changes, [
      { op: 'put', task: { id: 2 } },
      { op: 'put', task: { id: 1, title: 'x', completed: true } },
    ]);
    const one = await changesOf(client, `?since=${empty.cursor}&limit=1`);
    t.strictSame([one.changes, one.hasMore], [[], true], 'a page may be empty and have more');
    t.strictSame(idsOf(await toTheEnd(client, empty.cursor, 1)), [2, 1]);

    const end = await changesOf(client, `?since=${page.cursor}`);
    t.strictSame([end.changes, end.hasMore, end.cursor], [[], false, page.cursor], 'nothing changed');
  });

  onStyles(t, app, 'GET /changes?since · a restored, an undone and a purged task', async (t, client) => {
    await client.add();
    await client.add();
    const { cursor } = await changesOf(client);
    await client.me.call('DELETE', `${client.url}/1`);
    await client.me.call('DELETE', `${client.url}/2`);
    await client.me.call('POST', `${client.url}/1/restore`);
    await client.me.call('DELETE', `${client.url}/trash`);
    t.strictSame(idsOf(await changesOf(client, `?since=${cursor}`)).slice(-2), [-2, 1]);
  });

  onStyles(t, app, '410 changes/gone · any other text as a cursor', async (t, client) => {
    const { style, me, url } = client;
    await client.add();
    const { cursor } = await changesOf(client);
    const altered = cursor.slice(0, -1) + (cursor.endsWith('A') ? 'B' : 'A');
    const other = aClient(app, style);
    await other.add();
    const { cursor: foreign } = await changesOf(other);
    await client.add();
    const list = (await me.call('GET', `/api/tasks?limit=1`)).json().meta.next_cursor;
    for (const since of ['', 'x', '0', '1', altered, `${cursor}=`, foreign, list, 'x'.repeat(5_000)]) {
      const response = await me.call('GET', `${url}/changes?since=${since}`);
      isRefused(t, response, { status: 410, code: 'changes/gone', style, sentence: /without `since`/ }, since);
      t.equal(response.headers['cache-control'], 'no-store', since);
    }
  });

  t.test('410 changes/gone · older than the log, or of an account that was erased', async (t) => {
    const { changes } = store;
    /** The same log with other bounds. */
    const bounded = async (bounds: Partial<LogBounds>) => {
      const since: ChangeLog['since'] = async (...given) => ({ ...(await changes.since(...given)), ...bounds });
      const snapshot: ChangeLog['snapshot'] = async (...given) => ({
        ...(await changes.snapshot(...given)),
        ...bounds,
      });
      return anApi(t, { ...store, changes: { ...changes, since, snapshot } });
    };
    const purged = await bounded({ oldest: 2 });
    const another = await bounded({ epoch: 12 });
    for (const style of Object.values(styles)) {
      const client = aClient(app, style);
      await client.add();
      await client.add();
      const { cursor: within } = await changesOf(client, '?limit=1');
      const { cursor } = await changesOf(client);
      await client.add();
      await client.add();
      const gone = { status: 410, code: 'changes/gone', style };
      for (const [over, since, isGone] of [
        [purged, cursor, false],
        [another, cursor, true],
        [another, within, true],
      ] as const) {
        const me = aCaller(over, client.me.userId);
        const response = await me.call('GET', `${client.url}/changes?since=${since}`);
        if (isGone) isRefused(t, response, gone);
        else t.equal(response.statusCode, 200, 'the log begins there');
      }
      const later = aCaller(await bounded({ oldest: 3 }), client.me.userId);
      isRefused(t, await later.call('GET', `${client.url}/changes?since=${cursor}`), gone, 'older');
      isRefused(t, await later.call('GET', `${client.url}/changes?since=${within}`), gone, 'within all tasks');
      const future = aCaller(await bounded({ revision: 1 }), client.me.userId);
      isRefused(t, await future.call('GET', `${client.url}/changes?since=${cursor}`), gone, 'from the future');
    }
  });

  onStyles(t, app, '422 · what is wrong with the query', async (t, { style, me, url }) => {
    for (const [query, fields] of [
      ['limit=0', ['limit']],
      ['limit=501', ['limit']],
      ['since=a&since=b', ['since']],
      ['cursor=x', ['cursor']],
      ['offset=1&limit=x', ['limit', 'offset']],
    ] as const) {
      const response = await me.call('GET', `${url}/changes?${query}`);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields }, query);
    }
  });

  onStyles(t, app, 'GET /changes · ETag and 304', async (t, client) => {
    const { me, url } = client;
    await client.add();
    const first = await me.call('GET', `${url}/changes`);
    const etag = String(first.headers.etag);
    t.match(etag, /^W\/"1-\w+"$/);
    const ask = (path: string, tag = etag) => me.call('GET', `${url}${path}`, undefined, { 'if-none-match': tag });
    for (const tag of [etag, '*', `"x", ${etag}`, etag.slice(2)]) {
      const response = await ask('/changes', tag);
      t.strictSame([response.statusCode, response.body, response.headers.etag], [304, '', etag], tag);
    }
    const { cursor } = pageOf(client, first);
    for (const path of ['/changes?limit=5', `/changes?since=${cursor}`, '']) {
      t.equal((await ask(path)).statusCode, 200, `another page: ${path}`);
    }
    t.equal((await ask('/changes?limit=100')).statusCode, 304, 'the same page');
    await client.add();
    const later = await ask('/changes');
    t.equal(later.statusCode, 200, 'something has changed');
    t.not(later.headers.etag, etag);
    isRefused(t, await ask('/changes?since=x', '*'), { status: 410, code: 'changes/gone', style: client.style });
  });

  t.test('a user whose id is the name of a path', async (t) => {
    for (const id of ['trash', 'changes', 'history', 'restore']) {
      const client = aClient(app, styles.bare, aCaller(app, id as UserId));
      const { id: task } = await client.add({ title: id });
      t.equal((await client.read(task)).title, id);
      t.equal((await client.me.call('DELETE', `${client.url}/${task}`)).statusCode, 204);
      t.match((await client.me.call('GET', `${client.url}/trash`)).json()[0], { title: id, user_id: id });
      t.ok((await changesOf(client)).cursor);
      t.equal((await client.me.call('POST', `${client.url}/${task}/restore`)).statusCode, 200);
      t.equal((await client.me.call('GET', `/api/tasks/${task}`)).json().data.title, id, 'in the other style too');
    }
  });
});

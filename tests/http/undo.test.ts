import { aClient, onStyles, overStores } from '../support/http/client.ts';
import { differingWritten } from '../support/http/contents.ts';
import { isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  onStyles(t, app, 'POST /changes/{revision}/undo · an update, a deletion, a creation', async (t, client) => {
    const { style, me, url } = client;
    const undo = (revision: number) => me.call('POST', `${url}/changes/${revision}/undo`);
    const task = await client.add({ title: 'a' });
    await me.call('PATCH', `${url}/1`, { title: 'b' });
    await me.call('PATCH', `${url}/1`, { description: 'x' });

    const updated = await undo(2);
    t.equal(updated.statusCode, 200);
    const [change] = style.data(updated);
    t.match(
      change,
      { op: 'put', task: { title: 'a', description: 'x', revision: 4 } },
      'only what it changed goes back',
    );
    t.strictSame(await client.read(1), change.task);

    await me.call('DELETE', `${url}/1`);
    t.match(style.data(await undo(5)), [{ op: 'put', task: { ...change.task, revision: 6, updated_at: /Z$/ } }]);
    await undo(3);
    t.match(
      style.data(await undo(1)).map(({ at, ...one }: { at: string }) => [one, /Z$/.test(at)]),
      [[{ op: 'delete', id: task.id, revision: 8 }, true]],
    );
    t.equal((await me.call('GET', `${url}/1`)).statusCode, 404);
    t.match(style.data(await undo(8)), [{ op: 'put', task: { id: 1, title: 'a' } }], 'an undo can be undone');
  });

  onStyles(t, app, '409 undo/superseded · the fields, with both values', async (t, client) => {
    const { style, me, url } = client;
    await client.add({ title: 'a' });
    await me.call('PATCH', `${url}/1`, { title: 'b', description: 'x' });
    await me.call('PATCH', `${url}/1`, { title: 'c' });
    const superseded = [{ id: 1, field: 'title', given: 'b', current: 'c' }];
    const expected = {
      status: 409,
      code: 'undo/superseded',
      style,
      members: { superseded },
      sentence: /title of task 1/,
    };
    isRefused(t, await me.call('POST', `${url}/changes/2/undo`), expected);
    t.match(await client.read(1), { title: 'c', description: 'x', revision: 3 }, 'nothing has changed');
    await me.call('POST', `${url}/changes/3/undo`);
    t.equal((await me.call('POST', `${url}/changes/2/undo`)).statusCode, 200, 'the later one first');
    t.match(await client.read(1), { title: 'a', description: null });
  });

  onStyles(t, app, 'POST /changes/{revision}/undo · every field of the table', async (t, client) => {
    const [after, before] = differingWritten();
    await client.add(before);
    await client.me.call('PATCH', `${client.url}/1`, after);
    await client.me.call('POST', `${client.url}/changes/2/undo`);
    t.match(await client.read(1), { ...before });
  });

  onStyles(t, app, 'POST /changes/{revision}/undo · a batch is one unit', async (t, client) => {
    const { style, me, url } = client;
    for (const title of ['a', 'b', 'c']) await client.add({ title });
    const operations = [
      { op: 'update', id: 1, title: 'aa' },
      { op: 'delete', id: 2 },
      { op: 'create', title: 'd' },
    ];
    await me.call('POST', `${url}/batch`, { operations });
    t.equal(style.data(await me.call('POST', `${url}/changes/5/undo`)).length, 3, 'whichever of it is named');
    t.match(style.data(await me.call('GET', `${url}?sort=title`)), [
      { title: 'a' },
      { title: 'b', id: 2 },
      { title: 'c' },
    ]);

    await me.call('POST', `${url}/batch`, {
      operations: [
        { op: 'update', id: 1, title: 'x' },
        { op: 'update', id: 3, title: 'y' },
      ],
    });
    const { revision } = await client.read(1);
    await me.call('PATCH', `${url}/3`, { title: 'z' });
    const refused = await me.call('POST', `${url}/changes/${revision}/undo`);
    t.strictSame(refused.json().superseded, [{ id: 3, field: 'title', given: 'y', current: 'z' }]);
    t.equal((await client.read(1)).title, 'x', 'nothing of it goes back');
  });

  onStyles(t, app, '404 and 410 · a change that is not there, or whose task was purged', async (t, client) => {
    const { style, me, url } = client;
    const missing = { status: 404, code: 'change/not-found', style };
    for (const revision of ['1', '0', '-1', '01', 'x', '1.5', '9'.repeat(15), '9'.repeat(30), '%00']) {
      isRefused(t, await me.call('POST', `${url}/changes/${revision}/undo`), missing, revision);
    }
    const other = aClient(app, style);
    await other.add({ title: 'theirs' });
    const theirs = await me.call('POST', `${url}/changes/1/undo`, undefined, { 'x-request-id': 'the-same' });
    isRefused(t, theirs, missing, 'of another user');
    t.equal((await other.read(1)).title, 'theirs');

    await client.add();
    await me.call('DELETE', `${url}/1`);
    await me.call('DELETE', `${url}/trash`);
    isRefused(t, await me.call('POST', `${url}/changes/2/undo`), { status: 410, code: 'task/purged', style });
  });

  onStyles(t, app, 'POST /changes/{revision}/undo · under an idempotency key', async (t, client) => {
    const { me, url } = client;
    await client.add({ title: 'a' });
    await me.call('PATCH', `${url}/1`, { title: 'b' });
    const keyed = { 'idempotency-key': 'undo' };
    const first = await me.call('POST', `${url}/changes/2/undo`, undefined, keyed);
    const again = await me.call('POST', `${url}/changes/2/undo`, undefined, keyed);
    t.equal(again.body, first.body);
    t.equal((await client.read(1)).revision, 3);
  });

  onStyles(t, app, 'batch · restore and undo see what came before them', async (t, client) => {
    const { style, me, url } = client;
    const batch = async (...operations: object[]) =>
      style.data(await me.call('POST', `${url}/batch`, { operations, atomic: false })).results;
    await client.add({ title: 'a' });
    await me.call('PATCH', `${url}/1`, { title: 'b' });
    await me.call('PATCH', `${url}/1`, { description: 'x' });

    t.match(await batch({ op: 'update', id: 1, title: 'c' }, { op: 'undo', revision: 2 }), [
      { status: 200 },
      {
        status: 409,
        error: { code: 'undo/superseded', superseded: [{ id: 1, field: 'title', given: 'b', current: 'c' }] },
      },
    ]);
    t.match(await batch({ op: 'undo', revision: 4 }, { op: 'undo', revision: 2 }, { op: 'undo', revision: 2 }), [
      { status: 200, changes: [{ op: 'put', task: { title: 'b' } }] },
      { status: 200, changes: [{ op: 'put', task: { title: 'a', description: 'x' } }] },
      { status: 409 },
    ]);
    const results = await batch(
      { op: 'delete', id: 1 },
      { op: 'restore', id: 1, if_revision: 1 },
      { op: 'restore', id: 1 },
      { op: 'restore', id: 1 },
      { op: 'update', id: 1, title: 'd' },
      { op: 'delete', id: 1 },
      { op: 'restore', id: 1 },
      { op: 'restore', id: 9 },
      { op: 'undo', revision: 999 },
    );
    t.strictSame(
      results.map(({ status }: { status: number }) => status),
      [204, 412, 200, 200, 200, 204, 200, 404, 404],
    );
    t.match(await client.read(1), { title: 'd', description: 'x' });
  });
});

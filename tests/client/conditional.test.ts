import t from 'tap';
import { aToken } from '../support/http/tokens.ts';
import { aClientOn, aNetwork, aTask, listed, refused, responded } from '../support/http/typed-client.ts';

const unchanged = (etag: string) => new Response(null, { status: 304, headers: { etag } });

const ifUnchanged = { ifUnchanged: true };

t.test('a task that was received before is written only if nobody has changed it, where that is said', async (t) => {
  const task = aTask({ revision: 41 });
  const network = aNetwork(responded(task), responded(task), responded(task), responded());
  const client = aClientOn(network);
  await client.update(task, { title: 'x' }, ifUnchanged);
  await client.complete(task, true, ifUnchanged);
  await client.toggle(task, ifUnchanged);
  await client.remove(task, ifUnchanged);
  t.strictSame(network.sent('if-match'), Array(4).fill('"41"'));
  t.strictSame(
    network.seen.map(({ method, url }) => `${method} ${url}`),
    [
      'PATCH https://api.example/api/tasks/3',
      'PATCH https://api.example/api/tasks/3/complete',
      'PATCH https://api.example/api/tasks/3/complete',
      'DELETE https://api.example/api/tasks/3',
    ],
  );
});

t.test('an id alone is written in any case', async (t) => {
  const network = aNetwork(responded(aTask()), responded());
  const client = aClientOn(network);
  await client.update(3, { title: 'x' });
  await client.remove(3);
  t.strictSame(network.sent('if-match'), [null, null]);
});

t.test('a task that was received before is written in any case, where that is said', async (t) => {
  const network = aNetwork(responded(aTask()), responded(aTask()), responded(aTask()), responded());
  const client = aClientOn(network);
  const anyway = { ifUnchanged: false };
  await client.update(aTask(), { title: 'x' }, anyway);
  await client.complete(aTask(), false, anyway);
  await client.toggle(aTask(), anyway);
  await client.remove(aTask(), anyway);
  t.strictSame(network.sent('if-match'), [null, null, null, null]);
});

t.test('nothing is written where it is not said, or cannot be known', async (t) => {
  const network = aNetwork();
  const client = aClientOn(network);
  const writes = (task: never, options: never): Promise<unknown>[] => [
    client.update(task, { title: 'x' }, options),
    client.complete(task, true, options),
    client.toggle(task, options),
    client.remove(task, options),
  ];
  for (const write of writes(aTask() as never, {} as never)) {
    await t.rejects(write, { name: 'TypeError', message: /ifUnchanged: true/ });
  }
  for (const write of writes(3 as never, ifUnchanged as never)) {
    await t.rejects(write, { name: 'TypeError', message: /needs the task/ });
  }
  t.equal(network.seen.length, 0);
});

t.test('a stale task comes with the current one', async (t) => {
  const current = aTask({ revision: 42, title: 'Buy oat milk' });
  const network = aNetwork(refused(412, 'task/stale', { current }), responded(current));
  const client = aClientOn(network);
  const error = await client.update(aTask(), { title: 'x' }, ifUnchanged).catch((error) => error);
  t.match(error, { status: 412, code: 'task/stale', current });
  await client.update(error.current, { title: 'x' }, ifUnchanged);
  t.strictSame(network.sent('if-match'), ['"41"', '"42"'], 'and can be passed back');
});

t.test('what was read is asked for only if it changed', async (t) => {
  const network = aNetwork(
    listed([aTask()], 'next', { etag: 'W/"41-x"' }),
    unchanged('W/"41-x"'),
    listed([], null, { etag: 'W/"42-x"' }),
    unchanged('W/"42-x"'),
  );
  const client = aClientOn(network);
  const first = await client.list({ sort: 'title' });
  t.equal(first.etag, 'W/"41-x"');
  const again = await client.list({ sort: 'title' });
  t.strictSame(again, first);
  t.not(again.tasks[0], first.tasks[0], 'a copy: what a caller does to one is not in the other');
  t.strictSame((await client.list({ sort: 'title' })).tasks, []);
  t.strictSame((await client.list({ sort: 'title' })).tasks, []);
  t.strictSame(network.sent('if-none-match'), [null, 'W/"41-x"', 'W/"41-x"', 'W/"42-x"']);
  t.strictSame(new Set(network.seen.map(({ init }) => init.cache)), new Set(['no-store']), 'no other cache has a say');
});

t.test('a single task is remembered, each by its own', async (t) => {
  const network = aNetwork(
    responded(aTask(), { etag: '"41"' }),
    responded(aTask({ id: 4 }), { etag: '"40"' }),
    unchanged('"41"'),
  );
  const client = aClientOn(network);
  await client.get(3);
  t.equal((await client.get(4)).id, 4);
  t.equal((await client.get(3)).id, 3);
  t.strictSame(network.sent('if-none-match'), [null, null, '"41"']);
});

t.test('nobody is shown what the user before them read', async (t) => {
  let token = aToken({ sub: 'ann' });
  const network = aNetwork(
    responded(aTask(), { etag: '"41"' }),
    responded(aTask({ user_id: 'bob' }), { etag: '"41"' }),
    unchanged('"41"'),
  );
  const client = aClientOn(network, { token: () => token });
  await client.get(3);
  token = aToken({ sub: 'bob' });
  t.equal((await client.get(3)).user_id, 'bob');
  token = aToken({ sub: 'ann', iat: 1_000_000_000 });
  t.equal((await client.get(3)).user_id, 'demo', 'and a new token does not make the first one forget');
  t.strictSame(network.sent('if-none-match'), [null, null, '"41"']);
});

t.test('nothing is remembered', async (t) => {
  const twice = () => [listed([], null, { etag: 'W/"1"' }), listed([], null, { etag: 'W/"1"' })];
  t.test('with `cache: false`', async (t) => {
    const network = aNetwork(...twice());
    const client = aClientOn(network, { cache: false });
    await client.list();
    await client.list();
    t.strictSame(network.sent('if-none-match'), [null, null]);
  });
  t.test('where a cookie says who asks', async (t) => {
    const network = aNetwork(...twice());
    const client = aClientOn(network, { token: undefined as never });
    await client.list();
    await client.list();
    t.strictSame(network.sent('if-none-match'), [null, null]);
    t.strictSame(network.sent('authorization'), [null, null]);
    t.equal(network.seen[0]?.init.credentials, 'include');
  });
});

t.test('an error is not remembered, whatever validator it carries', async (t) => {
  const network = aNetwork(refused(404, 'task/not-found', {}, { etag: '"1"' }), responded(aTask()));
  const client = aClientOn(network);
  await t.rejects(client.get(3), { code: 'task/not-found' });
  await client.get(3);
  t.strictSame(network.sent('if-none-match'), [null, null]);
});

t.test('the memory is bounded, and keeps what is used', async (t) => {
  const response = ({ url, headers }: { url: string; headers: Headers }) =>
    headers.has('if-none-match')
      ? unchanged('"41"')
      : responded(aTask({ id: Number(url.split('/').at(-1)) }), { etag: '"41"' });
  const network = aNetwork(...Array.from({ length: 105 }, () => response));
  const client = aClientOn(network);
  for (let id = 1; id <= 100; id += 1) await client.get(id);
  await client.get(1);
  await client.get(101);
  await client.get(1);
  await client.get(3);
  await client.get(2);
  t.strictSame(network.sent('if-none-match').slice(100), ['"41"', null, '"41"', '"41"', null]);
});

import { TaskwardError } from '@taskward/client';
import t from 'tap';
import { aListeningApi, aSignedInClient, cutOff } from '../support/http/typed-client.ts';

const ifUnchanged = { ifUnchanged: true };

// What the client promises together with the API: conditions, keys and batches, over real HTTP.
const api = await aListeningApi(t);

/** Fetches, notes what came back, and loses the responses that it is told to lose. */
const aWire = (...lost: number[]) => {
  const responses: Response[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await globalThis.fetch(url, init);
    if (lost.includes(responses.push(response))) throw cutOff();
    return response;
  };
  return { fetch, responses, statuses: () => responses.map(({ status }) => status) };
};

t.test('what has not changed is not sent again', async (t) => {
  const wire = aWire();
  const { client } = aSignedInClient(api, { fetch: wire.fetch });
  const task = await client.create({ title: 'Buy milk' });
  const page = await client.list({ sort: 'title' });
  t.strictSame(await client.list({ sort: 'title' }), page);
  t.strictSame(await client.get(task.id), task);
  t.strictSame(await client.get(task.id), task);
  await client.complete(task, true, { ifUnchanged: true });
  t.equal((await client.get(task.id)).completed, true);
  t.equal((await client.list({ sort: 'title' })).tasks[0]?.completed, true);
  t.strictSame(wire.statuses(), [201, 200, 304, 200, 304, 200, 200, 200]);
});

t.test('two people, one token: each sees only what is theirs', async (t) => {
  const ann = aSignedInClient(api);
  const bob = aSignedInClient(api);
  await ann.client.create({ title: 'Of Ann' });
  await bob.client.create({ title: 'Of Bob' });
  let token = ann.me.token;
  const { client } = aSignedInClient(api, { token: () => token });
  t.equal((await client.get(1)).title, 'Of Ann');
  t.equal((await client.list()).tasks[0]?.title, 'Of Ann');
  token = bob.me.token;
  t.equal((await client.get(1)).title, 'Of Bob');
  t.equal((await client.list()).tasks[0]?.title, 'Of Bob');
});

t.test('a stale write is refused, with the task as it is', async (t) => {
  const { client } = aSignedInClient(api);
  const old = await client.create({ title: 'Buy milk' });
  const current = await client.update(old.id, { title: 'Buy oat milk' });
  const writes = [
    () => client.update(old, { title: 'x' }, ifUnchanged),
    () => client.complete(old, true, ifUnchanged),
    () => client.toggle(old, ifUnchanged),
    () => client.remove(old, ifUnchanged),
  ];
  for (const write of writes) {
    const error = await write().catch((error) => error);
    t.ok(error instanceof TaskwardError);
    t.match(error, { status: 412, code: 'task/stale' });
    t.strictSame(error.current, current);
  }
  await client.remove(await client.complete(current, true, ifUnchanged), ifUnchanged);
});

t.test('a write whose response is lost is carried out once', async (t) => {
  const wire = aWire(1, 3, 5, 7);
  const { client } = aSignedInClient(api, { fetch: wire.fetch });
  const task = await client.create({ title: 'Buy milk' });
  t.equal(task.id, 1);
  t.equal(
    (await client.toggle(task, ifUnchanged)).completed,
    true,
    'toggled once, and not stale by its own first attempt',
  );
  const { results } = await client.batch([{ op: 'create', title: 'Buy bread' }]);
  t.equal(results[0]?.task?.id, 2);
  t.strictSame(
    wire.responses.map(({ headers }) => headers.get('idempotency-replayed')),
    [null, 'true', null, 'true', null, 'true'],
  );
  await client.remove(2);
  t.strictSame(wire.statuses().slice(6), [200, 404], 'and it counts as done');
  t.equal((await client.list()).tasks.length, 1);
});

t.test('a key of the caller’s outlasts the client', async (t) => {
  const { client, me } = aSignedInClient(api);
  const first = await client.create({ title: 'Buy milk' }, { idempotencyKey: 'order-1' });
  const { client: restarted } = aSignedInClient(api, {}, me);
  t.strictSame(await restarted.create({ title: 'Buy milk' }, { idempotencyKey: 'order-1' }), first);
  const other = restarted.create({ title: 'Buy bread' }, { idempotencyKey: 'order-1' });
  await t.rejects(other, { status: 422, code: 'idempotency/mismatch' });
});

t.test('batches', async (t) => {
  const { client } = aSignedInClient(api);
  const task = await client.create({ title: 'Buy milk' });
  const operations = [
    { op: 'create', title: 'Buy bread' },
    { op: 'update', id: task.id, title: 'Buy oat milk', if_revision: task.revision },
    { op: 'complete', id: task.id },
    { op: 'delete', id: 9 },
  ] as const;

  const error = await client.batch(operations).catch((error) => error);
  t.match(error, { status: 422, code: 'batch/refused' });
  t.strictSame(
    error.results.map((result: { status: number }) => result.status),
    [424, 424, 424, 404],
  );
  t.match(error.results[3], { error: { code: 'task/not-found', error: /9/ } });
  t.strictSame((await client.list()).tasks, [task], 'nothing was written');

  const dry = await client.batch(operations.slice(0, 3), { dryRun: true });
  t.match(dry, { applied: false, dryRun: true });
  t.strictSame((await client.list()).tasks, [task], 'nothing was written');

  const partly = await client.batch(operations, { atomic: false });
  t.match(partly, { applied: true, dryRun: false });
  t.strictSame(
    partly.results.map(({ status }) => status),
    [201, 200, 200, 404],
  );
  t.match(partly.results[2]?.task, { title: 'Buy oat milk', completed: true });
  t.equal((await client.list()).tasks.length, 2);
});

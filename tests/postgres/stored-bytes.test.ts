import { type Database, makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import { defaultLimits, type Limits } from '@taskward/application';
import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';

const MiB = 1024 * 1024;

// The largest that a text can be: four bytes a character, and no two the same, so that nothing compresses well.
const aText = (length: number): string =>
  Array.from({ length }, () => String.fromCodePoint(0x10000 + Math.floor(Math.random() * 0x80000))).join('');

const tables = ['users', 'tasks', 'idempotency_keys', 'idempotency_usage', 'imports'] as const;

/** The bytes that are kept of a user, by table: rows as they are stored, compressed or not. */
const bytesOf = async (database: Database, user: string): Promise<Record<string, number>> => {
  const kept: Record<string, number> = {};
  for (const table of tables) {
    const owner = table === 'users' ? 'id' : 'user_id';
    const [{ columns } = { columns: '' }] = await sqlOn(database)<{ columns: string }>(
      `select string_agg(format('coalesce(pg_column_size(%I), 0)', column_name), ' + ') as columns
       from information_schema.columns where table_schema = 'taskward' and table_name = ?`,
      [table],
    );
    // Each row has a header of 24 bytes, and 4 for its place on the page.
    const [{ bytes } = { bytes: '0' }] = await sqlOn(database)<{ bytes: string }>(
      `select coalesce(sum(28 + ${columns}), 0) as bytes from taskward.${table} where ${owner} = ?`,
      [user],
    );
    kept[table] = Number(bytes);
  }
  return kept;
};

/** A user at an API over a database of its own, and what is kept of them. */
const aHoarder = async (t: Test, limits: Limits) => {
  const { database } = await ownMigratedDatabase(t);
  const stores = { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }) };
  const app = await anApi(t, stores, { limits });
  const me = aCaller(app);
  let key = 0;
  const keyed = (method: 'POST' | 'PATCH', path: string, body: object, headers: Record<string, string> = {}) => {
    key += 1;
    return me.call(method, `/api/tasks${path}`, body, { 'idempotency-key': `key ${key}`, ...headers });
  };
  const report = async (what: string) => {
    const kept = await bytesOf(database, me.userId);
    const all = Object.values(kept).reduce((sum, one) => sum + one, 0);
    t.comment(`${what}: ${all} bytes kept: ${JSON.stringify(kept)}`);
    return { ...kept, all } as Record<(typeof tables)[number] | 'all', number>;
  };
  return { me, keyed, report };
};

t.test('a hundred keyed dry runs over large tasks keep nothing', async (t) => {
  const { me, keyed, report } = await aHoarder(t, defaultLimits);
  const operations = [];
  for (let id = 1; id <= 100; id += 1) {
    await me.call('POST', '/api/tasks', { title: aText(200), description: aText(1_000) });
    operations.push({ op: 'complete', id });
  }
  const before = await report('a hundred tasks as large as they can be');
  const sizes: number[] = [];
  for (let n = 0; n < 100; n += 1) {
    const dry = await keyed('POST', '/batch', { operations, dry_run: true });
    t.equal(dry.statusCode, 200);
    sizes.push(Buffer.byteLength(dry.body));
  }
  t.ok(Math.min(...sizes) > 400_000, `each response has ${sizes[0]} bytes`);
  t.strictSame(await report('and a hundred dry runs'), before);
  t.ok(before.tasks / 100 < 10_000, 'the largest task takes less than 10 000 bytes');
});

t.test('a dry run leaves its key free for the real request, and none that was used', async (t) => {
  const { me, report } = await aHoarder(t, defaultLimits);
  const batch = (body: object) =>
    me.call(
      'POST',
      '/api/tasks/batch',
      { operations: [{ op: 'create', title: 'Milk' }], ...body },
      { 'idempotency-key': 'k' },
    );
  for (let n = 0; n < 2; n += 1) {
    const dry = await batch({ dry_run: true });
    t.match(dry.json().data, { applied: false, dry_run: true, results: [{ status: 201 }] });
    t.equal(dry.headers['idempotency-replayed'], undefined, 'it is worked out anew');
  }
  t.equal((await report('two dry runs')).all, 0);
  const real = await batch({});
  t.match(real.json().data, { applied: true, dry_run: false });
  t.match((await batch({})).headers, { 'idempotency-replayed': 'true' });
  t.match((await batch({ dry_run: true })).json(), { code: 'idempotency/mismatch' });
});

t.test('whatever is sent under keys, no more is kept than the bounds allow', async (t) => {
  const limits = { tasksPerUser: 200, idempotencyKeysPerUser: 400, idempotencyBytesPerUser: MiB };
  const { me, keyed, report } = await aHoarder(t, limits);
  const large = () => ({ title: aText(200), description: aText(1_000) });
  const codes = new Map<string, number>();
  const count = ({ statusCode, body }: { statusCode: number; body: string }) => {
    const name = `${statusCode} ${JSON.parse(body).code ?? ''}`.trim();
    codes.set(name, (codes.get(name) ?? 0) + 1);
    return name;
  };
  for (let n = 0; n < 12; n += 1) count(await me.call('POST', '/api/tasks', large()));

  // Small requests with large responses: each until it is refused, and then a few times more.
  const ids = Array.from({ length: 12 }, (_, n) => n + 1);
  const creates = () => Array.from({ length: 12 }, large).map((content) => ({ op: 'create', ...content }));
  const greedy: (() => Promise<{ statusCode: number; body: string }>)[] = [
    () => keyed('POST', '', large()),
    () => keyed('POST', '/batch', { atomic: false, operations: creates() }),
    () =>
      keyed('POST', '/batch', {
        operations: Array.from({ length: 100 }, (_, n) => ({ op: 'complete', id: (n % 12) + 1 })),
      }),
    () => keyed('PATCH', '/1', { title: 'Late' }, { 'if-match': '"999"' }),
    () =>
      keyed('POST', '/batch', { operations: ids.map((id) => ({ op: 'update', id, title: 'x', if_revision: 999 })) }),
    () =>
      keyed('POST', '/batch', { operations: ids.map((id) => ({ op: 'create', title: 'x', [aText(500) + id]: 1 })) }),
    () => keyed('PATCH', '/999', { title: 'Nowhere' }),
  ];
  for (let n = 0; n < 60; n += 1) for (const ask of greedy) count(await ask());
  const parallel = await Promise.all(
    Array.from({ length: 60 }, (_, n) => (greedy[n % greedy.length] as () => never)()),
  );
  for (const response of parallel) count(response);

  t.comment(JSON.stringify([...codes].sort(([, a], [, b]) => b - a)));
  for (const name of ['201', '200', '412 task/stale', '429 idempotency/too-many']) t.ok(codes.has(name), name);
  t.notOk(
    [...codes.keys()].some((name) => name.startsWith('5')),
    'and no fault of the server',
  );
  const kept = await report('after all that');
  // What a row takes beside what is counted: its header, its instant, the lengths of its columns.
  t.ok(
    kept.idempotency_keys <= MiB + limits.idempotencyKeysPerUser * 64,
    `${kept.idempotency_keys} bytes of responses`,
  );
  t.ok(kept.tasks <= limits.tasksPerUser * 10_000, `${kept.tasks} bytes of tasks`);

  const refused = await keyed('POST', '', { title: 'Milk' });
  t.equal(refused.statusCode, 429);
  t.match(refused.json(), { code: 'idempotency/too-many', error: /without a key, or wait \d+ seconds/ });
  const seconds = Number(refused.headers['retry-after']);
  t.ok(seconds > 0 && seconds <= 86_400, `Retry-After: ${seconds}`);
  t.equal((await me.call('PATCH', '/api/tasks/1', { title: 'Milk' })).statusCode, 200, 'without a key it goes on');
});

t.test('many small responses are bounded by the number of their keys', async (t) => {
  const limits = { ...defaultLimits, idempotencyKeysPerUser: 50 };
  const { keyed, report } = await aHoarder(t, limits);
  const statuses: number[] = [];
  for (let n = 0; n < 60; n += 1) statuses.push((await keyed('PATCH', '/999', { title: 'x' })).statusCode);
  t.strictSame(statuses, [...Array(50).fill(404), ...Array(10).fill(429)]);
  const { idempotency_keys } = await report('fifty small responses');
  t.ok(idempotency_keys < 50 * 1_000);
});

t.test('what the worst user can keep, added up', async (t) => {
  const { tasksPerUser, idempotencyBytesPerUser, idempotencyKeysPerUser } = defaultLimits;
  const tasks = tasksPerUser * 10_000;
  // Counted anew after a day, and forgotten after a day: twice, and what a row takes beside.
  const responses = 2 * (idempotencyBytesPerUser + idempotencyKeysPerUser * 64);
  const all = Math.ceil((tasks + responses) / MiB);
  t.comment(`tasks ${Math.ceil(tasks / MiB)} MiB, stored responses ${Math.ceil(responses / MiB)} MiB: ${all} MiB`);
  t.ok(all <= 1_000, 'what ADR 28 says');
});

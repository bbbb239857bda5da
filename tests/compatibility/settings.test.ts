import { type CompatibilitySetting, compatibilitySettings, exclusiveSettings } from '@taskward/adapters-http';
import type { LightMyRequestResponse } from 'fastify';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi, type Caller, stores } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const strict = { prefer: 'handling=strict' };
const all = compatibilitySettings.filter((setting) => !exclusiveSettings.some((group) => group.indexOf(setting) > 0));

const aFrontEnd = async (t: Test, ...settings: CompatibilitySetting[]) =>
  aCaller(await anApi(t, makeMemoryStores(), { compatibility: settings }));

const script = (path: string) =>
  [
    ['POST', path, { title: 'a', due_date: '2026-12-01', repeat: 'monthly', metadata: { category: 'home' } }],
    ['POST', path, { title: 'b' }, { 'idempotency-key': 'one' }],
    ['POST', path, { title: 'b' }, { 'idempotency-key': 'one' }],
    ['POST', path, { title: 'b', category: 'x' }],
    ['GET', path],
    ['HEAD', path],
    ['GET', `${path}?limit=1`],
    ['GET', `${path}/1`],
    ['PATCH', `${path}/1`, { title: 'c' }, { 'if-match': '"0"' }],
    ['GET', `${path}/9`],
    ['POST', `${path}/batch`, { operations: [{ op: 'delete', id: 9 }] }],
    ['DELETE', `${path}/1`],
    ['GET', `${path}/changes`],
    ['GET', `${path}/trash`],
    ['GET', `${path}/nothing/here`],
  ] as const;

const sentOf = ({ statusCode, headers, body }: LightMyRequestResponse) => {
  const { date: _date, vary: _vary, 'x-request-id': requestId, ...rest } = headers;
  const withoutLimits = Object.entries(rest).filter(([name]) => !name.startsWith('ratelimit'));
  return [statusCode, Object.fromEntries(withoutLimits), body.replaceAll(String(requestId), '')];
};

const run = async (me: Caller, path: string, more: Record<string, string>) => {
  const sent: unknown[] = [];
  for (const [method, url, body, headers] of script(path))
    sent.push(sentOf(await me.call(method, url, body, { ...headers, ...more })));
  return sent;
};

for (const style of ['/api/tasks', undefined]) {
  t.test(`a strict request has the contract, with all settings · ${style ?? '/api/{user_id}/tasks'}`, async (t) => {
    const userId = aUser();
    const translating = aCaller(await anApi(t, makeMemoryStores(), { compatibility: all }), userId);
    const plain = aCaller(await anApi(t, makeMemoryStores()), userId);
    const path = style ?? plain.bare;
    t.strictSame(await run(translating, path, strict), await run(plain, path, strict));
  });
}

t.test('every response says that it depends on the preference, with a setting only', async (t) => {
  const varying = await aFrontEnd(t, 'camel-case');
  const plain = await aFrontEnd(t);
  for (const headers of [{}, strict]) {
    t.match((await varying.call('GET', '/api/tasks', undefined, headers)).headers.vary, /(^|, )Prefer$/);
    t.notMatch((await plain.call('GET', '/api/tasks', undefined, headers)).headers.vary, /Prefer/);
  }
  t.match((await varying.call('GET', '/api/tasks', undefined, { authorization: '' })).headers.vary, /Prefer/);
});

t.test('a browser may send the preference', async (t) => {
  const { call } = await aFrontEnd(t, 'bare');
  const asked = { origin: 'http://localhost:3000', 'access-control-request-headers': 'prefer' };
  const preflight = await call('OPTIONS', '/api/tasks', undefined, {
    ...asked,
    'access-control-request-method': 'GET',
  });
  t.match(preflight.headers['access-control-allow-headers'], /\bprefer\b/);
});

t.test('an ETag of one setting is not confirmed under another', async (t) => {
  const tasks = makeMemoryStores();
  const userId = aUser();
  const under = async (...compatibility: CompatibilitySetting[]) =>
    aCaller(await anApi(t, tasks, { compatibility }), userId);
  const servers = { none: await under(), camel: await under('camel-case'), both: await under('status', 'camel-case') };
  const { none } = servers;
  await none.call('POST', '/api/tasks', { title: 'a' });
  for (const path of ['/api/tasks', '/api/tasks/1', '/api/tasks/tags', '/api/tasks/changes']) {
    for (const [name, server] of Object.entries(servers)) {
      const { etag } = (await server.call('GET', path)).headers;
      for (const [other, { call }] of Object.entries(servers)) {
        const again = await call('GET', path, undefined, { 'if-none-match': `"x", ${etag}` });
        t.equal(again.statusCode, name === other ? 304 : 200, `${path}: ${name}, ${other}`);
        if (name === other) t.strictSame([again.headers.etag, again.body], [etag, '']);
      }
    }
  }
  const same = await under('camel-case', 'status');
  const { etag } = (await servers.both.call('GET', '/api/tasks/1')).headers;
  t.equal((await same.call('GET', '/api/tasks/1')).headers.etag, etag, 'in any order');
  const compressed = String(etag).replace(/"$/, '-gzip"');
  t.equal((await same.call('GET', '/api/tasks/1', undefined, { 'if-none-match': compressed })).statusCode, 304);
  t.equal(
    (await same.call('GET', '/api/tasks/1', undefined, { ...strict, 'if-none-match': `${etag}` })).statusCode,
    200,
  );
});

t.test('a write takes the ETag of its setting, and that of the revision', async (t) => {
  const me = await aFrontEnd(t, 'camel-case');
  const writing = (etag: string) => me.call('PATCH', '/api/tasks/1', { title: 'b' }, { 'if-match': etag });
  const created = await me.call('POST', '/api/tasks', { title: 'a' });
  const changed = await writing(String(created.headers.etag));
  t.equal(changed.statusCode, 200);
  t.equal((await writing(String(created.headers.etag))).statusCode, 412);
  t.equal((await writing(`"${changed.json().data.revision}"`)).statusCode, 200);
  const { revision } = (await me.call('GET', '/api/tasks/1')).json().data;
  t.equal((await writing(`"${revision}~other"`)).statusCode, 412);
  t.equal((await writing('nonsense')).statusCode, 422);
});

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`a keyed write is stored in the contract's form · over ${name}`, async (t) => {
    const store = await makeStore(t);
    const userId = aUser();
    const bare = aCaller(await anApi(t, store, { compatibility: ['bare', 'is-completed'] }), userId);
    const plain = aCaller(await anApi(t, store), userId);
    const keyed = { 'idempotency-key': 'one' };
    const first = await bare.call('POST', '/api/tasks', { title: 'a' }, keyed);
    t.match([first.statusCode, first.json()], [201, { title: 'a', is_completed: false }]);
    const again = await bare.call('POST', '/api/tasks', { title: 'a' }, keyed);
    t.strictSame([again.body, again.headers.etag], [first.body, first.headers.etag]);
    t.equal(again.headers['idempotency-replayed'], 'true');
    t.equal(again.headers['content-length'], String(Buffer.byteLength(again.body)));
    const contract = await plain.call('POST', '/api/tasks', { title: 'a' }, keyed);
    t.match(
      [contract.headers['idempotency-replayed'], contract.json()],
      ['true', { success: true, data: { title: 'a' } }],
    );
    t.notOk('is_completed' in contract.json().data);
    const failed = () => bare.call('PATCH', '/api/tasks/9', { title: 'b' }, { 'idempotency-key': 'two' });
    const failure = await failed();
    t.match([failure.statusCode, failure.json()], [404, { status: 404, detail: String }]);
    t.equal((await failed()).body, failure.body);
  });
}

t.test('what is not about tasks stays as it is', async (t) => {
  const translating = await aFrontEnd(t, ...all);
  const plain = await aFrontEnd(t);
  for (const path of ['/openapi.json', '/health', '/api/limits', '/'])
    t.strictSame(sentOf(await translating.call('GET', path)), sentOf(await plain.call('GET', path)), path);
});

t.test('all settings together', async (t) => {
  const { call } = await aFrontEnd(t, ...all);
  const task = { title: 'a', status: 'in_progress', category: 'home' };
  t.equal((await call('POST', '/api/tasks', task)).statusCode, 201);
  t.match((await call('GET', '/api/tasks')).json(), {
    tasks: [{ ...task, priority: 'MEDIUM', tags: '', isCompleted: false, userId: String, recurrencePattern: 'none' }],
    count: 1,
    total: 1,
    next_cursor: null,
  });
  const [listed] = (await call('GET', '/api/tasks')).json().tasks;
  const sentBack = await call('PUT', '/api/tasks/1', { ...listed, title: 'b' });
  t.match([sentBack.statusCode, sentBack.json()], [200, { task: { ...task, title: 'b' } }]);
  t.match((await call('DELETE', '/api/tasks/1')).json(), { success: true });
});

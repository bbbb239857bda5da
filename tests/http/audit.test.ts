import { buildHttpApp, tokenFaults } from '@taskward/adapters-http';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { aCaller, anApi, stores } from '../support/http/api.ts';
import { aToken } from '../support/http/tokens.ts';
import { importMutated } from '../support/mutation.ts';
import { eventually } from '../support/processes/processes.ts';

type Line = Readonly<Record<string, unknown>>;

/** An API over memory, and the lines of its log. */
const aLoggedApi = async (t: Test, build = buildHttpApp) => {
  const lines: Line[] = [];
  const logger = pino({ level: 'info', base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const app = await anApi(t, await stores.memory(t), { logger: logger as FastifyBaseLogger }, build);
  return { app, audited: (event?: string) => lines.filter(({ audit }) => audit && (!event || audit === event)) };
};

t.test('a request for the tasks of another user is a line with both users', async (t) => {
  const { app, audited } = await aLoggedApi(t);
  const [mallory, ada] = [aCaller(app), aCaller(app)];
  for (const url of [`${ada.bare}?search=secret`, `${ada.bare}/1`]) {
    t.equal((await mallory.call('GET', url)).statusCode, 403);
  }
  const line = { audit: 'wrong-user', level: 30, actor: mallory.userId, owner: ada.userId, address: '127.0.0.1' };
  t.match(audited(), [
    { ...line, method: 'GET', route: '/api/:user_id/tasks' },
    { ...line, route: '/api/:user_id/tasks/:id' },
  ]);
  t.equal(audited().length, 2);
  await ada.call('GET', ada.bare);
  await app.inject({ method: 'GET', url: '/api/tasks' });
  t.equal(audited().length, 2, 'neither an own path nor a missing token is one');
});

const now = Math.floor(Date.now() / 1000);
const valid = aToken({ sub: 'ada' });
const rejected: Readonly<Record<string, string>> = {
  'not-a-jwt': 'undefined',
  'session-token': 'a'.repeat(32),
  encrypted: 'a.b.c.d.e',
  'too-large': 'a'.repeat(5_000),
  signature: `${valid.slice(0, -4)}${valid.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`,
  algorithm: aToken({ sub: 'ada' }, { algorithm: 'HS512' }),
  type: aToken({ sub: 'ada' }, { header: { typ: 'secevent+jwt' } }),
  'no-user': aToken({ sub: undefined }),
  expired: aToken({ sub: 'ada', iat: now - 7_200, exp: now - 3_600 }),
  times: aToken({ sub: 'ada', exp: undefined }),
};

for (const [reason, token] of Object.entries(rejected)) {
  t.test(`a token that is rejected is a line with why: ${reason}`, async (t) => {
    const { app, audited } = await aLoggedApi(t);
    const headers = { authorization: `Bearer ${token}` };
    t.equal((await app.inject({ method: 'GET', url: '/api/tasks', headers })).statusCode, 401);
    t.match(audited(), [{ audit: 'token-rejected', level: 30, reason, method: 'GET', route: '/api/tasks' }]);
    t.ok((tokenFaults as readonly string[]).includes(reason));
    t.notOk(JSON.stringify(audited()).includes(token), 'and nothing of the token');
  });
}

const rejections = 60;

const rejectMany = async (t: Test, build = buildHttpApp) => {
  const { app, audited } = await aLoggedApi(t, build);
  const headers = { authorization: `Bearer ${rejected.signature}` };
  const since = performance.now();
  for (let left = rejections; left > 0; left -= 1) await app.inject({ method: 'GET', url: '/api/tasks', headers });
  const told = () => {
    const lines = audited('token-rejected');
    const suppressed = lines.reduce((sum, line) => sum + Number(line.suppressed ?? 0), 0);
    return { lines: lines.length, all: lines.filter((line) => !line.suppressed).length + suppressed };
  };
  t.ok(await eventually(() => told().all === rejections), 'each is told, or counted');
  return { ...told(), seconds: (performance.now() - since) / 1_000 };
};

t.test('many rejected tokens are a few lines a second, with the number of the others', async (t) => {
  const { lines, seconds } = await rejectMany(t);
  t.ok(lines <= 6 * Math.ceil(seconds + 1), `${lines} lines in ${seconds} s`);
  t.ok(lines < rejections);

  const { buildHttpApp: unbounded } = await importMutated<typeof import('@taskward/adapters-http')>(
    '@taskward/adapters-http',
    [{ file: 'audit.ts', from: 'written >= maxTokenLines', to: 'false' }],
  );
  t.equal((await rejectMany(t, unbounded)).lines, rejections, 'without the bound this test sees it');
});

t.test('the owner of a path is cut: a client may send any', async (t) => {
  const { app, audited } = await aLoggedApi(t);
  await aCaller(app, aUser()).call('GET', `/api/${'x'.repeat(3_000)}/tasks`);
  for (const { owner } of audited('wrong-user')) t.ok(String(owner).length <= 255);
});

import t from 'tap';
import { importExample } from './example.ts';
import { aBrowser, ask, aWholeTaskward, send, theExample } from './support.ts';

const { makeTasksApi } = await importExample('tasks-api.ts');
const cookieName = '__Secure-taskward.token';
const auth = await theExample(t);
const api = await aWholeTaskward(t, {
  JWT_JWKS_URL: auth.jwksUrl,
  AUTH_COOKIE: cookieName,
  CORS_ALLOWED_ORIGINS: `https://other.example,${auth.url}`,
});

t.test('the endpoint puts the token where no script can read it', async (t) => {
  const user = await auth.signUp();
  const response = await user.fetch('/api/token-cookie', { method: 'POST' });
  t.equal(response.status, 200);
  const body = (await response.json()) as { exp: number };
  t.strictSame(Object.keys(body), ['exp'], 'the response does not have it');
  t.ok(Math.abs(body.exp - Date.now() / 1000 - 15 * 60) < 5);
  const [cookie = ''] = response.headers.getSetCookie();
  t.match(
    cookie,
    /^__Secure-taskward\.token=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Strict$/,
  );
  const [, maxAge] = /Max-Age=(\d+)/.exec(cookie) ?? [];
  t.ok(Math.abs(Number(maxAge) - 15 * 60) < 5, 'and is gone when it expires');

  process.env.TASKWARD_COOKIE_DOMAIN = 'app.example';
  t.teardown(() => delete process.env.TASKWARD_COOKIE_DOMAIN);
  const shared = await user.fetch('/api/token-cookie', { method: 'POST' });
  t.match(
    shared.headers.getSetCookie(),
    [/; Domain=app\.example; Path=\/; /],
    'for Taskward on another host of the site',
  );
});

t.test('nobody is signed in: 401 and no cookie', async (t) => {
  const response = await send(`${auth.url}/api/token-cookie`, { method: 'POST', headers: { origin: auth.url } });
  t.equal(response.status, 401);
  t.strictSame(response.headers.getSetCookie(), []);
  const tasks = makeTasksApi({ url: api, cookiePath: '/api/token-cookie', fetch: aBrowser(auth.url) });
  await t.rejects(tasks.list(), { message: 'Sign in first.' });
});

t.test('the client reads and writes by cookie', async (t) => {
  const user = await auth.signUp();
  const sent: Headers[] = [];
  const tasks = makeTasksApi({
    url: api,
    cookiePath: '/api/token-cookie',
    fetch: (input, init) => {
      sent.push(new Headers(init?.headers));
      return user.fetch(input, init);
    },
  });
  t.match(await tasks.create({ title: 'Buy milk' }), { id: 1 });
  t.match(await tasks.complete(1), { completed: true });
  t.match((await tasks.list()).tasks, [{ title: 'Buy milk' }]);
  t.equal(sent.length, 4, 'the cookie was asked for once');
  t.notOk(sent.some((headers) => headers.has('authorization')));

  user.cookies.set(cookieName, 'a.b.c');
  t.match((await tasks.list()).tasks, [{ title: 'Buy milk' }], 'one that Taskward refuses is renewed');
  await tasks.forget();
  t.notOk(user.cookies.has(cookieName), 'signed out: it is gone');
  user.cookies.clear();
  await t.rejects(tasks.list(), { message: 'Sign in first.' });
});

t.test('what a page may do by cookie depends on its origin', async (t) => {
  const user = await auth.signUp();
  await user.fetch('/api/token-cookie', { method: 'POST' });
  const cookie = `theme=dark; ${cookieName}=${user.cookies.get(cookieName)}`;
  const sentence =
    'A write that is signed in by cookie must come from a listed origin. Add the page’s origin to CORS_ALLOWED_ORIGINS, or send the token as `Authorization: Bearer <JWT>`.';

  const write = async (headers: Record<string, string>, path: string) => {
    const response = await send(api + path, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{"title":"Buy milk"}',
    });
    return { status: response.status, text: await response.text() };
  };

  for (const path of ['/api/tasks', `/api/${user.userId}/tasks`]) {
    t.match(await ask(api, { cookie }, { path }), { status: 200 }, 'read: without an origin');
    t.match(
      await ask(api, { cookie, origin: 'https://evil.example' }, { path }),
      { status: 200 },
      'CORS sees to the rest',
    );
    t.match(await write({ origin: auth.url }, path), { status: 201 }, 'write: from a listed origin');
    for (const origin of [undefined, 'null', 'https://evil.example', `${auth.url}.evil.example`]) {
      const refused = await write(origin === undefined ? {} : { origin }, path);
      t.equal(refused.status, 403, `write: from ${origin}`);
      const { error, detail, code } = JSON.parse(refused.text);
      t.strictSame([error ?? detail, code], [sentence, 'auth/forbidden-origin']);
    }
  }
  t.match(
    await ask(api, { cookie, authorization: 'Bearer a.b.c' }),
    { status: 401 },
    'a header is the only credential',
  );
});

t.test('browsers are told that a listed origin may send the cookie', async (t) => {
  const preflight = await send(`${api}/api/tasks`, {
    method: 'OPTIONS',
    headers: {
      origin: auth.url,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  t.equal(preflight.headers.get('access-control-allow-origin'), auth.url);
  t.equal(preflight.headers.get('access-control-allow-credentials'), 'true');
  t.match(preflight.headers.get('access-control-allow-headers')?.toLowerCase(), /content-type/);
});

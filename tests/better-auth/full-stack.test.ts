import { createTaskwardClient, type TaskwardClient } from '@taskward/client';
import t from 'tap';
import { anExampleProcess, type ExampleProcess } from '../support/processes/example-process.ts';
import { aDirectory, aFreePort } from '../support/processes/processes.ts';
import { aBrowser, send } from './support.ts';

const directory = await aDirectory(t, 'full-stack');
const password = 'correct horse battery';

interface Visitor {
  readonly cookies: Map<string, string>;
  readonly fetch: typeof globalThis.fetch;
  /** Sends a body to the app. */
  post(path: string, body?: object): Promise<Response>;
}

const aVisitor = ({ url }: ExampleProcess): Visitor => {
  const cookies = new Map<string, string>();
  const fetch = aBrowser(url, cookies);
  return {
    cookies,
    fetch,
    post: (path, body = {}) =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
};

const signUp = async (example: ExampleProcess, name: string): Promise<Visitor> => {
  const visitor = aVisitor(example);
  const response = await visitor.post('/api/auth/sign-up/email', { name, email: `${name}@app.example`, password });
  if (response.status !== 200) throw new Error(await response.text());
  return visitor;
};

const tokenOf = async ({ fetch }: Visitor): Promise<string> =>
  ((await (await fetch('/api/auth/token')).json()) as { token: string }).token;

const clientOf = async ({ apiUrl }: ExampleProcess, visitor: Visitor): Promise<TaskwardClient> => {
  const token = await tokenOf(visitor);
  return createTaskwardClient({ baseUrl: apiUrl, token, fetch: visitor.fetch });
};

const titlesOf = async (client: TaskwardClient): Promise<string[]> =>
  (await client.list()).tasks.map(({ title }) => title);

// One after the other: the second start finds what the first has left.
t.test('with the token in a header', async (t) => {
  const example = await anExampleProcess(t, directory);

  t.test('the app serves the page, which may call Taskward and nobody else', async (t) => {
    const { fetch } = aVisitor(example);
    const page = await fetch('/');
    t.match(page.headers.get('content-type'), 'text/html');
    t.match(page.headers.get('content-security-policy'), `connect-src 'self' ${example.apiUrl};`);
    const [script = ''] = /assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
    t.match((await fetch(`/${script}`)).headers.get('cache-control'), 'immutable');
    t.strictSame(await (await fetch('/web-app.json')).json(), {
      api: example.apiUrl,
      signIn: { kind: 'better-auth', url: '/api/auth', token: 'bearer' },
    });
    t.equal((await fetch('/nothing')).status, 404);
    t.equal((await fetch('/..%2f..%2fpackage.json')).status, 404);
  });

  t.test('a page of another origin may not call Taskward', async (t) => {
    const response = await send(`${example.apiUrl}/api/tasks`, { headers: { origin: 'http://localhost:1' } });
    t.equal(response.headers.get('access-control-allow-origin'), null);
  });

  t.test('deleting an account erases its tasks, and nobody else’s', async (t) => {
    const [ann, bob] = [await signUp(example, 'ann'), await signUp(example, 'bob')];
    const [anns, bobs] = [await clientOf(example, ann), await clientOf(example, bob)];
    await anns.create({ title: 'Buy milk' });
    await bobs.create({ title: 'Buy bread' });

    const refused = await ann.post('/api/auth/delete-user', { password: 'wrong' });
    t.equal(refused.status, 400, 'a wrong password');
    t.strictSame(await titlesOf(anns), ['Buy milk'], 'deletes nothing');

    t.equal((await ann.post('/api/auth/delete-user', { password })).status, 200);
    // The token holds until it expires: what it reads is what is there.
    t.strictSame(await titlesOf(anns), []);
    t.strictSame(await titlesOf(bobs), ['Buy bread']);
    t.equal((await ann.fetch('/api/auth/token')).status, 401, 'and there are no new tokens');
    const again = await ann.post('/api/auth/sign-in/email', { email: 'ann@app.example', password });
    t.equal(again.status, 401);
  });

  t.test('Ctrl-C stops all of it', async (t) => {
    t.equal(await example.end('SIGINT'), 0);
    await t.rejects(send(example.url));
    await t.rejects(send(example.apiUrl));
  });
});

t.test('with the token in a cookie', async (t) => {
  const port = String(await aFreePort());
  const example = await anExampleProcess(t, directory, ['--cookie'], { AUTH_PORT: port });
  t.equal(example.url, `http://localhost:${port}`);
  const bob = aVisitor(example);
  const signedIn = await bob.post('/api/auth/sign-in/email', { email: 'bob@app.example', password });
  t.equal(signedIn.status, 200, 'the account is still there');

  const stranger = await aVisitor(example).post('/api/token-cookie');
  t.strictSame([stranger.status, stranger.headers.getSetCookie()], [401, []]);

  const response = await bob.post('/api/token-cookie');
  t.strictSame(Object.keys((await response.json()) as object), ['exp', 'sub']);
  t.match(
    response.headers.getSetCookie(),
    [/^taskward\.token=[\w.-]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/],
    'no script can read it',
  );
  t.equal((await bob.fetch('/api/token-cookie')).status, 405);

  const client = createTaskwardClient({ baseUrl: example.apiUrl, fetch: bob.fetch });
  await client.create({ title: 'Buy butter' });
  t.strictSame(await titlesOf(client), ['Buy butter', 'Buy bread']);

  await bob.fetch('/api/token-cookie', { method: 'DELETE' });
  t.notOk(bob.cookies.has('taskward.token'));
  await t.rejects(client.list(), { message: /^No token was sent/ });

  await t.rejects(anExampleProcess(t, directory, [], { AUTH_PORT: port }), {
    message: new RegExp(`Port ${port} is taken. Stop what listens there, or choose another: AUTH_PORT=`),
  });
});

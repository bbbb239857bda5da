import t from 'tap';
import { importExample } from './example.ts';
import { aBrowser, askWith, aWholeTaskward, claimsOf, headerOf, onBothStyles, theExample } from './support.ts';

const { makeTasksApi } = await importExample('tasks-api.ts');
const auth = await theExample(t);
const api = await aWholeTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });

t.test('a stock Better Auth signs up a user, and its token is good on both styles', async (t) => {
  const { userId, getToken } = await auth.signUp();
  const token = await getToken();
  t.match(headerOf(token), { alg: 'EdDSA', kid: String });
  t.match(claimsOf(token), { sub: userId, iss: auth.url, aud: auth.url });
  t.strictSame(await onBothStyles(api, token, userId), [200, 200]);
});

t.test('the token that comes with a session, in `set-auth-jwt`, is as good', async (t) => {
  const user = await auth.signUp();
  const session = await user.fetch('/api/auth/get-session');
  t.strictSame(await onBothStyles(api, session.headers.get('set-auth-jwt') as string, user.userId), [200, 200]);
});

t.test('two users see their own tasks', async (t) => {
  const [ann, bob] = [await auth.signUp(), await auth.signUp()];
  const annsTasks = makeTasksApi({ url: api, fetch: ann.fetch });
  const bobsTasks = makeTasksApi({ url: api, fetch: bob.fetch });
  await annsTasks.create({ title: 'Buy milk' });
  t.match((await annsTasks.list()).tasks, [{ title: 'Buy milk' }]);
  t.strictSame((await bobsTasks.list()).tasks, []);
  t.match(await askWith(api, await bob.getToken(), `/api/${ann.userId}/tasks`), {
    status: 403,
    code: 'auth/wrong-user',
  });
});

t.test('the client as pages import it', async (t) => {
  const user = await auth.signUp();
  process.env.NEXT_PUBLIC_TASKWARD_URL = api;
  t.intercept(globalThis, 'fetch', { value: user.fetch });
  const { tasks } = await importExample('tasks.ts');
  t.match(await tasks.create({ title: 'Buy milk' }), { id: 1 });
});

t.test('the client of the example', async (t) => {
  const user = await auth.signUp();
  const asked: string[] = [];
  const recording: typeof fetch = (input, init) => {
    asked.push(`${init?.method} ${String(input).replace(api, '')}`);
    return user.fetch(input, init);
  };
  const tokens = () => asked.filter((request) => request.endsWith('/token')).length;

  t.test('creates, completes and lists', async (t) => {
    const tasks = makeTasksApi({ url: api, fetch: recording });
    const milk = await tasks.create({ title: 'Buy milk', description: 'Zwei Liter, süß' });
    await tasks.create({ title: 'Buy bread' });
    t.match(milk, { id: 1, title: 'Buy milk', description: 'Zwei Liter, süß', completed: false });
    t.match(await tasks.complete(milk.id), { id: 1, completed: true });
    t.match(await tasks.complete(milk.id), { completed: true }, 'safe to repeat');
    t.match((await tasks.list({ status: 'pending' })).tasks, [{ title: 'Buy bread' }]);
    t.match((await tasks.list({ search: 'MILK' })).tasks, [{ title: 'Buy milk' }]);
    t.match(await tasks.complete(milk.id, false), { completed: false });
    t.equal(tokens(), 1, 'with one token');
  });

  t.test('fetches one token for calls at the same time', async (t) => {
    asked.length = 0;
    const tasks = makeTasksApi({ url: api, fetch: recording });
    await Promise.all([tasks.list(), tasks.list(), tasks.list()]);
    t.equal(tokens(), 1);
  });

  t.test('fetches a new one half a minute before the old one expires', async (t) => {
    asked.length = 0;
    const tasks = makeTasksApi({ url: api, fetch: recording });
    await tasks.list();
    const { now } = Date;
    const later = (seconds: number) => t.intercept(Date, 'now', { value: () => now() + seconds * 1000 });
    const early = later(15 * 60 - 40);
    await tasks.list();
    t.equal(tokens(), 1, 'not forty seconds before');
    early.restore();
    const late = later(15 * 60 - 20);
    await tasks.list();
    t.equal(tokens(), 2, 'but twenty seconds before');
    late.restore();
  });

  t.test('fetches a new one, once, when Taskward refuses the one it has', async (t) => {
    for (const bad of [1, 2]) {
      asked.length = 0;
      let left = bad;
      const tasks = makeTasksApi({
        url: api,
        fetch: (input, init) => {
          const isBad = String(input).startsWith(api) && left > 0;
          if (isBad) left -= 1;
          return recording(input, { ...init, ...(isBad && { headers: { authorization: 'Bearer a.b.c' } }) });
        },
      });
      if (bad === 1) t.match((await tasks.list({ search: 'bread' })).tasks, [{ title: 'Buy bread' }]);
      else await t.rejects(tasks.list(), { message: /^The token/ });
      t.equal(tokens(), 2);
      t.equal(asked.length, 4);
    }
  });

  t.test('shows what Taskward says is wrong', async (t) => {
    const tasks = makeTasksApi({ url: api, fetch: recording });
    await t.rejects(tasks.create({ title: ' ' }), { message: 'The body is not valid: title must not be empty.' });
    await t.rejects(tasks.complete(99), { message: "There is no task 99 among this user's tasks." });
    // @ts-expect-error The compiler knows the parameters.
    await t.rejects(tasks.list({ sort_by: 'title' }), { message: /did you mean `sort`/ });
  });

  t.test('says that nobody is signed in, and asks again when somebody is', async (t) => {
    const cookies = new Map<string, string>();
    const tasks = makeTasksApi({ url: api, fetch: aBrowser(auth.url, cookies) });
    await t.rejects(tasks.list(), { message: 'Sign in first.' });
    for (const [name, value] of user.cookies) cookies.set(name, value);
    t.equal((await tasks.list()).tasks.length, 2);
  });

  t.test('forgets whoever signed out', async (t) => {
    const cookies = new Map(user.cookies);
    const tasks = makeTasksApi({ url: api, fetch: aBrowser(auth.url, cookies) });
    t.equal((await tasks.list()).tasks.length, 2);
    cookies.clear();
    for (const [name, value] of (await auth.signUp()).cookies) cookies.set(name, value);
    await tasks.forget();
    t.strictSame((await tasks.list()).tasks, []);
  });
});

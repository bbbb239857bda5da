import { readConfig, startServer } from '@taskward/api';
import t, { type Test } from 'tap';
import { buildPage } from '../support/browser/web-server.ts';
import { secret } from '../support/http/tokens.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';

const setUp = async (t: Test, env: Record<string, string>) => {
  await buildPage();
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    BETTER_AUTH_SECRET: secret,
    CORS_ALLOWED_ORIGINS: 'https://app.example',
    HOST: 'localhost',
    PORT: '0',
    LOG_LEVEL: 'SILENT',
    ...env,
  });
  const server = await startServer(config, () => {});
  t.teardown(() => server.stop());
  const ask = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"user":"ada"}' };
  return {
    ask,
    askForToken: () => ask('/dev/token', json),
    page: async () => (await ask('/', { headers: { accept: 'text/html' } })).text(),
    config: async () => (await ask('/web-app.json')).json(),
  };
};

t.test('in development the page is on, and a name is enough to sign in', async (t) => {
  const { ask, askForToken, page, config } = await setUp(t, {});
  t.match(await page(), /<script type="module" crossorigin src="\.\/assets\//);
  t.strictSame(await config(), { api: '', signIn: { kind: 'development', users: ['demo', 'ada'] } });
  const { token } = (await (await askForToken()).json()) as { token: string };
  const list = await ask('/api/ada/tasks', { headers: { authorization: `Bearer ${token}` } });
  t.strictSame(await list.json(), []);
});

t.test('in development it can be switched off', async (t) => {
  const { askForToken, page } = await setUp(t, { WEB_APP: 'false' });
  t.match(await page(), 'This is a task API');
  t.equal((await askForToken()).status, 404);
});

t.test('with an auth server, one signs in there and nowhere else', async (t) => {
  const env = { JWT_JWKS_URL: 'http://localhost:9/api/auth/jwks' };
  const { askForToken, config } = await setUp(t, env);
  const signIn = { kind: 'better-auth', url: 'http://localhost:9/api/auth', token: 'bearer' };
  t.strictSame(await config(), { api: '', signIn });
  t.equal((await askForToken()).status, 404);
});

t.test('in production it is off', async (t) => {
  const { ask, askForToken, page } = await setUp(t, { ENVIRONMENT: 'production' });
  t.match(await page(), 'This is a task API');
  t.equal((await ask('/web-app.json')).status, 404);
  t.equal((await askForToken()).status, 404);
});

t.test('in production it can be switched on, and issues no tokens', async (t) => {
  const env = { ENVIRONMENT: 'production', WEB_APP: 'true', WEB_AUTH_URL: 'https://auth.example/', AUTH_COOKIE: 'jwt' };
  const { askForToken, page, config } = await setUp(t, env);
  t.match(await page(), /<script type="module" crossorigin src="\.\/assets\//);
  const signIn = { kind: 'better-auth', url: 'https://auth.example', token: 'cookie' };
  t.strictSame(await config(), { api: '', signIn });
  t.equal((await askForToken()).status, 404);
});

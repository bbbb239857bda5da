import t from 'tap';
import { importExample } from './example.ts';
import {
  anAuthServer,
  askWith,
  aTaskward,
  aWholeTaskward,
  claimsOf,
  headerOf,
  onBothStyles,
  secret,
} from './support.ts';

const { makeTasksApi } = await importExample('tasks-api.ts');
// Imported late: it reads the secret when it is.
const { sharedSecretJwt } = await importExample('shared-secret.ts');
const auth = await anAuthServer(t, {}, { plugins: [sharedSecretJwt()] });

t.test('Better Auth signs with the secret that Taskward shares', async (t) => {
  const api = await aWholeTaskward(t, { BETTER_AUTH_SECRET: secret });
  const user = await auth.signUp();
  const token = await user.getToken();
  const seconds = Math.floor(Date.now() / 1000);
  t.strictSame(headerOf(token), { alg: 'HS256' });
  t.match(claimsOf(token), { sub: user.userId, iss: auth.url, aud: auth.url });
  t.ok(Math.abs((claimsOf(token).exp as number) - seconds - 15 * 60) < 5, 'it holds for a quarter of an hour');
  t.strictSame(await onBothStyles(api, token, user.userId), [200, 200]);

  const tasks = makeTasksApi({ url: api, fetch: user.fetch });
  t.match(await tasks.create({ title: 'Buy milk' }), { id: 1 });
  t.match(await tasks.complete(1), { completed: true });
});

t.test('with issuer and audience demanded', async (t) => {
  const { userId, getToken } = await auth.signUp();
  const token = await getToken();
  const env = { BETTER_AUTH_SECRET: secret, JWT_ISSUER: auth.url, JWT_AUDIENCE: auth.url };
  t.strictSame(await onBothStyles(await aTaskward(t, env), token, userId), [200, 200]);
  t.match(await askWith(await aTaskward(t, { ...env, JWT_ISSUER: 'https://other.example' }), token), {
    status: 401,
    sentence: `The token is from issuer \`${auth.url}\`, and must be from \`https://other.example\`.`,
  });
});

t.test('nothing is published that a key set could be read from', async (t) => {
  t.equal((await fetch(auth.jwksUrl)).status, 404);
});

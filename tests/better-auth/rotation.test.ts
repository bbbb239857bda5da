import { mock } from 'node:test';
import type { JwtOptions } from 'better-auth/plugins';
import t from 'tap';
import { anAuthServer, askWith, aTaskward, headerOf, onBothStyles } from './support.ts';

const hour = 3600;

t.test('the key rotates: old and new tokens are both good while the old key is published', async (t) => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  t.teardown(() => mock.timers.reset());
  const pass = (seconds: number) => mock.timers.setTime(Date.now() + seconds * 1000);

  const auth = await anAuthServer(t, {
    jwks: { rotationInterval: hour, gracePeriod: 2 * hour },
    jwt: { expirationTime: '6h' },
  });
  const { userId, getToken } = await auth.signUp();
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });
  const old = await getToken();
  t.strictSame(await onBothStyles(api, old, userId), [200, 200]);

  pass(hour + 1);
  const fresh = await getToken();
  t.not(headerOf(fresh).kid, headerOf(old).kid, 'Better Auth signs with another key');
  t.strictSame(await onBothStyles(api, fresh, userId), [200, 200], 'the new token at once');
  t.strictSame(await onBothStyles(api, old, userId), [200, 200], 'and the old one');

  pass(hour + 30 * 60);
  const third = await getToken();
  t.strictSame(await onBothStyles(api, third, userId), [200, 200], 'a third key');
  t.strictSame(await onBothStyles(api, fresh, userId), [200, 200]);
  t.strictSame(await onBothStyles(api, old, userId), [200, 200], 'the first is within its grace');

  pass(30 * 60);
  t.match(
    await askWith(api, old),
    {
      status: 401,
      sentence: `The token is signed with a key that is not in the key set of ${auth.url}. Is it from another auth server?`,
    },
    'the grace has ended: the token, which has two hours to live, is refused',
  );
  t.strictSame(await onBothStyles(api, fresh, userId), [200, 200]);
  t.strictSame(await onBothStyles(api, third, userId), [200, 200]);
});

t.test('the next key is for another algorithm: tokens of each are good', async (t) => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  t.teardown(() => mock.timers.reset());
  const jwks: NonNullable<JwtOptions['jwks']> = { rotationInterval: hour };
  const auth = await anAuthServer(t, { jwks, jwt: { expirationTime: '1d' } });
  const { userId, getToken } = await auth.signUp();
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });
  const tokens: string[] = [];
  for (const alg of ['EdDSA', 'RS256', 'ES256', 'ES512', 'PS256'] as const) {
    jwks.keyPairConfig = { alg };
    const token = await getToken();
    t.equal(headerOf(token).alg, alg);
    tokens.push(token);
    for (const one of tokens)
      t.strictSame(await onBothStyles(api, one, userId), [200, 200], `with ${alg} as the newest`);
    mock.timers.setTime(Date.now() + (hour + 1) * 1000);
  }
});

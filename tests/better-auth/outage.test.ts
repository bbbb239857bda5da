import { mock } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type AuthServer, anAuthServer, ask, askWith, aTaskward } from './support.ts';

const unavailable = {
  status: 503,
  code: 'auth/keys-unavailable',
  sentence:
    'The keys of the auth server cannot be fetched right now, so the token cannot be checked. Try again in a moment.',
  retryAfter: /^\d+$/,
  challenge: null,
};

const rotationSeconds = 3600;

/** An auth server whose key rotates, and a clock to be put forward: jose looks for a new key every 30 s at most. */
const aRotatingServer = async (t: Test): Promise<{ auth: AuthServer; pass: (seconds: number) => void }> => {
  mock.timers.enable({ apis: ['Date'], now: Date.now() });
  t.teardown(() => mock.timers.reset());
  const auth = await anAuthServer(t, {
    jwks: { rotationInterval: rotationSeconds },
    jwt: { expirationTime: '3d' },
  });
  return { auth, pass: (seconds) => mock.timers.setTime(Date.now() + seconds * 1000) };
};

t.test('the auth server goes down and comes back', async (t) => {
  const { auth, pass } = await aRotatingServer(t);
  const { getToken } = await auth.signUp();
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });
  const old = await getToken();
  t.match(await askWith(api, old), { status: 200 });
  pass(rotationSeconds);
  const fresh = await getToken();

  await auth.stop();
  t.match(await askWith(api, old), { status: 200 }, 'down: a known key is still good');
  t.match(await askWith(api, fresh), unavailable, 'down: nobody can tell whether a new one is');
  t.match(await askWith(api, old), { status: 200 }, 'and that harms no other token');
  for (let seconds = 0; seconds < 120; seconds += 7) {
    pass(7);
    t.match(await askWith(api, fresh), unavailable, `never 401, also ${seconds + 7} s later`);
  }
  pass(11 * 60);
  t.match(await askWith(api, old), { status: 200 }, 'down: known keys outlive the ten minutes that they are kept');
  pass(12 * 3600);
  t.match(await askWith(api, old), { status: 200 }, 'half a day long');
  t.match(await ask(api, {}, { path: '/health/ready' }), { status: 200 }, 'it can still serve');

  await auth.start();
  pass(31);
  t.match(await askWith(api, fresh), { status: 200 }, 'back: the new key is found by itself');
  t.match(await askWith(api, old), { status: 200 });
  t.match(await askWith(api, await getToken()), { status: 401 }, 'a key is looked for once in 30 s');
  pass(31);
  t.match(await askWith(api, await getToken()), { status: 200 });
});

t.test('old keys are not good for ever', async (t) => {
  const { auth, pass } = await aRotatingServer(t);
  const { getToken } = await auth.signUp();
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });
  const token = await getToken();
  t.match(await askWith(api, token), { status: 200 });
  await auth.stop();
  pass(25 * 3600);
  t.match(await askWith(api, token), unavailable, 'after a day without news');
  t.match(await ask(api, {}, { path: '/health/ready' }), { status: 503 }, 'and it does not say that it is ready');
  await auth.start();
  pass(3);
  t.match(await askWith(api, token), { status: 200 }, 'and good again with the first news');
});

t.test('Taskward starts before the auth server does', async (t) => {
  const { auth, pass } = await aRotatingServer(t);
  const { getToken } = await auth.signUp();
  const token = await getToken();
  await auth.stop();
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl });
  t.match(await askWith(api, token), unavailable);
  t.match(await ask(api, {}, { path: '/health/ready' }), { status: 503 }, 'it is not ready');
  t.match(await ask(api, {}, { path: '/health' }), { status: 200 }, 'and lives');
  await auth.start();
  pass(3);
  t.match(await askWith(api, token), { status: 200 }, 'seconds after the auth server is there');
  // A result of the check is kept for a second.
  const isReady = async () => (await ask(api, {}, { path: '/health/ready' })).status === 200;
  while (!(await isReady())) await wait(50);
  t.pass('and it is ready');
});

t.test('what is no key set is as good as none', async (t) => {
  const { auth } = await aRotatingServer(t);
  const token = await (await auth.signUp()).getToken();
  for (const path of ['/api/auth/ok', '/api/auth/jwk', '/jwks']) {
    const api = await aTaskward(t, { JWT_JWKS_URL: auth.url + path });
    t.match(await askWith(api, token), unavailable, path);
  }
});

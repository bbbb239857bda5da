import t, { type Test } from 'tap';
import { type AuthServer, anAuthServer, ask, askWith, aTaskward, claimsOf, headerOf, secret } from './support.ts';

// Tokens that Better Auth signs for itself, with the very keys that Taskward trusts. None of them is for an API.

const namesNoUser =
  'The token names no user: its `sub` is missing or no text. Better Auth’s e-mail and cookie tokens are like that; fetch a JWT from /api/auth/token.';

const isRefused = async (t: Test, api: string, token: string, sentence: string | RegExp) => {
  t.match(await askWith(api, token), { status: 401, code: 'auth/invalid-token', sentence, challenge: /invalid_token/ });
  t.match(await ask(api, { cookie: `token=${token}` }), { status: 401, code: 'auth/invalid-token', sentence });
};

/** A Taskward that trusts whatever this auth server signs with, and takes a token from a cookie as well. */
const aTrusting = (t: Test, auth: AuthServer) =>
  aTaskward(t, { BETTER_AUTH_SECRET: secret, JWT_JWKS_URL: auth.jwksUrl, AUTH_COOKIE: 'token' });

t.test('e-mail tokens', async (t) => {
  const sent: string[] = [];
  const auth = await anAuthServer(
    t,
    {},
    {
      emailVerification: {
        sendOnSignUp: true,
        sendVerificationEmail: async ({ token }) => void sent.push(token),
      },
    },
  );
  const user = await auth.signUp();
  const api = await aTrusting(t, auth);
  const [token = ''] = sent;
  t.strictSame(headerOf(token), { alg: 'HS256' });
  t.match(claimsOf(token), { email: /@app.example$/, iat: Number, exp: Number, sub: undefined });
  await isRefused(t, api, token, namesNoUser);
  t.equal((await user.fetch(`/api/auth/verify-email?token=${token}`)).status, 200, 'Better Auth itself takes it');
  t.match(await askWith(api, await user.getToken()), { status: 200 }, 'and Taskward the one that is meant for it');
});

const caches = [
  ['jwt', { sessionCookieCache: false }, { alg: 'HS256' }, namesNoUser],
  [
    'jwt',
    { sessionCookieCache: true },
    { alg: 'EdDSA', kid: String, typ: 'better-auth.session-cache+jwt' },
    'The token is of type `better-auth.session-cache+jwt`, not a JWT for an API.',
  ],
  ['jwe', {}, { alg: 'dir' }, 'The token is encrypted (JWE). Send a signed one (JWS).'],
  ['compact', {}, undefined, 'This looks like a Better Auth session token; fetch a JWT from /api/auth/token.'],
] as const;

for (const [strategy, jwtOptions, header, sentence] of caches) {
  t.test(`the session in a cookie · ${strategy} ${JSON.stringify(jwtOptions)}`, async (t) => {
    const auth = await anAuthServer(t, jwtOptions, { session: { cookieCache: { enabled: true, strategy } } });
    const user = await auth.signUp();
    const api = await aTrusting(t, auth);
    const token = user.cookies.get('better-auth.session_data') as string;
    if (header !== undefined) t.match(headerOf(token), header);
    await isRefused(t, api, token, sentence);
    t.match(await askWith(api, await user.getToken()), { status: 200 }, 'the one that is meant for it is good');
  });
}

t.test('the session token itself, bare and as the cookie has it', async (t) => {
  const auth = await anAuthServer(t);
  const user = await auth.signUp();
  const api = await aTrusting(t, auth);
  const signed = user.cookies.get('better-auth.session_token') as string;
  t.ok(decodeURIComponent(signed).startsWith(`${user.sessionToken}.`));
  for (const token of [user.sessionToken, signed, decodeURIComponent(signed)]) {
    await isRefused(t, api, token, 'This looks like a Better Auth session token; fetch a JWT from /api/auth/token.');
  }
});

import t from 'tap';
import { blocksOf } from '../support/markdown.ts';
import { authenticationDocument, exampleFiles, isExtract } from './documents.ts';
import { importExample } from './example.ts';
import { anAuthServer, ask, askWith, aTaskward, claimsOf, type HttpResponse, secret } from './support.ts';

// What goes wrong most often between a front end, Better Auth and Taskward, and how Taskward responds: everything
// that docs/authentication.md says of it is compared with these responses.

const { sharedSecretJwt } = await importExample('shared-secret.ts');
const auth = await anAuthServer(t);
const other = await anAuthServer(t);
const user = await auth.signUp();
const token = await user.getToken();

// As a production server has it: no secret of its own beside what is set.
const keySetOnly = { JWT_ALGORITHM: 'EdDSA,ES256,ES512,RS256,PS256' };
const byKeySet = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl, ...keySetOnly });
const bySecret = await aTaskward(t, { BETTER_AUTH_SECRET: secret });

const responses: HttpResponse[] = [];

const mistake = (
  what: string,
  expected: { status: number; code: string; sentence: string | RegExp },
  make: () => Promise<HttpResponse>,
) =>
  t.test(what, async (t) => {
    const response = await make();
    t.match(response, expected);
    responses.push(response);
  });

const invalid = (sentence: string | RegExp) => ({ status: 401, code: 'auth/invalid-token', sentence });
const missing = (sentence: string) => ({ status: 401, code: 'auth/missing-token', sentence });
const noJwt = invalid('This looks like a Better Auth session token; fetch a JWT from /api/auth/token.');

t.test('without any mistake', async (t) => {
  t.match(await askWith(byKeySet, token), { status: 200 });
});

mistake('the session token', noJwt, () => askWith(byKeySet, user.sessionToken));
mistake('the session cookie', noJwt, () => askWith(byKeySet, user.cookies.get('better-auth.session_token') as string));
mistake('AUTH_COOKIE names the session cookie', noJwt, async () => {
  const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl, AUTH_COOKIE: 'better-auth.session_token' });
  return ask(api, { cookie: [...user.cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
});
mistake(
  'the front end did not wait for the token',
  invalid('The token is the text `undefined`: the client sent it before it had one. Await it, then send it.'),
  () => askWith(byKeySet, 'undefined'),
);

const nothing =
  'No token was sent. Send `Authorization: Bearer <JWT>`; with Better Auth, fetch a JWT from /api/auth/token.';
mistake('no token', missing(nothing), () => ask(byKeySet, {}));
mistake('a cookie, and no AUTH_COOKIE', missing(nothing), () =>
  ask(byKeySet, { cookie: `__Secure-taskward.token=${token}` }),
);
mistake(
  'no `Bearer`',
  missing('The Authorization header is not of the form `Bearer <JWT>`. Put the word `Bearer` before the token.'),
  () => ask(byKeySet, { authorization: token }),
);

mistake(
  'a stock Better Auth, and only BETTER_AUTH_SECRET',
  invalid(
    'The token is signed with EdDSA, and this server accepts HS256. If it is from a stock Better Auth, set JWT_JWKS_URL to its /api/auth/jwks.',
  ),
  () => askWith(bySecret, token),
);
mistake(
  'signed with a secret, and only JWT_JWKS_URL',
  invalid(
    'The token is signed with HS256, and this server accepts EdDSA, ES256, ES512, RS256, PS256. If the auth server signs with a shared secret, set BETTER_AUTH_SECRET and JWT_ALGORITHM to match.',
  ),
  async () => {
    const signing = await anAuthServer(t, {}, { plugins: [sharedSecretJwt()] });
    return askWith(byKeySet, await (await signing.signUp()).getToken());
  },
);
mistake(
  'another secret',
  invalid(
    "The token's signature does not hold: it was altered, or signed with another secret or key than this server knows (BETTER_AUTH_SECRET, JWT_PUBLIC_KEY, JWT_JWKS_URL).",
  ),
  async () => {
    const signing = await anAuthServer(t, {}, { plugins: [sharedSecretJwt()] });
    const api = await aTaskward(t, { BETTER_AUTH_SECRET: `${secret}\n` });
    return askWith(api, await (await signing.signUp()).getToken());
  },
);
mistake(
  'another auth server',
  invalid(`The token is signed with a key that is not in the key set of ${auth.url}. Is it from another auth server?`),
  async () => askWith(byKeySet, await (await other.signUp()).getToken()),
);
mistake(
  'JWT_JWKS_URL that does not lead to the key set',
  {
    status: 503,
    code: 'auth/keys-unavailable',
    sentence:
      'The keys of the auth server cannot be fetched right now, so the token cannot be checked. Try again in a moment.',
  },
  async () => askWith(await aTaskward(t, { JWT_JWKS_URL: `${auth.url}/jwks`, ...keySetOnly }), token),
);

// As where containers know the auth server by another name than browsers do.
const inside = auth.url.replace('127.0.0.1', 'localhost');
const insideEnv = { JWT_JWKS_URL: `${inside}/api/auth/jwks`, ...keySetOnly };
mistake(
  'JWT_JWKS_URL by another name than BETTER_AUTH_URL',
  invalid(`The token is from issuer \`${auth.url}\`, and must be from \`${inside}\`.`),
  async () => askWith(await aTaskward(t, insideEnv), token),
);
mistake(
  'the same, with JWT_ISSUER but not JWT_AUDIENCE',
  invalid(`The token is for audience \`${auth.url}\`, and must be for \`${inside}\`.`),
  async () => askWith(await aTaskward(t, { ...insideEnv, JWT_ISSUER: auth.url }), token),
);
t.test('the same, with JWT_ISSUER and JWT_AUDIENCE', async (t) => {
  const api = await aTaskward(t, { ...insideEnv, JWT_ISSUER: auth.url, JWT_AUDIENCE: auth.url });
  t.match(await askWith(api, token), { status: 200 });
});

mistake(
  'a token that expired',
  invalid(/^The token expired at [\d-]+T[\d:]+Z, and it is [\d-]+T[\d:.]+Z now\. Fetch a new one\.$/),
  async () => {
    const expirationTime = Math.floor(Date.now() / 1000) - 90;
    const late = await anAuthServer(t, { jwt: { expirationTime } });
    const api = await aTaskward(t, { JWT_JWKS_URL: late.jwksUrl });
    return askWith(api, await (await late.signUp()).getToken());
  },
);

const image = `data:image/png;base64,${'A'.repeat(4096)}`;
mistake(
  "the user's picture in the token",
  invalid('The token is larger than 4096 bytes. Put less into it.'),
  async () => askWith(byKeySet, await (await auth.signUp({ image })).getToken()),
);
t.test('the same, with less put into it by definePayload', async (t) => {
  const slim = await anAuthServer(t, { jwt: { definePayload: () => ({}) } });
  const { userId, getToken } = await slim.signUp({ image });
  const small = await getToken();
  t.strictSame(Object.keys(claimsOf(small)).sort(), ['aud', 'exp', 'iat', 'iss', 'sub']);
  t.equal(claimsOf(small).sub, userId);
  t.match(await askWith(await aTaskward(t, { JWT_JWKS_URL: slim.jwksUrl }), small), { status: 200 });
});

mistake(
  "another user's path",
  {
    status: 403,
    code: 'auth/wrong-user',
    sentence: 'These tasks belong to another user. Name the signed-in user, whose id is the `sub` of the token.',
  },
  () => askWith(byKeySet, token, '/api/somebody-else/tasks'),
);
mistake(
  'a write by cookie from a page whose origin is not listed',
  {
    status: 403,
    code: 'auth/forbidden-origin',
    sentence:
      'A write that is signed in by cookie must come from a listed origin. Add the page’s origin to CORS_ALLOWED_ORIGINS, or send the token as `Authorization: Bearer <JWT>`.',
  },
  async () => {
    const api = await aTaskward(t, { JWT_JWKS_URL: auth.jwksUrl, AUTH_COOKIE: 'token' });
    const headers = { cookie: `token=${token}`, origin: auth.url };
    return ask(api, headers, { method: 'POST' });
  },
);

t.test('the documentation quotes these responses as they are', async (t) => {
  const document = authenticationDocument();
  const told = [...document.matchAll(/^\|.*\| (\d{3}) “(.*?)”/gm)];
  t.ok(told.length >= 5, `${told.length} rows`);
  for (const [, status, sentence = ''] of told) {
    const pattern = sentence
      .split('…')
      .map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    const isTrue = responses.some(
      (response) => response.status === Number(status) && new RegExp(`^${pattern}$`).test(response.sentence ?? ''),
    );
    t.ok(isTrue, `${status} ${sentence}`);
  }
  for (const { language, code } of blocksOf(document)) {
    t.ok(language === 'sh' || isExtract(code, Object.values(exampleFiles())), code);
  }
});

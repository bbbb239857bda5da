import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { HttpOptions } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { anApi, origin } from '../support/http/api.ts';
import { isRefused } from '../support/http/errors.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { aDirectory } from '../support/processes/processes.ts';

type SignIn = NonNullable<HttpOptions['webApp']>['signIn'];

const development: SignIn = { kind: 'development', users: ['demo'] };
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const script = 'built;';

const aBuiltPage = async (t: Test): Promise<string> => {
  const directory = await aDirectory(t, 'page');
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>built</title>');
  await writeFile(join(directory, 'sw.js'), 'self;');
  await writeFile(join(directory, '.sources'), 'a note of the build');
  await writeFile(join(directory, 'assets', 'index-Ab12.js'), script);
  await writeFile(join(directory, 'assets', 'index-Ab12.js.gz'), gzipSync(script));
  return directory;
};

const setUp = async (t: Test, signIn: SignIn = development, options: Partial<HttpOptions> = {}) => {
  const directory = await aBuiltPage(t);
  return anApi(t, makeMemoryStores(), { webApp: { directory, signIn }, ...options });
};

const policy = (connect: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src ${connect}; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

t.test('GET / · the built page for browsers, JSON for others', async (t) => {
  const app = await setUp(t);
  const page = await app.inject({ url: '/', headers: html });
  t.match(page, { statusCode: 200, body: /<title>built/, headers: { 'content-type': /^text\/html/, vary: /Accept/ } });
  t.match((await app.inject('/')).json(), { name: 'Taskward', docs: 'docs' });
  t.equal((await app.inject({ method: 'HEAD', url: '/', headers: html })).statusCode, 200);
});

t.test('what may be cached · hashed files for good, the others after a question', async (t) => {
  const app = await setUp(t);
  for (const [url, cacheControl, type] of [
    ['/', 'no-cache', 'text/html; charset=utf-8'],
    ['/sw.js', 'no-cache', 'application/javascript; charset=utf-8'],
    ['/web-app.json', 'no-cache', 'application/json; charset=utf-8'],
    ['/assets/index-Ab12.js', 'public, max-age=31536000, immutable', 'application/javascript; charset=utf-8'],
  ] as const) {
    const { statusCode, headers } = await app.inject({ url, headers: html });
    t.equal(statusCode, 200, url);
    t.equal(headers['cache-control'], cacheControl, url);
    t.equal(headers['content-type'], type, url);
    t.equal(headers['x-content-type-options'], 'nosniff', url);
    if (url === '/web-app.json') continue;
    const again = await app.inject({ url, headers: { ...html, 'if-none-match': String(headers.etag) } });
    t.equal(again.statusCode, 304, `${url} is asked for again`);
  }
});

t.test('compressed files are for those who can read them', async (t) => {
  const app = await setUp(t);
  const url = '/assets/index-Ab12.js';
  for (const accepted of ['gzip, deflate', 'gzip, deflate, br, zstd']) {
    const { headers, rawPayload } = await app.inject({ url, headers: { 'accept-encoding': accepted } });
    t.match(headers, { 'content-encoding': 'gzip', vary: /accept-encoding/i }, accepted);
    t.match(headers, { 'content-type': /^application\/javascript/, 'cache-control': /immutable/ }, accepted);
    t.equal(gunzipSync(rawPayload).toString(), script, accepted);
  }
  const plain = await app.inject({ url, headers: { 'accept-encoding': 'identity' } });
  t.equal(plain.headers['content-encoding'], undefined);
  t.equal(plain.body, script);
  const page = await app.inject({ url: '/', headers: { ...html, 'accept-encoding': 'gzip' } });
  t.match(page.body, /<title>built/, 'what is not compressed is sent as it is');
});

t.test('the policy · names the auth server and nobody else', async (t) => {
  const app = await setUp(t);
  for (const url of ['/', '/sw.js', '/assets/index-Ab12.js'])
    t.equal((await app.inject({ url, headers: html })).headers['content-security-policy'], policy("'self'"), url);
  const signIn: SignIn = { kind: 'better-auth', url: 'https://auth.example:8443/api/auth', token: 'cookie' };
  const other = await setUp(t, signIn);
  const page = await other.inject({ url: '/', headers: html });
  t.equal(page.headers['content-security-policy'], policy("'self' https://auth.example:8443"));
});

t.test('web-app.json · says how users sign in', async (t) => {
  const signIn: SignIn = { kind: 'better-auth', url: 'https://auth.example/api/auth', token: 'bearer' };
  for (const one of [development, signIn])
    t.strictSame((await (await setUp(t, one)).inject('/web-app.json')).json(), { api: '', signIn: one });
});

t.test('404 · what the build did not make, its notes, and what is outside of it', async (t) => {
  const app = await setUp(t);
  for (const path of [
    'assets/none.js',
    'assets/',
    'assets',
    'assets/..%2findex.html',
    'assets/..%2F..%2Fpackage.json',
    'assets/%2e%2e/index.html',
    'assets/.sources',
    `assets/${'x'.repeat(5_000)}`,
    '.sources',
    'index.html',
    'none.js',
  ]) {
    const response = await app.inject({ url: `/${path}`, headers: html });
    isRefused(t, response, { status: 404, code: 'route/not-found' }, path.slice(0, 40));
    t.not(response.headers['cache-control'], 'public, max-age=31536000, immutable', path.slice(0, 40));
  }
  isRefused(t, await app.inject('/assets/a%00b'), { status: 400, code: 'request/malformed' });
});

t.test('405 · other methods', async (t) => {
  const app = await setUp(t);
  for (const url of ['/', '/sw.js', '/web-app.json', '/assets/index-Ab12.js', '/assets/none.js']) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const response = await app.inject({ method, url });
      isRefused(t, response, { status: 405, code: 'request/method-not-allowed' }, `${method} ${url}`);
      t.equal(response.headers.allow, 'GET, HEAD, OPTIONS', url);
    }
  }
});

t.test('the rate limit counts the address', async (t) => {
  const app = await setUp(t, development, { rateLimit: { max: 4, windowSeconds: 60 } });
  for (const url of ['/', '/sw.js', '/web-app.json', '/assets/index-Ab12.js'])
    t.equal((await app.inject({ url, headers: html })).statusCode, 200, url);
  for (const url of ['/', '/sw.js', '/web-app.json', '/assets/index-Ab12.js'])
    isRefused(t, await app.inject({ url, headers: html }), { status: 429, code: 'rate/limited' }, url);
});

t.test('without a built page there is the one that links the documentation', async (t) => {
  const directory = await aDirectory(t, 'page');
  const unbuilt = { webApp: { directory, signIn: development } };
  const gone = { webApp: { directory: join(directory, 'none'), signIn: development } };
  for (const options of [{}, unbuilt, gone]) {
    const app = await anApi(t, makeMemoryStores(), options);
    t.match((await app.inject({ url: '/', headers: html })).body, 'href="docs"');
    isRefused(t, await app.inject('/web-app.json'), { status: 404, code: 'route/not-found' });
    isRefused(t, await app.inject({ method: 'POST', url: '/dev/token', payload: { user: 'demo' } }), {
      status: 404,
      code: 'route/not-found',
    });
  }
});

t.test('none of it is in the OpenAPI document', async (t) => {
  const app = await setUp(t);
  const { paths } = (await app.inject('/openapi.json')).json();
  t.strictSame(
    Object.keys(paths).filter((path) => !/^\/(api|health)/.test(path)),
    [],
  );
});

t.test('POST /dev/token', async (t) => {
  const directory = await aBuiltPage(t);
  const webApp = { directory, signIn: development, issueToken: (user: string) => `token of ${user}` };
  const app = await anApi(t, makeMemoryStores(), { webApp, trustedProxies: ['10.0.0.0/8'] });
  const ask = (payload: unknown, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.inject({ method: 'POST', url: '/dev/token', payload: payload as object, headers, remoteAddress });

  t.test('issues a token', async (t) => {
    const response = await ask({ user: 'ada' });
    t.strictSame(response.json(), { token: 'token of ada' });
    t.equal(response.headers['cache-control'], 'no-store');
  });

  t.test('refuses what names no user', async (t) => {
    for (const [body, field] of [
      [{}, 'user'],
      [{ user: '' }, 'user'],
      [{ user: 1 }, 'user'],
      [{ user: 'x'.repeat(256) }, 'user'],
      [{ user: 'ada', admin: true }, 'admin'],
    ] as const) {
      const expected = { status: 422, code: 'request/invalid', fields: [field] };
      isRefused(t, await ask(body), expected, JSON.stringify(body).slice(0, 30));
    }
    isRefused(t, await ask({ user: 'a\u0000' }), { status: 422, code: 'request/invalid' });
    isRefused(t, await ask('{', { 'content-type': 'application/json' }), { status: 400, code: 'request/malformed' });
  });

  t.test('takes JSON only, for which a page elsewhere needs a preflight', async (t) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      isRefused(t, await ask('{"user":"ada"}', { 'content-type': type }), {
        status: 415,
        code: 'request/unsupported-media-type',
      });
    const preflight = (from: string) =>
      app.inject({
        method: 'OPTIONS',
        url: '/dev/token',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      });
    t.equal((await preflight('https://elsewhere.example')).headers['access-control-allow-origin'], undefined);
    t.equal((await preflight(origin)).headers['access-control-allow-origin'], origin);
  });

  t.test('answers this machine only, by a name that means it', async (t) => {
    for (const host of ['localhost:8000', 'app.localhost', '127.0.0.1:8000', '[::1]:8000', '192.168.1.5'])
      t.equal((await ask({ user: 'ada' }, { host })).statusCode, 200, host);
    const expected = { status: 403, code: 'auth/forbidden-origin', sentence: /on the machine of the server only/ };
    for (const host of ['elsewhere.example', 'localhost.elsewhere.example', 'notlocalhost'])
      isRefused(t, await ask({ user: 'ada' }, { host }), expected, host);
    isRefused(t, await ask({ user: 'ada' }, {}, '192.168.1.7'), expected, 'another machine');
    const forwarded = { 'x-forwarded-for': '127.0.0.1' };
    isRefused(t, await ask({ user: 'ada' }, forwarded, '192.168.1.7'), expected, 'one that says it is this one');
    isRefused(t, await ask({ user: 'ada' }, { 'x-forwarded-for': '192.0.2.1' }, '10.0.0.1'), expected, 'by a proxy');
    t.equal((await ask({ user: 'ada' }, forwarded, '10.0.0.1')).statusCode, 200, 'this one, by a proxy');
  });

  t.test('405 · other methods', async (t) => {
    isRefused(t, await app.inject('/dev/token'), { status: 405, code: 'request/method-not-allowed' });
  });
});

import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { withoutFilledIn } from '../support/http/openapi-document.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const proxy = '10.0.0.9';
const headers = (prefix: string) => ({ 'x-forwarded-prefix': prefix });

const setUp = async (t: Test, options: { publicUrl?: string; trustedProxies?: string[] } = {}) => {
  const app = await anApi(t, makeMemoryStores(), options);
  const me = aCaller(app);
  const ask = (url: string, more: Record<string, string> = {}, remoteAddress = proxy, payload?: object) =>
    app.inject({
      url,
      remoteAddress,
      headers: { authorization: `Bearer ${me.token}`, ...more },
      ...(payload && { method: 'POST', payload }),
    });
  /** What a response says of where things are. */
  const seen = async (more: Record<string, string> = {}, from = proxy) => {
    const created = await ask('/api/tasks', more, from, { title: 'a' });
    await ask(me.bare, more, from, { title: 'b' });
    const list = await ask(`${me.bare}?limit=1`, more, from);
    const document = await ask('/openapi.json', more, from);
    const shown = await ask('/docs/json', more, from);
    t.strictSame(shown.json(), withoutFilledIn(document.json()), 'what /docs shows is the document');
    return {
      location: String(created.headers.location).replace(/\d+$/, '1'),
      link: /<(.*?)\?/.exec(String(list.headers.link))?.[1],
      server: document.json().servers[0].url,
    };
  };
  return { app, me, ask, seen };
};

t.test('PUBLIC_URL stands before Location, Link and in the document', async (t) => {
  const { me, seen } = await setUp(t, { publicUrl: 'https://x.example/svc' });
  const expected = { location: '/svc/api/tasks/1', link: `/svc${me.bare}`, server: 'https://x.example/svc' };
  t.strictSame(await seen(), expected);
  t.strictSame(await seen(headers('/other')), expected, 'whatever is forwarded');
});

t.test('a trusted proxy says where it serves us, and each client gets its own', async (t) => {
  const { me, seen } = await setUp(t, { trustedProxies: ['10.0.0.0/8'] });
  const at = (prefix: string, server: string) => ({
    location: `${prefix}/api/tasks/1`,
    link: `${prefix}${me.bare}`,
    server,
  });
  t.strictSame(await seen(headers('/svc')), at('/svc', '/svc'));
  t.strictSame(await seen(headers('/a/b-c/')), at('/a/b-c', '/a/b-c'));
  t.strictSame(await seen(), at('', '/'), 'not what another was told');
  const forwarded = { ...headers('/svc'), 'x-forwarded-host': 'x.example', 'x-forwarded-proto': 'https' };
  t.strictSame(await seen(forwarded), at('/svc', 'https://x.example/svc'));
  t.strictSame(await seen(forwarded, '203.0.113.5'), at('', '/'), 'anybody else is not believed');
  for (const evil of [
    '//evil',
    '/a//b',
    '/../x',
    '/a\r\nx',
    'x',
    '/a b',
    '/a?b',
    '/a#b',
    '\\evil',
    `/${'x'.repeat(300)}`,
  ])
    t.strictSame(await seen(headers(evil)), at('', '/'), JSON.stringify(evil).slice(0, 20));
  const evilHost = { ...headers('/svc'), 'x-forwarded-host': 'evil/x@y' };
  t.strictSame(await seen(evilHost), at('/svc', '/svc'));
});

t.test('a response that is repeated under another prefix leads there', async (t) => {
  const { ask } = await setUp(t, { trustedProxies: ['10.0.0.0/8'] });
  const create = (prefix: string) =>
    ask('/api/tasks', { 'idempotency-key': 'k', ...headers(prefix) }, proxy, { title: 'a' });
  t.equal((await create('/one')).headers.location, '/one/api/tasks/1');
  const again = await create('/two');
  t.equal(again.headers['idempotency-replayed'], 'true');
  t.equal(again.headers.location, '/two/api/tasks/1');
});

t.test('the document must not be kept for another prefix', async (t) => {
  const { ask } = await setUp(t, { trustedProxies: ['10.0.0.0/8'] });
  for (const url of ['/openapi.json', '/docs/json']) t.match((await ask(url)).headers.vary, /X-Forwarded-Prefix/, url);
});

t.test('GET / · a page for browsers, JSON for others', async (t) => {
  const { app, ask } = await setUp(t, { trustedProxies: ['10.0.0.0/8'] });
  const page = await app.inject({ url: '/', headers: { accept: 'text/html,*/*' } });
  t.match(page, { statusCode: 200, headers: { 'content-type': /^text\/html/, vary: /Accept/ } });
  t.match(page.headers['content-security-policy'], /^default-src 'none'; style-src 'sha256-/);
  t.match(page.body, 'href="docs"');
  t.match((await app.inject('/')).json(), { docs: 'docs' });
  t.match((await ask('/', headers('/svc'))).json(), { docs: '/svc/docs' });
  t.equal((await app.inject({ method: 'HEAD', url: '/' })).statusCode, 200);
  t.equal((await app.inject({ method: 'POST', url: '/' })).statusCode, 405);
});

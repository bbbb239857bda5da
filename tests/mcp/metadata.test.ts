// RFC 9728: where agents learn that they need a token, and who issues it.
import type { HttpOptions } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { anApi, anyClaims, origin } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const path = '/.well-known/oauth-protected-resource';
const proxy = '10.0.0.9';
const secret = { value: 'x'.repeat(40), algorithms: ['HS256'] as const };
const issued = (...issuers: string[]) => ({ ...anyClaims, issuers });
const keys = { keys: { find: async () => undefined } as never, algorithms: ['EdDSA'] };

const setUp = async (t: Test, options: Partial<HttpOptions> = {}) => {
  const app = await anApi(t, makeMemoryStores(), { agents: async () => ({ status: 202, headers: {} }), ...options });
  const ask = (url: string, headers: Record<string, string> = {}, remoteAddress = proxy) =>
    app.inject({ url, remoteAddress, headers: { host: 'tasks.example:8000', ...headers } });
  const challenge = async (headers: Record<string, string> = {}, remoteAddress = proxy) => {
    const response = await app.inject({
      method: 'POST',
      url: '/mcp',
      remoteAddress,
      headers: { host: 'tasks.example:8000', ...headers },
    });
    return /resource_metadata="(.*?)"/.exec(String(response.headers['www-authenticate']))?.[1];
  };
  return { app, ask, challenge };
};

t.test('with a shared secret alone it says what there is: no authorization server', async (t) => {
  const { ask } = await setUp(t, { auth: { secret, policy: issued('https://app.example') } });
  for (const url of [path, `${path}/mcp`]) {
    const response = await ask(url, { origin });
    t.match(response, { statusCode: 200, headers: { 'content-type': /^application\/json/ } });
    t.equal(response.headers['access-control-allow-origin'], origin, 'agents that are pages read it');
    t.strictSame(response.json(), {
      resource: 'http://tasks.example:8000/mcp',
      resource_name: 'Taskward',
      resource_documentation: 'http://tasks.example:8000/docs',
      bearer_methods_supported: ['header'],
    });
  }
});

t.test('the authorization servers are the issuers of what public keys verify', async (t) => {
  const servers = async (auth: HttpOptions['auth']) =>
    (await (await setUp(t, { auth })).ask(path)).json().authorization_servers;
  const keySet = { ...keys, policy: issued('https://auth.example') };
  t.strictSame(await servers({ keySet, policy: anyClaims }), ['https://auth.example'], 'of the key set');
  t.strictSame(
    await servers({ secret, keySet, policy: issued('https://auth.example', 'https://b.example/realm') }),
    ['https://auth.example', 'https://b.example/realm'],
    'each once',
  );
  const publicKey = { value: 'a key', algorithms: ['EdDSA'] };
  t.strictSame(await servers({ publicKey, policy: issued('https://auth.example') }), ['https://auth.example']);
  t.equal(await servers({ publicKey, policy: anyClaims }), undefined, 'nobody is named');
  t.equal(await servers({ publicKey, policy: issued('my company', 'urn:x', 'ftp://x') }), undefined, 'none is a URL');
});

t.test('its URLs are those at which clients find the server', async (t) => {
  const configured = await setUp(t, { publicUrl: 'https://x.example/svc' });
  t.equal((await configured.ask(path)).json().resource, 'https://x.example/svc/mcp');
  t.equal(await configured.challenge(), `https://x.example/svc${path}/mcp`);

  const { ask, challenge } = await setUp(t, { trustedProxies: ['10.0.0.0/8'] });
  const forwarded = {
    'x-forwarded-prefix': '/svc',
    'x-forwarded-host': 'x.example',
    'x-forwarded-proto': 'https',
  };
  const response = await ask(path, forwarded);
  t.equal(response.json().resource, 'https://x.example/svc/mcp');
  t.match(response.headers.vary, /X-Forwarded-Host/, 'a cache keeps it for that proxy only');
  t.equal(await challenge(forwarded), `https://x.example/svc${path}/mcp`);
  t.equal(
    (await ask(path, forwarded, '203.0.113.5')).json().resource,
    'http://tasks.example:8000/mcp',
    'of a stranger',
  );
  t.equal(await challenge(forwarded, '203.0.113.5'), `http://tasks.example:8000${path}/mcp`);
  t.equal((await ask(path, { 'x-forwarded-prefix': '/svc' })).json().resource, 'http://tasks.example:8000/svc/mcp');
});

t.test('a Host that is none is not repeated', async (t) => {
  const { ask, challenge } = await setUp(t);
  for (const host of ['x"y', 'a b', 'evil/x@y', 'x'.repeat(300)]) {
    t.equal((await ask(path, { host })).statusCode, 400, host);
    t.equal(await challenge({ host }), undefined, host);
  }
});

t.test('it is read only, and needs no token', async (t) => {
  const { app } = await setUp(t);
  for (const method of ['POST', 'DELETE'] as const) {
    const response = await app.inject({ method, url: path });
    t.match(response, { statusCode: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
  }
  t.equal((await app.inject({ method: 'HEAD', url: path })).statusCode, 200);
});

import t from 'tap';
import { anApi, origin } from '../support/http/api.ts';
import { aLog } from '../support/http/doubles.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { aLimitedApi, from, remaining } from './support.ts';

const address = '203.0.113.7';

for (const [what, url, method] of [
  ['the documentation', '/docs', 'GET'],
  ['its files', '/docs/static/swagger-ui.css', 'GET'],
  ['what it shows', '/docs/json', 'GET'],
  ['the document', '/openapi.json', 'GET'],
  ['the first page', '/', 'GET'],
  ['what is not there', '/nope', 'GET'],
  ['a path that cannot be decoded', '/%ff', 'GET'],
  ['another method', '/api/tasks', 'DELETE'],
  ['another method of the documentation', '/docs', 'POST'],
  ['a preflight', '/api/tasks', 'OPTIONS'],
] as const) {
  t.test(`${what} counts towards the address's limit`, async (t) => {
    const app = await aLimitedApi(t, { max: 3 });
    const call = () =>
      app.inject({
        url,
        method,
        remoteAddress: address,
        headers: { origin, 'access-control-request-method': 'PATCH' },
      });
    t.equal(remaining(await call()), 2);
    t.equal(remaining(await from(app, address)), 1, 'together with everything else');
    t.equal(remaining(await call()), 0);
    const refused = await call();
    t.equal(refused.statusCode, 429);
    t.equal(refused.headers['access-control-allow-origin'], origin, 'and pages may read it');
    t.equal(remaining(await from(app, '203.0.113.8')), 2, 'another address is not affected');
  });
}

t.test('health checks are never limited', async (t) => {
  const app = await aLimitedApi(t, { max: 1 });
  for (const url of ['/health', '/health/ready', '/health', '/health/ready'])
    t.equal((await from(app, address, {}, url)).statusCode, 200);
});

t.test('an address is one, whatever port is forwarded with it', async (t) => {
  const app = await aLimitedApi(t, { max: 10, trustedProxies: ['10.0.0.0/8'] });
  const left = async (forwarded: string) => remaining(await from(app, '10.0.0.1', { 'x-forwarded-for': forwarded }));
  t.strictSame(
    [
      await left('1.2.3.4:5678'),
      await left('1.2.3.4:5679'),
      await left('1.2.3.4'),
      await left('1.2.3.4:1, 10.0.0.2:99'),
    ],
    [9, 8, 7, 6],
  );
  t.strictSame([await left('[2001:db8::1]:80'), await left('[2001:db8::1]'), await left('2001:db8::2')], [9, 8, 7]);
});

t.test('an id that may be a token is not logged and not sent back', async (t) => {
  const { lines, logger } = aLog();
  const app = await anApi(t, makeMemoryStores(), { logger });
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl';
  for (const id of [jwt, jwt.split('.')[1] as string, `a:${jwt}`, 'x'.repeat(65)]) {
    const response = await app.inject({ url: '/health', headers: { 'x-request-id': id } });
    t.not(response.headers['x-request-id'], id);
    t.notOk(
      lines.some((line) => line.includes(id)),
      id,
    );
  }
  const uuid = '0b5a1c4e-6f0e-4e0b-9d8a-3f1f5f1c2d3e';
  const kept = await app.inject({ url: '/health', headers: { 'x-request-id': uuid } });
  t.equal(kept.headers['x-request-id'], uuid);
});

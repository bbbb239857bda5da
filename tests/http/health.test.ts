import type { LightMyRequestResponse } from 'fastify';
import t, { type Test } from 'tap';
import { anApi, origin, stores } from '../support/http/api.ts';
import { aStoreThat } from '../support/http/doubles.ts';

const refuse = async () => {
  throw new Error('It does not respond.');
};

const isJson = (t: Test, response: LightMyRequestResponse, status: number) => {
  t.equal(response.statusCode, status);
  t.equal(response.headers['content-type'], 'application/json; charset=utf-8');
  t.type(response.headers['x-request-id'], 'string');
};

for (const [name, makeStore] of Object.entries(stores)) {
  t.test(`over ${name}`, async (t) => {
    const { tasks } = await makeStore(t);

    t.test('GET /health · 200 {"status":"ok", …}, without a token or the database', async (t) => {
      const touched: string[] = [];
      const app = await anApi(
        t,
        aStoreThat((method) => touched.push(method), tasks),
        { readiness: { database: async () => void touched.push('check') } },
      );
      const response = await app.inject('/health');
      isJson(t, response, 200);
      t.equal(response.json().status, 'ok');
      t.strictSame(touched, []);
      t.equal((await app.inject({ method: 'HEAD', url: '/health' })).statusCode, 200);
    });

    t.test('GET /health/ready · 200, each check listed', async (t) => {
      const checked: string[] = [];
      const app = await anApi(t, tasks, {
        readiness: { database: async () => void checked.push('database'), server: async () => {} },
      });
      const response = await app.inject('/health/ready');
      isJson(t, response, 200);
      t.strictSame(response.json(), { status: 'ok', checks: { database: { status: 'ok' }, server: { status: 'ok' } } });
      t.strictSame(checked, ['database'], 'once');
      t.equal(response.headers['retry-after'], undefined);
    });

    t.test('GET /health/ready · 503 + Retry-After while one check fails, each listed', async (t) => {
      const app = await anApi(t, tasks, { readiness: { database: refuse } });
      const response = await app.inject('/health/ready');
      isJson(t, response, 503);
      t.match(response.headers['retry-after'], /^[1-9]\d*$/);
      t.strictSame(response.json(), {
        status: 'unavailable',
        checks: {
          database: { status: 'unavailable', detail: 'It does not work right now.' },
          server: { status: 'ok' },
        },
      });
      t.equal((await app.inject('/health')).statusCode, 200, 'the process lives all the same');
      t.equal((await app.inject({ method: 'HEAD', url: '/health/ready' })).statusCode, 503);
    });

    t.test(
      'GET /health/ready · 503 while the server is about to stop, and responses close their connections',
      async (t) => {
        let draining = false;
        const app = await anApi(t, tasks, { isDraining: () => draining });
        t.match(await app.inject('/health/ready'), { statusCode: 200, headers: { connection: 'keep-alive' } });
        draining = true;
        const response = await app.inject('/health/ready');
        t.match(response, { statusCode: 503, headers: { connection: 'close' } });
        t.match(response.json().checks.server, { status: 'unavailable', detail: 'The server is shutting down.' });
        t.equal((await app.inject('/health')).statusCode, 200);
      },
    );

    t.test('GET /health/ready · ready again a second after the checks are', async (t) => {
      let down = true;
      const app = await anApi(t, tasks, { readiness: { database: async () => (down ? refuse() : undefined) } });
      t.equal((await app.inject('/health/ready')).statusCode, 503);
      down = false;
      t.equal((await app.inject('/health/ready')).statusCode, 503, 'asked at most once a second');
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      t.equal((await app.inject('/health/ready')).statusCode, 200);
    });

    t.test('GET /health · succeeds while overloaded', async (t) => {
      const app = await anApi(t, tasks, { maxInFlight: 0 });
      t.equal((await app.inject('/api/tasks')).statusCode, 503, 'it is');
      for (const url of ['/health', '/health/', '/health/ready', '/health/ready/']) {
        t.equal((await app.inject(url)).statusCode, 200, url);
      }
    });

    t.test('GET /health · a bad token does not matter', async (t) => {
      const app = await anApi(t, tasks);
      for (const url of ['/health', '/health/ready']) {
        const response = await app.inject({ url, headers: { authorization: 'Bearer nonsense', origin } });
        t.equal(response.statusCode, 200, url);
        t.equal(response.headers['access-control-allow-origin'], origin);
      }
    });
  });
}

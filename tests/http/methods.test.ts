import { METHODS } from 'node:http';
import { styles } from '../support/http/api.ts';
import { aClient, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

// CONNECT asks for a tunnel and has no path.
const methods = METHODS.filter((method) => method !== 'CONNECT');

const paths: [path: string, allow: string][] = [
  ['{all}', 'GET, HEAD, OPTIONS, POST'],
  ['{all}/1', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
  ['{all}/1/complete', 'OPTIONS, PATCH'],
  ['{all}/batch', 'OPTIONS, POST'],
  ['{all}/1/restore', 'OPTIONS, POST'],
  ['{all}/1/history', 'GET, HEAD, OPTIONS'],
  ['{all}/trash', 'DELETE, GET, HEAD, OPTIONS'],
  ['{all}/trash/1', 'DELETE, OPTIONS'],
  ['{all}/changes', 'GET, HEAD, OPTIONS'],
  ['{all}/changes/1/undo', 'OPTIONS, POST'],
];
const open: [path: string, allow: string][] = ['/health', '/health/ready', '/openapi.json', '/docs'].map((path) => [
  path,
  'GET, HEAD, OPTIONS',
]);

overStores((t, { app }) => {
  const me = aClient(app).me;
  const everyPath = [
    ...Object.values(styles).flatMap((style) =>
      paths.map(([path, allow]) => ({ path: path.replace('{all}', style.collection(me)), allow, style })),
    ),
    ...open.map(([path, allow]) => ({ path, allow, style: styles.bare })),
  ];

  for (const { path, allow, style } of everyPath) {
    const others = methods.filter((method) => !allow.split(', ').includes(method));
    const expected = { status: 405, code: 'request/method-not-allowed', style };
    const name = path.replace(me.bare, '/api/{user_id}/tasks');

    for (const slash of ['', '/']) {
      t.test(`405 request/method-not-allowed · ${name}${slash} with each undocumented method, Allow`, async (t) => {
        for (const method of others) {
          const response = await me.call(method as 'GET', `${path}${slash}`);
          t.equal(response.headers.allow, allow, `${method}: Allow`);
          t.equal(response.statusCode, 405, method);
          if (method === 'HEAD') continue;
          isRefused(t, response, { ...expected, sentence: new RegExp(`^${method} .*${allow}`) }, method);
        }
      });
    }

    t.test(`405 request/method-not-allowed · ${name}: what the body is does not matter`, async (t) => {
      for (const method of others.filter((method) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))) {
        for (const [body, type] of [
          ['{"title":"x"}', 'application/json'],
          ['{', 'application/json'],
          ['x', 'text/plain'],
          ['x'.repeat(65_537), 'application/json'],
        ] as const) {
          const response = await me.call(method as 'POST', path, body, { 'content-type': type });
          isRefused(t, response, expected, `${method} with ${body.length} bytes of ${type}`);
        }
      }
    });

    t.test(`405 · ${name}: what Allow names is allowed`, async (t) => {
      for (const method of allow.split(', ')) {
        const { statusCode } = await me.call(method as 'GET', path);
        t.not(statusCode, 405, `${method}: ${statusCode}`);
      }
    });
  }

  t.test('405 · needs no token', async (t) => {
    const response = await app.inject({ method: 'PUT', url: '/api/tasks' });
    isRefused(t, response, { status: 405, code: 'request/method-not-allowed', style: styles.envelope });
  });
});

import { METHODS } from 'node:http';
import { faces } from '../support/api.ts';
import { aClient, isRefused, overStores } from './support.ts';

// CONNECT asks for a tunnel and has no path.
const methods = METHODS.filter((method) => method !== 'CONNECT');

const paths: [path: string, allow: string][] = [
  ['{all}', 'GET, HEAD, OPTIONS, POST'],
  ['{all}/1', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
  ['{all}/1/complete', 'OPTIONS, PATCH'],
  ['{all}/batch', 'OPTIONS, POST'],
];
const open: [path: string, allow: string][] = ['/health', '/health/ready', '/openapi.json', '/docs'].map((path) => [
  path,
  'GET, HEAD, OPTIONS',
]);

overStores((t, { app }) => {
  const me = aClient(app).me;
  const everyPath = [
    ...Object.values(faces).flatMap((face) =>
      paths.map(([path, allow]) => ({ path: path.replace('{all}', face.collection(me)), allow, face })),
    ),
    ...open.map(([path, allow]) => ({ path, allow, face: faces.bare })),
  ];

  for (const { path, allow, face } of everyPath) {
    const others = methods.filter((method) => !allow.split(', ').includes(method));
    const expected = { status: 405, code: 'request/method-not-allowed', face };
    const name = path.replace(me.bare, '/api/{user_id}/tasks');

    for (const slash of ['', '/']) {
      t.test(`405 request/method-not-allowed · ${name}${slash} with each undocumented method, Allow`, async (t) => {
        for (const method of others) {
          const answer = await me.call(method as 'GET', `${path}${slash}`);
          t.equal(answer.headers.allow, allow, `${method}: Allow`);
          t.equal(answer.statusCode, 405, method);
          if (method === 'HEAD') continue;
          isRefused(t, answer, { ...expected, sentence: new RegExp(`^${method} .*${allow}`) }, method);
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
          const answer = await me.call(method as 'POST', path, body, { 'content-type': type });
          isRefused(t, answer, expected, `${method} with ${body.length} bytes of ${type}`);
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
    const answer = await app.inject({ method: 'PUT', url: '/api/tasks' });
    isRefused(t, answer, { status: 405, code: 'request/method-not-allowed', face: faces.envelope });
  });
});

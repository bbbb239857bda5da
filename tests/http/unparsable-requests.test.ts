import t from 'tap';
import { aCaller, anApi, origin, styles } from '../support/http/api.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { ask, type RawResponse, sendBytes, toRawResponse } from './sockets.ts';

const app = await anApi(t, makeMemoryTaskRepository());
await app.listen({ host: '127.0.0.1', port: 0 });

const paths = [
  ['/api/tasks/1', styles.envelope.mediaType],
  ['/api/ann/tasks/1', styles.bare.mediaType],
  ['/nowhere', styles.bare.mediaType],
] as const;
const faults: [name: string, start: (path: string) => string, lines: string[], status: number][] = [
  ['a lower-case method', (path) => `patch ${path}`, [], 400],
  ['an unknown method', (path) => `FETCH ${path}`, [], 400],
  ['an impossible header', (path) => `GET ${path}`, ['na me: x'], 400],
  ['two lengths', (path) => `POST ${path}`, ['Content-Length: 1', 'Content-Length: 2'], 400],
  ['large headers', (path) => `GET ${path}`, [`X-Large: ${'x'.repeat(17_000)}`], 431],
];
const sentence = ({ body }: RawResponse): string => {
  const { detail, error } = JSON.parse(body);
  return detail ?? error;
};

t.test('what cannot be parsed is refused like everything else', async (t) => {
  // On every response; what the error itself, the body and the route add are compared apart.
  const { headers: usual } = await ask(app, 'GET /nowhere', [`Origin: ${origin}`]);
  const common = Object.keys(usual).filter((name) => !name.startsWith('ratelimit-'));
  for (const [name, start, lines, status] of faults) {
    for (const [path, mediaType] of paths) {
      const response = await ask(app, start(path), [`Origin: ${origin}`, 'X-Request-Id: mine.1', ...lines]);
      const about = `${name}, ${path}`;
      t.equal(response.status, status, about);
      t.equal(response.headers['content-type'], mediaType, about);
      t.equal(response.headers['access-control-allow-origin'], origin, about);
      t.match(response.headers['access-control-expose-headers'], /X-Request-Id/, about);
      t.equal(response.headers['x-request-id'], 'mine.1', about);
      t.equal(JSON.parse(response.body).request_id, 'mine.1', about);
      for (const header of common) t.ok(response.headers[header], `${about}: ${header}`);
    }
  }
});

t.test('also when the fault is in the body', async (t) => {
  const me = aCaller(app);
  for (const style of Object.values(styles)) {
    const lines = [`Origin: ${origin}`, `Authorization: Bearer ${me.token}`, 'Content-Type: application/json'];
    const body = '9\r\n{"title":\r\nnonsense\r\n\r\n';
    const start = `POST ${style.collection(me)}`;
    const response = await ask(app, start, [...lines, 'Transfer-Encoding: chunked'], body);
    t.equal(response.status, 400);
    t.equal(response.headers['content-type'], style.mediaType);
    t.equal(response.headers['access-control-allow-origin'], origin);
  }
});

t.test('a lower-case method is told its upper case', async (t) => {
  for (const method of ['patch', 'get', 'Post', 'dELETE']) {
    const response = await ask(app, `${method} /api/tasks/1`);
    t.match(sentence(response), new RegExp(`\`${method}\`.*upper case: ${method.toUpperCase()}\\.`));
    t.equal(response.headers['access-control-allow-origin'], undefined, 'without Origin');
    t.match(response.headers.vary, /Origin/);
  }
});

t.test('origins that are not listed get no leave', async (t) => {
  const response = await ask(app, 'patch /api/tasks/1', ['Origin: https://evil.test']);
  t.equal(response.status, 400);
  t.equal(response.headers['access-control-allow-origin'], undefined);
});

t.test('the head that is looked at is the one with the fault', async (t) => {
  const text = await sendBytes(
    app,
    `GET /health HTTP/1.1\r\nHost: x\r\n\r\npatch /api/tasks/1 HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\n\r\n`,
  );
  const last = toRawResponse(text.slice(text.indexOf('HTTP/1.1 400')));
  t.equal(last.headers['access-control-allow-origin'], origin);
  t.match(sentence(last), /PATCH/);
});

t.test('what is not HTTP gets a response all the same', async (t) => {
  for (const bytes of ['hello\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00', `patch ${'x'.repeat(70_000)}`]) {
    const response = toRawResponse(await sendBytes(app, bytes));
    t.equal(response.status, 400);
    t.equal(response.headers['content-type'], styles.bare.mediaType);
    t.match(response.headers['x-request-id'], /^\w+$/);
    t.equal(response.headers['x-content-type-options'], 'nosniff');
  }
});

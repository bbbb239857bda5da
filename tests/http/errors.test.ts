import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fieldNames } from '@taskward/domain';
import { anApi, origin, styles } from '../support/api.ts';
import { aClient, faultOf, isRefused, onStyles, overStores } from './support.ts';

const json = 'application/json';
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const bodyOperations = [
  ['POST', ''],
  ['PUT', '/1'],
  ['PATCH', '/1'],
  ['PATCH', '/1/complete'],
  ['DELETE', '/1'],
] as const;

overStores((t, { app, tasks }) => {
  const malformed: [name: string, body: string | Buffer, sentence: RegExp][] = [
    ['not JSON', 'title=x', /JSON/],
    ['a truncated object', '{"title":"x"', /JSON/],
    ['two values', '{"title":"x"} {}', /JSON/],
    ['white space alone', '  ', /JSON/],
    ['NaN', '{"title":NaN}', /JSON/],
    ['a raw control character', '{"title":"a\u0001b"}', /JSON/],
    ['invalid UTF-8', Buffer.from('{"title":"caf\xe9"}', 'latin1'), /UTF-8/],
    ['a surrogate in UTF-8', Buffer.from('7b227469746c65223a22eda080227d', 'hex'), /UTF-8/],
    ['UTF-16', Buffer.from('{"title":"x"}', 'utf16le'), /./],
    ['__proto__', '{"title":"x","__proto__":{"completed":true}}', /JSON/],
    ['__proto__, escaped', '{"title":"x","\\u005f_proto__":{"completed":true}}', /JSON/],
    ['constructor.prototype', '{"title":"x","constructor":{"prototype":{}}}', /JSON/],
    ['nested 33 deep', nested(33), /deeper than 32/],
    ['nested 33 deep in arrays', `{"title":${'['.repeat(32)}${']'.repeat(32)}}`, /deeper than 32/],
    ['nested 10 000 deep', '['.repeat(10_000), /./],
  ];
  for (const [name, body, sentence] of malformed) {
    onStyles(t, app, `400 request/malformed · ${name}`, async (t, { style, me, url, add, read }) => {
      const before = await add();
      for (const [method, path] of bodyOperations) {
        const response = await me.call(method, `${url}${path}`, body, { 'content-type': json });
        isRefused(t, response, { status: 400, code: 'request/malformed', style, sentence }, `${method} ${path}`);
      }
      t.strictSame(await read(1), before);
    });
  }

  onStyles(
    t,
    app,
    '400 request/malformed · nested 32 deep is read, and refused for what it says',
    async (t, client) => {
      const { style, me, url } = client;
      const response = await me.call('POST', url, nested(32), { 'content-type': json });
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: ['title', 'a'] });
    },
  );

  onStyles(t, app, '400 request/malformed · a path that cannot be decoded', async (t, { style, me, url }) => {
    for (const path of ['/%', '/%E0%A4', '/%ff', '/1/%zz']) {
      const response = await me.call('GET', `${url}${path}`);
      isRefused(t, response, { status: 400, code: 'request/malformed', style, sentence: /percent-encoded/ }, path);
    }
  });

  onStyles(
    t,
    app,
    '404 task/not-found · a missing and a foreign task give the same response',
    async (t, { style, me, url }) => {
      const other = aClient(app, style);
      const operations = [
        ['GET', ''],
        ['PUT', ''],
        ['PATCH', ''],
        ['DELETE', ''],
        ['PATCH', '/complete'],
      ] as const;
      const ask = async () => {
        const responses = [];
        for (const [method, path] of operations) {
          const body = method.startsWith('P') && path === '' ? { title: 'x' } : undefined;
          const response = await me.call(method, `${url}/1${path}`, body, { 'x-request-id': 'the-same' });
          isRefused(t, response, { status: 404, code: 'task/not-found', style }, `${method} ${path}`);
          const { date, 'ratelimit-remaining': _left, 'ratelimit-reset': _reset, ...headers } = response.headers;
          responses.push({ headers, body: response.body });
        }
        return responses;
      };
      const missing = await ask();
      const theirs = await other.add({ title: 'theirs' });
      t.equal(theirs.id, 1);
      t.strictSame(await ask(), missing);
      t.strictSame(await other.read(1), theirs, 'and theirs is untouched');
    },
  );

  for (const id of [
    '0',
    '-1',
    '01',
    '1.0',
    '1e0',
    '+1',
    '%201',
    'abc',
    'NaN',
    '2147483648',
    '9'.repeat(40),
    '%00',
    '١',
  ]) {
    onStyles(t, app, `404 task/not-found · an id that could never exist: ${id}`, async (t, { style, me, url, add }) => {
      await add();
      const path = `${url}/${id === '١' ? encodeURIComponent(id) : id}`;
      for (const [method, suffix, body] of [
        ['GET', '', undefined],
        ['PUT', '', { title: 'x' }],
        ['PATCH', '', { title: 'x' }],
        ['DELETE', '', undefined],
        ['PATCH', '/complete', undefined],
      ] as const) {
        const response = await me.call(method, `${path}${suffix}`, body);
        isRefused(t, response, { status: 404, code: 'task/not-found', style }, `${method} ${suffix}`);
      }
    });
  }

  t.test('404 route/not-found · in the style of the path’s style', async (t) => {
    const { me } = aClient(app);
    const expected = { status: 404, code: 'route/not-found', sentence: /\/docs/ };
    for (const path of ['/nope', '/api', '/api/u', '/api/tasksx', '/api/u/tasks/1/2', '/__proto__', '/health/x']) {
      for (const method of ['GET', 'POST'] as const) {
        isRefused(t, await me.call(method, path), { ...expected, style: styles.bare }, `${method} ${path}`);
      }
    }
    for (const path of ['/api/tasks/1/nope', '/api/tasks/1/complete/x']) {
      isRefused(t, await me.call('GET', path), { ...expected, style: styles.envelope }, path);
    }
    isRefused(t, await app.inject('/nope'), expected, 'without a token too');
  });

  t.test('404 route/not-found · before the body is read: what it is does not matter', async (t) => {
    const { me } = aClient(app);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      for (const [body, type] of [
        ['{', json],
        ['null', json],
        ['x', 'text/plain'],
        ['x'.repeat(65_537), json],
      ] as const) {
        const response = await me.call(method, '/nope', body, { 'content-type': type });
        isRefused(
          t,
          response,
          { status: 404, code: 'route/not-found' },
          `${method} with ${body.length} bytes of ${type}`,
        );
      }
    }
  });

  for (const length of [3_061, 12_000]) {
    t.test(`404 and 403 · a part of the path with ${length} characters is refused like any other`, async (t) => {
      const { me } = aClient(app);
      const long = 'x'.repeat(length);
      const missing = { status: 404, code: 'task/not-found' };
      isRefused(t, await me.call('GET', `/api/tasks/${long}`), { ...missing, style: styles.envelope }, 'an id');
      isRefused(t, await me.call('PATCH', `${me.bare}/${long}/complete`), missing, 'an id in the path of the owner');
      const foreign = await me.call('GET', `/api/${long}/tasks`, undefined, { origin });
      isRefused(t, foreign, { status: 403, code: 'auth/wrong-user' }, 'a user');
      t.equal(foreign.headers['access-control-allow-origin'], origin, 'with CORS headers');
    });
  }

  t.test('error body · in the style’s style also where a fragment was sent along', async (t) => {
    const listening = await anApi(t, tasks);
    await listening.listen({ host: '127.0.0.1', port: 0 });
    const { port } = listening.server.address() as AddressInfo;
    const [response] = (await once(get({ port, path: '/api/tasks#there' }), 'response')) as [IncomingMessage];
    t.equal(response.statusCode, 401);
    t.equal(response.headers['content-type'], styles.envelope.mediaType);
    response.resume();
  });

  t.test('error body · in the style’s style however its path is spelt', async (t) => {
    const { me } = aClient(app);
    for (const path of ['/api/%74asks', '/%61pi/tasks']) {
      t.equal((await me.call('GET', path)).json().success, true, `${path} is the envelope style`);
      const refused = { status: 404, code: 'task/not-found', style: styles.envelope };
      isRefused(t, await me.call('GET', `${path}/1`), refused, path);
    }
  });

  onStyles(t, app, '413 request/too-large · over 64 KiB, whatever is in it', async (t, { style, me, url, add }) => {
    await add();
    const body = (bytes: number) => '{"title":"x"}'.padEnd(bytes);
    const send = (method: 'POST', path: string, bytes: number) =>
      me.call(method, `${url}${path}`, body(bytes), { 'content-type': json });
    t.equal((await send('POST', '', 65_536)).statusCode, 201, '64 KiB are read');
    const expected = { status: 413, code: 'request/too-large', style, sentence: /64 KiB/ };
    for (const [method, path] of bodyOperations) {
      isRefused(t, await send(method as 'POST', path, 65_537), expected, `${method} ${path}`);
    }
    t.strictSame(style.data(await me.call('GET', url)).length, 2, 'and none had an effect');
  });

  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-16',
    undefined,
  ]) {
    const name = type ?? 'no Content-Type';
    onStyles(t, app, `415 request/unsupported-media-type · ${name}`, async (t, { style, me, url, add, read }) => {
      const before = await add();
      const expected = { status: 415, code: 'request/unsupported-media-type', style, sentence: /application\/json/ };
      for (const [method, path] of bodyOperations) {
        const headers = type === undefined ? {} : { 'content-type': type };
        const response = await me.call(
          method,
          `${url}${path}`,
          '{"completed":true}',
          headers as Record<string, string>,
        );
        isRefused(t, response, expected, `${method} ${path}`);
      }
      t.strictSame(await read(1), before);
    });
  }

  onStyles(t, app, '415 · JSON in UTF-8 is taken however it is written', async (t, { me, url }) => {
    for (const type of [
      'application/json',
      'Application/JSON',
      'application/json;charset=utf-8',
      'application/json; charset=UTF-8',
      'application/json ; charset="utf-8"',
    ]) {
      t.equal((await me.call('POST', url, '{"title":"x"}', { 'content-type': type })).statusCode, 201, type);
    }
  });

  onStyles(
    t,
    app,
    '422 request/invalid · each fault in `errors`, all of them at once',
    async (t, { style, me, url }) => {
      const body = { title: '', description: 5, completed: 'yes', titel: 'x', due: '2026-11-21', is_completed: true };
      const response = await me.call('POST', url, body);
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields: Object.keys(body) });
      t.strictSame(faultOf(response, 'title'), 'must not be empty');
      t.strictSame(faultOf(response, 'description'), 'must be a string or null, not a number');
      t.strictSame(faultOf(response, 'completed'), 'must be a boolean, not a string');
      t.match(faultOf(response, 'titel'), /did you mean `title`\?/);
      t.match(faultOf(response, 'is_completed'), /did you mean `completed`\?/);
      const known = fieldNames.map((name) => `\`${name}\``).join(', ');
      t.match(known, /^`title`, `description`, `completed`/);
      t.equal(faultOf(response, 'due'), `is not a known field: use ${known}`);
      for (const field of Object.keys(body)) t.match(style.sentence(response), new RegExp(`\\b${field}\\b`));
      t.strictSame(style.data(await me.call('GET', url)), [], 'nothing was stored');
    },
  );

  onStyles(t, app, '422 request/invalid · every wrong body of POST', async (t, { style, me, url }) => {
    for (const [body, fields] of [
      ['', ['body']],
      ['null', ['body']],
      ['[]', ['body']],
      ['"title"', ['body']],
      ['1', ['body']],
      ['{}', ['title']],
      ['{"title":null}', ['title']],
      ['{"title":1}', ['title']],
      ['{"title":["x"]}', ['title']],
      ['{"title":"x","completed":null}', ['completed']],
      ['{"title":"x","completed":0}', ['completed']],
      ['{"title":"x","completed":"true"}', ['completed']],
      ['{"title":"x","description":false}', ['description']],
      ['{"title":"x","id":5}', ['id']],
      ['{"title":"x","user_id":"me"}', ['user_id']],
      ['{"Title":"x"}', ['title', 'Title']],
      ['{"title":"x","":1}', ['']],
      ['{"title":"x","toString":1}', ['toString']],
    ] as [string, string[]][]) {
      const response = await me.call('POST', url, body, { 'content-type': json });
      if (fields[0] === '') {
        t.equal(response.statusCode, 422, body);
        continue;
      }
      isRefused(t, response, { status: 422, code: 'request/invalid', style, fields }, body);
    }
    t.strictSame(style.data(await me.call('GET', url)), []);
  });

  onStyles(t, app, '422 request/invalid · thousands of faults are not all told', async (t, { style, me, url }) => {
    const body = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, 1]));
    const response = await me.call('POST', url, body);
    isRefused(t, response, { status: 422, code: 'request/invalid', style });
    t.ok(response.json().errors.length <= 101);
    t.ok(response.body.length < 64 * 1024, `${response.body.length} bytes`);
  });
});

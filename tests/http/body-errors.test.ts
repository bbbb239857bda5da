import { onStyles, overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

const json = 'application/json';
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

const bodyOperations = [
  ['POST', ''],
  ['PUT', '/1'],
  ['PATCH', '/1'],
  ['PATCH', '/1/complete'],
  ['DELETE', '/1'],
] as const;

overStores((t, { app }) => {
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
});

import type { InjectOptions } from 'fastify';
import { overStores } from '../support/http/client.ts';
import { isRefused } from '../support/http/errors.ts';

overStores((t, { app }) => {
  const get = (headers: InjectOptions['headers'], method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url: '/docs/static/swagger-ui.css', headers: headers as Record<string, string> });

  t.test('Range · beyond the end is 416 with Content-Range; what is no range is ignored', async (t) => {
    const { length } = (await get({})).rawPayload;
    for (const range of ['bytes=999999999-', `bytes=${length}-`, 'bytes=-0']) {
      const response = await get({ range });
      isRefused(t, response, { status: 416, code: 'request/range-not-satisfiable', sentence: /`Range`/ }, range);
      t.equal(response.headers['content-range'], `bytes */${length}`, range);
      t.equal((await get({ range }, 'HEAD')).statusCode, 416, `HEAD ${range}`);
    }
    for (const range of ['bytes=x-y', 'lines=1-2', 'bytes=5-1', '', 'bytes=', 'bytes=-']) {
      const { statusCode } = await get({ range });
      t.ok([200, 416].includes(statusCode), `${range}: ${statusCode}`);
    }
    t.equal((await get({ range: 'bytes=0-3' })).statusCode, 206);
  });

  t.test('If-Match, If-Unmodified-Since · 412 where they do not hold', async (t) => {
    const long = 'Thu, 01 Jan 1970 00:00:00 GMT';
    const refused: Record<string, string>[] = [
      { 'if-match': '"other"' },
      { 'if-match': 'W/"1", "2"' },
      { 'if-match': 'no tag' },
      { 'if-unmodified-since': long },
    ];
    for (const headers of refused) {
      const about = JSON.stringify(headers);
      isRefused(t, await get(headers), { status: 412, code: 'request/precondition-failed' }, about);
    }
    for (const value of ['no date', '', 'Fri, 31 Dec 9999 23:59:59 GMT'])
      t.equal((await get({ 'if-unmodified-since': value })).statusCode, 200, `If-Unmodified-Since: ${value}`);
    t.equal((await get({ 'if-match': '*' })).statusCode, 200);
  });

  t.test('other paths under /docs/static · never 500', async (t) => {
    for (const path of [
      '..%2f..%2fpackage.json',
      '%2e%2e/x',
      '.env',
      'a%00b',
      'none.js',
      '%252e',
      '//',
      'x'.repeat(5_000),
    ]) {
      const { statusCode } = await app.inject(`/docs/static/${path}`);
      t.ok(statusCode >= 300 && statusCode < 500, `${path.slice(0, 30)}: ${statusCode}`);
    }
  });
});

import { toUserId } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aCaller, anApi, origin } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';

const largest = 4_096;

/** The bytes of a response's head, as it goes over the wire. */
const headBytes = ({ raw }: { raw: { res: unknown } }): number =>
  Buffer.byteLength(String((raw.res as { _header: string })._header), 'latin1');

const unit = fc.constantFrom('漢', '😀', 'a', ' ', '"', '%', '\u0001', 'é');
const text = (max: number) =>
  fc.oneof(
    fc.constantFrom(...['漢', '😀', 'x'].map((one) => one.repeat(max))),
    fc.string({ unit, minLength: 1, maxLength: max }),
  );

t.test('every head is smaller than 4 KiB, whatever was sent', async (t) => {
  const property = fc.asyncProperty(
    text(255),
    text(100),
    text(200),
    fc.record({
      id: fc.string({ maxLength: 200 }),
      requested: fc.nat(9_000),
      prefix: fc.constantFrom('', `/${'p'.repeat(199)}`),
      isSlashed: fc.boolean(),
    }),
    async (user, search, title, { id, requested, prefix, isSlashed }) => {
      if (title.trim() === '' || user.includes('\u0000')) return;
      const app = await anApi(t, makeMemoryStores(), { trustedProxies: ['127.0.0.1'] });
      const me = aCaller(app, toUserId(user));
      const more = {
        origin,
        'x-request-id': id.replace(/[^ -~]/g, 'x'),
        ...(prefix && { 'x-forwarded-prefix': prefix }),
      };
      const base = isSlashed ? `${me.bare}/` : me.bare;
      const call = async (method: string, url: string, body?: unknown) => {
        const response = await me.call(method as 'GET', url, body, more);
        const bytes = headBytes(response);
        if (bytes >= largest) throw new Error(`${method} ${url.slice(0, 60)}: ${bytes} bytes`);
        return response;
      };
      for (const one of [title, title, title]) {
        const { headers } = await call('POST', base, { title: one });
        const place = new URL(String(headers.location), `http://x${prefix}${base}`).pathname;
        if (!place.startsWith(prefix)) throw new Error(`Location has no prefix: ${place}`);
        const found = await call('GET', place.slice(prefix.length));
        if (found.statusCode !== 200) throw new Error(`Location leads to ${found.statusCode}`);
      }
      for (const part of [title.trim().slice(0, 1), search]) {
        const query = new URLSearchParams({ status: 'pending', search: part, sort: 'title', order: 'asc', limit: '1' });
        for (const start of ['', '&offset=1', '&count=true']) {
          const seen: number[] = [];
          let next: string | undefined = `${base}?${query}${start}`;
          while (next !== undefined) {
            const response = await call('GET', next);
            if (response.statusCode !== 200) break;
            seen.push(...response.json().map((task: { id: number }) => task.id));
            const link = /<([^>]*)>; rel="next"/.exec(String(response.headers.link))?.[1];
            const url: URL | undefined = link === undefined ? undefined : new URL(link, `http://x${prefix}${next}`);
            next = url && `${url.pathname.slice(prefix.length)}${url.search}`;
          }
          if (new Set(seen).size !== seen.length) throw new Error('a task came twice');
        }
      }
      const preflight = await app.inject({
        method: 'OPTIONS',
        url: base,
        headers: {
          ...more,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'x'.repeat(requested),
        },
      });
      if (headBytes(preflight) >= largest) throw new Error('the preflight');
      await call('GET', `/${'x'.repeat(3_000)}`);
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

t.test('a long user id, search and title are followed to the end', async (t) => {
  const app = await anApi(t, makeMemoryStores());
  const me = aCaller(app, toUserId('漢'.repeat(255)));
  for (let n = 0; n < 3; n += 1) await me.call('POST', me.bare, { title: '漢'.repeat(150) });
  let next = `${me.bare}?${new URLSearchParams({ search: '漢'.repeat(100), sort: 'title', limit: '1' })}`;
  const ids: number[] = [];
  for (let page = 0; page < 3; page += 1) {
    const response = await me.call('GET', next);
    t.ok(headBytes(response) < largest, `${headBytes(response)} bytes`);
    ids.push(...response.json().map(({ id }: { id: number }) => id));
    const link = /<([^>]*)>; rel="next"/.exec(String(response.headers.link))?.[1];
    if (link === undefined) break;
    const url = new URL(link, `http://x${next}`);
    next = `${url.pathname}${url.search}`;
  }
  t.strictSame(ids, [1, 2, 3]);
});

import type { AddressInfo } from 'node:net';
import { toUserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { startNginx } from '../support/processes/nginx.ts';
import { missingProgram } from '../support/processes/programs.ts';

interface Document {
  servers: { url: string }[];
}

/** A real nginx that serves the API under /svc/. It ends with the test. */
const behindNginx = async (t: Test) => {
  const app = await anApi(t, makeMemoryStores(), { trustedProxies: ['127.0.0.1'] });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port: behind } = app.server.address() as AddressInfo;
  const server = `gzip on; gzip_min_length 1; gzip_types *; gzip_proxied any;
    location /svc/ {
      proxy_pass http://127.0.0.1:${behind}/;
      proxy_set_header X-Forwarded-Prefix /svc;
      proxy_set_header X-Forwarded-For $remote_addr;
    }`;
  const url = await startNginx(t, { server }, '/svc/health');
  return { app, url };
};

t.test('behind nginx, under a path', { skip: missingProgram('nginx') ?? false }, async (t) => {
  const { app, url } = await behindNginx(t);
  const me = aCaller(app);
  const headers = { authorization: `Bearer ${me.token}`, 'content-type': 'application/json' };

  t.test('the links in a response lead to what is there', async (t) => {
    for (const title of ['a', 'b']) {
      const created = await fetch(`${url}/svc${me.bare}`, { method: 'POST', headers, body: JSON.stringify({ title }) });
      t.equal(created.status, 201);
      const location = created.headers.get('location') as string;
      t.equal((await fetch(new URL(location, created.url), { headers })).status, 200, location);
    }
    const list = await fetch(`${url}/svc${me.bare}?limit=1`, { headers });
    const [, next = ''] = /<([^>]*)>; rel="next"/.exec(list.headers.get('link') ?? '') ?? [];
    t.equal((await fetch(new URL(next, list.url), { headers })).status, 200, next);
    const document = (await (await fetch(`${url}/svc/openapi.json`)).json()) as Document;
    t.equal(document.servers[0]?.url, '/svc');
  });

  t.test('the first page and the documentation load, with and without a slash', async (t) => {
    const home = await fetch(`${url}/svc/`, { headers: { accept: 'text/html' } });
    for (const [, to = ''] of (await home.text()).matchAll(/href="([^"]+)"/g))
      t.equal((await fetch(new URL(to, home.url))).status, 200, to);
    for (const path of ['/svc/docs', '/svc/docs/', '/svc/docs/static/index.html']) {
      const page = await fetch(`${url}${path}`);
      t.equal(page.status, 200, path);
      const assets = [...(await page.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to as string);
      t.ok(assets.length >= 7, `${assets.length} files`);
      for (const asset of assets) t.equal((await fetch(new URL(asset, page.url))).status, 200, `${path}: ${asset}`);
    }
    t.equal(((await (await fetch(`${url}/svc/docs/json`)).json()) as Document).servers[0]?.url, '/svc');
  });

  t.test('long ids, searches and titles fit its buffers as it comes', async (t) => {
    const far = aCaller(app, toUserId('漢'.repeat(255)));
    const theirs = { ...headers, authorization: `Bearer ${far.token}` };
    const body = JSON.stringify({ title: '漢'.repeat(200) });
    for (let n = 0; n < 2; n += 1) {
      const created = await fetch(`${url}/svc${far.bare}`, { method: 'POST', headers: theirs, body });
      t.equal(created.status, 201);
      const location = created.headers.get('location') as string;
      t.equal((await fetch(new URL(location, created.url), { headers: theirs })).status, 200);
    }
    const query = new URLSearchParams({ search: '漢'.repeat(100), sort: 'title', limit: '1' });
    const list = await fetch(`${url}/svc${far.bare}?${query}`, { headers: theirs });
    t.equal(list.status, 200);
    const [, next = ''] = /<([^>]*)>; rel="next"/.exec(list.headers.get('link') ?? '') ?? [];
    const second = await fetch(new URL(next, list.url), { headers: theirs });
    t.strictSame(
      ((await second.json()) as { id: number }[]).map(({ id }) => id),
      [2],
    );
  });

  t.test('the ETags that it weakens where it compresses hold', async (t) => {
    const gzip = { ...headers, 'accept-encoding': 'gzip' };
    for (const path of [`${url}/svc${me.bare}`, `${url}/svc/api/tasks`]) {
      const created = await fetch(path, {
        method: 'POST',
        headers: gzip,
        body: JSON.stringify({ title: 'x'.repeat(200) }),
      });
      const location = new URL(created.headers.get('location') as string, url);
      const read = async (more: Record<string, string> = {}) => fetch(location, { headers: { ...gzip, ...more } });
      const response = await read();
      const tag = response.headers.get('etag') as string;
      t.equal(response.headers.get('content-encoding'), 'gzip');
      t.match(tag, /^W\/"\d+"$/, 'nginx has made it weak');
      t.equal((await read({ 'if-none-match': tag })).status, 304);
      const change = (title: string) =>
        fetch(location, { method: 'PATCH', headers: { ...gzip, 'if-match': tag }, body: JSON.stringify({ title }) });
      t.equal((await change('mine')).status, 200);
      t.equal((await change('lost')).status, 412, 'and no longer than the task is as it was');
      t.match(await (await read()).text(), /"mine"/);
      const list = await fetch(path, { headers: gzip });
      const listTag = list.headers.get('etag') as string;
      t.equal((await fetch(path, { headers: { ...gzip, 'if-none-match': listTag } })).status, 304, listTag);
    }
  });
});

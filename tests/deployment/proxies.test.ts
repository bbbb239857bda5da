import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { aCaller, anApi } from '../support/http/api.ts';
import { openEvents } from '../support/http/event-client.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { aDirectory, aFreePort, endWithTest, eventually } from '../support/processes/processes.ts';
import { findProgram, missingProgram } from '../support/processes/programs.ts';
import { readText } from '../support/repository/workspace.ts';

const anApiBehindProxies = async (t: Test) => {
  const app = await anApi(t, makeMemoryStores(), { trustedProxies: ['127.0.0.1'] });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, behind: (app.server.address() as AddressInfo).port };
};

const start = async (t: Test, program: string, args: string[], env: NodeJS.ProcessEnv, url: string): Promise<void> => {
  const child = spawn(findProgram(program) ?? program, args, {
    stdio: 'ignore',
    env: { PATH: process.env.PATH, ...env },
  });
  const exited = once(child, 'exit');
  const end = endWithTest(child);
  t.teardown(async () => {
    end();
    await exited;
  });
  const isUp = () =>
    fetch(`${url}/svc/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await eventually(isUp))) throw new Error(`${program} does not respond`);
};

const startNginx = async (t: Test, behind: number, change = (text: string) => text): Promise<string> => {
  const directory = await aDirectory(t, 'nginx');
  const port = await aFreePort();
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  for (const kind of kinds) await mkdir(join(directory, kind));
  const folders = kinds.map((kind) => `${kind}_temp_path ${join(directory, kind)};`).join(' ');
  const sample = change(readText('deploy/proxies/nginx.conf'))
    .replace('server 127.0.0.1:8000;', `server 127.0.0.1:${behind};`)
    .replace('listen 8080;', `listen 127.0.0.1:${port};`);
  const file = join(directory, 'nginx.conf');
  // Buffers and compresses whatever the sample does not keep it from.
  await writeFile(
    file,
    `daemon off; master_process off; pid ${directory}/pid; events {}
http { access_log off; ${folders} gzip on; gzip_min_length 1; gzip_types *; gzip_proxied any;
${sample} }`,
  );
  const url = `http://127.0.0.1:${port}`;
  await start(t, 'nginx', ['-p', directory, '-c', file, '-e', join(directory, 'error.log')], {}, url);
  return url;
};

const startCaddy = async (t: Test, behind: number): Promise<string> => {
  const directory = await aDirectory(t, 'caddy');
  const port = await aFreePort();
  const sample = readText('deploy/proxies/Caddyfile')
    .replace('127.0.0.1:8000', `127.0.0.1:${behind}`)
    .replace(':8080 {', `http://127.0.0.1:${port} {`);
  const file = join(directory, 'Caddyfile');
  await writeFile(file, `{\n\tadmin off\n}\n${sample}`);
  const url = `http://127.0.0.1:${port}`;
  await start(t, 'caddy', ['run', '--config', file, '--adapter', 'caddyfile'], { HOME: directory }, url);
  return url;
};

/** What clients see of the API through a proxy that serves it under /svc/. */
const seeItThrough = async (t: Test, url: string, { app }: Awaited<ReturnType<typeof anApiBehindProxies>>) => {
  const me = aCaller(app);
  const headers = { authorization: `Bearer ${me.token}`, 'content-type': 'application/json' };
  const create = (title: string) =>
    fetch(`${url}/svc/api/tasks`, { method: 'POST', headers, body: JSON.stringify({ title }) });

  const created = await create('a');
  t.equal(created.status, 201);
  const location = created.headers.get('location') ?? '';
  t.match(location, /^(https?:\/\/[^/]+)?\/svc\/api\/tasks\/\d+$/, 'Location');
  t.equal((await fetch(new URL(location, url), { headers })).status, 200, location);
  await create('b');
  const list = await fetch(`${url}/svc${me.bare}?limit=1`, { headers });
  const [, next = ''] = /<([^>]*)>; rel="next"/.exec(list.headers.get('link') ?? '') ?? [];
  t.match(next, /\/svc\//, 'Link');
  t.equal((await fetch(new URL(next, list.url), { headers })).status, 200, next);

  const document = (await (await fetch(`${url}/svc/openapi.json`)).json()) as { servers: { url: string }[] };
  t.match(document.servers[0]?.url, /\/svc$/, 'servers');
  const slashless = await fetch(`${url}/svc`, { redirect: 'manual' });
  t.match(slashless.status, /^30[1278]$/);
  t.match(slashless.headers.get('location'), /\/svc\/$/);
  const docs = await fetch(`${url}/svc/docs`);
  const assets = [...(await docs.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to = '']) => to);
  t.ok(assets.length >= 7, `/docs has ${assets.length} files`);
  for (const asset of assets) t.equal((await fetch(new URL(asset, docs.url))).status, 200, asset);

  for (const path of ['/svc/api/tasks/events', `/svc${me.bare}/events`]) {
    const events = await openEvents(t, `${url}${path}`, { ...headers, 'accept-encoding': 'gzip' });
    t.equal(events.status, 200, path);
    t.equal(events.headers['content-encoding'], undefined, 'not compressed');
    t.match(await events.next(), { retry: /^\d+$/ }, 'the first block comes at once');
    await create('seen');
    t.match(await events.nextChange(), { row: { title: 'seen' } }, 'an event comes while the stream is open');
    events.cut();
  }
};

t.test('the sample for nginx serves Taskward under a path', { skip: missingProgram('nginx') ?? false }, async (t) => {
  const api = await anApiBehindProxies(t);
  await seeItThrough(t, await startNginx(t, api.behind), api);
});

t.test('and each of its lines is needed', { skip: missingProgram('nginx') ?? false }, async (t) => {
  const { app, behind } = await anApiBehindProxies(t);
  const headers = { authorization: `Bearer ${aCaller(app).token}`, 'content-type': 'application/json' };
  const noPrefix = await startNginx(t, behind, (text) => text.replace(/^.*X-Forwarded-Prefix.*\n/gm, ''));
  const created = await fetch(`${noPrefix}/svc/api/tasks`, { method: 'POST', headers, body: '{"title":"a"}' });
  t.notMatch(created.headers.get('location'), /svc/, 'without the prefix, Location leads nowhere');
  const noStreams = await startNginx(t, behind, (text) => text.replace(/^ {2}location ~[^}]*\}\n/m, ''));
  const events = await openEvents(t, `${noStreams}/svc/api/tasks/events`, { ...headers, 'accept-encoding': 'gzip' });
  t.equal(events.headers['content-encoding'], 'gzip', 'without the location of streams, they are compressed');
});

// Not among the programs of CI: a test that is there where Caddy is.
if (missingProgram('caddy') === undefined) {
  t.test('the sample for Caddy serves Taskward under a path', async (t) => {
    const api = await anApiBehindProxies(t);
    await seeItThrough(t, await startCaddy(t, api.behind), api);
  });
}

t.test('the sample for Traefik names middlewares and services that it has', async (t) => {
  const { http } = parse(readText('deploy/proxies/traefik.yml')) as {
    http: {
      routers: Record<string, { rule: string; service: string; middlewares: string[] }>;
      middlewares: Record<string, unknown>;
      services: Record<string, unknown>;
    };
  };
  for (const { service, middlewares } of Object.values(http.routers)) {
    t.ok(http.services[service], service);
    for (const one of middlewares) t.ok(http.middlewares[one], one);
  }
});

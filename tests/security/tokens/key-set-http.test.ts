import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeKeySet } from '@taskward/adapters-http';
import t, { type Test } from 'tap';
import { anApiWith, asking, isAccepted, isUnavailable, listed } from './key-source.ts';
import { anEdKey } from './keys.ts';

const key = anEdKey();
const header = { alg: 'EdDSA', kid: 'a' };
const keys = JSON.stringify({ keys: [listed(key, 'a')] });

const aServer = async (t: Test, listener: RequestListener) => {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url as string);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { visits, port: (server.address() as AddressInfo).port };
};

/** An auth server that has its keys at /jwks and leads there, or away, by the given redirects. */
const anAuthServer = async (t: Test, redirects: Readonly<Record<string, [status: number, to: string]>> = {}) => {
  const { visits, port } = await aServer(t, (request, response) => {
    const [status, to] = redirects[request.url as string] ?? [];
    if (status !== undefined && to !== undefined) response.writeHead(status, { location: to }).end();
    else if (request.url === '/jwks') response.end(keys);
    else response.writeHead(404).end(keys);
  });
  return { visits, origin: `http://127.0.0.1:${port}`, port };
};

const askBy = async (t: Test, url: string) => asking(await anApiWith(t, makeKeySet(url)))(key, header);

t.test('over HTTP', async (t) => {
  const { origin, visits } = await anAuthServer(t);
  isAccepted(t, await askBy(t, `${origin}/jwks`), 'as it stands');
  t.strictSame(visits, ['/jwks']);
  isUnavailable(t, await askBy(t, `${origin}/elsewhere`), 'a path that is not there');
});

t.test('a slash too much at the end of the URL', async (t) => {
  for (const slashes of ['/', '//']) {
    const { origin, visits } = await anAuthServer(t);
    isAccepted(t, await askBy(t, `${origin}/jwks${slashes}`), slashes);
    t.strictSame(visits, ['/jwks']);
  }
});

t.test('redirects on the same origin are followed', async (t) => {
  for (const status of [301, 302, 303, 307, 308]) {
    const { origin, visits } = await anAuthServer(t, { '/old': [status, '/jwks'] });
    isAccepted(t, await askBy(t, `${origin}/old`), `${status}`);
    t.strictSame(visits, ['/old', '/jwks']);
  }
  const { origin, port, visits } = await anAuthServer(t, { '/a/1': [302, '2'], '/a/2': [302, '../jwks'] });
  isAccepted(t, await askBy(t, `${origin}/a/1`), 'relative ones');
  t.strictSame(visits, ['/a/1', '/a/2', '/jwks']);
  const absolute = await anAuthServer(t, { '/old': [302, `http://127.0.0.1:${port}/jwks`] });
  isUnavailable(t, await askBy(t, `${absolute.origin}/old`), 'another port is another origin');
});

t.test('redirects in a row, and in circles', async (t) => {
  const { origin, visits } = await anAuthServer(t, {
    '/1': [302, '/2'],
    '/2': [302, '/3'],
    '/3': [302, '/jwks'],
    '/circle': [302, '/circle'],
  });
  isAccepted(t, await askBy(t, `${origin}/1`), 'three of them');
  visits.length = 0;
  isUnavailable(t, await askBy(t, `${origin}/circle`), 'in circles');
  t.ok(visits.length > 0 && visits.length < 10, `${visits.length} visits`);
});

t.test('redirects to another origin are not', async (t) => {
  const evil = await aServer(t, (_request, response) => void response.end(keys));
  for (const to of [
    `http://127.0.0.1:${evil.port}/jwks`,
    `//127.0.0.1:${evil.port}/jwks`,
    `http://localhost:${evil.port}/jwks`,
    `https://127.0.0.1:${evil.port}/jwks`,
    `http://user:password@127.0.0.1:${evil.port}/jwks`,
    'data:application/json,{"keys":[]}',
    'file:///etc/hostname',
    'http://',
  ]) {
    const { origin } = await anAuthServer(t, { '/old': [302, to], '/hop': [307, '/old'] });
    isUnavailable(t, await askBy(t, `${origin}/old`), to);
    isUnavailable(t, await askBy(t, `${origin}/hop`), `${to} after a hop`);
  }
  t.strictSame(evil.visits, [], 'nobody went there');
  isAccepted(t, await askBy(t, `http://127.0.0.1:${evil.port}/jwks`), 'where the keys would have been');
});

t.test('nobody listens', async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  isUnavailable(t, await askBy(t, `http://127.0.0.1:${port}/jwks`), 'connection refused');
});

t.test('a server that does not come to an end is given 5 s', async (t) => {
  const ways: Readonly<Record<string, RequestListener>> = {
    'never responds': () => {},
    'begins a response': (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(keys.slice(0, 20));
    },
    'drips on': (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(timer));
    },
    'redirects slowly': (request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), 2_000).unref();
    },
  };
  await Promise.all(
    Object.entries(ways).map(async ([name, listener]) => {
      const { port } = await aServer(t, listener);
      const ask = asking(await anApiWith(t, makeKeySet(`http://127.0.0.1:${port}/jwks`)));
      const start = performance.now();
      isUnavailable(t, await ask(key, header), name);
      const took = performance.now() - start;
      t.ok(took > 4_500 && took < 15_000, `${name}: after ${Math.round(took)} ms`);
      const again = performance.now();
      isUnavailable(t, await ask(key, header), `${name}: the next one`);
      t.ok(performance.now() - again < 2_000, `${name}: does not wait as long`);
    }),
  );
});

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireResources, buildContainer, readConfig, startServer } from '@taskward/api';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { type MemoryDB, memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import type { Test } from 'tap';
import { anApi } from '../support/http/api.ts';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { testServerUrl } from '../support/postgres/database.ts';
import { importExample } from './example.ts';

/** The secret of every auth server of these tests. */
export const secret = 'the secret of a Better Auth of the tests, shared or not';

// What the example reads when it is imported.
process.env.BETTER_AUTH_SECRET = secret;
delete process.env.BETTER_AUTH_URL;
delete process.env.TASKWARD_COOKIE_DOMAIN;

type Handler = (request: Request) => Promise<Response>;

/** Somebody with a session, as their browser knows it. */
export interface SignedUp {
  readonly userId: string;
  /** What sign-up responds with; the cookie holds it with a signature. */
  readonly sessionToken: string;
  readonly cookies: Map<string, string>;
  /** Fetches as a page of the auth server's origin does: relative paths, the `Origin` header, cookies where asked for. */
  readonly fetch: typeof globalThis.fetch;
  /** A token from /api/auth/token. */
  getToken(): Promise<string>;
}

/** An auth server that listens. */
export interface AuthServer {
  readonly url: string;
  readonly jwksUrl: string;
  signUp(details?: { image?: string }): Promise<SignedUp>;
  stop(): Promise<void>;
  /** After `stop`: listens at the same address again. */
  start(): Promise<void>;
}

// Taken now, as a test may put a browser's in its place.
const { fetch: nativeFetch } = globalThis;

/** Fetches over a connection of its own: a server that stops would wait for what may still come over one that is kept. */
export const send = (url: string | URL, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return nativeFetch(url, { ...init, headers });
};

/** A browser with a page of this origin open. A host's cookies go to all its ports, as they do in browsers. */
export const aBrowser = (origin: string, cookies = new Map<string, string>()): typeof globalThis.fetch => {
  return async (input, init = {}) => {
    const url = new URL(String(input), origin);
    const headers = new Headers(init.headers);
    const isOwn = url.origin === origin;
    if (!isOwn || (init.method ?? 'GET') !== 'GET') headers.set('origin', origin);
    const withCookies = init.credentials === 'include' || (isOwn && init.credentials !== 'omit');
    if (withCookies && cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await send(url, { ...init, headers });
    for (const line of withCookies ? response.headers.getSetCookie() : []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
};

const signUp = async (url: string, details: { image?: string } = {}): Promise<SignedUp> => {
  const cookies = new Map<string, string>();
  const browse = aBrowser(url, cookies);
  const email = `${randomUUID()}@app.example`;
  const response = await browse('/api/auth/sign-up/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: randomUUID(), name: 'Zoë', ...details }),
  });
  if (response.status !== 200) throw new Error(`sign-up responded with ${response.status}: ${await response.text()}`);
  const { user, token } = (await response.json()) as { user: { id: string }; token: string };
  return {
    userId: user.id,
    sessionToken: token,
    cookies,
    fetch: browse,
    async getToken() {
      const response = await browse('/api/auth/token');
      if (response.status !== 200)
        throw new Error(`/api/auth/token responded with ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { token: string }).token;
    },
  };
};

/** Serves the handler that is made for its address, on 127.0.0.1; stopped when the test ends. */
const listen = async (t: Test, makeHandler: (url: string) => Promise<Handler>): Promise<AuthServer> => {
  let handle: ReturnType<typeof toNodeHandler> | undefined;
  const server = createServer((request, response) => void handle?.(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.teardown(stop);
  handle = toNodeHandler(await makeHandler(url));
  return {
    url,
    jwksUrl: `${url}/api/auth/jwks`,
    signUp: (details) => signUp(url, details),
    stop,
    async start() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
};

/** Serves the example as Next.js would: its two routes and nothing else. It is made once in a process. */
export const theExample = (t: Test): Promise<AuthServer> =>
  listen(t, async (url) => {
    if (process.env.BETTER_AUTH_URL !== undefined) throw new Error('the example was made before');
    process.env.BETTER_AUTH_URL = url;
    const routes: Record<string, Record<string, Handler>> = {
      '/api/auth': { ...(await importExample('route.ts')) },
      '/api/token-cookie': { ...(await importExample('set-token-cookie.ts')) },
    };
    return async (request) => {
      const { pathname } = new URL(request.url);
      const route = Object.entries(routes).find(([prefix]) => pathname === prefix || pathname.startsWith(`${prefix}/`));
      return route?.[1][request.method]?.(request) ?? new Response(null, { status: 404 });
    };
  });

const emptyDatabase = (): MemoryDB => ({ user: [], session: [], account: [], verification: [], jwks: [] });

/** A Better Auth like the example's with other options: those of the JWT plugin, and those of the server. */
export const anAuthServer = (
  t: Test,
  jwtOptions: Parameters<typeof jwt>[0] = {},
  options: BetterAuthOptions = {},
): Promise<AuthServer> =>
  listen(t, async (baseURL) => {
    process.env.BETTER_AUTH_URL ??= baseURL;
    const { auth } = await importExample('auth.ts');
    return betterAuth({
      ...auth.options,
      baseURL,
      secret,
      database: memoryAdapter(emptyDatabase()),
      plugins: [jwt(jwtOptions)],
      ...options,
    }).handler;
  });

/** The configuration that the environment makes, for a server of a test. */
const configuration = async (t: Test, env: Record<string, string>) => {
  // A development server keeps its secret there, if it has to make one.
  const directory = await mkdtemp(join(tmpdir(), 'taskward-better-auth-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const config = readConfig({
    TASKWARD_DATA_DIR: directory,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...env,
  });
  return (await acquireResources(config, () => {})).config;
};

/** Where a Taskward is that the environment made: all of apps/api, over HTTP and PostgreSQL. */
export const aWholeTaskward = async (t: Test, env: Record<string, string>): Promise<string> => {
  const config = await configuration(t, { DATABASE_URL: await testServerUrl(t), ...env });
  const server = await startServer(config, () => {});
  t.teardown(() => server.stop());
  return server.url.replace('localhost', '127.0.0.1');
};

/** The same as far as tokens go, over HTTP, with its tasks in memory: for tests that need one after the other. */
export const aTaskward = async (t: Test, env: Record<string, string>): Promise<string> => {
  const config = await configuration(t, { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none', ...env });
  const { auth, keySet } = buildContainer(config).cradle;
  const app = await anApi(t, makeMemoryTaskRepository(), {
    auth,
    corsOrigins: config.corsOrigins,
    readiness: keySet === undefined ? {} : { keys: () => keySet.check() },
  });
  return app.listen({ host: config.host, port: config.port });
};

/** Taskward's response to a request, in the style of its path. */
export interface HttpResponse {
  readonly status: number;
  readonly code: string | undefined;
  readonly sentence: string | undefined;
  readonly retryAfter: string | null;
  readonly challenge: string | null;
}

/** Asks with these headers, for the list of tasks if nothing else is said. */
export const ask = async (
  api: string,
  headers: Record<string, string>,
  { path = '/api/tasks', method = 'GET' } = {},
): Promise<HttpResponse> => {
  const response = await send(api + path, { method, headers });
  const body = (await response.json()) as { code?: string; detail?: string; error?: string };
  return {
    status: response.status,
    code: body.code,
    sentence: body.error ?? body.detail,
    retryAfter: response.headers.get('retry-after'),
    challenge: response.headers.get('www-authenticate'),
  };
};

/** Lists tasks with a token. */
export const askWith = (api: string, token: string, path = '/api/tasks'): Promise<HttpResponse> =>
  ask(api, { authorization: `Bearer ${token}` }, { path });

/** The statuses that a user's token gets on both styles. */
export const onBothStyles = async (api: string, token: string, userId: string): Promise<number[]> => [
  (await askWith(api, token)).status,
  (await askWith(api, token, `/api/${userId}/tasks`)).status,
];

/** What a token says of itself. */
export const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[0] as string, 'base64url').toString());

export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString());

import type { HttpOptions } from '@taskward/adapters-http';
import type { TaskRepository } from '@taskward/application';
import { createTaskwardClient, type TaskwardClientOptions } from '@taskward/client';
import type { FastifyInstance } from 'fastify';
import { aCaller, anApi, type Caller, stores } from './api.ts';

interface Scope {
  teardown(close: () => Promise<void>): void;
}

/** An API that listens, over the store in memory. */
export const aListeningApi = async (
  scope: Scope,
  options: Partial<HttpOptions> = {},
): Promise<{ app: FastifyInstance; baseUrl: string; tasks: TaskRepository }> => {
  const store = await stores.memory(scope);
  const app = await anApi(scope, store, options);
  return { app, baseUrl: await app.listen({ port: 0, host: '127.0.0.1' }), tasks: store.tasks };
};

/** A new user of a listening API, with a client. */
export const aSignedInClient = (
  { app, baseUrl }: { app: FastifyInstance; baseUrl: string },
  options: Partial<TaskwardClientOptions> = {},
  me: Caller = aCaller(app),
) => ({ me, client: createTaskwardClient({ baseUrl, token: me.token, retry: quick, ...options }) });

/** Repeats as often as by default, and without the waiting. */
export const quick = { minDelay: 1 };

/** A request as a server sees it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly init: RequestInit;
}

type Query = Response | Error | ((seen: Seen) => Response | Promise<Response>);

/** Stands in for the network: responds to one request after another as it is told, and keeps what it saw. */
export const aNetwork = (...steps: Query[]) => {
  const seen: Seen[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    const request = { method: init.method ?? 'GET', url, headers: new Headers(init.headers), body, init };
    seen.push(request);
    init.signal?.throwIfAborted();
    const step = steps.shift();
    if (step === undefined) throw new Error(`nobody expected ${request.method} ${url}`);
    if (step instanceof Error) throw step;
    return typeof step === 'function' ? step(request) : step;
  };
  /** What all requests had in a header. */
  const sent = (name: string): (string | null)[] => seen.map(({ headers }) => headers.get(name));
  return { fetch, seen, sent, left: () => steps.length };
};

/** A client on such a network. */
export const aClientOn = (network: ReturnType<typeof aNetwork>, options: Partial<TaskwardClientOptions> = {}) =>
  createTaskwardClient({
    baseUrl: 'https://api.example',
    token: 'a-token',
    fetch: network.fetch,
    retry: quick,
    ...options,
  });

/** What `fetch` rejects with when it gets no response. */
export const cutOff = (): Error => new TypeError('fetch failed');

export const aTask = (changes: object = {}) => ({
  id: 3,
  user_id: 'demo',
  title: 'Buy milk',
  description: null,
  completed: false,
  priority: null,
  tags: [] as string[],
  due_date: null,
  repeat: null,
  reminders: [],
  due_at: null,
  position: 'h00000003',
  metadata: {},
  completed_at: null,
  created_at: '2026-11-20T09:30:00.123Z',
  updated_at: '2026-11-20T09:30:00.123Z',
  revision: 41,
  ...changes,
});

export const responded = (data?: unknown, headers: Record<string, string> = {}, status = 200): Response =>
  Response.json({ success: true, ...(data !== undefined && { data }) }, { status, headers });

export const listed = (tasks: unknown[], nextCursor: string | null = null, headers: Record<string, string> = {}) =>
  Response.json({ success: true, data: tasks, meta: { limit: 100, next_cursor: nextCursor } }, { headers });

export const refused = (
  status: number,
  code: string,
  more: object = {},
  headers: Record<string, string> = {},
): Response =>
  Response.json(
    { success: false, error: `This is ${code}.`, code, request_id: 'request-1', ...more },
    { status, headers },
  );

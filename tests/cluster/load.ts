import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { aUser } from '../support/builders.ts';
import { aToken } from '../support/http/tokens.ts';

const patienceMilliseconds = 120_000;
const pauseMilliseconds = 10;

/** Without those that a busy machine refused. */
export const withoutBusy = (failed: readonly FailedRequest[]): FailedRequest[] =>
  failed.filter(({ isBusy }) => !isBusy);

/** One request that had no response, or one that says that something failed. */
export interface FailedRequest {
  readonly method: string;
  /** The status, or the error of the network. */
  readonly end: string;
  /** Whether the server had no connection to the database in time, as on a machine that does other things besides. */
  readonly isBusy: boolean;
  /** When it was sent and when it failed, by `performance.now()`. */
  readonly begun: number;
  readonly ended: number;
  /** The request that was responded to before it on the same connection; `undefined` on a new one. */
  readonly previous: string | undefined;
}

interface Client {
  readonly token: string;
  readonly agent: Agent;
  /** Titles of tasks whose creation was acknowledged. */
  readonly created: string[];
  /** The last request on the open connection. */
  previous: string | undefined;
}

interface Received {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly body: string;
}

const receive = async (response: IncomingMessage): Promise<Received> => {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  const { 'x-request-id': requestId } = response.headers;
  return { status: response.statusCode ?? 0, requestId: requestId as string | undefined, body };
};

/**
 * Clients that write and read without a pause, each on one connection at a time. A write that fails is repeated under the
 * same key; a read that fails is not repeated.
 */
export const startLoad = (base: string, clients: number) => {
  const url = new URL(base);
  const all: Client[] = Array.from({ length: clients }, () => ({
    token: aToken({ sub: aUser() }),
    agent: new Agent({ keepAlive: true, maxSockets: 1 }),
    created: [],
    previous: undefined,
  }));
  const failed: FailedRequest[] = [];
  const ends: Record<string, number> = {};
  let responses = 0;
  let running = true;

  const exchange = (client: Client, method: string, path: string, headers: Record<string, string>, body?: string) =>
    new Promise<Received>((resolve, reject) => {
      const sent = request(
        { host: url.hostname, port: url.port, path, method, agent: client.agent, headers },
        (response) => void receive(response).then(resolve, reject),
      );
      sent.on('socket', () => {
        if (!sent.reusedSocket) client.previous = undefined;
      });
      sent.on('error', reject).end(body);
    });

  /** @returns the response, or `undefined` where it failed, which is noted */
  const send = async (client: Client, method: string, path: string, title?: string, key?: string) => {
    const begun = performance.now();
    const headers = {
      authorization: `Bearer ${client.token}`,
      ...(title !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const body = title === undefined ? undefined : JSON.stringify({ title });
    const received = await exchange(client, method, path, headers, body).catch((error: NodeJS.ErrnoException) => error);
    const isResponse = !(received instanceof Error);
    const end = isResponse ? String(received.status) : (received.code ?? received.message);
    const isBusy = isResponse && received.status === 503 && received.body.includes('database/unavailable');
    ends[`${method} ${end}`] = (ends[`${method} ${end}`] ?? 0) + 1;
    if (isResponse && received.status < 300) {
      responses += 1;
      client.previous = received.requestId;
      return received;
    }
    failed.push({ method, end, isBusy, begun, ended: performance.now(), previous: client.previous });
    return undefined;
  };

  const create = async (client: Client, title: string): Promise<void> => {
    const key = randomUUID();
    for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; await wait(pauseMilliseconds)) {
      if ((await send(client, 'POST', '/api/tasks', title, key)) !== undefined) {
        client.created.push(title);
        return;
      }
      // Whoever is told to stop leaves what was never acknowledged.
      if (!running) return;
    }
    throw new Error(`a write was not done within ${patienceMilliseconds} ms: ${JSON.stringify(ends)}`);
  };
  const work = async (client: Client) => {
    for (let n = 0; running; n += 1) {
      await create(client, `task ${n}`);
      await send(client, 'GET', '/api/tasks?limit=5&sort=-created_at');
    }
  };
  const working = Promise.all(all.map(work));
  // Whoever stops the load hears of it.
  working.catch(() => {});

  const titlesOf = async ({ token }: Client, at: string): Promise<string[]> => {
    const titles: string[] = [];
    for (let path: string | null = '/api/tasks?limit=500'; path !== null; ) {
      const response: Response = await fetch(`${at}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const { data, meta } = (await response.json()) as {
        data: { title: string }[];
        meta: { next_cursor: string | null };
      };
      titles.push(...data.map(({ title }) => title));
      path = meta.next_cursor === null ? null : `/api/tasks?limit=500&cursor=${meta.next_cursor}`;
    }
    return titles;
  };

  return {
    failed: (): readonly FailedRequest[] => failed,
    /** How many requests were responded to with success. */
    responses: (): number => responses,
    /** How often each method had each status, or error of the network. */
    ends: () => ({ ...ends }),
    /** Waits until so many more requests were responded to with success. */
    async goesOn(more: number): Promise<void> {
      const deadline = Date.now() + patienceMilliseconds;
      for (const goal = responses + more; responses < goal; await wait(5))
        if (Date.now() > deadline) throw new Error(`no more responses: ${JSON.stringify(ends)}`);
    },
    /** Lets every client end what it is at. */
    async stop(): Promise<void> {
      running = false;
      await working;
      for (const { agent } of all) agent.destroy();
    },
    /** Acknowledged tasks that are not stored exactly once. @param at where to read them */
    async faults(at = base): Promise<string[]> {
      const faults: string[] = [];
      for (const client of all) {
        const stored = Map.groupBy(await titlesOf(client, at), (title) => title);
        for (const title of client.created) {
          const times = stored.get(title)?.length ?? 0;
          if (times !== 1) faults.push(`${title}: acknowledged, stored ${times} times`);
        }
        for (const [title, { length }] of stored) if (length > 1) faults.push(`${title}: stored ${length} times`);
      }
      return faults;
    },
  };
};

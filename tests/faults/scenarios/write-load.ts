import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { aUser } from '../../support/builders.ts';
import { aToken } from '../../support/http/tokens.ts';

const patienceMilliseconds = 120_000;
const pauseMilliseconds = 10;

interface Stored {
  readonly id: number;
  readonly title: string;
  readonly completed: boolean;
  readonly revision: number;
}

/** What clients saw while they wrote. */
export interface Seen {
  /** Writes that were acknowledged. */
  readonly acknowledged: number;
  /** How often each status came back, and each error of the network was met. */
  readonly ends: Readonly<Record<string, number>>;
  /** Responses that said "not now" without saying when, or how. */
  readonly misshapen: number;
  /** The longest time without an acknowledged write, in milliseconds. */
  readonly longestPause: number;
}

/** What is stored and should not be, or the other way round. */
export interface Verdict {
  /** Writes that were acknowledged and are not there. */
  readonly lost: number;
  /** Writes that were done more than once. */
  readonly doubled: number;
  /** A sentence for each fault, those counted above and others. */
  readonly faults: readonly string[];
}

/** How clients write. */
export interface LoadOptions {
  readonly users: number;
  /** A client that repeats its writes under a new key each time, and so has second effects: proof that they are seen. */
  readonly forgetsKeys?: boolean;
}

interface Client {
  readonly token: string;
  /** Titles of tasks that were created under a key, each of which was toggled under one too. */
  readonly keyed: string[];
  /** Titles of tasks that were sent without a key, once, and whether they were acknowledged. */
  readonly plain: Map<string, boolean>;
}

type Kind = 'lost' | 'doubled' | 'other';
type Fault = readonly [kind: Kind, text: string];

/** A load that runs. */
export type WriteLoad = ReturnType<typeof writeLoad>;

/**
 * Users who write without a pause, and repeat what fails under the same key.
 * @param url where the next request goes
 */
export const writeLoad = (url: () => string, { users, forgetsKeys = false }: LoadOptions) => {
  const clients: Client[] = Array.from({ length: users }, () => ({
    token: aToken({ sub: aUser() }),
    keyed: [],
    plain: new Map(),
  }));
  const ends: Record<string, number> = {};
  let acknowledged = 0;
  let misshapen = 0;
  let running = true;
  let lastAcknowledged = performance.now();
  let longestPause = 0;
  const acknowledge = () => {
    acknowledged += 1;
    longestPause = Math.max(longestPause, performance.now() - lastAcknowledged);
    lastAcknowledged = performance.now();
  };
  const note = (end: string) => {
    ends[end] = (ends[end] ?? 0) + 1;
  };

  const send = async ({ token }: Client, method: string, path: string, key?: string, body?: object) => {
    try {
      const response = await fetch(`${url()}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const content = (await response.json()) as { data: Stored; code?: string; error?: string };
      note(String(response.status));
      if (response.status === 503 && !(response.headers.has('retry-after') && content.code && content.error))
        misshapen += 1;
      if (response.ok) acknowledge();
      return response.ok ? content.data : undefined;
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      note(cause?.code ?? String(error));
      return undefined;
    }
  };

  const insist = async (client: Client, method: string, path: string, body?: object): Promise<Stored> => {
    const key = randomUUID();
    for (const deadline = Date.now() + patienceMilliseconds; Date.now() < deadline; await wait(pauseMilliseconds)) {
      const done = await send(client, method, path, forgetsKeys ? randomUUID() : key, body);
      if (done !== undefined) return done;
    }
    throw new Error(`${method} ${path} was not done within ${patienceMilliseconds} ms: ${JSON.stringify(ends)}`);
  };

  const work = async (client: Client) => {
    for (let n = 0; running; n += 1) {
      const title = `keyed ${n}`;
      const { id } = await insist(client, 'POST', '/api/tasks', { title });
      client.keyed.push(title);
      await insist(client, 'PATCH', `/api/tasks/${id}/complete`);
      const once = `plain ${n}`;
      client.plain.set(once, (await send(client, 'POST', '/api/tasks', undefined, { title: once })) !== undefined);
    }
  };
  const workers = Promise.all(clients.map(work));
  // Whoever stops the load hears of it.
  workers.catch(() => {});

  const tasksOf = async (client: Client): Promise<Stored[]> => {
    const tasks: Stored[] = [];
    for (let path: string | undefined = '/api/tasks?limit=500'; path !== undefined; ) {
      const response: Response = await fetch(`${url()}${path}`, {
        headers: { authorization: `Bearer ${client.token}` },
      });
      if (!response.ok) throw new Error(`a list was responded to with ${response.status}`);
      const { data, meta } = (await response.json()) as { data: Stored[]; meta: { next_cursor: string | null } };
      tasks.push(...data);
      path = meta.next_cursor === null ? undefined : `/api/tasks?limit=500&cursor=${meta.next_cursor}`;
    }
    return tasks;
  };

  const faultsOf = async (client: Client): Promise<Fault[]> => {
    const tasks = await tasksOf(client);
    const stored = Map.groupBy(tasks, ({ title }) => title);
    const times = (title: string) => stored.get(title)?.length ?? 0;
    const judged = (title: string, isKnown: boolean): Fault[] => {
      const text = `${title}: ${isKnown ? '' : 'not '}acknowledged, stored ${times(title)} times`;
      if (times(title) > 1) return [['doubled', text]];
      return isKnown && times(title) === 0 ? [['lost', text]] : [];
    };
    const toggled = (title: string): Fault[] =>
      times(title) === 0 || stored.get(title)?.[0]?.completed === true ? [] : [['other', `${title}: not toggled once`]];
    const expected = new Set([...client.keyed, ...client.plain.keys()]);
    return [
      ...client.keyed.flatMap((title) => [...judged(title, true), ...toggled(title)]),
      ...[...client.plain].flatMap(([title, isKnown]) => judged(title, isKnown)),
      ...tasks.filter(({ title }) => !expected.has(title)).map(({ title }): Fault => ['other', `${title}: nobody's`]),
      ...(new Set(tasks.map(({ revision }) => revision)).size < tasks.length
        ? [['other', 'two tasks at one revision'] as Fault]
        : []),
    ];
  };

  return {
    seen: (): Seen => ({ acknowledged, ends: { ...ends }, misshapen, longestPause }),
    /** Waits until so many more writes have been acknowledged. @returns how long that took, in milliseconds */
    async goesOn(more: number): Promise<number> {
      const began = Date.now();
      for (const goal = acknowledged + more; acknowledged < goal; await wait(5)) {
        if (Date.now() - began > patienceMilliseconds) throw new Error(`no more writes: ${JSON.stringify(ends)}`);
      }
      return Date.now() - began;
    },
    /** Waits until one more response, or error of the network. */
    async meets(end: string): Promise<void> {
      const before = ends[end] ?? 0;
      for (const deadline = Date.now() + patienceMilliseconds; (ends[end] ?? 0) === before; await wait(5)) {
        if (Date.now() > deadline) throw new Error(`nobody met ${end}: ${JSON.stringify(ends)}`);
      }
    },
    /** Lets every client end what it is at. */
    async stop(): Promise<void> {
      running = false;
      await workers;
    },
    /** Compares what is stored with what was acknowledged, after `stop`. */
    async verdict(): Promise<Verdict> {
      const found = (await Promise.all(clients.map(faultsOf))).flat();
      const count = (kind: Kind) => found.filter(([one]) => one === kind).length;
      return { lost: count('lost'), doubled: count('doubled'), faults: found.map(([, text]) => text) };
    },
  };
};

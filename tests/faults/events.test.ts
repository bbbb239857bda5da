import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { aUser } from '../support/builders.ts';
import { type EventClient, openEvents } from '../support/http/event-client.ts';
import { aToken } from '../support/http/tokens.ts';
import { ownDatabase } from '../support/postgres/database.ts';
import { type ApiProcess, anApiProcess, eventually } from '../support/processes/processes.ts';
import { aRedisServer, withRedis } from '../support/processes/redis-server.ts';
import { scaled } from '../support/scale.ts';

const settings = { RATE_LIMIT_MAX: '10000000', LOG_LEVEL: 'CRITICAL' };

const aPerson = () => {
  const token = aToken({ sub: aUser() });
  const headers = { authorization: `Bearer ${token}` };
  return {
    headers,
    async call({ url }: ApiProcess, method: string, path = '', body?: object) {
      const response = await fetch(`${url}/api/tasks${path}`, {
        method,
        headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return (await response.json()) as {
        data: Record<string, unknown> & { id: number };
        meta: { next_cursor: string };
      };
    },
    follow: (scope: Test, { url }: ApiProcess, after?: string) =>
      openEvents(scope, `${url}/api/tasks/events`, { ...headers, ...(after && { 'last-event-id': after }) }),
  };
};

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** How long changes that one process makes take to reach a stream of the other, in milliseconds. */
const latencies = async (t: Test, writer: ApiProcess, reader: ApiProcess, count = 7): Promise<number[]> => {
  const me = aPerson();
  const stream = await me.follow(t, reader);
  await stream.next();
  const took: number[] = [];
  while (took.length < count) {
    await wait(Math.random() * 500);
    const began = performance.now();
    const title = `change ${took.length}`;
    await me.call(writer, 'POST', '', { title });
    const { row } = await stream.nextChange();
    took.push(performance.now() - began);
    t.equal(row.title, title);
  }
  stream.cut();
  t.comment(`${took.map(Math.round).join(', ')} ms`);
  return took;
};

t.test('a change of another process comes within a second, also without Redis', { timeout: 120_000 }, async (t) => {
  const url = await ownDatabase(t);
  const [first, second] = [await anApiProcess(t, url, settings), await anApiProcess(t, url, settings)];
  const [here, there] = [await latencies(t, first, first), await latencies(t, first, second)];
  t.ok(median(here) < 300, 'one of the same process at once');
  t.ok(median(there) < 1_100, 'one of another process within a second');
});

t.test(
  'with Redis at once; without one that is down, within a second',
  { timeout: 180_000, ...withRedis },
  async (t) => {
    const url = await ownDatabase(t);
    const redis = await aRedisServer(t);
    await redis.start();
    const env = { ...settings, REDIS_URL: redis.url };
    const [first, second] = [await anApiProcess(t, url, env), await anApiProcess(t, url, env)];
    const atOnce = async () => median(await latencies(t, first, second, 3)) < 300;
    t.ok(await eventually(atOnce), 'at once');
    redis.freeze();
    t.ok(median(await latencies(t, first, second)) < 1_500, 'frozen: within a second');
    redis.thaw();
    await redis.kill();
    t.ok(median(await latencies(t, first, second)) < 1_500, 'gone: within a second');
    await redis.start();
    t.ok(await eventually(atOnce), 'back: at once again');
    for (const process of [first, second]) t.match(await process.end('SIGTERM'), { code: 0 });
  },
);

/** What a client knows of a user's tasks, by the events that it was sent. */
const aReplica = () => {
  const tasks = new Map<number, Record<string, unknown>>();
  let last: string | undefined;
  return {
    tasks,
    last: () => last,
    async read(stream: EventClient): Promise<void> {
      for (let event = await stream.next(); event !== undefined; event = await stream.next()) {
        if (event.event !== undefined && event.event !== 'change') throw new Error(`${event.event}: ${event.data}`);
        if (event.data !== undefined) {
          const { op, task, id } = JSON.parse(event.data);
          if (op === 'put') tasks.set(task.id, task);
          else tasks.delete(id);
        }
        last = event.id ?? last;
      }
    },
  };
};

const cuts = scaled(1_000, 150);
const writers = 4;

t.test(
  `${cuts} cuts and three killed processes: a stream that goes on loses nothing`,
  { timeout: 280_000 },
  async (t) => {
    const url = await ownDatabase(t);
    const writer = await anApiProcess(t, url, settings);
    let reader = await anApiProcess(t, url, settings);
    const me = aPerson();
    let isOver = false;
    let written = 0;
    const write = async (_: unknown, n: number) => {
      const mine: number[] = [];
      for (; !isOver; written += 1) {
        const dice = Math.random();
        const id = mine[Math.floor(Math.random() * mine.length)];
        if (id === undefined || dice < 0.4) mine.push((await me.call(writer, 'POST', '', { title: `${n}` })).data.id);
        else if (dice < 0.9) await me.call(writer, 'PATCH', `/${id}`, { title: `${n} ${written}` });
        else await me.call(writer, 'DELETE', `/${mine.splice(mine.indexOf(id), 1)}`);
      }
    };
    const replica = aReplica();
    const follow = async () => {
      const stream = await me.follow(t, reader, replica.last());
      return { stream, done: replica.read(stream) };
    };
    const began = await follow();
    t.ok(await eventually(() => replica.last() !== undefined));
    began.stream.cut();
    await began.done;

    const writing = Array.from({ length: writers }, write);
    const kills = new Set([1, 2, 3].map((n) => Math.floor((n * cuts) / 4)));
    for (let cut = 0; cut < cuts; cut += 1) {
      const { stream, done } = await follow();
      await wait(Math.random() * 60);
      if (kills.has(cut)) {
        await reader.end('SIGKILL');
        reader = await anApiProcess(t, url, settings);
      }
      stream.cut();
      await done;
    }
    isOver = true;
    await Promise.all(writing);

    const stored = new Map<number, Record<string, unknown>>();
    for (let cursor = ''; cursor !== undefined && cursor !== null; ) {
      const page = await me.call(writer, 'GET', `?limit=500${cursor && `&cursor=${cursor}`}`);
      for (const task of page.data as unknown as { id: number }[]) stored.set(task.id, task);
      cursor = page.meta.next_cursor;
    }
    const { stream, done } = await follow();
    const isSame = () =>
      replica.tasks.size === stored.size &&
      [...stored].every(([id, task]) => replica.tasks.get(id)?.revision === task.revision);
    t.ok(await eventually(isSame, 20_000), `${written} writes, ${stored.size} tasks`);
    t.strictSame(Object.fromEntries(replica.tasks), Object.fromEntries(stored));
    stream.cut();
    await done;
  },
);

t.test('a process that stops ends its streams, and then itself', { timeout: 120_000 }, async (t) => {
  const api = await anApiProcess(t, await ownDatabase(t), settings);
  const streams = await Promise.all(Array.from({ length: 12 }, () => aPerson().follow(t, api)));
  for (const stream of streams) await stream.next();
  const began = Date.now();
  const [ended, ...rest] = await Promise.all([api.end('SIGTERM'), ...streams.map((stream) => stream.rest())]);
  t.match(ended, { code: 0, signal: null });
  t.ok(Date.now() - began < 8_000, `${Date.now() - began} ms`);
  for (const events of rest) t.match(events, [{ retry: /^\d+$/ }]);
});

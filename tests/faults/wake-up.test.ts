import { makeIdempotencyStore, makeOwnerPorts, pingDatabase } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aCaller, anApi } from '../support/http/api.ts';
import { open, poolSettings, sharedDatabase, sharedDatabaseUrl } from '../support/postgres/database.ts';
import { aSwitchingProxy } from '../support/postgres/switching-proxy.ts';
import { anApiProcess } from '../support/processes/processes.ts';

const wakeUp = 4_000;

t.setTimeout(120_000);

/** An API on a database that is asleep: it sends nothing until so long after a connection was made. */
const onASleepingDatabase = async (t: Test, delay: number, settings = poolSettings) => {
  await sharedDatabase(t);
  const proxy = await aSwitchingProxy(t, await sharedDatabaseUrl(t));
  const database = open(t, proxy.url, settings);
  const app = await anApi(
    t,
    { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }) },
    { readiness: { database: () => pingDatabase(database) } },
  );
  proxy.suspend(delay);
  return { app, proxy };
};

const timed = async <T>(work: () => PromiseLike<T>) => {
  const start = performance.now();
  return { response: await work(), took: Math.round(performance.now() - start) };
};

t.test('one request wakes the database up and succeeds', async (t) => {
  const { app } = await onASleepingDatabase(t, wakeUp);
  const { response, took } = await timed(() => aCaller(app).call('GET', '/api/tasks'));
  t.comment(`response after ${took} ms`);
  t.equal(response.statusCode, 200);
  t.ok(took >= wakeUp - 100, 'it was asleep');
});

t.test('many requests of many users wake it up, and all succeed', async (t) => {
  const { app } = await onASleepingDatabase(t, wakeUp);
  const callers = Array.from({ length: 15 }, () => aCaller(app));
  const { response, took } = await timed(() =>
    Promise.all(
      callers.flatMap((caller, n) => [
        caller.call('GET', '/api/tasks'),
        caller.call('POST', '/api/tasks', { title: 'first' }),
        caller.call('POST', '/api/tasks', { title: 'second' }),
        caller.call('POST', '/api/tasks', { title: 'third' }, { 'idempotency-key': `wake-up-${n}` }),
      ]),
    ),
  );
  t.comment(`60 responses after ${took} ms`);
  t.same([...new Set(response.map(({ statusCode }) => statusCode))].sort(), [200, 201]);
});

t.test(
  'a database that stays away: 503 when the time to open a connection is over, and sooner from then on',
  async (t) => {
    const { app } = await onASleepingDatabase(t, 60_000, { ...poolSettings, connectSeconds: 3 });
    const write = () => aCaller(app).call('POST', '/api/tasks', { title: 'never' });
    const first = await timed(() => Promise.all(Array.from({ length: 30 }, write)));
    t.same([...new Set(first.response.map(({ statusCode }) => statusCode))], [503]);
    t.ok(first.took < 3_000 + 3_000, `after ${first.took} ms`);
    const second = await timed(() => Promise.all(Array.from({ length: 30 }, write)));
    t.same([...new Set(second.response.map(({ statusCode }) => statusCode))], [503]);
    t.ok(second.took < 2_900, `after ${second.took} ms`);
  },
);

t.test('the server starts on a database that is asleep', async (t) => {
  await sharedDatabase(t);
  const proxy = await aSwitchingProxy(t, await sharedDatabaseUrl(t));
  proxy.suspend(3_000);
  const api = await anApiProcess(t, proxy.url, {});
  t.equal((await fetch(`${api.url}/health/ready`)).status, 200);
});

import { makeOwnerPorts, pingDatabase } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { aCaller, anApi } from '../support/http/api.ts';
import { open, poolSettings, sharedDatabase, sqlOn, testServerUrl } from '../support/postgres/database.ts';

// Long enough for a machine that does other things besides; without the limits it would take for ever.
const busyMachine = 20_000;

const unavailable = { code: 'database/unavailable' };

/** A database whose connections can be told from all others, and a superuser to do harm to them. */
const victim = async (t: Test, settings = poolSettings) => {
  const url = new URL(await testServerUrl(t));
  await sharedDatabase(t);
  const name = `victim-${Math.random().toString(36).slice(2)}`;
  url.searchParams.set('application_name', name);
  const database = open(t, url.href, settings);
  const harm = open(t, await testServerUrl(t));
  const run = sqlOn(harm);
  const mine = `from pg_stat_activity where application_name = '${name}'`;
  return { database, run, mine, ...makeOwnerPorts({ database }) };
};

t.test('connections that died in the pool are replaced before a request notices', async (t) => {
  const { tasks, run, mine } = await victim(t);
  const owner = aUser();
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => tasks.add(aDraft(owner), anOrigin())));
    t.ok((await run(`select pg_terminate_backend(pid) ${mine}`)).length > 0, 'there was something to kill');
    await t.resolves(tasks.add(aDraft(owner), anOrigin()));
  }
});

t.test('connections killed at random under load: every response is right or 503, nothing is done twice', async (t) => {
  const { tasks, run, mine } = await victim(t);
  const app = await anApi(t, tasks);
  const caller = aCaller(app);
  const statuses = new Map<number, number>();
  let killing = true;
  const kill = async () => {
    let killed = 0;
    while (killing)
      killed += (await run(`select pg_terminate_backend(pid) from (select pid ${mine} order by random() limit 1) one`))
        .length;
    return killed;
  };
  const responded = new Map<string, number>();
  const work = async (_: unknown, worker: number) => {
    for (let n = 0; n < 60; n += 1) {
      const title = `${worker}/${n}`;
      const { statusCode, headers } = await caller.call('POST', '/api/tasks', { title });
      responded.set(title, statusCode);
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      if (statusCode === 503) t.ok(headers['retry-after']);
    }
  };
  const killed = kill();
  await Promise.all(Array.from({ length: 5 }, work));
  killing = false;
  t.comment(`${await killed} connections killed, responses ${JSON.stringify([...statuses])}`);
  t.ok((await killed) > 20);
  t.same(
    [...statuses.keys()].filter((status) => status !== 201 && status !== 503),
    [],
  );
  t.equal((await caller.call('POST', '/api/tasks', { title: 'after' })).statusCode, 201, 'it recovered by itself');
  // What the API repeats by itself must not have been done before, whatever the server was at when it was killed.
  const list = await caller.call('GET', '/api/tasks?limit=500');
  const titles: string[] = list.json().data.map(({ title }: { title: string }) => title);
  const times = (title: string) => titles.filter((one) => one === title).length;
  const wrong = [...responded].filter(([title, status]) => times(title) > 1 || (status === 201 && times(title) === 0));
  t.same(wrong, [], 'nothing was done twice, and what was acknowledged is there');
});

t.test('with all connections held a request is refused within 2 s, and /health is not', async (t) => {
  const { database, tasks } = await victim(t, { ...poolSettings, size: 1, maxOverflow: 1 });
  const app = await anApi(t, tasks, { readiness: { database: () => pingDatabase(database) } });
  const release = Promise.withResolvers<void>();
  const hold = () => {
    const taken = Promise.withResolvers<void>();
    const held = database.orm.em.fork().transactional(async (em) => {
      await em.execute('select 1');
      taken.resolve();
      await release.promise;
    });
    return { taken: taken.promise, held };
  };
  const holders = [hold(), hold()];
  await Promise.all(holders.map(({ taken }) => taken));
  const start = Date.now();
  const [response, ready, health] = await Promise.all([
    aCaller(app).call('GET', '/api/tasks'),
    app.inject('/health/ready'),
    app.inject('/health'),
  ]);
  t.match(response, { statusCode: 503, headers: { 'retry-after': '2' } });
  t.equal(response.json().code, 'database/unavailable');
  t.ok(Date.now() - start < busyMachine, `it took ${Date.now() - start} ms`);
  t.equal(ready.statusCode, 503);
  t.equal(health.statusCode, 200);
  release.resolve();
  await Promise.all(holders.map(({ held }) => held));
});

t.test('a statement that waits too long is given up', async (t) => {
  const { tasks } = await victim(t);
  const owner = aUser();
  await tasks.add(aDraft(owner), anOrigin());
  const blocker = open(t, await testServerUrl(t));
  const [locked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const blocked = blocker.orm.em.fork().transactional(async (em) => {
    await em.execute('select 1 from taskward.users where id = ? for update', [owner]);
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  const start = Date.now();
  await t.rejects(tasks.add(aDraft(owner), anOrigin()), unavailable);
  const took = Date.now() - start;
  t.ok(took > 4_000 && took < busyMachine, `after ${took} ms`);
  release.resolve();
  await blocked;
  t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2 });
});

t.test('a server that is not there is "unavailable", not an error of ours', async (t) => {
  const database = open(t, 'postgresql://nobody@127.0.0.1:9/nothing');
  await t.rejects(makeOwnerPorts({ database }).tasks.add(aDraft(aUser()), anOrigin()), unavailable);
  await t.rejects(pingDatabase(database), unavailable);
});

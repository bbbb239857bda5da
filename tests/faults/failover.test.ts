import { setTimeout as wait } from 'node:timers/promises';
import { makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aCaller, anApi, type Caller } from '../support/http/api.ts';
import { open, poolSettings } from '../support/postgres/database.ts';
import { type ReplicatedServers, replicatedServers } from '../support/postgres/replicated-servers.ts';
import { aSwitchingProxy } from '../support/postgres/switching-proxy.ts';

// On an idle machine it takes a tenth of this; the comments print how long it took.
const busyMachine = 10_000;

t.setTimeout(180_000);

/** An API whose database is reached by way of a proxy that is in front of two servers. */
const behindAProxy = async (t: Test, servers: ReplicatedServers, settings = poolSettings) => {
  const proxy = await aSwitchingProxy(t, servers.primary.url);
  const database = open(t, proxy.url, settings);
  const app = await anApi(t, {
    ...makeOwnerPorts({ database }),
    idempotency: makeIdempotencyStore({ database }),
  });
  return { app, database, proxy };
};

const create = (caller: Caller, title: string) => caller.call('POST', '/api/tasks', { title });
let keys = 0;
const createUnderKey = (caller: Caller, title: string) => {
  keys += 1;
  return caller.call('POST', '/api/tasks', { title }, { 'idempotency-key': `key-${keys}` });
};

/** Asks again and again until 201. @returns after how many milliseconds it was, and what came before */
const untilWritten = async (write: () => ReturnType<typeof create>) => {
  const start = performance.now();
  const before = new Set<number>();
  for (;;) {
    const { statusCode } = await write();
    const took = Math.round(performance.now() - start);
    if (statusCode === 201) return { took, before: [...before] };
    before.add(statusCode);
    if (took > 30_000) return { took: Number.POSITIVE_INFINITY, before: [...before] };
    await wait(20);
  }
};

/** Uses every kind of connection: shared ones of reads and of writes, and ones of the pool. */
const warmUp = async (callers: readonly Caller[]) => {
  await Promise.all(
    callers.flatMap((caller) => [
      create(caller, 'before'),
      createUnderKey(caller, 'before'),
      caller.call('GET', '/api/tasks'),
      caller.call('GET', '/api/tasks?search=x'),
    ]),
  );
};

const titlesOf = async (caller: Caller): Promise<string[]> =>
  (await caller.call('GET', '/api/tasks?limit=500')).json().data.map(({ title }: { title: string }) => title);

t.test('a primary that becomes read-only, and a proxy that leads to another: writes are back at once', async (t) => {
  const servers = await replicatedServers(t);
  const { app, proxy } = await behindAProxy(t, servers);
  const callers = Array.from({ length: 10 }, () => aCaller(app));
  const [me, other] = callers as [Caller, Caller];
  await warmUp(callers);

  await servers.makePrimaryReadOnly();
  t.match(await create(me, 'refused'), { statusCode: 503, headers: { 'retry-after': '2' } });
  t.equal((await createUnderKey(me, 'refused')).statusCode, 503);
  t.equal((await me.call('GET', '/api/tasks')).statusCode, 200, 'reads go on');

  await servers.promoteStandby();
  proxy.switchTo(servers.standby.url);
  const [plain, keyed] = await Promise.all([
    untilWritten(() => create(me, 'after')),
    untilWritten(() => createUnderKey(other, 'after')),
  ]);
  t.comment(`first write ${plain.took} ms after the switch, first write under a key ${keyed.took} ms`);
  t.ok(Math.max(plain.took, keyed.took) < busyMachine, 'long before the pool is recycled');
  for (let n = 0; n < 20; n += 1) {
    const caller = callers[n % callers.length] as Caller;
    t.equal((await (n % 2 ? create : createUnderKey)(caller, `after ${n}`)).statusCode, 201, 'and stay so');
  }
  const titles = await titlesOf(me);
  t.notOk(titles.includes('refused'), 'what was refused was not done');
  t.equal(titles.filter((title) => title === 'after').length, 1, 'reads come from the new primary too');
});

t.test('reads that began on the old primary after a write had failed there follow to the new one', async (t) => {
  const servers = await replicatedServers(t);
  const { app, proxy } = await behindAProxy(t, servers);
  const me = aCaller(app);
  await warmUp([me]);
  await servers.makePrimaryReadOnly();
  t.equal((await createUnderKey(me, 'refused')).statusCode, 503);
  t.notOk((await titlesOf(me)).includes('refused'));

  await servers.promoteStandby();
  proxy.switchTo(servers.standby.url);
  t.equal((await create(me, 'after')).statusCode, 201, 'no write meets the old primary any more, and says so');
  const start = performance.now();
  while (!(await titlesOf(me)).includes('after') && performance.now() - start < busyMachine) await wait(20);
  const took = Math.round(performance.now() - start);
  t.comment(`read ${took} ms after the write`);
  t.ok(took < busyMachine);
});

t.test('a primary that is restarted as a standby, while the proxy leads to another', async (t) => {
  const servers = await replicatedServers(t);
  const { app, proxy } = await behindAProxy(t, servers);
  const callers = Array.from({ length: 10 }, () => aCaller(app));
  await warmUp(callers);
  await servers.promoteStandby();
  await servers.demotePrimary();
  const [me] = callers as [Caller];
  t.equal((await create(me, 'refused')).statusCode, 503, 'a standby takes no writes');
  proxy.switchTo(servers.standby.url);
  const { took } = await untilWritten(() => create(me, 'after'));
  t.comment(`first write ${took} ms after the switch`);
  t.ok(took < busyMachine);
  t.equal((await createUnderKey(me, 'after')).statusCode, 201);
});

t.test('a failover in which every packet to the first server is lost', async (t) => {
  const servers = await replicatedServers(t);
  const { app, database, proxy } = await behindAProxy(t, servers);
  const callers = Array.from({ length: 10 }, () => aCaller(app));
  await warmUp(callers);
  await servers.promoteStandby();
  proxy.blackHole();
  proxy.switchTo(servers.standby.url);
  const [me, other] = callers as [Caller, Caller];
  const [plain, keyed] = await Promise.all([
    untilWritten(() => create(me, 'after')),
    untilWritten(() => createUnderKey(other, 'after')),
  ]);
  t.comment(`first write ${plain.took} ms after packets were lost, first write under a key ${keyed.took} ms`);
  t.ok(Math.max(plain.took, keyed.took) < 2 * busyMachine);
  await wait(100);
  const pool = await database.orm.em.getConnection().getNativeClient();
  t.ok(pool.totalCount - pool.idleCount <= 5, 'none is held but those that requests share');
  t.equal((await create(me, 'still')).statusCode, 201);
});

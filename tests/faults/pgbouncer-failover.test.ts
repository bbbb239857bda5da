import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabase, makeIdempotencyStore, makeOwnerPorts, openDatabase } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aCaller, anApi, type Caller } from '../support/http/api.ts';
import { open, ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { aSwitchingProxy } from '../support/postgres/switching-proxy.ts';
import { aDirectory, eventually } from '../support/processes/processes.ts';
import {
  type PreparedStatements,
  startPgbouncer,
  preparedStatements as supported,
  withPgbouncer,
} from './pgbouncer.ts';

t.setTimeout(240_000);

const wakeUp = 4_000;
// On an idle machine it takes a tenth of this; the comments print how long it took.
const busyMachine = 30_000;
// The default, 15 s, is how long everybody would have to wait after one login that failed.
const settings = { server_login_retry: 1 };
const poolSize = 8;

/** An API that reaches a server by way of PgBouncer, which reaches it by way of a proxy. */
const behindBoth = async (t: Test, serverUrl: string, preparedStatements: PreparedStatements) => {
  const proxy = await aSwitchingProxy(t, serverUrl);
  const pgbouncer = await startPgbouncer(t, proxy.url, { poolSize, preparedStatements, settings });
  const database = open(t, pgbouncer.url);
  const app = await anApi(t, {
    ...makeOwnerPorts({ database }),
    idempotency: makeIdempotencyStore({ database }),
  });
  return { app, database, proxy, pgbouncer };
};

let keys = 0;
const create = async (caller: Caller, title: string): Promise<number> =>
  (await caller.call('POST', '/api/tasks', { title })).statusCode;
const createUnderKey = async (caller: Caller, title: string): Promise<number> => {
  keys += 1;
  return (await caller.call('POST', '/api/tasks', { title }, { 'idempotency-key': `key-${keys}` })).statusCode;
};
const titlesOf = async (caller: Caller): Promise<string[]> =>
  (await caller.call('GET', '/api/tasks?limit=500')).json().data.map(({ title }: { title: string }) => title);

/** Asks again and again until 201. @returns after how many milliseconds it was, and what came before */
const untilWritten = async (write: () => Promise<number>) => {
  const start = performance.now();
  const before = new Set<number>();
  for (;;) {
    const status = await write();
    const took = Math.round(performance.now() - start);
    if (status === 201 || took > 2 * busyMachine) return { took, before: [...before] };
    before.add(status);
    await wait(20);
  }
};

const warmUp = (callers: readonly Caller[]) =>
  Promise.all(
    callers.flatMap((caller) => [
      create(caller, 'before'),
      createUnderKey(caller, 'before'),
      titlesOf(caller),
      caller.call('GET', '/api/tasks?search=x'),
    ]),
  );

/** Writes of both kinds come back, say 503 until then, and stay. */
const comesBack = async (t: Test, callers: readonly Caller[]) => {
  const [me, other] = callers as [Caller, Caller];
  const ends = await Promise.all([
    untilWritten(() => create(me, 'after')),
    untilWritten(() => createUnderKey(other, 'after')),
  ]);
  const [plain, keyed] = ends;
  t.comment(`first write after ${plain.took} ms, first write under a key after ${keyed.took} ms`);
  for (const { took, before } of ends) {
    t.ok(took < busyMachine);
    t.same(
      before.filter((status) => status !== 503),
      [],
    );
  }
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n += 1) {
    const caller = callers[n % callers.length] as Caller;
    statuses.add(await (n % 2 ? create : createUnderKey)(caller, `after ${n}`));
  }
  t.same([...statuses], [201], 'and they stay');
  const titles = await titlesOf(me);
  t.ok(titles.includes('after') && titles.includes('before'), 'reads come from the new primary too');
  t.notOk(titles.includes('refused'), 'what was refused was not done');
};

for (const preparedStatements of supported) {
  const mode = `max_prepared_statements=${preparedStatements}`;

  t.test(
    `${mode} · a primary that becomes read-only, until PgBouncer is told to reconnect`,
    withPgbouncer,
    async (t) => {
      const servers = await replicatedServers(t);
      const { app, proxy, pgbouncer } = await behindBoth(t, servers.primary.url, preparedStatements);
      const callers = Array.from({ length: 10 }, () => aCaller(app));
      const [me, other] = callers as [Caller, Caller];
      await warmUp(callers);
      await servers.makePrimaryReadOnly();
      t.equal(await create(me, 'refused'), 503);
      t.equal(await createUnderKey(other, 'refused'), 503);
      t.ok((await titlesOf(me)).includes('before'), 'reads go on');
      await servers.promoteStandby();
      proxy.switchTo(servers.standby.url);
      await pgbouncer.reconnect();
      await comesBack(t, callers);
    },
  );

  t.test(`${mode} · a primary that is restarted as a standby`, withPgbouncer, async (t) => {
    const servers = await replicatedServers(t);
    const { app, proxy } = await behindBoth(t, servers.primary.url, preparedStatements);
    const callers = Array.from({ length: 10 }, () => aCaller(app));
    await warmUp(callers);
    await servers.promoteStandby();
    await servers.demotePrimary();
    const [me] = callers as [Caller];
    t.equal(await create(me, 'refused'), 503, 'a standby takes no writes');
    proxy.switchTo(servers.standby.url);
    proxy.cutAll();
    await comesBack(t, callers);
  });

  t.test(`${mode} · a database that wakes up`, withPgbouncer, async (t) => {
    const { url } = await ownMigratedDatabase(t);
    const { app, proxy } = await behindBoth(t, url, preparedStatements);
    const callers = Array.from({ length: 15 }, () => aCaller(app));
    const requests = () =>
      Promise.all(
        callers.flatMap((caller) => [
          titlesOf(caller).then(() => 200),
          create(caller, 'first'),
          create(caller, 'second'),
          createUnderKey(caller, 'third'),
        ]),
      );
    const fallAsleep = () => {
      proxy.cutAll();
      proxy.suspend(wakeUp);
    };
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const start = performance.now();
      const result = await work();
      t.comment(`${what} after ${Math.round(performance.now() - start)} ms: ${result}`);
      return result;
    };
    const [me] = callers as [Caller];
    for (const when of ['before anything is connected', 'once Taskward is connected to PgBouncer']) {
      fallAsleep();
      t.equal(await timed(`one request, ${when}`, () => create(me, 'alone')), 201, when);
    }
    // Nothing tells that a database wakes up behind connections that are open: who waits behind others on them waits
    // for a free one, and gives up when that takes too long.
    fallAsleep();
    const statuses = await timed('60 requests', async () => [...new Set(await requests())]);
    t.ok(statuses.every((status) => [200, 201, 503].includes(status)));
    const { took } = await untilWritten(() => create(me, 'awake'));
    t.ok(took < busyMachine, 'as soon as it is awake, all is well');
  });

  t.test(`${mode} · a password that is rotated`, withPgbouncer, async (t) => {
    const { url: serverUrl, database: owner } = await ownMigratedDatabase(t);
    const sql = sqlOn(owner);
    const role = `rotating_${preparedStatements}_${process.pid}`;
    await sql(`create role ${role} login password 'first'`);
    await sql(`grant taskward_api, taskward_jobs to ${role}`);
    t.teardown(() => sql(`drop role ${role}`));
    const rotated = new URL(serverUrl);
    rotated.username = role;
    rotated.password = 'first';
    const pgbouncer = await startPgbouncer(t, rotated.href, {
      poolSize,
      preparedStatements,
      settings: { ...settings, auth_type: 'scram-sha-256' },
    });
    const passwordFile = join(await aDirectory(t, 'password'), 'password');
    await writeFile(passwordFile, 'first\n');
    const database = openDatabase(pgbouncer.url, poolSettings, { passwordFile });
    t.teardown(() => closeDatabase(database));
    const stores = { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }) };
    const app = await anApi(t, stores);
    const callers = [aCaller(app), aCaller(app)];
    const [me] = callers as [Caller];
    await warmUp(callers);

    await sql(`alter role ${role} password 'second'`);
    await sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`);
    // They end when they get to it, and until then go on serving.
    const connected = () => sql(`select pid from pg_stat_activity where usename = '${role}'`);
    t.ok(await eventually(async () => (await connected()).length === 0), 'its connections have ended');
    t.equal(await create(me, 'refused'), 503, 'PgBouncer still has the old one');
    await pgbouncer.setPassword(role, 'second');
    await writeFile(passwordFile, 'second\n');
    await comesBack(t, callers);
  });
}

import { setTimeout as wait } from 'node:timers/promises';
import { makeOwnerPorts, pingDatabase } from '@taskward/adapters-postgres';
import t from 'tap';
import { anApi } from '../support/http/api.ts';
import { open, ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';
import { aSwitchingProxy } from '../support/postgres/switching-proxy.ts';

t.setTimeout(240_000);

t.test('not ready while the database is read-only, ready again after', async (t) => {
  const { url, database: owner } = await ownMigratedDatabase(t);
  const database = open(t, url);
  const app = await anApi(t, makeOwnerPorts({ database }).tasks, {
    readiness: { database: () => pingDatabase(database) },
  });
  t.equal((await app.inject('/health/ready')).statusCode, 200);
  const name = new URL(url).pathname.slice(1);
  await sqlOn(owner)(`alter database ${name} set default_transaction_read_only = on`);
  await sqlOn(owner)(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
  );
  const becomes = async (status: number) => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const response = await app.inject('/health/ready');
      if (response.statusCode === status || Date.now() > deadline) return response;
      await wait(100);
    }
  };
  const refused = await becomes(503);
  t.equal(refused.statusCode, 503);
  await sqlOn(owner)(`alter database ${name} set default_transaction_read_only = off`);
  t.equal((await becomes(200)).statusCode, 200);
});

t.test('a thousand probes at once ask the database once', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const database = open(t, url);
  let asked = 0;
  const app = await anApi(t, makeOwnerPorts({ database }).tasks, {
    readiness: {
      database: () => {
        asked += 1;
        return pingDatabase(database);
      },
    },
  });
  const responses = await Promise.all(Array.from({ length: 1_000 }, () => app.inject('/health/ready')));
  t.same([...new Set(responses.map(({ statusCode }) => statusCode))], [200]);
  t.equal(asked, 1);
});

t.test('no probe strands a connection when every packet is lost', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const proxy = await aSwitchingProxy(t, url);
  const database = open(t, proxy.url, { ...poolSettings, size: 2, maxOverflow: 2 });
  const app = await anApi(t, makeOwnerPorts({ database }).tasks, {
    readiness: { database: () => pingDatabase(database) },
  });
  t.equal((await app.inject('/health/ready')).statusCode, 200);
  await wait(1_100);
  proxy.blackHole();
  // New connections work, as on the server that took over.
  const start = performance.now();
  let statusCode = 0;
  for (let n = 0; n < 20 && statusCode !== 200; n += 1) {
    ({ statusCode } = await app.inject('/health/ready'));
    if (statusCode !== 200) await wait(300);
  }
  t.equal(statusCode, 200);
  t.comment(`ready ${Math.round(performance.now() - start)} ms after packets were lost`);
  const pool = await database.orm.em.getConnection().getNativeClient();
  t.equal(pool.idleCount, pool.totalCount, 'every connection was given back');
});

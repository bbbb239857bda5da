import { setTimeout as wait } from 'node:timers/promises';
import { inTransaction, makeIdempotencyStore, makeUserDirectory, verifyIsolation } from '@taskward/adapters-postgres';
import t from 'tap';
import { anInstant, aUser } from '../support/builders.ts';
import { open, ownMigratedDatabase, poolSettings } from '../support/postgres/database.ts';
import { aPostgresProxy } from '../support/postgres/postgres-proxy.ts';
import { eventually } from '../support/processes/processes.ts';

t.setTimeout(180_000);

// Taskward's own limit is shorter; a machine that does other things besides adds to it.
const patience = 30_000;

for (const prePing of [true, false]) {
  t.test(`a job whose connection is lost at its beginning costs no connection (pre-ping ${prePing})`, async (t) => {
    const { url } = await ownMigratedDatabase(t);
    let cuts = 0;
    const proxy = await aPostgresProxy(t, url, ({ statements }) => {
      if (cuts === 0 || !/^begin/i.test(statements[0] ?? '')) return 'pass';
      cuts -= 1;
      return 'before';
    });
    const settings = { ...poolSettings, size: 1, maxOverflow: 0, prePing };
    const database = open(t, proxy.url, settings);
    const jobs = {
      list: () => makeUserDirectory({ database }).list(undefined, 10),
      erase: () => makeUserDirectory({ database }).erase(aUser()),
      forget: () => makeIdempotencyStore({ database }).purge({ now: anInstant(), lifetime: 1_000, limit: 10 }),
      'prove isolation': () => verifyIsolation(database),
    };
    for (const [name, job] of Object.entries(jobs)) {
      for (let round = 0; round < 3; round += 1) {
        cuts = 1;
        const end = await job().then(
          () => 'done',
          (error) => error.code,
        );
        t.equal(cuts, 0, `${name}: its connection was cut`);
        t.equal(end, prePing ? 'done' : 'database/unavailable', `${name}: what became of it`);
        await t.resolves(async () => void (await job()), `${name}: the next one has a connection`);
      }
    }
  });
}

t.test('a job on a server that froze fails in time, and its connection is not used again', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const proxy = await aPostgresProxy(t, url);
  const database = open(t, proxy.url, { ...poolSettings, size: 1, maxOverflow: 0 });
  const list = () => makeUserDirectory({ database }).list(undefined, 10);
  const jobs = {
    // Before the response to its first statement, in the middle, and at the end.
    list: () => {
      proxy.freeze();
      return list();
    },
    'prove isolation': () => {
      proxy.freeze();
      return verifyIsolation(database);
    },
    'a statement': () =>
      inTransaction(database, 1_000, async (execute) => {
        proxy.freeze();
        return execute('select 1');
      }),
    'the commit': () => inTransaction(database, 1_000, async () => proxy.freeze()),
  };
  for (const [name, job] of Object.entries(jobs)) {
    await list();
    const ending = job().then(
      () => 'done',
      (error) => error.code,
    );
    const end = await Promise.race([ending, wait(patience, 'still waiting', { ref: false })]);
    t.equal(end, 'database/unavailable', name);
    proxy.thaw();
    t.ok(await eventually(() => proxy.open() === 0), `${name}: its connection is closed`);
    await t.resolves(list(), `${name}: the next one has another`);
  }
});

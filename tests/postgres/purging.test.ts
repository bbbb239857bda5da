import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeChangeRetention,
  makeIdempotencyStore,
  makeOwnerPorts,
  makeUserDirectory,
} from '@taskward/adapters-postgres';
import { type Cradle, type PurgeBounds, purgeExpired, purgeInSteps } from '@taskward/api';
import { makeUseCases, storedResponseLifetime, type UseCases } from '@taskward/application';
import { operator, toInstant } from '@taskward/domain';
import t, { type Test } from 'tap';
import { absentPorts } from '../support/absent-ports.ts';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { calendar, keys } from '../support/planning.ts';
import { open, ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';

const now = toInstant('2026-11-20T09:00:00.000Z');

const purgeExpiredKeys = ({ purgeIdempotencyKeys }: UseCases, bounds: PurgeBounds) =>
  purgeInSteps((limit) => purgeIdempotencyKeys(operator, { limit }), bounds);

/** A database with so many stored responses that are too old, and a few that are not; and processes that forget. */
const anOldDatabase = async (t: Test, old: number) => {
  const { url, database } = await ownMigratedDatabase(t);
  const sql = sqlOn(database);
  for (const [count, age] of [
    [old, storedResponseLifetime],
    [10, storedResponseLifetime - 1],
  ]) {
    const at = new Date(Date.parse(now) - (age as number)).toISOString();
    await sql(
      `insert into taskward.idempotency_keys (user_id, key, fingerprint, response, created_at)
       select 'user ' || n % 7, ? || n, 'f', 'a', ?::timestamptz from generate_series(1, ?::int) n`,
      [`${age} `, at, count],
    );
    await sql(
      `insert into taskward.idempotency_usage select ? || n, ?::timestamptz, 1, 1, 1, 1 from generate_series(1, 5) n`,
      [`${age} `, at],
    );
  }
  const aProcess = () => {
    const own = open(t, url, { ...poolSettings, size: 2, maxOverflow: 0 });
    const stores = {
      ...absentPorts,
      ...makeOwnerPorts({ database: own }),
      idempotency: makeIdempotencyStore({ database: own }),
      changeRetention: makeChangeRetention({ database: own }),
    };
    return makeUseCases({ ...stores, calendar, keys, clock: { now: () => now } });
  };
  const left = async (table: string) =>
    (await sql<{ n: number }>(`select count(*)::int as n from taskward.${table}`))[0]?.n;
  return { url, database, sql, aProcess, left };
};

t.test('one run forgets all that is too old, however much there is', async (t) => {
  const { aProcess, left } = await anOldDatabase(t, 12_345);
  const bounds = { atOnce: 1_000, milliseconds: 60_000 };
  t.equal(await purgeExpiredKeys(aProcess(), bounds), 12_345);
  t.same([await left('idempotency_keys'), await left('idempotency_usage')], [10, 5], 'what is not, stays');
  t.equal(await purgeExpiredKeys(aProcess(), bounds), 0);
});

t.test('a run ends when its time is up, after the statement that it is at', async (t) => {
  const { aProcess } = await anOldDatabase(t, 300);
  t.equal(await purgeExpiredKeys(aProcess(), { atOnce: 100, milliseconds: 0 }), 100);
});

t.test('several processes share what there is to forget', async (t) => {
  const { aProcess, left } = await anOldDatabase(t, 6_000);
  const processes = Array.from({ length: 4 }, aProcess);
  const purged = await Promise.all(
    processes.map((one) => purgeExpiredKeys(one, { atOnce: 100, milliseconds: 60_000 })),
  );
  t.comment(`forgotten by each: ${purged.join(', ')}`);
  t.equal(
    purged.reduce((sum, one) => sum + one, 0),
    6_000,
    'each by one of them',
  );
  t.equal(await left('idempotency_keys'), 10);
});

t.test('what another process is forgetting is not waited for', async (t) => {
  const { database, aProcess } = await anOldDatabase(t, 500);
  const elsewhere = await database.orm.em.fork().transactional(async (em) => {
    await em.execute(
      `select from taskward.idempotency_keys where key like '${storedResponseLifetime} %' limit 200 for update`,
    );
    return purgeExpiredKeys(aProcess(), { atOnce: 500, milliseconds: 1_000 });
  });
  t.equal(elsewhere, 300);
});

t.test(
  'old changes are removed in steps, by several processes; a failure of one purge does not stop the other',
  async (t) => {
    const { url, aProcess, left, sql } = await anOldDatabase(t, 1_500);
    const { tasks } = makeOwnerPorts({ database: open(t, url) });
    const day = 86_400_000;
    const at = (age: number) => ({ at: toInstant(new Date(Date.parse(now) - age).toISOString()) });
    // So many users that a step does not see all of them.
    const owners = Array.from({ length: 120 }, aUser);
    for (const owner of owners) {
      await tasks.add(aDraft(owner), at(30 * day));
      await tasks.add(aDraft(owner), at(30 * day - 1));
    }
    const warnings: string[] = [];
    const log = { warn: (_details: object, message: string) => warnings.push(message) } as unknown as Cradle['log'];
    const config = { changesRetentionDays: 30 };
    const bounds = { atOnce: 1_000, milliseconds: 60_000 };
    const runs = await Promise.all(
      [aProcess(), aProcess()].map((useCases) => purgeExpired({ useCases, config, log }, bounds)),
    );
    const sum = (what: string) => runs.reduce((all, run) => all + (run[what] ?? 0), 0);
    t.strictSame([sum('changes'), await left('changes')], [120, 120]);
    t.strictSame([sum('stored responses'), await left('idempotency_keys')], [1_500, 10]);
    t.strictSame(await sql('select distinct oldest_revision::int as n from taskward.users'), [{ n: 1 }]);
    t.strictSame(warnings, []);

    const useCases = { ...aProcess(), purgeIdempotencyKeys: () => Promise.reject(new Error('no')) };
    t.same(await purgeExpired({ useCases, config: { changesRetentionDays: 29 }, log }, bounds), {
      'stored responses': 0,
      changes: 120,
    });
    t.strictSame(warnings, ['Old stored responses could not be removed now; tried again in a minute.']);
  },
);

t.test('who removes old changes and who empties the trash wait for each other in one order', async (t) => {
  const { url, database, aProcess } = await anOldDatabase(t, 0);
  const { tasks } = makeOwnerPorts({ database: open(t, url) });
  const owner = aUser();
  const at = toInstant('2026-01-01T00:00:00.000Z');
  await tasks.add(aDraft(owner), { at });
  await tasks.remove(owner, 1, { at });
  let purging: Promise<number> | undefined;
  await database.orm.em.fork().transactional(async (em) => {
    await em.execute('update taskward.users set revision = revision + 1 where id = ?', [owner]);
    purging = aProcess().purgeChanges(operator, { days: 30, limit: 10 });
    await sleep(500);
    await em.execute('update taskward.changes set before = null where user_id = ?', [owner]);
  });
  t.equal(await purging, 2);
});

t.test('erasing somebody with many tasks keeps nobody else waiting', async (t) => {
  const { url, database, sql } = await anOldDatabase(t, 0);
  const { tasks } = makeOwnerPorts({ database });
  const [large, other] = [aUser(), aUser()];
  await tasks.add(aDraft(other), anOrigin());
  await sql('insert into taskward.users (id, last_task_id, revision, created_at) values (?, 50000, 50000, now())', [
    large,
  ]);
  await sql(
    `insert into taskward.tasks (user_id, id, title, completed, created_at, updated_at, revision)
     select ?, n, 'x', false, now(), now(), n from generate_series(1, 50000) n`,
    [large],
  );
  const job = open(t, url, { ...poolSettings, size: 1, maxOverflow: 0 });
  let isOver = false;
  const erasing = makeUserDirectory({ database: job })
    .erase(large)
    .finally(() => {
      isOver = true;
    });
  const waits: number[] = [];
  do {
    const began = performance.now();
    await tasks.add(aDraft(other), anOrigin());
    await tasks.get(other, 1);
    waits.push(performance.now() - began);
  } while (!isOver);
  t.equal(await erasing, true);
  const worst = Math.round(Math.max(...waits));
  t.ok(worst < 2_000, `the longest of ${waits.length} writes and reads of another user took ${worst} ms`);
  t.match(await tasks.add(aDraft(large), anOrigin()), { id: 1 });
});

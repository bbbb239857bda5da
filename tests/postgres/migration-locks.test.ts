import { setTimeout as wait } from 'node:timers/promises';
import {
  type Database,
  loginRole,
  makeIdempotencyStore,
  makeOwnerPorts,
  makeUserDirectory,
  migrate,
  verifyFitness,
  verifyIsolation,
} from '@taskward/adapters-postgres';
import { readConfig, startServer } from '@taskward/api';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { aCall, adding } from '../support/idempotent-calls.ts';
import { open, ownDatabase, ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';

const last = ['20261128-bound-storage', '20261129-rename-answers', '20261130-guard-erasure'];

/** Takes back what the last migrations did, so that they are to be run once more. */
const takeBack = async (database: Database) => {
  const sql = sqlOn(database);
  const renamed = [
    ['policy idempotency_keys_owner on taskward.idempotency_keys', 'answers_owner'],
    ['policy idempotency_keys_jobs_see on taskward.idempotency_keys', 'answers_jobs_see'],
    ['policy idempotency_keys_jobs_purge on taskward.idempotency_keys', 'answers_jobs_forget'],
    ['table taskward.idempotency_keys rename column response', 'answer'],
    ['table taskward.idempotency_keys rename constraint idempotency_keys_pkey', 'answers_pkey'],
    ['index taskward.idempotency_keys_created_at_idx', 'answers_created_at_idx'],
  ];
  for (const [what, name] of renamed) {
    await sql(`alter ${what} ${what?.includes('rename') ? '' : 'rename '}to ${name}`);
  }
  await sql('drop policy idempotency_keys_jobs_lock on taskward.idempotency_keys');
  await sql('alter table taskward.idempotency_keys drop column packed');
  await sql('alter table taskward.idempotency_keys rename to answers');
  await sql('alter table taskward.users drop column removed_count');
  await sql('drop table taskward.idempotency_usage');
  for (const name of last) await sql('delete from taskward.migrations where name = ?', [name]);
};

t.test('while a migration waits for a table that is in use, requests go on reading it', async (t) => {
  const { url, database } = await ownMigratedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const owner = aUser();
  for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner), anOrigin());
  await takeBack(database);

  // As a job does that erases somebody with very many tasks.
  const job = open(t, url);
  const migrating = open(t, url);
  const role = await loginRole(migrating);
  const notices: string[] = [];
  let isOver = false;
  const waits: number[] = [];
  const reading = async () => {
    for (; !isOver; await wait(20)) {
      const began = performance.now();
      await tasks.list(owner, aQuery());
      waits.push(performance.now() - began);
    }
  };
  const { migration, readers } = await job.orm.em.fork().transactional(async (em) => {
    await em.execute('lock table taskward.users in row exclusive mode');
    await em.execute('lock table taskward.tasks in row exclusive mode');
    const underWay = migrate(migrating, role, (line) => notices.push(line));
    underWay.catch(() => {});
    const readers = Promise.all([reading(), reading(), reading()]);
    readers.catch(() => {});
    // What there was before it gave up meanwhile never says anything: it waits until the end.
    const end = performance.now() + 15_000;
    while (notices.length < 2 && performance.now() < end) await wait(20);
    return { migration: { underWay }, readers: { underWay: readers } };
  });
  t.same(await migration.underWay, last, 'then it is done');
  isOver = true;
  await t.resolves(async () => void (await readers.underWay), 'no read was refused');
  t.ok(notices.length >= 2 && /in use by another transaction/.test(notices[0] ?? ''), 'it says that it waits');
  const worst = Math.round(Math.max(...waits));
  t.ok(worst < 4_500, `the longest of ${waits.length} reads took ${worst} ms`);
  t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 4 });
});

t.test('one connection is enough to migrate, to prove isolation, and to serve', async (t) => {
  const url = await ownDatabase(t);
  const database = open(t, url, { ...poolSettings, size: 1, maxOverflow: 0 });
  const done = await migrate(database, await loginRole(database));
  t.same(
    done.filter((name) => last.includes(name)),
    last,
  );
  t.same(await migrate(database, await loginRole(database)), []);
  await t.resolves(async () => void (await verifyFitness(database)));
  await t.resolves(verifyIsolation(database));
  const { tasks } = makeOwnerPorts({ database });
  const idempotency = makeIdempotencyStore({ database });
  const owner = aUser();
  await Promise.all(Array.from({ length: 5 }, () => tasks.add(aDraft(owner), anOrigin())));
  t.match(await idempotency.runIdempotently(aCall(owner), adding(owner)), { response: 'task 6' });
  t.equal((await tasks.list(owner, aQuery({ count: true, search: 'milk' }))).total, 6);
  t.equal(await makeUserDirectory({ database }).erase(owner), true);
});

t.test('a server with a pool of one starts on an empty database', async (t) => {
  const env = { DB_POOL_SIZE: '1', DB_MAX_OVERFLOW: '0', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent' };
  for (const privileged of [false, true]) {
    const url = await ownDatabase(t);
    const config = readConfig({ ...env, DATABASE_URL: url, ...(privileged && { MIGRATION_DATABASE_URL: url }) });
    const server = await startServer(config, () => {});
    t.teardown(() => server.stop());
    const ready = await fetch(`${server.url}/health/ready`);
    t.equal(ready.status, 200, await ready.text());
  }
});

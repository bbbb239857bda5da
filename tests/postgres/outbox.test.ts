import { jobsRole, makeOwnerPorts, makeWebhookStore, requestRole } from '@taskward/adapters-postgres';
import { taskEventTypes } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser } from '../support/builders.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { ownDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';
import { aWebhookDatabase } from '../support/postgres/webhook-database.ts';

type Adapter = typeof import('@taskward/adapters-postgres');

const draft = { url: 'https://app.example/events', events: taskEventTypes };
const row = `insert into taskward.outbox (user_id, revision, task_id, kind, at, task)
  values (?, 1, 1, 'created', now(), '{}')`;

/** Runs a statement in a role, for a user. */
const as = (
  { orm }: Parameters<typeof sqlOn>[0],
  role: string,
  user: string,
  text: string,
  parameters: unknown[] = [],
): Promise<unknown[]> =>
  orm.em.fork().transactional(async (em) => {
    await em.execute(`select set_config('role', ?, true), set_config('taskward.user_id', ?, true)`, [role, user]);
    return em.execute(text, parameters) as Promise<unknown[]>;
  });

t.test('without an endpoint a write does nothing for events', async (t) => {
  const { tasks, webhooks, sql } = await aWebhookDatabase(t);
  const triggers = () => sql(`select tgname from pg_trigger where tgrelid = 'taskward.changes'::regclass`);
  t.same(await triggers(), []);
  const endpoint = await webhooks.add(draft, anInstant());
  t.same(await triggers(), [{ tgname: 'changes_outbox' }]);
  await webhooks.remove(endpoint?.id ?? '');
  t.same(await triggers(), []);
  await tasks.add(aDraft(aUser()), anOrigin());
  t.same(await sql('select id from taskward.outbox'), []);
});

t.test('an event is stored with its change, or neither is', async (t) => {
  const { tasks, webhooks, sql } = await aWebhookDatabase(t);
  await webhooks.add(draft, anInstant());
  await sql('alter table taskward.outbox add constraint no_more check (revision < 2)');
  const owner = aUser();
  await tasks.add(aDraft(owner), anOrigin());
  await t.rejects(tasks.add(aDraft(owner), anOrigin()));
  t.equal(await tasks.revision(owner), 1);
  t.same(await sql('select revision::integer from taskward.changes'), [{ revision: 1 }]);
  t.same(await sql('select revision::integer from taskward.outbox'), [{ revision: 1 }]);
});

t.test('endpoints that come and go at once leave the outbox as the last of them needs it', async (t) => {
  const { webhooks, sql } = await aWebhookDatabase(t);
  for (let round = 0; round < 5; round += 1) {
    const old = await webhooks.add({ ...draft, url: `https://old-${round}.example` }, anInstant());
    const [added] = await Promise.all([
      webhooks.add({ ...draft, url: `https://new-${round}.example` }, anInstant()),
      webhooks.remove(old?.id ?? ''),
    ]);
    t.equal((await sql(`select 1 from pg_trigger where tgname = 'changes_outbox'`)).length, 1);
    await webhooks.remove(added?.id ?? '');
  }
});

t.test('a request adds events of its own user only, and reads nothing of webhooks', async (t) => {
  const { database } = await aWebhookDatabase(t);
  await t.resolves(as(database, requestRole, 'ann', row, ['ann']));
  await t.rejects(as(database, requestRole, 'ann', row, ['bob']), /row-level security/);
  await t.rejects(as(database, requestRole, '', row, ['']), /row-level security|violates/);
  for (const table of ['outbox', 'webhook_endpoints', 'webhook_deliveries']) {
    await t.rejects(as(database, requestRole, 'ann', `select * from taskward.${table}`), /permission denied/);
    await t.rejects(as(database, requestRole, 'ann', `delete from taskward.${table}`), /permission denied/);
  }
  await t.rejects(as(database, requestRole, 'ann', 'select taskward.switch_outbox(true)'), /permission denied/);
});

t.test('a job that names a user removes events of that user only', async (t) => {
  const { database, sql } = await aWebhookDatabase(t);
  for (const user of ['ann', 'bob']) await as(database, requestRole, user, row, [user]);
  await as(database, jobsRole, 'ann', 'delete from taskward.outbox');
  t.same(await sql('select user_id from taskward.outbox'), [{ user_id: 'bob' }]);
});

/** A database whose migration has deliberate faults. */
const aFaultyDatabase = async (t: Test, mutations: readonly Mutation[]) => {
  const adapter = await importMutated<Adapter>('@taskward/adapters-postgres', mutations);
  const database = adapter.openDatabase(await ownDatabase(t), poolSettings);
  t.teardown(() => adapter.closeDatabase(database));
  await adapter.migrate(database, await adapter.loginRole(database));
  return { database, adapter };
};

t.test('planted faults in the row security of webhooks are noticed', async (t) => {
  const open = await aFaultyDatabase(t, [
    { file: 'keep-events.ts', from: /with check \(user_id = [^)]+\)/g, to: 'with check (true)' },
    { file: 'keep-events.ts', from: /using \(user_id = coalesce\([^)]+\)\)/g, to: 'using (true)' },
  ]);
  await t.resolves(as(open.database, requestRole, 'ann', row, ['bob']), 'for another user');
  await as(open.database, jobsRole, 'ann', 'delete from taskward.outbox');
  t.same(await sqlOn(open.database)('select user_id from taskward.outbox'), [], 'of another user');
  const unforced = await aFaultyDatabase(t, [
    { file: 'keep-events.ts', from: / force row level security/g, to: ' no force row level security' },
  ]);
  await t.rejects(unforced.adapter.verifyIsolation(unforced.database), {
    name: 'UnsafeDatabaseError',
    message:
      /taskward\.outbox is open[\s\S]*taskward\.webhook_deliveries is open[\s\S]*taskward\.webhook_endpoints is open/,
  });
});

t.test('the tables are another’s, and the serving role needs nothing but the role of jobs', async (t) => {
  const { url, sql } = await aWebhookDatabase(t);
  const login = new URL(url);
  login.username = `server_${login.pathname.slice(1, 20)}`;
  login.password = 'server';
  await sql(`create role ${login.username} login password 'server' noinherit`);
  t.teardown(() => sql(`drop role ${login.username}`));
  await sql(`grant ${requestRole}, ${jobsRole} to ${login.username}`);
  const { openDatabase, closeDatabase } = await import('@taskward/adapters-postgres');
  const database = openDatabase(login.href, poolSettings);
  t.teardown(() => closeDatabase(database));
  const webhooks = makeWebhookStore({ database });
  const endpoint = await webhooks.add(draft, anInstant());
  await makeOwnerPorts({ database }).tasks.add(aDraft(aUser()), anOrigin());
  t.equal(await webhooks.dispatch(10, anInstant(), () => []), 1);
  t.equal(await webhooks.remove(endpoint?.id ?? ''), true);
});

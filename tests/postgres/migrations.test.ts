import { randomUUID } from 'node:crypto';
import { loginRole, makeOwnerPorts, migrate, verifyIsolation } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { importMutated } from '../support/mutation.ts';
import { open, ownDatabase, poolSettings, sqlOn, testServerUrl } from '../support/postgres/database.ts';

type Adapter = typeof import('@taskward/adapters-postgres');

// Roles are the whole server's, and other tests use the real one: these take one of their own.
const withOwnRole = async () => {
  const own = randomUUID().slice(0, 8);
  const roles = [`taskward_api_${own}`, `taskward_jobs_${own}`];
  const files = [
    'names',
    'create-tasks',
    'keep-answers',
    'remember-imports',
    'check-by-type',
    'log-changes',
    'plan-tasks',
  ];
  const mutations = files.map((file) => ({
    file: `${file}.ts`,
    from: /taskward_(api|jobs)/g,
    to: `taskward_$1_${own}`,
  }));
  return { roles, adapter: await importMutated<Adapter>('@taskward/adapters-postgres', mutations) };
};

const superuser = async (t: Test) => {
  const server = open(t, await testServerUrl(t));
  return sqlOn(server);
};

/** A database owned by an ordinary role, and the URL to log in as it. */
const ownedDatabase = async (t: Test, attributes: string) => {
  const url = new URL(await ownDatabase(t));
  const name = url.pathname.slice(1);
  const login = `owner_${randomUUID().slice(0, 8)}`;
  const run = await superuser(t);
  await run(`create role ${login} login password 'owner' ${attributes}`);
  await run(`alter database ${name} owner to ${login}`);
  url.username = login;
  url.password = 'owner';
  return { url: url.href, login, run, name };
};

t.test('migrating twice does nothing the second time', async (t) => {
  const database = open(t, await ownDatabase(t));
  const role = await loginRole(database);
  t.same(await migrate(database, role), [
    '20261121-create-tasks',
    '20261122-keep-answers',
    '20261123-remember-imports',
    '20261124-lighten-writes',
    '20261125-check-by-type',
    '20261127-index-search',
    '20261128-bound-storage',
    '20261129-rename-answers',
    '20261130-guard-erasure',
    '20261201-log-changes',
    '20261202-keep-events',
    '20261203-plan-tasks',
    '20261204-keep-metadata',
  ]);
  t.same(await migrate(database, role), []);
});

t.test('several instances that start at once on an empty database are safe', async (t) => {
  const { adapter } = await withOwnRole();
  const url = await ownDatabase(t);
  const instances = Array.from({ length: 6 }, () => adapter.openDatabase(url, poolSettings));
  t.teardown(() => Promise.all(instances.map(adapter.closeDatabase)));
  const done = await Promise.all(
    instances.map(async (database) => adapter.migrate(database, await adapter.loginRole(database))),
  );
  t.equal(done.filter((names) => names.length > 0).length, 1, 'one of them did the work');
  for (const database of instances) await t.resolves(adapter.verifyIsolation(database));
});

t.test('a database owner who may create roles needs nothing else', async (t) => {
  const { adapter } = await withOwnRole();
  const { url } = await ownedDatabase(t, 'createrole');
  const database = adapter.openDatabase(url, poolSettings);
  t.teardown(() => adapter.closeDatabase(database));
  await adapter.migrate(database, await adapter.loginRole(database));
  await t.resolves(adapter.verifyIsolation(database));
  const { tasks } = adapter.makeOwnerPorts({ database });
  const owner = aUser();
  t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 1 });
  t.match(await tasks.get(owner, 1), { id: 1 });
});

t.test('an owner who may not create roles is told what to run, and can go on once that was run', async (t) => {
  const { adapter, roles } = await withOwnRole();
  const { url, login, run } = await ownedDatabase(t, 'nocreaterole');
  const database = adapter.openDatabase(url, poolSettings);
  t.teardown(() => adapter.closeDatabase(database));
  const remedy = roles.flatMap((role) => [`create role ${role} nologin;`, `grant ${role} to "${login}";`]);
  await t.rejects(adapter.migrate(database, login), { name: 'MigrationError', message: remedy.join('\n  ') });
  for (const statement of remedy) await run(statement);
  await adapter.migrate(database, login);
  await t.resolves(adapter.verifyIsolation(database));
  t.match(await adapter.makeOwnerPorts({ database }).tasks.add(aDraft(aUser()), anOrigin()), { id: 1 });
});

t.test('with MIGRATION_DATABASE_URL the serving role may be one that owns nothing', async (t) => {
  const url = await ownDatabase(t);
  const privileged = open(t, url);
  const login = `server_${randomUUID().slice(0, 8)}`;
  await privileged.orm.em.getConnection().execute(`create role ${login} login password 'server'`);
  const serving = new URL(url);
  serving.username = login;
  serving.password = 'server';
  const database = open(t, serving.href);
  await migrate(privileged, await loginRole(database));
  await t.resolves(verifyIsolation(database));
  const owner = aUser();
  t.match(await makeOwnerPorts({ database }).tasks.add(aDraft(owner), anOrigin()), { id: 1 });
  await t.rejects(
    database.orm.em.getConnection().execute('select * from taskward.tasks'),
    /permission denied/,
    'as itself it may do nothing',
  );
});

t.test('texts that an older version wrote are folded, and are found before and after', async (t) => {
  const database = open(t, await ownDatabase(t));
  const sql = sqlOn(database);
  const role = await loginRole(database);
  await migrate(database, role);
  await sql(`alter table taskward.tasks drop column title_folded cascade, drop column description_folded cascade`);
  await sql('drop function taskward.forget_folded_title, taskward.forget_folded_description');
  await sql(`delete from taskward.migrations where name = '20261127-index-search'`);
  const owner = aUser();
  await sql('insert into taskward.users (id, last_task_id, revision, created_at) values (?, 1200, 1200, now())', [
    owner,
  ]);
  await sql(
    `insert into taskward.tasks (user_id, id, title, description, completed, created_at, updated_at, revision)
     select ?, n, case when n % 2 = 0 then 'CAFÉ ' || n else 'plain ' || n end, null, false, now(), now(), n
     from generate_series(1, 1200) n`,
    [owner],
  );
  t.same(await migrate(database, role), ['20261127-index-search']);
  const counts = () =>
    sql(`select count(*) filter (where title_folded like 'café %')::int as folded,
      count(*) filter (where title_folded is null)::int as plain from taskward.tasks`);
  t.same(await counts(), [{ folded: 600, plain: 600 }]);
  const found = async () =>
    (await makeOwnerPorts({ database }).tasks.list(owner, aQuery({ search: 'CAFE\u0301', count: true, limit: 1 })))
      .total;
  t.equal(await found(), 600);
  await sql('update taskward.tasks set title_folded = null');
  t.equal(await found(), 600, 'not folded, more slowly');
});

import {
  closeDatabase,
  jobsRole,
  openDatabase,
  requestRole,
  UnsafeDatabaseError,
  verifyIsolation,
} from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { ownMigratedDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';

const migratedDatabase = async (t: Test) => {
  const { database } = await ownMigratedDatabase(t);
  return { database, sql: sqlOn(database) };
};

t.test('the catalog says what the entities say', async (t) => {
  const { database, sql } = await migratedDatabase(t);

  t.same(
    await sql(`select relname, relrowsecurity, relforcerowsecurity from pg_class
      where relnamespace = 'taskward'::regnamespace and relkind = 'r' and relname <> 'migrations' order by 1`),
    [
      { relname: 'changes', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'idempotency_keys', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'idempotency_usage', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'imports', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'outbox', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'tasks', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'users', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'webhook_deliveries', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'webhook_endpoints', relrowsecurity: true, relforcerowsecurity: true },
    ],
  );

  const policies = await sql<{ name: string; qual: string; with_check: string | null }>(
    `select concat_ws(' ', tablename, policyname, roles::text, cmd, permissive) as name, qual, with_check
     from pg_policies where schemaname = 'taskward' order by 1`,
  );
  const own = (column: string) => `(${column} = NULLIF(current_setting('taskward.user_id'::text, true), ''::text))`;
  const both = (qual: string) => ({ qual, with_check: qual });
  const seen = { qual: 'true', with_check: null };
  const purged = {
    qual: "((user_id)::text = COALESCE(NULLIF(current_setting('taskward.user_id'::text, true), ''::text), (user_id)::text))",
    with_check: null,
  };
  const locked = { qual: 'true', with_check: 'false' };
  const ofNamed = (column: string) => ({ qual: own(column), with_check: null });
  t.same(policies, [
    { name: 'changes changes_jobs_purge {taskward_jobs} DELETE PERMISSIVE', ...ofNamed('(user_id)::text') },
    { name: 'changes changes_jobs_see {taskward_jobs} SELECT PERMISSIVE', ...purged },
    { name: 'changes changes_owner {taskward_api} ALL PERMISSIVE', ...both(own('(user_id)::text')) },
    { name: 'idempotency_keys idempotency_keys_jobs_lock {taskward_jobs} UPDATE PERMISSIVE', ...locked },
    { name: 'idempotency_keys idempotency_keys_jobs_purge {taskward_jobs} DELETE PERMISSIVE', ...purged },
    { name: 'idempotency_keys idempotency_keys_jobs_see {taskward_jobs} SELECT PERMISSIVE', ...seen },
    { name: 'idempotency_keys idempotency_keys_owner {taskward_api} ALL PERMISSIVE', ...both(own('(user_id)::text')) },
    { name: 'idempotency_usage idempotency_usage_jobs_lock {taskward_jobs} UPDATE PERMISSIVE', ...locked },
    { name: 'idempotency_usage idempotency_usage_jobs_purge {taskward_jobs} DELETE PERMISSIVE', ...purged },
    { name: 'idempotency_usage idempotency_usage_jobs_see {taskward_jobs} SELECT PERMISSIVE', ...seen },
    {
      name: 'idempotency_usage idempotency_usage_owner {taskward_api} ALL PERMISSIVE',
      ...both(own('(user_id)::text')),
    },
    { name: 'imports imports_owner {taskward_api} ALL PERMISSIVE', ...both(own('user_id')) },
    { name: 'outbox outbox_jobs_purge {taskward_jobs} DELETE PERMISSIVE', ...purged },
    { name: 'outbox outbox_jobs_route {taskward_jobs} UPDATE PERMISSIVE', ...both('true') },
    { name: 'outbox outbox_jobs_see {taskward_jobs} SELECT PERMISSIVE', ...seen },
    {
      name: 'outbox outbox_owner {taskward_api} INSERT PERMISSIVE',
      qual: null,
      with_check: own('(user_id)::text'),
    },
    {
      name: 'tasks tasks_jobs_remind {taskward_jobs} SELECT PERMISSIVE',
      qual: '(remind_at IS NOT NULL)',
      with_check: null,
    },
    { name: 'tasks tasks_owner {taskward_api} ALL PERMISSIVE', ...both(own('user_id')) },
    { name: 'users users_jobs {taskward_jobs} SELECT PERMISSIVE', ...seen },
    { name: 'users users_jobs_bound {taskward_jobs} UPDATE PERMISSIVE', ...both(own('(id)::text')) },
    { name: 'users users_jobs_erase {taskward_jobs} DELETE PERMISSIVE', ...ofNamed('(id)::text') },
    { name: 'users users_owner {taskward_api} ALL PERMISSIVE', ...both(own('(id)::text')) },
    {
      name: 'webhook_deliveries webhook_deliveries_jobs {taskward_jobs} ALL PERMISSIVE',
      ...both('true'),
    },
    { name: 'webhook_endpoints webhook_endpoints_jobs {taskward_jobs} ALL PERMISSIVE', ...both('true') },
  ]);

  const entities = [...database.orm.getMetadata().getAll().values()].filter(({ tableName }) => tableName !== undefined);
  const tables = entities.map(({ tableName }) => tableName).sort();
  t.same(tables, [...new Set(policies.map(({ name }) => name.split(' ')[0]))], 'there is an entity for each table');
  for (const meta of entities) {
    t.equal(meta.rowLevelSecurity, 'force', `${meta.className}: a misspelt key would have been ignored`);
    t.same(
      meta.policies.map((policy) => policy.name).sort(),
      policies
        .map((policy) => policy.name.split(' '))
        .filter(([table]) => table === meta.tableName)
        .map(([, policy]) => policy),
    );
    for (const { name, command = 'all', roles = [], using, check } of meta.policies) {
      const table = `taskward.${meta.tableName}`;
      const withCheck = check === undefined ? '' : `with check (${check})`;
      const withUsing = using === undefined ? '' : `using (${using})`;
      await sql(`create policy entity on ${table} for ${command} to ${roles} ${withUsing} ${withCheck}`);
      const [ofEntity, ofCatalog] = await sql(
        `select roles::text, cmd, permissive, qual, with_check from pg_policies
          where tablename = ? and policyname in ('entity', ?) order by policyname <> 'entity'`,
        [meta.tableName, name],
      );
      t.same(ofEntity, ofCatalog, `${name}: the same expressions`);
      await sql(`drop policy entity on ${table}`);
    }
  }
});

t.test('a job can erase the user whom it names, with all that is theirs, and no other', async (t) => {
  const { database, sql } = await migratedDatabase(t);
  for (const user of ['ann', 'bob']) {
    await sql(`insert into taskward.users (id, last_task_id, revision, created_at) values (?, 1, 1, now())`, [user]);
    await sql(`insert into taskward.tasks values (?, 1, 'Mine', null, false, now(), now(), 1)`, [user]);
    await sql(`insert into taskward.imports values (?, 'x-1', 1)`, [user]);
  }
  const as = (role: string, user: string | undefined, text: string): Promise<unknown[]> =>
    database.orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('role', ?, true)`, [role]);
      if (user !== undefined) await em.execute(`select set_config('taskward.user_id', ?, true)`, [user]);
      return em.execute(text) as Promise<unknown[]>;
    });
  const left = async () => (await sql<{ id: string }>('select id from taskward.users order by 1')).map(({ id }) => id);

  await as(jobsRole, undefined, 'delete from taskward.users');
  await as(jobsRole, 'ann', `delete from taskward.users where id = 'bob'`);
  t.same(await left(), ['ann', 'bob'], 'nobody was named, or another');
  for (const table of ['tasks', 'imports']) {
    await t.rejects(as(jobsRole, 'ann', `delete from taskward.${table}`), /permission denied/);
    await t.rejects(as(jobsRole, 'ann', `select * from taskward.${table}`), /permission denied/);
  }
  await t.rejects(as(requestRole, 'ann', 'delete from taskward.users'), /permission denied/);
  await t.rejects(as(requestRole, 'ann', 'delete from taskward.imports'), /permission denied/);
  t.same(await as(requestRole, 'ann', 'select user_id from taskward.imports'), [{ user_id: 'ann' }]);

  await as(jobsRole, 'ann', 'delete from taskward.users');
  t.same(await left(), ['bob'], 'a condition that was forgotten does not erase everybody');
  t.same(await sql('select user_id from taskward.tasks'), [{ user_id: 'bob' }]);
  t.same(await sql('select user_id from taskward.imports'), [{ user_id: 'bob' }]);
});

t.test('jobs see which tasks are to remind, and nothing else of them', async (t) => {
  const { database, sql } = await migratedDatabase(t);
  await sql(`insert into taskward.users (id, last_task_id, revision, created_at) values ('ann', 2, 2, now())`);
  for (const id of [1, 2])
    await sql(`insert into taskward.tasks values ('ann', ?, 'Mine', null, false, now(), now(), 1)`, [id]);
  await sql(`update taskward.tasks set remind_at = array[timestamptz '2026-12-01T09:00:00Z'] where id = 2`);
  const asJob = (text: string): Promise<unknown[]> =>
    database.orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('role', ?, true)`, [jobsRole]);
      return em.execute(text) as Promise<unknown[]>;
    });
  const seen = () => asJob('select user_id, id from taskward.tasks');
  t.same(await seen(), [{ user_id: 'ann', id: 2 }], 'not even that there is another');
  for (const column of ['*', 'title', 'completed', 'due_date', 'due_at', 'reminders', 'revision', 'created_at'])
    await t.rejects(asJob(`select ${column} from taskward.tasks`), /permission denied/, column);
  for (const write of ['update taskward.tasks set remind_at = null', 'delete from taskward.tasks'])
    await t.rejects(asJob(write), /permission denied/, write);

  await sql('alter policy tasks_jobs_remind on taskward.tasks using (true)');
  t.equal((await seen()).length, 2, 'a policy that admits all is found out');
});

t.test('without a user set no row is seen, and none of another user can be written', async (t) => {
  const { database, sql } = await migratedDatabase(t);
  await sql(
    `insert into taskward.users (id, last_task_id, revision, created_at) values ('ann', 1, 1, now()), ('bob', 0, 0, now())`,
  );
  await sql(`insert into taskward.tasks values ('ann', 1, 'Mine', null, false, now(), now(), 1)`);

  const as = <T>(user: string | undefined, text: string): Promise<T[]> =>
    database.orm.em.fork().transactional(async (em) => {
      await em.execute(`select set_config('role', ?, true)`, [requestRole]);
      if (user !== undefined) await em.execute(`select set_config('taskward.user_id', ?, true)`, [user]);
      return em.execute(text) as Promise<T[]>;
    });

  t.same(await as(undefined, 'select 1 from taskward.tasks union all select 1 from taskward.users'), []);
  t.same(await as('', 'select 1 from taskward.tasks union all select 1 from taskward.users'), []);
  t.same(await as('bob', 'select id from taskward.users'), [{ id: 'bob' }]);
  t.same(await as('bob', 'select 1 from taskward.tasks'), []);
  t.equal((await as('ann', 'select 1 from taskward.tasks')).length, 1);
  await t.rejects(
    as('bob', `insert into taskward.tasks values ('ann', 2, 'Theirs', null, false, now(), now(), 2)`),
    /row-level security/,
  );
  await t.rejects(as('ann', `update taskward.tasks set user_id = 'bob'`), /row-level security/);
  await t.rejects(as('ann', 'delete from taskward.users'), /permission denied/);
  await t.rejects(as('ann', 'truncate taskward.tasks'), /permission denied/);
  await t.rejects(as('ann', 'select * from taskward.migrations'), /permission denied/);

  // On the same connection afterwards the setting is '' and not unset: that, too, is nobody.
  const single = openDatabase(await urlOf(database), { ...poolSettings, size: 1, maxOverflow: 0 });
  t.teardown(() => closeDatabase(single));
  await single.orm.em
    .fork()
    .transactional(async (em) => em.execute(`select set_config('taskward.user_id', 'ann', true)`));
  const rest = await single.orm.em.fork().transactional(async (em) => {
    await em.execute(`select set_config('role', ?, true)`, [requestRole]);
    return em.execute('select 1 from taskward.tasks');
  });
  t.same(rest, []);
});

const urlOf = async (database: { orm: { config: { get(key: 'clientUrl'): string | undefined } } }) =>
  database.orm.config.get('clientUrl') as string;

t.test('a database that would not keep users apart is refused, with what to do', async (t) => {
  const { database, sql } = await migratedDatabase(t);
  await t.resolves(verifyIsolation(database));

  const refusedWhile = async (name: string, [breakIt, mendIt]: [string, string], expected: RegExp) => {
    await sql(breakIt);
    try {
      await t.rejects(verifyIsolation(database), { name: 'UnsafeDatabaseError', message: expected }, name);
    } finally {
      await sql(mendIt);
    }
    await t.resolves(verifyIsolation(database), `${name}: mended`);
  };

  await refusedWhile(
    'row security not forced',
    ['alter table taskward.tasks no force row level security', 'alter table taskward.tasks force row level security'],
    /taskward\.tasks is open: run `alter table taskward\.tasks enable row level security, force row level security`/,
  );
  await refusedWhile(
    'row security off',
    ['alter table taskward.users disable row level security', 'alter table taskward.users enable row level security'],
    /taskward\.users is open/,
  );
  await refusedWhile(
    'a new table without row security that requests can read',
    [
      'create table taskward.notes (id int); grant select on taskward.notes to taskward_api',
      'drop table taskward.notes',
    ],
    /taskward\.notes is open/,
  );
  await refusedWhile(
    'no tables',
    ['alter schema taskward rename to elsewhere', 'alter schema elsewhere rename to taskward'],
    /no tables yet: run `npm run migrate`/,
  );
});

t.test('an unsafe request role is refused', async (t) => {
  // Roles belong to the whole server: the real one must stay as it is for the other tests, so a copy is named instead.
  const { importMutated } = await import('../support/mutation.ts');
  const role = `taskward_unsafe_${process.pid}`;
  const unsafe = await importMutated<typeof import('@taskward/adapters-postgres')>('@taskward/adapters-postgres', [
    { file: 'names.ts', from: "requestRole = 'taskward_api'", to: `requestRole = '${role}'` },
  ]);
  const { database, sql } = await migratedDatabase(t);
  await t.rejects(unsafe.verifyIsolation(database), /is missing: run `npm run migrate`/);

  await sql(
    `create role ${role} nologin; grant usage on schema taskward to ${role}; grant select on all tables in schema taskward to ${role}`,
  );
  t.teardown(() => sql(`alter table taskward.tasks owner to current_user; drop owned by ${role}; drop role ${role}`));
  for (const [change, back, expected] of [
    [`alter role ${role} superuser`, `alter role ${role} nosuperuser`, /is a superuser: run `alter role/],
    [`alter role ${role} bypassrls`, `alter role ${role} nobypassrls`, /bypasses row security: run `alter role/],
    [
      `alter table taskward.tasks owner to ${role}`,
      'alter table taskward.tasks owner to current_user',
      /owns taskward\.tasks/,
    ],
  ] as const) {
    await sql(change);
    await t.rejects(unsafe.verifyIsolation(database), expected);
    await sql(back);
  }

  t.ok(new UnsafeDatabaseError(['One.', 'Two.']).message.includes('  - One.\n  - Two.'), 'all faults are listed');
});

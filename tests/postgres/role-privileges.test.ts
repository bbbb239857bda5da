import { jobsRole, requestRole } from '@taskward/adapters-postgres';
import t from 'tap';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';

t.test('the request role may do what requests need, and nothing else', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const sql = sqlOn(database);
  const privileges = await sql<{ table_name: string; privilege_type: string }>(
    `select table_name, privilege_type from information_schema.role_table_grants where grantee = ? and table_schema = 'taskward' order by 1, 2`,
    [requestRole],
  );
  t.same(
    privileges.map(({ table_name, privilege_type }) => `${table_name} ${privilege_type}`),
    [
      ...['changes INSERT', 'changes SELECT'],
      ...['idempotency_keys DELETE', 'idempotency_keys INSERT', 'idempotency_keys SELECT', 'idempotency_keys UPDATE'],
      ...['idempotency_usage INSERT', 'idempotency_usage SELECT', 'idempotency_usage UPDATE'],
      ...['imports INSERT', 'imports SELECT'],
      ...['tasks DELETE', 'tasks INSERT', 'tasks SELECT', 'tasks UPDATE'],
      ...['users INSERT', 'users SELECT', 'users UPDATE'],
    ],
  );
  const roles = await sql(
    `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb from pg_roles where rolname in (?, ?)`,
    [requestRole, jobsRole],
  );
  const powerless = {
    rolsuper: false,
    rolbypassrls: false,
    rolcanlogin: false,
    rolcreaterole: false,
    rolcreatedb: false,
  };
  t.same(roles, [powerless, powerless]);
});

t.test(
  'the role of jobs sees who there is and how old responses are, and can remove those, and nothing else',
  async (t) => {
    const { database } = await ownMigratedDatabase(t);
    const sql = sqlOn(database);
    const columns = await sql<{ name: string }>(
      `select table_name || '.' || column_name || ' ' || privilege_type as name from information_schema.column_privileges
     where grantee = ? and table_schema = 'taskward' order by 1`,
      [jobsRole],
    );
    t.same(
      columns.map(({ name }) => name),
      [
        ...['changes.at SELECT', 'changes.revision SELECT', 'changes.user_id SELECT'],
        ...[
          'idempotency_keys.created_at SELECT',
          'idempotency_keys.created_at UPDATE',
          'idempotency_keys.key SELECT',
          'idempotency_keys.user_id SELECT',
        ],
        ...['idempotency_usage.since SELECT', 'idempotency_usage.since UPDATE', 'idempotency_usage.user_id SELECT'],
        ...['users.epoch UPDATE', 'users.id SELECT', 'users.oldest_revision SELECT', 'users.oldest_revision UPDATE'],
        'users.revision SELECT',
      ],
    );
    const tables = await sql<{ name: string }>(
      `select table_name || ' ' || privilege_type as name from information_schema.role_table_grants
     where grantee = ? and table_schema = 'taskward' order by 1`,
      [jobsRole],
    );
    t.same(
      tables.map(({ name }) => name),
      ['changes DELETE', 'idempotency_keys DELETE', 'idempotency_usage DELETE', 'users DELETE'],
    );
  },
);

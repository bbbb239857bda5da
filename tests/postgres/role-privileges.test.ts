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
      'outbox INSERT',
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
  'the role of jobs sees who there is, how old responses are, when to remind and what the outbox has, and nothing else',
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
        ...[
          ...['at', 'batch', 'before', 'dispatched'].map((name) => `outbox.${name} SELECT`),
          'outbox.dispatched UPDATE',
          ...['id', 'kind', 'request_id', 'revision', 'task', 'task_id', 'user_id'].map(
            (name) => `outbox.${name} SELECT`,
          ),
        ],
        ...['tasks.id SELECT', 'tasks.remind_at SELECT', 'tasks.user_id SELECT'],
        ...['users.epoch UPDATE', 'users.id SELECT', 'users.oldest_revision SELECT', 'users.oldest_revision UPDATE'],
        'users.revision SELECT',
        ...[
          ...['at INSERT', 'at SELECT', 'at UPDATE', 'attempts SELECT', 'attempts UPDATE', 'endpoint_id INSERT'],
          ...['endpoint_id SELECT', 'error SELECT', 'error UPDATE', 'event_id INSERT', 'event_id SELECT', 'id SELECT'],
          ...['milliseconds SELECT', 'milliseconds UPDATE', 'state SELECT', 'state UPDATE', 'status SELECT'],
          'status UPDATE',
        ].map((privilege) => `webhook_deliveries.${privilege}`),
        ...[
          ...['created_at INSERT', 'created_at SELECT', 'disabled SELECT', 'disabled UPDATE', 'events INSERT'],
          ...['events SELECT', 'gives_up_at SELECT', 'gives_up_at UPDATE', 'id SELECT', 'previous_until SELECT'],
          ...['previous_until UPDATE', 'secret_version SELECT', 'secret_version UPDATE', 'url INSERT', 'url SELECT'],
        ].map((privilege) => `webhook_endpoints.${privilege}`),
      ],
    );
    const tables = await sql<{ name: string }>(
      `select table_name || ' ' || privilege_type as name from information_schema.role_table_grants
     where grantee = ? and table_schema = 'taskward' order by 1`,
      [jobsRole],
    );
    t.same(
      tables.map(({ name }) => name),
      [
        ...['changes DELETE', 'idempotency_keys DELETE', 'idempotency_usage DELETE', 'outbox DELETE', 'outbox SELECT'],
        ...['users DELETE', 'webhook_deliveries DELETE', 'webhook_deliveries SELECT', 'webhook_endpoints DELETE'],
        'webhook_endpoints SELECT',
      ],
    );
  },
);

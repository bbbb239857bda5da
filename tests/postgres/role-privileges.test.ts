import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobsRole, requestRole } from '@taskward/adapters-postgres';
import t from 'tap';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';
import { readText, root } from '../support/repository/workspace.ts';
import { privilegeTable } from './privileges.ts';

const document = 'docs/privileges.md';

t.test('the roles may do what the documentation says, and nothing else', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const sql = sqlOn(database);
  const table = await privilegeTable(sql);
  const text = readText(document);
  const [, documented] = /\n(\| role [\s\S]*?\|)\n\n/.exec(text) ?? [];
  if (process.env.TASKWARD_RENEW_SNAPSHOTS === 'true')
    writeFileSync(
      join(root, document),
      text.replace(documented as string, () => table),
    );
  else
    t.equal(
      table,
      documented,
      'after a change: TASKWARD_RENEW_SNAPSHOTS=true npm test -- tests/postgres/role-privileges.test.ts',
    );

  t.test('and each grant beyond that is seen', async (t) => {
    const planted: [grant: string, line: RegExp][] = [
      [
        `grant update on taskward.changes to ${requestRole}`,
        /`taskward_api` \| table `changes` \| .*UPDATE \(before\); UPDATE \|/,
      ],
      [
        `grant select (title) on taskward.tasks to ${jobsRole}`,
        /`taskward_jobs` \| table `tasks` \| .*SELECT \(.*title.*\)/,
      ],
      [`grant create on schema taskward to ${requestRole}`, /`taskward_api` \| schema `taskward` \| CREATE; USAGE/],
      [
        "create function taskward.planted() returns int language sql as 'select 1'",
        /`PUBLIC` \| function `planted\(\)`/,
      ],
      ['create sequence taskward.s; grant usage on sequence taskward.s to taskward_jobs', /sequence `s` \| USAGE/],
      ['grant select on taskward.users to public', /`PUBLIC` \| table `users` \| SELECT/],
      [`create schema other; create table other.t(); grant select on other.t to ${requestRole}`, /table `t` \| SELECT/],
      [`alter default privileges in schema taskward grant select on tables to ${jobsRole}`, /default of `r` \| SELECT/],
    ];
    for (const [grant, line] of planted) {
      for (const statement of grant.split('; ')) await sql(statement);
      t.match(await privilegeTable(sql), line, grant);
    }
  });
});

t.test(
  'neither role can log in, make roles or go round row security, and neither is a member of another',
  async (t) => {
    const { database } = await ownMigratedDatabase(t);
    const sql = sqlOn(database);
    const roles = await sql(
      `select rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname in (?, ?)`,
      [requestRole, jobsRole],
    );
    const powerless = {
      ...{ rolsuper: false, rolbypassrls: false, rolcanlogin: false },
      ...{ rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    };
    t.same(roles, [powerless, powerless]);
    const memberships = await sql(
      `select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname in (?, ?)`,
      [requestRole, jobsRole],
    );
    t.same(memberships, []);
  },
);

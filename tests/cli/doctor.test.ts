import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t, { type Test } from 'tap';
import { open, ownDatabase, sqlOn } from '../support/postgres/database.ts';
import { aCommandLine, nowhere, type Taskward } from '../support/processes/command-line.ts';

/** What doctor found, by check. */
const examining = async (taskward: Taskward, env: Record<string, string> = {}) => {
  const [{ code, out, err }, text] = await Promise.all([
    taskward(['doctor', '--json'], env),
    taskward(['doctor'], env),
  ]);
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { check: string; ok: boolean; says: string[] }[] };
  return {
    code,
    ok,
    err,
    text: text.out,
    codes: [code, text.code],
    passed: checks.filter((one) => one.ok).map(({ check }) => check),
    wrong: Object.fromEntries(checks.filter((one) => !one.ok).map(({ check, says }) => [check, says.join('\n')])),
  };
};

const aKeySet = async (t: Test, body: string) => {
  const server = createServer((_, response) => response.end(body)).listen(0);
  t.teardown(() => server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/jwks`;
};

const everything = ['configuration', 'connection', 'server', 'migrations', 'roles', 'row security'];

t.test('a database that is as it should be has nothing to mend', async (t) => {
  const url = await ownDatabase(t);
  const taskward = aCommandLine(t, url);
  const early = await examining(taskward);
  t.strictSame(early.codes, [1, 1]);
  t.match(early.wrong.migrations, /^Not run yet: 20261121-create-tasks, .*: run `npm run migrate`\.$/);
  // Roles belong to the whole server, so others may have made them.
  t.match(Object.values(early.wrong).at(-1), /(no tables yet|is missing): run `npm run migrate`/);

  await taskward(['migrate']);
  const JWT_JWKS_URL = await aKeySet(t, '{"keys":[]}');
  const found = await examining(taskward, { JWT_JWKS_URL });
  t.match(found, { codes: [0, 0], ok: true, err: '', passed: [...everything, 'key set'], wrong: {} });
  t.match(found.text, /^ok {5}configuration {2}Fit for development, with DATABASE_URL\.\n/);
  t.match(found.text, /\nok {5}row security {3}Forced on every table/);
  t.notOk(found.text.includes('\u001b'), 'no colours where nobody sees them');
});

t.test('what is wrong is told with how to mend it', async (t) => {
  const url = await ownDatabase(t);
  const taskward = aCommandLine(t, url);
  await taskward(['migrate']);
  const database = open(t, url);
  const sql = sqlOn(database);

  await sql(
    'alter table taskward.tasks no force row level security; alter table taskward.users disable row level security',
  );
  const opened = await examining(taskward);
  t.strictSame([opened.codes, opened.passed], [[1, 1], everything.slice(0, -1)]);
  for (const table of ['tasks', 'users']) {
    const mend = `taskward.${table} is open: run \`alter table taskward.${table} enable row level security, force row level security\`.`;
    t.ok(opened.wrong['row security']?.includes(mend), table);
    t.ok(opened.text.includes(mend), table);
  }
  await sql(
    'alter table taskward.tasks force row level security; alter table taskward.users enable row level security',
  );

  const login = `doctor_${randomUUID().slice(0, 8)}`;
  await sql(`create role ${login} login password 'x'`);
  t.teardown(() => sql(`drop role ${login}`));
  const asLogin = new URL(url);
  asLogin.username = login;
  asLogin.password = 'x';
  const stranger = await examining(aCommandLine(t, asLogin.href), { MIGRATION_DATABASE_URL: url });
  t.match(stranger.wrong, {
    roles: `The role "${login}" may not switch to taskward_api: as a role that may, run \`grant`,
  });
  t.strictSame(stranger.passed, ['configuration', 'connection', 'server', 'migrations']);
  await sql(`delete from taskward.migrations where name like '20261123-%'`);
  t.match((await examining(taskward)).wrong, { migrations: /Not run yet: 20261123-remember-imports/ });
});

t.test('a database that cannot keep every text is told, and nothing is made there', async (t) => {
  const url = await ownDatabase(t, `template template0 encoding 'LATIN1' locale_provider libc locale 'C'`);
  const taskward = aCommandLine(t, url);
  const found = await examining(taskward);
  t.strictSame(
    [found.codes, found.passed],
    [
      [1, 1],
      ['configuration', 'connection'],
    ],
    'what depends on it is left out',
  );
  t.match(found.wrong, { server: /has the encoding LATIN1, .*`createdb --encoding=UTF8 --template=template0 NAME`/ });
  const migrated = await taskward(['migrate']);
  t.match(migrated, { code: 1, out: '', err: /has the encoding LATIN1/ });
});

t.test('what cannot be reached is told by its variable', async (t) => {
  const url = await ownDatabase(t);
  const taskward = aCommandLine(t, url);
  await taskward(['migrate']);
  const env = { JWT_JWKS_URL: 'http://localhost:1999/jwks', REDIS_URL: 'redis://localhost:1' };
  const [outside, noDatabase, noKeys, wrong] = [
    await examining(taskward, env),
    await examining(aCommandLine(t, nowhere)),
    await examining(taskward, { JWT_JWKS_URL: await aKeySet(t, '<html>') }),
    await examining(taskward, { PORT: 'x', DATABASE_URL: 'nonsense' }),
  ];
  t.strictSame([outside.codes, outside.passed], [[1, 1], everything]);
  t.match(outside.wrong, { 'key set': /ECONNREFUSED.* Check JWT_JWKS_URL/, Redis: /ECONNREFUSED.* Check REDIS_URL/ });
  t.match(noDatabase.wrong, { connection: /ECONNREFUSED 127\.0\.0\.1:1\. Check DATABASE_URL, and that the server/ });
  t.strictSame(noDatabase.passed, ['configuration'], 'what depends on it is left out');
  t.match(noKeys.wrong, { 'key set': /Check JWT_JWKS_URL/ });
  t.strictSame([wrong.codes, wrong.passed], [[1, 1], []]);
  t.match(wrong.wrong.configuration, /DATABASE_URL must be a URL such as .*\nPORT must be a whole number/);
  t.notMatch(JSON.stringify([outside, noDatabase]), /hunter2/, 'no password is told');
});

t.test(
  'a login that is refused, and a server that takes no writes, are told apart from one that is away',
  async (t) => {
    const url = await ownDatabase(t);
    await aCommandLine(t, url)(['migrate']);
    const sql = sqlOn(open(t, url));
    const login = `doctor_${randomUUID().slice(0, 8)}`;
    await sql(`create role ${login} login password 'x'`);
    t.teardown(() => sql(`drop role ${login}`));
    const wrong = new URL(url);
    wrong.username = login;
    wrong.password = 'hunter2';
    const rejected = await examining(aCommandLine(t, wrong.href));
    const remedy = new RegExp(
      `password authentication failed.*\\. The server is running and refuses this login: correct the password in DATABASE_URL, or set it on the server with \`.password ${login}\``,
    );
    t.match(rejected.wrong, { connection: remedy });
    t.notMatch(JSON.stringify(rejected), /hunter2/, 'no password is told');

    await sql(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    const standby = await examining(aCommandLine(t, url));
    t.strictSame(
      [standby.codes, standby.passed],
      [
        [1, 1],
        ['configuration', 'connection'],
      ],
    );
    t.match(standby.wrong, {
      server: /^It takes no writes: .*Name the primary in DATABASE_URL, .*`select pg_promote\(\)`/,
    });
  },
);

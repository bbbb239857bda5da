import { loginRole, makeOwnerPorts, migrate, verifyFitness, verifyIsolation } from '@taskward/adapters-postgres';
import { readConfig, startServer } from '@taskward/api';
import t, { type Test } from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { importMutated } from '../support/mutation.ts';
import { open, ownDatabase, poolSettings, sqlOn } from '../support/postgres/database.ts';

const tablesIn = async (t: Test, url: string) => {
  const [row] = await sqlOn(open(t, url))<{ count: number }>(
    `select count(*)::int from pg_class where relnamespace = to_regnamespace('taskward')`,
  );
  return row?.count;
};

const startOn = (databaseUrl: string, more: Record<string, string> = {}) =>
  startServer(
    readConfig({ DATABASE_URL: databaseUrl, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'silent', ...more }),
    () => {},
  );

const production = {
  ENVIRONMENT: 'production',
  BETTER_AUTH_SECRET: 'a secret of production, of 40 bytes or so',
  CORS_ALLOWED_ORIGINS: 'https://app.example',
};

for (const encoding of ['LATIN1', 'SQL_ASCII', 'EUC_JP']) {
  t.test(`a database with the encoding ${encoding} is neither migrated nor served`, async (t) => {
    const url = await ownDatabase(t, `template template0 encoding '${encoding}' locale_provider libc locale 'C'`);
    const name = new URL(url).pathname.slice(1);
    const rejection = {
      name: 'UnfitDatabaseError',
      message: `The database "${name}" has the encoding ${encoding}, in which most characters cannot be stored or searched. Make one with \`createdb --encoding=UTF8 --template=template0 NAME\``,
    };
    const isStartError = (error: Error) => {
      t.equal(error.name, rejection.name);
      t.match(error.message, rejection.message);
    };
    for (const more of [{}, production]) {
      await startOn(url, more).then(() => t.fail('it started'), isStartError);
    }
    const database = open(t, url);
    await migrate(database, await loginRole(database)).then(() => t.fail('it was migrated'), isStartError);
    t.equal(await tablesIn(t, url), 0, 'nothing was made there');
  });
}

t.test('a database without the collation that texts are compared by is refused', async (t) => {
  const url = await ownDatabase(t);
  const database = open(t, url);
  await sqlOn(database)(`update pg_collation set collname = 'gone' where collname = 'und-x-icu'`);
  const refused = { name: 'UnfitDatabaseError', message: /no collation "und-x-icu".*pg_import_system_collations/s };
  await t.rejects(verifyFitness(database), refused);
  await t.rejects(startOn(url), refused);
});

t.test('a server that is too old is refused', async (t) => {
  const future = await importMutated<typeof import('@taskward/adapters-postgres')>('@taskward/adapters-postgres', [
    { file: 'verify-server.ts', from: 'oldestServer = 14', to: 'oldestServer = 99' },
  ]);
  const database = future.openDatabase(await ownDatabase(t), poolSettings);
  t.teardown(() => future.closeDatabase(database));
  await t.rejects(future.verifyFitness(database), /The server is PostgreSQL \d+\.\d+: use 99 or newer\./);
});

t.test('settings of a database that are not the usual ones change nothing', async (t) => {
  const url = await ownDatabase(t);
  const name = new URL(url).pathname.slice(1);
  const sql = sqlOn(open(t, url));
  for (const setting of [
    'standard_conforming_strings = off',
    "search_path = 'nowhere'",
    'client_encoding = LATIN1',
    "bytea_output = 'escape'",
    'default_transaction_isolation = serializable',
    'default_transaction_deferrable = on',
    "intervalstyle = 'sql_standard'",
    "xmloption = 'document'",
  ]) {
    await sql(`alter database ${name} set ${setting}`);
  }
  const database = open(t, url);
  t.match(await verifyFitness(database), { encoding: 'UTF8', icu: true, name });
  await migrate(database, await loginRole(database));
  await t.resolves(verifyIsolation(database));
  const { tasks } = makeOwnerPorts({ database });
  const owner = aUser();
  const content = { title: 'Grüße 👋 \\ \' "', description: '写一封信\\n' };
  const { id } = await tasks.add(aDraft(owner, content), anOrigin());
  t.match(await tasks.get(owner, id), content);
  t.equal((await tasks.list(owner, aQuery({ search: 'GRÜSSE 👋 \\'.replace('SS', 'ß'), count: true }))).total, 1);
});

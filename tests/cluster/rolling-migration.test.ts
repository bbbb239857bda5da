import t, { type Test } from 'tap';
import { importMutated } from '../support/mutation.ts';
import { ownMigratedDatabase, poolSettings } from '../support/postgres/database.ts';
import { anApiProcess } from '../support/processes/processes.ts';
import { startLoad, withoutBusy } from './load.ts';

type Adapter = typeof import('@taskward/adapters-postgres');

t.setTimeout(280_000);

const clients = 8;
const last = "{ name: '20261204-keep-metadata', class: KeepMetadata },";

/** Migrates a database as the next release would, whose last migration runs these statements. */
const migrateFurther = async (url: string, statements: readonly string[]): Promise<readonly string[]> => {
  const up = statements.map((sql) => `this.addSql(${JSON.stringify(sql)});`).join(' ');
  const next = `{ name: '20991231-next', class: class extends KeepMetadata { async up() { ${up} } } },`;
  const adapter = await importMutated<Adapter>('@taskward/adapters-postgres', [
    { file: 'database.ts', from: last, to: `${last} ${next}` },
  ]);
  const database = adapter.openDatabase(url, poolSettings);
  try {
    return await adapter.migrate(database, await adapter.loginRole(database));
  } finally {
    await adapter.closeDatabase(database);
  }
};

/** A migration while a process serves under load; then a second process starts, and both serve. */
const migrateUnderLoad = async (t: Test, statements: readonly string[]) => {
  const { url } = await ownMigratedDatabase(t);
  const env = { RATE_LIMIT_MAX: '1000000000' };
  const before = await anApiProcess(t, url, env);
  const oldLoad = startLoad(before.url, clients);
  t.teardown(() => oldLoad.stop().catch(() => {}));
  await oldLoad.goesOn(100);
  t.strictSame(await migrateFurther(url, statements), ['20991231-next'], 'the schema is changed under load');
  const after = await anApiProcess(t, url, env).catch((error: Error) => error);
  if (after instanceof Error) return { failed: withoutBusy(oldLoad.failed()).length, why: after.message, faults: [] };
  const newLoad = startLoad(after.url, clients);
  await newLoad.goesOn(100);
  const failed = () => withoutBusy([...oldLoad.failed(), ...newLoad.failed()]).length;
  if (failed() === 0) await oldLoad.goesOn(100);
  await newLoad.stop();
  await oldLoad.stop();
  t.comment(`before: ${JSON.stringify(oldLoad.ends())}; after: ${JSON.stringify(newLoad.ends())}`);
  return { failed: failed(), why: '', faults: [...(await oldLoad.faults()), ...(await newLoad.faults())] };
};

t.test('a migration that only adds: processes from before and from after it serve at once', async (t) => {
  const { failed, faults } = await migrateUnderLoad(t, [
    'alter table taskward.tasks add column estimate integer',
    "alter table taskward.users add column theme text not null default 'light'",
    'create index tasks_estimate_idx on taskward.tasks (user_id, estimate, id) where estimate is not null',
    'create table taskward.labels (user_id taskward.identifier not null, name text not null)',
  ]);
  t.equal(failed, 0, 'no request fails');
  t.strictSame(faults, [], 'what was acknowledged is there once');
});

t.test('a migration that renames a column is seen to fail', async (t) => {
  const { failed, why } = await migrateUnderLoad(t, ['alter table taskward.tasks rename column metadata to data']);
  t.ok(failed > 0 || why !== '', `${failed} requests failed`);
});

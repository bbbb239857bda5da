import t, { type Test } from 'tap';
import { importMutated } from '../support/mutation.ts';
import { ownMigratedDatabase, poolSettings } from '../support/postgres/database.ts';
import { anApiProcess } from '../support/processes/processes.ts';
import { until } from './cluster.ts';
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

/**
 * A migration while a process serves under load; then a second process starts, and both serve.
 * @returns how many requests failed: as soon as some did, or in the end
 */
const migrateUnderLoad = async (t: Test, statements: readonly string[]): Promise<number> => {
  const { url } = await ownMigratedDatabase(t);
  const loads: ReturnType<typeof startLoad>[] = [];
  const failed = () => withoutBusy(loads.flatMap((load) => load.failed())).length;
  const startLoaded = async () => {
    const api = await anApiProcess(t, url, { RATE_LIMIT_MAX: '1000000000' });
    const load = startLoad(api.url, clients);
    t.teardown(() => load.stop().catch(() => {}));
    loads.push(load);
  };
  const goOn = async () => {
    for (const load of loads) {
      const goal = load.responses() + 100;
      await until('responses, or a failure', () => load.responses() >= goal || failed() > 0 || undefined);
    }
  };
  await startLoaded();
  await goOn();
  t.equal(failed(), 0, 'nothing fails before');
  t.strictSame(await migrateFurther(url, statements), ['20991231-next'], 'the schema is changed under load');
  await goOn();
  if (failed() === 0) {
    await startLoaded();
    await goOn();
  }
  for (const load of loads) await load.stop();
  t.comment(`from before, and from after: ${loads.map((load) => JSON.stringify(load.ends())).join(', ')}`);
  if (failed() > 0) return failed();
  t.strictSame(
    (await Promise.all(loads.map((load) => load.faults()))).flat(),
    [],
    'what was acknowledged is there once',
  );
  return failed();
};

t.test('a migration that only adds: processes from before and from after it serve at once', async (t) => {
  const failed = await migrateUnderLoad(t, [
    'alter table taskward.tasks add column estimate integer',
    "alter table taskward.users add column theme text not null default 'light'",
    'create index tasks_estimate_idx on taskward.tasks (user_id, estimate, id) where estimate is not null',
    'create table taskward.labels (user_id taskward.identifier not null, name text not null)',
  ]);
  t.equal(failed, 0, 'no request fails');
});

t.test('a migration that renames a column is seen to fail', async (t) => {
  const failed = await migrateUnderLoad(t, ['alter table taskward.tasks rename column metadata to data']);
  t.ok(failed > 0, `${failed} requests failed`);
});

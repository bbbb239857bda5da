import { closeDatabase, openDatabase } from '@taskward/adapters-postgres';
import { poolSettings, sqlOn } from '../../support/postgres/database.ts';
import type { Scope } from '../../support/processes/processes.ts';
import { judge, type Report, type Run, type Scenario, unmet } from './scenario.ts';
import { aVictim, startTarget } from './target.ts';
import { writeLoad } from './write-load.ts';

const users = 8;
const patienceSeconds = 10;

/** Ends connections to the database at random, one after the other, while clients write. */
const terminateConnections = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const serverUrl = await aVictim(scope);
  const target = await startTarget(scope, serverUrl, way);
  const harm = openDatabase(serverUrl, { ...poolSettings, size: 1, maxOverflow: 0 });
  scope.teardown(() => closeDatabase(harm));
  const sql = sqlOn(harm);
  const load = writeLoad(target.url, { users });
  scope.teardown(() => load.stop().catch(() => {}));
  await load.goesOn(100);
  let terminated = 0;
  while (terminated < times) {
    const ended = await sql(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
         where backend_type = 'client backend' and pid <> pg_backend_pid() order by random() limit 1) one`,
    );
    terminated += ended.length;
    // So that every kill meets connections at work.
    await load.goesOn(users / 2);
  }
  const after = await load.goesOn(100);
  const { report, notes } = await judge(load, /^(200|201|409|503)$/, target.unhandled());
  return {
    ...report,
    times: terminated,
    notes: [...notes, `the next 100 writes took ${after} ms`],
    late: unmet({
      [`no write was acknowledged for ${patienceSeconds} s`]: (report.recovery ?? 0) < patienceSeconds * 1_000,
    }),
  };
};

/** `pg_terminate_backend` on random connections under load. */
export const terminate: Scenario = {
  name: 'terminate',
  title: 'pg_terminate_backend on a random connection',
  ways: ['direct', 'PgBouncer', 'PgBouncer, prepared statements', 'two processes'],
  times: 1_000,
  run: terminateConnections,
};

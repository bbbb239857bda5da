import { ownMigratedDatabase } from '../../support/postgres/database.ts';
import type { Scope } from '../../support/processes/processes.ts';
import { runInWorker } from '../../support/processes/worker.ts';
import { startPgbouncer } from '../pgbouncer.ts';
import type { Outcome, Task } from './cut-writes.ts';
import { type Report, type Run, type Scenario, unmet } from './scenario.ts';

const poolSize = 8;

/** Writes whose connection is cut at COMMIT by a proxy, which is nearest to the API. */
export const cutAtCommit = async (scope: Scope, { way, times }: Run, keyed = true): Promise<Outcome> => {
  const { url } = await ownMigratedDatabase(scope);
  const preparedStatements = way === 'PgBouncer, prepared statements' ? 200 : 0;
  const isPooled = way.startsWith('PgBouncer');
  const databaseUrl = isPooled ? (await startPgbouncer(scope, url, { poolSize, preparedStatements })).url : url;
  const task: Task = { databaseUrl, writes: times, keyed };
  return runInWorker<Outcome>(new URL('cut-writes.ts', import.meta.url), task);
};

const run = async (scope: Scope, { way, times }: Run): Promise<Report> => {
  const { writes, cut, statuses, misshapen, replayed, changes, asked, wrong, gaps } = await cutAtCommit(scope, {
    way,
    times,
  });
  const others = Object.keys(statuses).filter((status) => !['200', '201', '409', '503'].includes(status));
  const [lost, doubled] = [Math.max(0, asked - changes), Math.max(0, changes - asked)];
  return {
    times: cut.before + cut.after + cut.racing,
    acknowledged: asked,
    lost,
    doubled,
    errors: others
      .filter((status) => Number(status) >= 500)
      .reduce((sum, status) => sum + (statuses[Number(status)] ?? 0), 0),
    notes: [
      `${writes} writes; cut before the server had COMMIT ${cut.before}, after it was done ${cut.after}, meanwhile ${cut.racing}`,
      `${replayed} stored responses were sent again`,
      `${writes - wrong} of ${writes} had exactly one effect`,
    ],
    broken: unmet({
      [`${wrong} writes had another effect than one`]: wrong === 0,
      [`${changes} changes were made, and ${asked} were acknowledged`]: changes === asked,
      [`${gaps} revisions are missing, or were given twice`]: gaps === 0,
      [`clients met ${others.join(', ')}`]: others.length === 0,
      'a 503 came without Retry-After, code or sentence': misshapen === 0,
      'a connection was cut after COMMIT, and no stored response was sent again': replayed >= cut.after,
      'fewer were cut after COMMIT than half of the writes': cut.after + cut.racing >= times / 2,
    }),
    late: [],
  };
};

/** A proxy cuts the connection after COMMIT was sent; the write is repeated under its key. */
export const commitCut: Scenario = {
  name: 'commit-cut',
  title: 'the connection is cut at COMMIT, and the write repeated',
  ways: ['direct', 'PgBouncer', 'PgBouncer, prepared statements'],
  // A good half of them are cut after COMMIT was sent, some repeatedly.
  times: 2_000,
  run,
};

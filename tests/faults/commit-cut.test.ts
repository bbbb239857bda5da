import t, { type Test } from 'tap';
import { sharedDatabase, testServerUrl } from '../support/postgres/database.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { scaled } from '../support/scale.ts';
import type { Outcome, Task } from './cut-writes.ts';

const withCuts = async (t: Test, task: Omit<Task, 'databaseUrl'>): Promise<Outcome> => {
  await sharedDatabase(t);
  const databaseUrl = await testServerUrl(t);
  const outcome = await runInWorker<Outcome>(new URL('cut-writes.ts', import.meta.url), { ...task, databaseUrl });
  t.comment(JSON.stringify(outcome));
  return outcome;
};

const asMany = scaled(1_000, 320);

t.test(`${asMany} writes cut off at COMMIT, repeated under their keys: as many single effects`, async (t) => {
  const { writes, cut, statuses, misshapen, replayed, ...effects } = await withCuts(t, { writes: asMany, keyed: true });
  t.ok(writes >= asMany, `${writes} writes`);
  const { before, after, racing } = cut;
  t.ok(
    Math.min(before, racing) > asMany / 13 && after > asMany / 4,
    `cut before: ${before}, after: ${after}, while: ${racing}`,
  );
  t.match(
    effects,
    { changes: effects.asked, wrong: 0, gaps: 0 },
    'each had its effect once, and no revision is missing',
  );
  t.ok(replayed >= after, `${replayed} responses were replayed`);
  t.same(
    Object.keys(statuses).filter((status) => !['200', '201', '409', '503'].includes(status)),
    [],
  );
  t.ok((statuses[503] ?? 0) >= before + after + racing, 'a cut connection is reported as 503');
  t.equal(misshapen, 0);
});

t.test('without keys there are second effects: this test can fail', async (t) => {
  const { cut, changes, asked, wrong, gaps } = await withCuts(t, { writes: scaled(480, 160), keyed: false });
  t.ok(cut.after > 10, `${cut.after} were cut after they were done`);
  t.ok(changes - asked >= cut.after / 2, `${changes} changes, and ${asked} responses`);
  t.ok(wrong > 0 && gaps > 0);
});

import t, { type Test } from 'tap';
import type { Mutation } from '../support/mutation.ts';
import { replicatedServers } from '../support/postgres/replicated-servers.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { isFullScale } from '../support/scale.ts';
import type { Outcome, Task } from './two-processes.ts';

const reads = Number(process.env.TASKWARD_REPLICA_READS ?? (isFullScale ? 10_000 : 500));

t.setTimeout(600_000);

const servers = replicatedServers(t);

const readingWhatWasWritten = async (t: Test, task: Pick<Task, 'mutations' | 'reads'>): Promise<Outcome> => {
  const { primary, standby } = await servers;
  const outcome = await runInWorker<Outcome>(new URL('two-processes.ts', import.meta.url), {
    ...task,
    primaryUrl: primary.url,
    replicaUrl: standby.url,
  });
  t.comment(JSON.stringify(outcome));
  return outcome;
};

t.test(`a replica that is five seconds behind: ${reads} reads through two processes miss no write`, async (t) => {
  const { catchUp, setOnStandby } = await servers;
  await catchUp();
  await setOnStandby('recovery_min_apply_delay', '5s');
  const { stale, failed, usage } = await readingWhatWasWritten(t, { mutations: [], reads });
  t.equal(stale, 0);
  t.equal(failed, 0);
  t.ok(usage.answered > reads / 8, `the replica answered ${usage.answered} times, for those who had not written`);
  t.ok(usage.behind > reads / 20, `and was found behind ${usage.behind} times`);
});

t.test('without the comparison writes are missing: this test can fail', async (t) => {
  const mutations: Mutation[] = [{ file: 'replica-reads.ts', from: 'Number(there[1]) >= Number(here[1])', to: 'true' }];
  t.ok((await readingWhatWasWritten(t, { mutations, reads: 500 })).stale > 50);
});

t.test('a replica that keeps up answers most reads, also after writes', async (t) => {
  const { setOnStandby } = await servers;
  await setOnStandby('recovery_min_apply_delay', '0');
  const { stale, failed, usage } = await readingWhatWasWritten(t, { mutations: [], reads });
  t.equal(stale, 0);
  t.equal(failed, 0);
  t.ok(usage.answered > reads / 2, `the replica answered ${usage.answered} times`);
});

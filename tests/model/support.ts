import type { Test } from 'tap';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { runInWorker } from '../support/processes/worker.ts';
import type { Outcome, Task } from './compare.ts';

/** A migrated database of the test's own: some planted faults would reach the tasks of other tests. */
export const aDatabase = async (t: Test): Promise<string> => {
  const { url } = await ownMigratedDatabase(t);
  return url;
};

/** Runs random commands in a worker, and says how many and what came of them. */
export const compare = async (t: Test, task: Task): Promise<Outcome> => {
  const outcome = await runInWorker<Outcome>(new URL('compare.ts', import.meta.url), task);
  const { difference: _difference, ...counts } = outcome;
  t.comment(JSON.stringify({ style: task.style, ...counts }));
  return outcome;
};

import type { Test } from 'tap';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { runInWorker } from '../support/processes/worker.ts';
import type { Outcome } from './probe-owner.ts';

/**
 * Tests that each filter on the owner, taken away alone, is missed without row security, and not with it.
 * @param ofTasks whether those of statements on tasks are tested, or all others: together they take most of the time that a file may
 */
export const testOwnerFilters = async (t: Test, ofTasks: boolean): Promise<void> => {
  // Of its own: writes without a filter would reach the tasks of other tests.
  const { url: databaseUrl } = await ownMigratedDatabase(t);
  const [whole, ...outcomes] = await runInWorker<Outcome[]>(new URL('probe-owner.ts', import.meta.url), {
    databaseUrl,
    ofTasks,
    withoutRowSecurity: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder, of the source that is mutated.
      { file: 'owner-context.ts', from: "set_config('role', ${escapeLiteral(role)}, true), ", to: '' },
      { file: 'job.ts', from: "set_config('role', ?, true)", to: "set_config('taskward.no_role', ?, true)" },
    ],
  });
  t.same(whole, { filter: 'none', open: [], guarded: [] }, 'nothing is missed as it is, with row security or without');
  t.ok(outcomes.length >= 25, `${outcomes.length} filters`);
  for (const { filter, open, guarded } of outcomes) {
    t.ok(open.length > 0, `${filter} · ${open[0]}`);
    t.same(guarded, [], filter);
  }
};

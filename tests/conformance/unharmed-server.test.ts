import t from 'tap';
import { runInWorker } from '../support/processes/worker.ts';
import type { Job, Noticed } from './planted-worker.ts';

t.test('a server without a fault · no clause fails, in either style', async (t) => {
  const jobs: Job[] = (['bare', 'envelope'] as const).map((style) => ({ style, faults: [] }));
  const noticed = await runInWorker<Noticed[]>(new URL('planted-worker.ts', import.meta.url), jobs);
  t.equal(noticed.length, 2);
  for (const { failed, unchecked, report } of noticed) {
    t.strictSame(failed, [], report);
    t.strictSame(unchecked, ['tasks.both-styles']);
  }
});

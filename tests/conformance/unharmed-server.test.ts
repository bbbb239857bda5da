import type { CompatibilitySetting } from '@taskward/adapters-http';
import t from 'tap';
import { runInWorker } from '../support/processes/worker.ts';
import type { Job, Noticed } from './planted-worker.ts';

const contract: readonly CompatibilitySetting[] = [];
// The runner asks for the contract, whatever the settings.
const shapesOfOthers: readonly CompatibilitySetting[] = [
  ...(['bare', 'tasks', 'delete-json', 'camel-case', 'is-completed', 'recurrence-pattern'] as const),
  ...(['status', 'priority-medium', 'extra-fields', 'json-errors', 'text-ids', 'one-spelling', 'is-overdue'] as const),
];

for (const [name, compatibility] of Object.entries({
  'no settings': contract,
  'settings for others': shapesOfOthers,
})) {
  t.test(`a server without a fault, with ${name} · no clause fails, in either style`, async (t) => {
    const jobs: Job[] = (['bare', 'envelope'] as const).map((style) => ({ style, faults: [], compatibility }));
    const noticed = await runInWorker<Noticed[]>(new URL('planted-worker.ts', import.meta.url), jobs);
    t.equal(noticed.length, 2);
    for (const { failed, unchecked, report } of noticed) {
      t.strictSame(failed, [], report);
      t.strictSame(unchecked, ['tasks.both-styles']);
    }
  });
}

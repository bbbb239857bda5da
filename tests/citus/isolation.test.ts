import t, { type Test } from 'tap';
import type { Outcome } from '../support/http/two-users.ts';
import type { Mutation } from '../support/mutation.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { ownCitusDatabase, whyNoCitus } from './support.ts';

/** The repository no longer says whose tasks it means. Of locks it still does: Citus locks rows of one worker only. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are placeholders, of the source that is mutated.
const withoutOwnerFilter: Mutation[] = [
  { file: 'task-lists.ts', from: /`user_id = \$\{place\(owner\)\}`/g, to: '`${place(owner)}::text is not null`' },
  { file: 'task-repository.ts', from: /where user_id = \$1/g, to: 'where $1::text is not null' },
  { file: 'change-log.ts', from: /(?:\w+\.)?user_id = \$1/g, to: '$1::text is not null' },
  { file: 'unit-of-work-store.ts', from: /(?:\w+\.)?user_id = \$1/g, to: '$1::text is not null' },
  { file: 'task-writes.ts', from: /(?:\w+\.)?user_id = \$1/g, to: '$1::text is not null' },
  { file: 'citus/stores.ts', from: /(?:\w+\.)?user_id = \$1/g, to: '$1::text is not null' },
  { file: 'idempotency-store.ts', from: /where user_id = \$1/g, to: 'where $1::text is not null' },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

/** Every statement runs as the superuser that is logged in, on the coordinator and on the workers. */
const withoutRowSecurity: Mutation[] = [{ file: 'distributed.ts', from: "setLocal('role', role),", to: '' }];

// In milliseconds.
const timeout = 600_000;

const attack = async (t: Test, databaseUrl: string, operations: number, mutations: readonly Mutation[]) => {
  const outcome = await runInWorker<Outcome>(new URL('../support/http/two-users.ts', import.meta.url), {
    databaseUrl,
    operations,
    mutations,
    seed: 1,
  });
  t.comment(JSON.stringify(outcome));
  return outcome;
};

t.test('two users at once on Citus', { skip: await whyNoCitus(t), timeout }, async (t) => {
  const { url } = await ownCitusDatabase(t);

  await t.test('nothing crosses', { timeout }, async (t) => {
    const { foreign, statuses } = await attack(t, url, 1_500, []);
    t.equal(foreign, 0);
    for (const status of [200, 201, 204, 304, 403, 404, 409]) t.ok((statuses[status] ?? 0) > 5, `${status} was seen`);
    t.notOk(Object.keys(statuses).some((status) => Number(status) >= 500));
  });

  await t.test(
    'with the owner filter mutated away: row security on the workers alone keeps them apart',
    { timeout },
    async (t) => {
      const { foreign, statuses } = await attack(t, url, 1_000, withoutOwnerFilter);
      t.equal(foreign, 0);
      t.ok((statuses[200] ?? 0) > 100, 'most reads are responded to: what is not was never at risk');
    },
  );

  await t.test('with row security off: the owner filter alone keeps them apart', { timeout }, async (t) => {
    t.equal((await attack(t, url, 300, withoutRowSecurity)).foreign, 0);
  });

  await t.test('with both off it leaks: this test can fail', { timeout }, async (t) => {
    t.ok((await attack(t, url, 200, [...withoutOwnerFilter, ...withoutRowSecurity])).foreign > 0);
  });
});

import t from 'tap';
import type { Mutation } from '../../support/mutation.ts';
import { runInWorker } from '../../support/processes/worker.ts';
import { scaled } from '../../support/scale.ts';
import type { MutateOutcome, MutateTask } from './mutate-tokens.ts';

const mutateTokens = (task: MutateTask) =>
  runInWorker<MutateOutcome>(new URL('mutate-tokens.ts', import.meta.url), task);

const sum = (all: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
  return total;
};

const count = scaled(100_000, 20_000);

t.test(`${count} mutations of good tokens of all modes: 0 accepted, 0 responses ≥ 500`, async (t) => {
  const seed = Date.now() % 2 ** 32;
  t.comment(`seeds ${seed} and ${seed + 1}`);
  const outcomes = await Promise.all(
    [seed, seed + 1].map((one) => mutateTokens({ mutations: [], count: count / 2, seed: one })),
  );
  const total = {
    sent: outcomes.reduce((all, { sent }) => all + sent, 0),
    statuses: sum(outcomes.map(({ statuses }) => statuses)),
    codes: sum(outcomes.map(({ codes }) => codes)),
    kinds: sum(outcomes.map(({ kinds }) => kinds)),
    perAlgorithm: sum(outcomes.map(({ perAlgorithm }) => perAlgorithm)),
  };
  t.comment(JSON.stringify(total));
  t.strictSame(
    outcomes.flatMap(({ others }) => others),
    [],
    'the other responses',
  );
  t.ok(total.sent >= count, `${total.sent} were sent`);
  t.strictSame(total.statuses, { 401: total.sent }, 'and all refused');
  t.strictSame(Object.keys(total.codes).sort(), ['auth/invalid-token', 'auth/missing-token']);
  t.equal(Object.keys(total.perAlgorithm).length, 9, 'of every mode and algorithm');
  for (const [name, sent] of Object.entries({ ...total.kinds, ...total.perAlgorithm })) {
    t.ok(sent > count / 100, `${name}: ${sent}`);
  }
  for (const { good } of outcomes) t.strictSame(good, Array(18).fill(200), 'the tokens are good, before and after');
});

const faults: Readonly<Record<string, Mutation[]>> = {
  'with signatures unchecked': [{ file: 'authenticate.ts', from: 'request.jwtVerify', to: 'request.jwtDecode' }],
  'with any spelling of a signature accepted': [{ file: 'authenticate.ts', from: 'assertCanonical(token);', to: '' }],
};

for (const [name, mutations] of Object.entries(faults)) {
  t.test(`${name} some are accepted: this test can fail`, async (t) => {
    const { statuses } = await mutateTokens({ mutations, count: 4_000, seed: 1 });
    t.comment(JSON.stringify(statuses));
    t.ok((statuses[200] ?? 0) > 20);
  });
}

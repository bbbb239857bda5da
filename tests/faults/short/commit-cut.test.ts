import t from 'tap';
import { scaled } from '../../support/scale.ts';
import { commitCut, cutAtCommit } from '../scenarios/commit-cut.ts';
import { testShortForm } from './short-form.ts';

t.setTimeout(280_000);
testShortForm(t, commitCut, scaled(1_000, 320), { ways: ['direct'] });
testShortForm(t, commitCut, scaled(1_000, 160), { ways: ['PgBouncer', 'PgBouncer, prepared statements'] });

t.test('without keys there are second effects: this test can fail', async (t) => {
  const run = { way: 'direct', times: scaled(480, 160) } as const;
  const { cut, changes, asked, wrong, gaps } = await cutAtCommit(t, run, false);
  t.ok(cut.after > 10, `${cut.after} were cut after they were done`);
  t.ok(changes - asked >= cut.after / 2, `${changes} changes, and ${asked} responses`);
  t.ok(wrong > 0 && gaps > 0);
});

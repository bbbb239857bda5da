import t from 'tap';
import { apiKill, apiStop, killApi, postgresCrash } from '../scenarios/crashes.ts';
import { testShortForm } from './short-form.ts';

// Each crash takes one to two seconds, so a run on every change has a few.
const crashes = 3;

t.setTimeout(600_000);
for (const scenario of [postgresCrash, apiKill, apiStop]) testShortForm(t, scenario, crashes, { ways: ['direct'] });
testShortForm(t, postgresCrash, 1, { ways: ['PgBouncer', 'PgBouncer, prepared statements', 'two processes'] });

t.test('a client that repeats writes without their keys has second effects: this test can fail', async (t) => {
  const run = { way: 'direct', times: 3 } as const;
  const { doubled, broken } = await killApi(t, run, { users: 8, forgetsKeys: true });
  t.ok(Number(doubled) > 0, `${doubled} writes were done twice`);
  t.ok(broken.length > 0);
});

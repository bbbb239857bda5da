import t from 'tap';
import { killApi } from '../scenarios/crashes.ts';

t.setTimeout(280_000);

t.test('a client that repeats writes without their keys has second effects, which are seen', async (t) => {
  const run = { way: 'direct', times: 3 } as const;
  const { doubled, broken } = await killApi(t, run, { users: 8, forgetsKeys: true });
  t.ok(Number(doubled) > 0, `${doubled} writes were done twice`);
  t.ok(broken.length > 0);
});

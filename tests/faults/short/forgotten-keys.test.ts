import t from 'tap';
import { killApi } from '../scenarios/crashes.ts';

t.setTimeout(280_000);

t.test('a client that repeats writes without their keys has second effects, which are seen', async (t) => {
  const run = { way: 'direct', times: 3 } as const;
  // A process may be killed between requests, where nothing is repeated.
  for (let attempt = 1; ; attempt += 1) {
    const { doubled, broken } = await killApi(t, run, { users: 8, forgetsKeys: true });
    if (Number(doubled) === 0 && attempt < 6) continue;
    t.ok(Number(doubled) > 0, `${doubled} writes were done twice`);
    t.ok(broken.length > 0);
    break;
  }
});

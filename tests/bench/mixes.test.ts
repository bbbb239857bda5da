import { readFileSync } from 'node:fs';
import { describeMix, isMix, mixes, mixText, pickKind } from '@taskward/bench/harness/mixes.ts';
import t from 'tap';

t.test('the shares of each mix add up to a hundred', async (t) => {
  for (const [name, shares] of Object.entries(mixes))
    t.equal(
      Object.values(shares).reduce((sum, share) => sum + share, 0),
      100,
      name,
    );
});

t.test('requests are picked by their shares', async (t) => {
  for (const [name, shares] of Object.entries(mixes)) {
    const counts: Record<string, number> = {};
    for (let n = 0; n < 10_000; n += 1) {
      const kind = pickKind(shares, n / 10_000);
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    const wanted = Object.fromEntries(Object.entries(shares).map(([kind, share]) => [kind, share * 100]));
    t.strictSame(counts, wanted, name);
  }
});

t.test('shares that leave something out are noticed', async (t) => {
  t.equal(pickKind({ list: 50, get: 49 }, 0.98), 'get');
  t.throws(() => pickKind({ list: 50, get: 49 }, 0.999), { message: /add up to 100: list=50,get=49/ });
});

t.test('wrk gets the same shares, and knows every kind of request', async (t) => {
  t.equal(mixText({ list: 50, get: 25 }), 'list=50,get=25');
  t.equal(describeMix({ list: 50, get: 25 }), '50 % list, 25 % get');
  const script = readFileSync(new URL('../../bench/load.lua', import.meta.url), 'utf8');
  const known = [...script.matchAll(/^function requests\.(\w+)/gm)].map(([, kind]) => kind);
  for (const shares of Object.values(mixes))
    for (const kind of Object.keys(shares)) t.ok(known.includes(kind), `load.lua sends ${kind}`);
});

t.test('only mixes are mixes', async (t) => {
  t.strictSame(['mix', 'simple-mix', 'list', 'fixed', 'toString'].map(isMix), [true, true, false, false, false]);
});

import t, { type Test } from 'tap';
import { open } from './support.ts';

/** Work that ends on request, and what began so far. */
const aBench = (t: Test) => {
  // No connection is opened.
  const { locks } = open(t, { url: 'postgresql://127.0.0.1:9', role: 'nobody' });
  const begun: string[] = [];
  const work = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const run = () => {
      begun.push(name);
      return promise;
    };
    return { run, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { locks, begun, work, settled };
};

t.test('exclusive holders of a name run one after the other, those of another name at the same time', async (t) => {
  const { locks, begun, work, settled } = aBench(t);
  const [a, b, other] = [work('a'), work('b'), work('other')];
  const runs = [locks.exclusive('x', a.run), locks.exclusive('x', b.run), locks.exclusive('y', other.run)];
  t.strictSame(begun, ['a', 'other'], 'what needs not wait begins at once');
  await settled();
  t.strictSame(begun, ['a', 'other']);
  a.fail();
  await t.rejects(runs[0] as Promise<string>, { message: 'a' });
  await settled();
  t.strictSame(begun, ['a', 'other', 'b'], 'also after one that failed');
  b.end();
  other.end();
  t.strictSame(await Promise.all(runs.slice(1)), ['b', 'other']);
  const broken = (): never => {
    throw new Error('at once');
  };
  await t.rejects(locks.exclusive('x', broken), { message: 'at once' });
  const next = work('next');
  locks.exclusive('x', next.run);
  t.strictSame(begun.at(-1), 'next', 'also after one that could not even begin');
});

t.test('shared holders run together; an exclusive one waits for them, and they for it', async (t) => {
  const { locks, begun, work, settled } = aBench(t);
  const [a, b, alone, c, d] = [work('a'), work('b'), work('alone'), work('c'), work('d')];
  const runs = [locks.shared('x', a.run), locks.shared('x', b.run)];
  t.strictSame(begun, ['a', 'b']);
  runs.push(locks.exclusive('x', alone.run), locks.shared('x', c.run), locks.shared('x', d.run));
  a.end();
  await settled();
  t.strictSame(begun, ['a', 'b'], 'one of them is not done');
  b.end();
  await settled();
  t.strictSame(begun, ['a', 'b', 'alone']);
  alone.end();
  await settled();
  t.strictSame(begun, ['a', 'b', 'alone', 'c', 'd']);
  const late = work('late');
  runs.push(locks.shared('x', late.run));
  t.strictSame(begun.at(-1), 'late', 'one that comes while they run joins them');
  for (const one of [c, d, late]) one.end();
  await Promise.all(runs);
  const next = work('next');
  locks.exclusive('x', next.run);
  t.strictSame(begun.at(-1), 'next', 'and none is left to wait for');
});

t.test('a waiter gives up in time, and those behind it still wait for the one before', async (t) => {
  const { locks, begun, work, settled } = aBench(t);
  const [first, second, third] = [work('first'), work('second'), work('third')];
  const running = locks.exclusive('x', first.run);
  const busy = { name: 'DatabaseBusy' };
  await Promise.all([
    t.rejects(locks.exclusive('x', second.run), busy),
    t.rejects(locks.shared('x', second.run), busy),
    t.rejects(locks.shared('x', second.run), busy),
  ]);
  const behind = locks.shared('x', third.run);
  await settled();
  t.strictSame(begun, ['first'], 'what gave up was never begun');
  first.end();
  third.end();
  t.strictSame(await Promise.all([running, behind]), ['first', 'third']);
});

t.test('a lock is not forgotten, however many others were held since', async (t) => {
  const { locks, begun, work, settled } = aBench(t);
  const [first, second] = [work('first'), work('second')];
  const runs = [locks.exclusive('x', first.run)];
  for (let n = 0; n < 1_000; n += 1) await locks.shared(`user ${n}`, async () => {});
  runs.push(locks.exclusive('x', second.run));
  await settled();
  t.strictSame(begun, ['first']);
  first.end();
  second.end();
  t.strictSame(await Promise.all(runs), ['first', 'second']);
});

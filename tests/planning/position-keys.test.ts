import { makePositionKeys } from '@taskward/adapters-planning';
import fc from 'fast-check';
import t from 'tap';

const { keysBetween } = makePositionKeys();
const keyOf = (id: number): string => `h${id.toString(16).padStart(8, '0')}`;

t.test('keys of tasks that were never moved are keys, in the order of their ids', async (t) => {
  for (const id of [1, 9, 10, 15, 16, 255, 256, 65_535, 2 ** 31 - 2]) {
    t.strictSame(keysBetween(keyOf(id), undefined, 1), [keyOf(id + 1)], `after ${id}`);
    const [between = ''] = keysBetween(keyOf(id), keyOf(id + 1), 1);
    t.ok(keyOf(id) < between && between < keyOf(id + 1), `between ${id} and the next`);
  }
  t.strictSame(keysBetween(keyOf(2 ** 32 - 1), undefined, 1), ['i000000000'], 'after the largest');
});

t.test('the top and the bottom of a list', async (t) => {
  const [top = ''] = keysBetween(undefined, keyOf(1), 1);
  t.ok(top < keyOf(1));
  let key = keyOf(1);
  for (let moves = 0; moves < 10_000; moves += 1) key = keysBetween(undefined, key, 1)[0] as string;
  t.ok(key < keyOf(1));
  t.ok(key.length <= 9, `after 10 000 moves to the top: ${key}`);
  t.equal(keysBetween(undefined, undefined, 3).length, 3, 'an empty list');
  t.strictSame(keysBetween(keyOf(1), keyOf(2), 0), []);
  t.throws(() => keysBetween(keyOf(1), keyOf(1), 1));
});

t.test('however tasks are moved, keys are in order, each once', async (t) => {
  const moves = fc.array(fc.record({ at: fc.nat(), count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 60 });
  fc.assert(
    fc.property(moves, (all) => {
      const keys = [keyOf(1), keyOf(2)];
      for (const { at, count } of all) {
        const index = at % (keys.length + 1);
        keys.splice(index, 0, ...keysBetween(keys[index - 1], keys[index], count));
      }
      const sorted = [...keys].sort();
      return keys.join() === sorted.join() && new Set(keys).size === keys.length;
    }),
    { seed: 20_261_128 },
  );
  t.pass('in order');
});

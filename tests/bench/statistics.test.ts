import { median, percentile, ratioOf, spreadOf } from '@taskward/bench/harness/statistics.ts';
import t from 'tap';

t.test('the median is the middle value, or the mean of the two', async (t) => {
  t.equal(median([3, 1, 2]), 2);
  t.equal(median([10, 1, 2, 3]), 2.5);
  t.equal(median([7]), 7);
});

t.test('a percentile is a value that so many do not exceed', async (t) => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  t.equal(percentile(hundred, 0.99), 99);
  t.equal(percentile(hundred, 1), 100);
  t.equal(percentile([5], 0.5), 5);
});

t.test('a spread has the median and the extremes', async (t) => {
  t.strictSame(spreadOf([4, 1, 3]), { median: 3, min: 1, max: 4 });
});

t.test('a ratio is taken in pairs of one round, not of medians', async (t) => {
  t.strictSame(ratioOf([10, 200, 30], [10, 100, 10]), { median: 2, min: 1, max: 3 });
  t.strictSame(ratioOf([10, 200], [5]), { median: 2, min: 2, max: 2 }, 'what has no pair does not count');
  t.equal(ratioOf([], [1]), undefined);
});

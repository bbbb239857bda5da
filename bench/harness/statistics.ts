/** Median and range of some values. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Returns the median of at least one value; for an even number of them, the mean of the middle two. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper;
};

/** Returns a percentile of at least one value. @param part from 0 to 1: 0.99 for p99 */
export const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1] ?? Number.NaN;

/** Returns median, minimum and maximum of at least one value. */
export const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  min: Math.min(...values),
  max: Math.max(...values),
});

/**
 * Divides `values` by `base`, pair by pair: each pair is from one round, when the machine was equally busy.
 * @returns `undefined` if there is no pair
 */
export const ratioOf = (values: readonly number[], base: readonly number[]): Spread | undefined => {
  const pairs = Math.min(values.length, base.length);
  if (pairs === 0) return undefined;
  return spreadOf(Array.from({ length: pairs }, (_, round) => (values[round] as number) / (base[round] as number)));
};

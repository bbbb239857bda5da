import type { ListPlace } from '../../list/task-list.ts';

/** Returns the gap next to a height: 0 is above the first row. @param y in pixels, from the top of the list */
export const gapAt = (y: number, rowHeight: number, count: number): number =>
  Math.max(0, Math.min(count, Math.round(y / rowHeight)));

/**
 * Returns where a row that is dropped into a gap belongs; `undefined` if it stays where it is.
 * @param keys the keys of the tasks in the order of the list
 */
export const placeOfGap = (keys: readonly number[], from: number, gap: number): ListPlace | undefined => {
  if (gap === from || gap === from + 1) return undefined;
  const next = keys[gap];
  const previous = keys[gap - 1];
  // The neighbour on the side that it comes from: the task stays next to it whatever a filter hides.
  if (gap > from && previous !== undefined) return { after: previous };
  return next === undefined ? undefined : { before: next };
};

/** Returns where a row belongs that moves by a step of the keyboard; `undefined` at an end. */
export const placeOfStep = (keys: readonly number[], from: number, step: -1 | 1): ListPlace | undefined =>
  placeOfGap(keys, from, step === 1 ? from + 2 : from - 1);

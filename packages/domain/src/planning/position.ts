/**
 * Makes keys for an order in which people put things themselves. Keys are compared as texts, by code point. An adapter
 * implements it.
 */
export interface PositionKeys {
  /**
   * Returns keys in order, all of them after one key and before another.
   * @param after `undefined` for the start
   * @param before `undefined` for the end
   */
  keysBetween(after: string | undefined, before: string | undefined, count: number): string[];
}

const first = 'h00000000';

/** Returns the position of a task that was never moved: such tasks are in the order of their ids. */
export const positionOfId = (id: number): string => {
  const digits = id.toString(16);
  // Not `padStart`: with it, V8 takes half as long again to serialise a list.
  return first.slice(0, -digits.length) + digits;
};

/** Returns the position of a task among its owner's tasks. */
export const positionOf = ({ id, position }: { readonly id: number; readonly position: string | null }): string =>
  position ?? positionOfId(id);

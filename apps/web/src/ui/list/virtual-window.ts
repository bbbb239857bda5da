/** Which rows of a long list are in the document: from `first` to before `end`. */
export interface VirtualWindow {
  readonly first: number;
  readonly end: number;
}

/** What of a list can be seen. Lengths in pixels. */
export interface Viewport {
  /** How far the list's top is above that of the visible part; negative if it is below. */
  readonly scrolled: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** Returns which rows are to be in the document: those that are visible, and some beyond each end. */
export const windowOf = ({ scrolled, height, rowHeight }: Viewport, count: number, overscan: number): VirtualWindow => {
  const first = Math.floor(scrolled / rowHeight) - overscan;
  const end = Math.ceil((scrolled + height) / rowHeight) + overscan;
  const bounded = (row: number) => Math.max(0, Math.min(count, row));
  return { first: bounded(first), end: bounded(end) };
};

/** Returns the rows of a window in order, and with them rows that must stay wherever they are, such as the focused one. */
export const rowsOf = ({ first, end }: VirtualWindow, count: number, pinned: readonly number[]): number[] => {
  const rows = Array.from({ length: end - first }, (_, index) => first + index);
  const outside = pinned.filter((row) => row >= 0 && row < count && (row < first || row >= end));
  return [...new Set([...rows, ...outside])].sort((one, other) => one - other);
};

/**
 * Returns how far to scroll until a row is visible; 0 if it is. Lengths in pixels.
 * @param top how much of the viewport's top is covered
 * @param bottom how much of its bottom is covered
 */
export const scrollTo = ({ scrolled, height, rowHeight }: Viewport, row: number, top = 0, bottom = 0): number => {
  const above = row * rowHeight - (scrolled + top);
  const below = (row + 1) * rowHeight - (scrolled + height - bottom);
  return above < 0 ? above : below > 0 ? below : 0;
};

/**
 * Makes a page of what was read: one more than the page's limit, if there was as much.
 * @returns the page, and its last element if another page follows
 */
export const pageOf = <T>(found: readonly T[], limit: number): { items: readonly T[]; last: T | undefined } => ({
  items: found.slice(0, limit),
  last: found.length > limit ? found[limit - 1] : undefined,
});

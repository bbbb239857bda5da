/** Bounds of a text, in Unicode code points (what a person counts as characters, not UTF-16 units or bytes). */
export interface TextBounds {
  readonly min: number;
  readonly max: number;
}

const countCodePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/**
 * What is wrong with a text, or `undefined`. Refuses NUL, which PostgreSQL cannot store, and lone surrogates,
 * which it would silently store as U+FFFD, so that what is read back is always what was written.
 */
export const textFault = (text: string, { min, max }: TextBounds): string | undefined => {
  if (text.includes('\u0000')) return 'must not contain the NUL character (U+0000)';
  if (!text.isWellFormed()) return 'must be well-formed Unicode: it contains half of a surrogate pair';
  // A text has at most as many code points as UTF-16 units, and at least half as many: most need no counting.
  const length = text.length > max || text.length < 2 * min ? countCodePoints(text) : text.length;
  if (length > max) return `must be at most ${max} characters long, and has ${length}`;
  if (length < min) return min === 1 ? 'must not be empty' : `must be at least ${min} characters long`;
  return undefined;
};

/**
 * The form in which texts are searched and sorted: the same for texts that differ only in case or in Unicode form
 * (`é` as one code point or as `e` with an accent). Texts are stored as sent, and folded beside that.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    // A capital sigma becomes one of two small ones by its place in the word.
    .replaceAll('ς', 'σ')
    // Lower-casing can leave a letter and an accent that compose only now.
    .normalize('NFC');

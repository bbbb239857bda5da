/** Bounds of a text's length, in Unicode code points. */
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
 * Returns what is wrong with a text, or `undefined`. Rejects NUL, which PostgreSQL cannot store, and lone surrogates,
 * which UTF-8 encoding would silently replace by U+FFFD.
 */
export const textFault = (text: string, { min, max }: TextBounds): string | undefined => {
  if (text.includes('\u0000')) return 'must not contain the NUL character (U+0000)';
  if (!text.isWellFormed()) return 'must be well-formed Unicode: it contains half of a surrogate pair';
  // A text has between half as many code points as UTF-16 units and as many: most texts need no counting.
  const length = text.length > max || text.length < 2 * min ? countCodePoints(text) : text.length;
  if (length > max) return `must be at most ${max} characters long, and has ${length}`;
  if (length < min) return min === 1 ? 'must not be empty' : `must be at least ${min} characters long`;
  return undefined;
};

/**
 * Returns the form in which texts are searched and sorted: equal for texts that differ only in case or in Unicode
 * normalisation (`é` as one code point or as `e` with a combining accent). Texts themselves are stored as sent.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    // A capital sigma lower-cases to σ or ς, depending on its position in the word.
    .replaceAll('ς', 'σ')
    // Lower-casing can produce a letter and an accent that compose.
    .normalize('NFC');

/** The most code points of a value that a sentence repeats. */
const maxQuoted = 50;

/** Returns a text as sentences name it: in double quotes, on one line, cut after 50 code points. */
export const quoted = (text: string): string => {
  const characters = Array.from(text.slice(0, 2 * maxQuoted + 2));
  return JSON.stringify(characters.length > maxQuoted ? `${characters.slice(0, maxQuoted).join('')}…` : text);
};

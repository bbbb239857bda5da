import { BASE_52_DIGITS, generateNKeysBetween } from 'fractional-indexing';

// With these digits, the key of the task with id n is 'h' and n as eight hexadecimal digits.
const digits = '0123456789abcdef';

/**
 * Returns keys between two others, in ascending order, compared by code units (`collate "C"`).
 * @param after the key below, `undefined` for the start of the list
 * @param before the key above, `undefined` for the end of the list
 * @param count how many keys
 * @throws Error if a key is malformed, or if both are the same
 */
export const keysBetween = (after: string | undefined, before: string | undefined, count: number): string[] =>
  generateNKeysBetween(after, before, count, digits, BASE_52_DIGITS);

import type { PositionKeys } from '@taskward/domain';
import { BASE_52_DIGITS, generateNKeysBetween } from 'fractional-indexing';

// With these digits, the key of the task with id n is 'h' and n as eight hexadecimal digits.
const digits = '0123456789abcdef';

/** Makes the keys of positions. They are compared by code units (`collate "C"`); a malformed key is an error. */
export const makePositionKeys = (): PositionKeys => ({
  keysBetween: (after, before, count) => generateNKeysBetween(after, before, count, digits, BASE_52_DIGITS),
});

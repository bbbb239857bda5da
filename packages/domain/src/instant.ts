declare const instantBrand: unique symbol;
/**
 * A moment, as RFC 3339 text in UTC with milliseconds: `2026-11-20T09:30:00.123Z`. With this single format, texts sort
 * by time, and no layer needs a mutable `Date` or a time zone.
 */
export type Instant = string & { readonly [instantBrand]: true };

// PostgreSQL has no year 0000, and a year of five digits would sort before one of four.
const format = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Returns whether a text has the format of an instant, from year 0001 to 9999. Does not check that the day exists. */
export const isInstant = (text: string): text is Instant => format.test(text);

/** Parses an instant. @throws RangeError for any other format: a bug, not a user's mistake */
export const toInstant = (text: string): Instant => {
  if (!isInstant(text)) throw new RangeError(`not an instant in UTC with milliseconds: ${text}`);
  return text;
};

/** Returns the later of two instants. */
export const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The length of a day, in milliseconds. */
export const millisecondsPerDay = 86_400_000;

declare const instantBrand: unique symbol;
/**
 * A moment, as RFC 3339 text in UTC with milliseconds: `2026-11-20T09:30:00.123Z`. Always of this one form, so that
 * the order of texts is the order of time, and no layer needs a mutable `Date` or has a time zone to get wrong.
 */
export type Instant = string & { readonly [instantBrand]: true };

// There is no year 0000 in the calendar of stores, and five digits would sort before four.
const form = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Whether a text has the form of an instant, of a year from 0001 to 9999. Whether there is such a day is not checked. */
export const isInstant = (text: string): text is Instant => form.test(text);

/** Takes a text as an instant. @throws RangeError for any other form: a programming mistake, not a user's. */
export const toInstant = (text: string): Instant => {
  if (!isInstant(text)) throw new RangeError(`not an instant in UTC with milliseconds: ${text}`);
  return text;
};

/** The later of the two. */
export const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);

import type { Settings } from '@taskward/client';

/** For whom dates are written: how they are spelled, and how the user counts days. */
export interface Reader {
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly settings: Settings;
}

const dayInMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a format of dates; each is made once, which takes long. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, format);
  return format;
};

/** Returns a day as milliseconds since 1970, at its start in UTC. */
export const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Returns how many days lie between two days: positive if the second one is later. */
export const daysBetween = (first: string, second: string): number =>
  Math.round((utcOf(second) - utcOf(first)) / dayInMs);

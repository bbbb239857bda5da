import type { Settings } from '@taskward/client';
import { dateAt } from '../../dates/due-dates.ts';

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

const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** Writes how far a day is from today: `tomorrow`, `in 2 days`. */
export const relativeDay = (distance: number, locale: string): string => {
  const format = relativeFormats.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  relativeFormats.set(locale, format);
  return format.format(distance, 'day');
};

let last: { readonly now: number; readonly settings: Settings; readonly day: string } | undefined;

/** Returns the user's day now. Rows ask for the same moment again and again. @param now in milliseconds since 1970 */
export const todayAt = (now: number, settings: Settings): string => {
  if (last?.now !== now || last.settings !== settings) last = { now, settings, day: dateAt(now, settings) };
  return last.day;
};

/** Returns a day as milliseconds since 1970, at its start in UTC. */
export const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Returns how many days lie between two days: positive if the second one is later. */
export const daysBetween = (first: string, second: string): number =>
  Math.round((utcOf(second) - utcOf(first)) / dayInMs);

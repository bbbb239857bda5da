import type { Settings } from '@taskward/client';

/** For whom dates are written: how they are spelled, and how the user counts days. */
export interface Reader {
  /** A BCP 47 tag. */
  readonly locale: string;
  readonly settings: Settings;
}

/** A moment on the clocks of a zone: `2026-12-01` and `09:00`. */
export interface WallTime {
  readonly day: string;
  readonly time: string;
}

const dayInMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a format of dates, each made once. A zone that this browser does not know is taken for UTC. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const name = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat(locale, options);
  } catch {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
  formats.set(name, format);
  return format;
};

/** Returns what the clocks of a zone show. @param instant in milliseconds since 1970 */
export const wallTimeOf = (instant: number, timeZone: string): WallTime => {
  const format = dateFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const),
  });
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const year = (parts.year ?? '').padStart(4, '0');
  return { day: `${year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
};

/** Returns a day as milliseconds since 1970, at its start in UTC. */
export const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Returns how many days lie between two days: positive if the second one is later. */
export const daysBetween = (first: string, second: string): number =>
  Math.round((utcOf(second) - utcOf(first)) / dayInMs);

/** Returns the day that is a number of days later. */
export const addDays = (day: string, days: number): string =>
  new Date(utcOf(day) + days * dayInMs).toISOString().slice(0, 10);

/** Returns the user's day of a moment, which may begin later than at midnight. */
export const userDayOf = ({ day, time }: WallTime, { day_starts_at }: Settings): string =>
  time < day_starts_at ? addDays(day, -1) : day;

/** Returns the user's day now. @param now in milliseconds since 1970 */
export const todayOf = (now: number, settings: Settings): string =>
  userDayOf(wallTimeOf(now, settings.time_zone), settings);

import type { Settings } from '@taskward/client';
import { weekdays } from './days.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601', { timeZone: zone, ...parts, ...clock });
  formats.set(zone, made);
  return made;
};

/** Returns what a zone's clocks show at an instant, as milliseconds that are the same clock time in UTC. */
const clockAt = (instant: number, zone: string): number => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const [year, month, date] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  return Date.UTC(year, month - 1, date, Number(parts.hour), Number(parts.minute), Number(parts.second));
};

const offsetAt = (instant: number, zone: string): number => {
  const whole = Math.floor(instant / 1000) * 1000;
  return clockAt(whole, zone) - whole;
};

/** Returns the instant at which a zone's clocks show a time: the later one in a gap, the earlier one in an overlap. */
const instantOf = (clock: number, zone: string): number => {
  const [before, after] = [offsetAt(clock - day, zone), offsetAt(clock + day, zone)];
  const fits = [clock - before, clock - after].filter((instant) => clock - instant === offsetAt(instant, zone));
  return fits.length > 0 ? Math.min(...fits) : clock - before;
};

const startOfDay = (clock: number, { day_starts_at, time_zone }: Settings): number => {
  const [hours = 0, minutes = 0] = day_starts_at.split(':').map(Number);
  return instantOf(clock + (hours * 60 + minutes) * minute, time_zone);
};

/** Returns the user's day that has a moment, as the midnight of the same date in UTC. */
const dayAt = (now: number, settings: Settings): number => {
  const date = Math.floor(clockAt(now, settings.time_zone) / day) * day;
  if (now >= startOfDay(date + day, settings)) return date + day;
  return now < startOfDay(date, settings) ? date - day : date;
};

/** Returns the date of the user's day that has a moment, as `2026-12-01`. @param now in milliseconds */
export const dateAt = (now: number, settings: Settings): string =>
  new Date(dayAt(now, settings)).toISOString().slice(0, 10);

const textOf = (instant: number): string => new Date(instant).toISOString();

/** A range of time: from a moment on, and before another one. Moments are compared as texts. */
export interface TimeRange {
  readonly from: string;
  readonly before: string;
}

const daysFrom = (first: number, count: number, settings: Settings): TimeRange => ({
  from: textOf(startOfDay(first, settings)),
  before: textOf(startOfDay(first + count * day, settings)),
});

/** Returns the user's day that has a moment. @param now in milliseconds */
export const todayAt = (now: number, settings: Settings): TimeRange => daysFrom(dayAt(now, settings), 1, settings);

/** Returns the user's week that has a moment. @param now in milliseconds */
export const weekAt = (now: number, settings: Settings): TimeRange => {
  const today = dayAt(now, settings);
  const passed = (7 + new Date(today).getUTCDay() - weekdays.indexOf(settings.week_starts_on)) % 7;
  return daysFrom(today - passed * day, 7, settings);
};

const written =
  /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?([Zz]|[+-]\d\d:?\d\d)?(?:\[([^\]]+)\])?$/;

const instantOfDueDate = (text: string, settings: Settings): number => {
  const [, date = '', time, offset, zone] = written.exec(text) ?? [];
  if (time === undefined) return startOfDay(Date.parse(`${date}T00:00Z`) + day, settings) - 1;
  if (offset !== undefined) return Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  return instantOf(Date.parse(`${date}T${time}Z`), zone ?? settings.time_zone);
};

/**
 * Returns the instant that a due date means for a user, in UTC: of a day the last millisecond before the next one starts.
 * @returns `null` without a due date, and for a text that is none
 */
export const dueAtOf = (dueDate: string | null, settings: Settings): string | null => {
  if (dueDate === null) return null;
  try {
    return textOf(instantOfDueDate(dueDate, settings));
  } catch (error) {
    // What the user has written is for the server to judge.
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** Returns what the user's calendar and clocks show, as `2026-12-01T09:00`. @param now in milliseconds */
export const clockTextAt = (now: number, { time_zone }: Settings): string =>
  new Date(clockAt(now, time_zone)).toISOString().slice(0, 16);

import { type Instant, millisecondsPerDay, toInstant } from '../../instant.ts';
import type { Calendar, LocalTime } from '../calendar.ts';

/** The length of a day's text: `2026-12-01`. */
const dayLength = 10;

/** Returns the day of a day or wall-clock time. */
export const dayOf = (local: LocalTime): LocalTime => local.slice(0, dayLength);

/** Returns the time of day of a wall-clock time: `09:00`. */
export const timeOf = (local: LocalTime): string => local.slice(dayLength + 1);

/** Returns whether this is a day, without a time. */
export const isDay = (local: LocalTime): boolean => local.length === dayLength;

/** Returns a time of day in its shortest form: without zeros of seconds, and without digits beyond milliseconds. */
export const shortTime = (time: string): string => {
  const [minutes, seconds, fraction] = [time.slice(0, 5), time.slice(6, 8), time.slice(9, 12).padEnd(3, '0')];
  if (fraction !== '000') return `${minutes}:${seconds}.${fraction}`;
  return seconds === '' || seconds === '00' ? minutes : `${minutes}:${seconds}`;
};

/** Returns the instant of a wall-clock time in UTC. */
export const instantInUtc = (local: LocalTime): Instant => {
  const time = timeOf(local);
  const seconds = time.length === 5 ? `${time}:00` : time;
  return toInstant(`${dayOf(local)}T${seconds.length === 8 ? `${seconds}.000` : seconds}Z`);
};

/** Returns the wall-clock time of an instant in UTC. */
export const localInUtc = (instant: Instant): LocalTime =>
  `${dayOf(instant)}T${shortTime(timeOf(instant).slice(0, -1))}`;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const millisecondsIn = (time: string): number =>
  Number(time.slice(0, 2)) * 3_600_000 +
  Number(time.slice(3, 5)) * 60_000 +
  Number(time.slice(6, 8)) * 1000 +
  Number(time.slice(9, 12));

const timeAt = (milliseconds: number): string => {
  const rest = milliseconds % 60_000;
  const minutes = (milliseconds - rest) / 60_000;
  const [hour, minute, second] = [(minutes - (minutes % 60)) / 60, minutes % 60, (rest - (rest % 1000)) / 1000];
  return shortTime(
    `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}.${String(rest % 1000).padStart(3, '0')}`,
  );
};

/**
 * Returns a wall-clock time, moved by elapsed time on a clock that is never put forward or back (UTC).
 * @returns `undefined` outside of the years 0001 to 9999
 */
export const addMilliseconds = (local: LocalTime, milliseconds: number, calendar: Calendar): LocalTime | undefined => {
  const total = millisecondsIn(timeOf(local)) + milliseconds;
  const time = ((total % millisecondsPerDay) + millisecondsPerDay) % millisecondsPerDay;
  const days = (total - time) / millisecondsPerDay;
  const day = dayOf(local);
  const moved = days === 0 ? day : calendar.addDays(day, days);
  // The calendar stops at its first and last day.
  if (days !== 0 && calendar.addDays(moved, -days) !== day) return undefined;
  return `${moved}T${timeAt(time)}`;
};

/** The last moment of the year 9999. */
export const lastTime: LocalTime = '9999-12-31T23:59:59.999';

/** The first moment of the year 0001. */
export const firstTime: LocalTime = '0001-01-01T00:00';

/** Returns an instant, moved by elapsed time. Limited to the years 0001 to 9999. */
export const addToInstant = (instant: Instant, milliseconds: number, calendar: Calendar): Instant =>
  instantInUtc(
    addMilliseconds(localInUtc(instant), milliseconds, calendar) ?? (milliseconds < 0 ? firstTime : lastTime),
  );

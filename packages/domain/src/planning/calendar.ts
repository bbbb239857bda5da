import type { Instant } from '../instant.ts';

/**
 * A day (`2026-12-01`) or a wall-clock time (`2026-12-01T09:00`, with `:SS` and `.sss` only where they are not zero), in the
 * proleptic Gregorian calendar, from year 0001 to 9999. Of two in the same form, the earlier one sorts first as text.
 */
export type LocalTime = string;

/** What happens in months that are too short for the rule: the last day is taken, or the month is left out. */
export type ShortMonths = 'last' | 'skip';

/** What the occurrences of a series are computed from. */
export interface Series {
  readonly rule: string;
  readonly shortMonths: ShortMonths;
  /** The first occurrence, whether or not the rule has that day. */
  readonly start: LocalTime;
}

/**
 * What the domain has to know of time zones and recurrence. An adapter implements it. All functions are pure; results change
 * only with the zone data of the runtime.
 */
export interface Calendar {
  /**
   * Returns the IANA name of a time zone in its usual spelling (`europe/berlin` gives `Europe/Berlin`; a renamed one keeps
   * its name), or `undefined` if there is no such zone. Offsets such as `+02:00` are no zones.
   */
  zoneName(name: string): string | undefined;

  /**
   * Returns the instant of a wall-clock time in a zone. One that the clocks skip gives the later instant, as if they had not
   * been put forward yet; one that they show twice gives the earlier. An instant outside of the years 0001 to 9999 (UTC)
   * gives the first or last instant of these.
   * @param local a wall-clock time; a day means its 00:00
   */
  toInstant(local: LocalTime, zone: string): Instant;

  /** Returns whether the clocks of a zone show a wall-clock time at this offset from UTC (`+01:00`, `-03:30`, `Z`). */
  hasOffset(local: LocalTime, zone: string, offset: string): boolean;

  /** Returns the wall-clock time of an instant in a zone, never as a day. Limited to the years 0001 to 9999 as above. */
  toLocal(instant: Instant, zone: string): LocalTime;

  /**
   * Returns a day or wall-clock time, moved by a number of days, in the same form. Limited to the years 0001 to 9999.
   */
  addDays(local: LocalTime, days: number): LocalTime;

  /** Returns the day of the week of a day or wall-clock time: 1 is Monday, 7 is Sunday. */
  dayOfWeek(local: LocalTime): number;

  /**
   * Returns the first occurrence of a series after a moment, or `undefined` if there is none within 28 years after the
   * later of the moment and the series' start. Takes a bounded time, however long ago the series started. One that has a
   * number of occurrences (`COUNT`) ends 112 years after its start at the latest.
   * @param after in the form of `series.start`
   * @returns in the form of `series.start`
   */
  nextOccurrence(series: Series, after: LocalTime): LocalTime | undefined;

  /**
   * Counts the occurrences of a series between two moments, without both.
   * @returns at most 10 000, and those of 112 years
   */
  countOccurrences(series: Series, after: LocalTime, before: LocalTime): number;
}

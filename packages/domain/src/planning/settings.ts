import type { Fault } from '../fault.ts';
import { quoted } from '../text.ts';
import type { Calendar } from './calendar.ts';

/** The days of the week, in their order. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** How a user counts days. */
export interface UserSettings {
  /** The IANA name of a time zone. */
  readonly time_zone: string;
  /** When a day starts and the one before it ends, on the clock: `HH:MM`. */
  readonly day_starts_at: string;
  readonly week_starts_on: (typeof weekdays)[number];
}

/** The settings of a user who has set nothing. */
export const defaultSettings: UserSettings = { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' };

const checks: { readonly [F in keyof UserSettings]: (value: string, calendar: Calendar) => string | undefined } = {
  time_zone: (value, calendar) =>
    calendar.zoneName(value) === undefined
      ? `must be the IANA name of a time zone, such as Europe/Berlin, not ${quoted(value)}`
      : undefined,
  day_starts_at: (value) =>
    /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value)
      ? undefined
      : `must be a time of day from 00:00 to 23:59, such as 04:00, not ${quoted(value)}`,
  week_starts_on: (value) =>
    (weekdays as readonly string[]).includes(value)
      ? undefined
      : `must be one of ${weekdays.join(', ')}, not ${quoted(value)}`,
};

/** Returns every fault in the given settings. */
export const settingsFaults = (changes: Partial<UserSettings>, calendar: Calendar): Fault[] =>
  (Object.keys(checks) as (keyof UserSettings)[]).flatMap((field) => {
    const value = changes[field];
    const message = value === undefined ? undefined : checks[field](value, calendar);
    return message === undefined ? [] : { field, message };
  });

/**
 * Returns the given settings as they are stored: the time zone in its usual spelling.
 * @param changes without fault
 */
export const normalisedSettings = <S extends Partial<UserSettings>>(changes: S, calendar: Calendar): S =>
  changes.time_zone === undefined
    ? changes
    : { ...changes, time_zone: calendar.zoneName(changes.time_zone) ?? changes.time_zone };

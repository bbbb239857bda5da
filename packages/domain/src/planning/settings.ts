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

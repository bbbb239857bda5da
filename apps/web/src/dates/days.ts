/** A date such as `2026-12-01`. */
export type Day = string;

const millisecondsOfDay = 86_400_000;

const textOf = (time: number): Day => new Date(time).toISOString().slice(0, 10);

/** Returns the date so many days later. */
export const addDays = (day: Day, count: number): Day => textOf(Date.parse(day) + count * millisecondsOfDay);

/** Returns the same day so many months later; in a month that is too short, its last day. */
export const addMonths = (day: Day, count: number): Day => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return textOf(Date.UTC(year, month - 1 + count, Math.min(date, lastDate)));
};

/** Returns a date, or `undefined` if the calendar has none of these numbers. @param month from 1 */
export const dayOf = (year: number, month: number, date: number): Day | undefined => {
  const text = `${year}-${`${month}`.padStart(2, '0')}-${`${date}`.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00Z`);
  return Number.isNaN(time) || textOf(time) !== text ? undefined : text;
};

/** The days of the week, as `Date` counts them. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const weekdayOf = (day: Day): number => new Date(Date.parse(day)).getUTCDay();

/** Returns the first date from a day on that is one of some days of the week. */
export const firstOn = (day: Day, wanted: readonly number[]): Day => {
  const waits = wanted.map((weekday) => (7 + weekday - weekdayOf(day)) % 7);
  return addDays(day, Math.min(...waits));
};

/** Returns the number of a day of the week by its name, or by the beginning of the name. */
export const weekdayNamed = (name: string): number => weekdays.findIndex((one) => one.startsWith(name.slice(0, 3)));

// What a series means, written without a library: walks all days, one by one, and tests each against the parts of the rule.
import type { Series } from '@taskward/domain';

const millisecondsPerDay = 86_400_000;
const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A day of the proleptic Gregorian calendar as a number: 0 is 1970-01-01. */
export type DayNumber = number;

export const dayNumber = (text: string): DayNumber => {
  const date = new Date(0);
  date.setUTCFullYear(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)));
  return date.getTime() / millisecondsPerDay;
};

export const dayText = (day: DayNumber): string => new Date(day * millisecondsPerDay).toISOString().slice(0, 10);

interface Day {
  readonly day: DayNumber;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly monthLength: number;
  readonly dayOfYear: number;
  readonly yearLength: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

const describe = (day: DayNumber): Day => {
  const date = new Date(day * millisecondsPerDay);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const before = lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0);
  return {
    day,
    year,
    month,
    dayOfMonth,
    monthLength: lengths[month - 1] as number,
    dayOfYear: before + dayOfMonth,
    yearLength: isLeap ? 366 : 365,
    weekday: (((day + 3) % 7) + 7) % 7,
  };
};

const days: Day[] = [];
const firstDay = dayNumber('0001-01-01');
const at = (day: DayNumber): Day => {
  days[day - firstDay] ??= describe(day);
  return days[day - firstDay] as Day;
};

/** Whether a day is one that a list of days from the start (1, 2, …) or the end (-1, -2, …) names. */
const isNth = (nth: number, position: number, length: number): boolean =>
  nth > 0 ? nth === position : nth === position - length - 1;

const makeTest = (parts: ReadonlyMap<string, string>, start: Day, shortMonths: Series['shortMonths']) => {
  const frequency = parts.get('FREQ');
  const list = (name: string): string[] | undefined => parts.get(name)?.split(',');
  const months = list('BYMONTH')?.map(Number);
  const monthDays = list('BYMONTHDAY')?.map(Number);
  const byDay = list('BYDAY')?.map((text) => ({
    weekday: weekdays.indexOf(text.slice(-2)),
    nth: Number(text.slice(0, -2) || 0),
  }));
  const isOnDay = (nth: number, day: Day): boolean => {
    const isShort = shortMonths === 'last' && (frequency === 'MONTHLY' || frequency === 'YEARLY');
    return isNth(isShort ? Math.min(nth, day.monthLength) : nth, day.dayOfMonth, day.monthLength);
  };
  // RFC 5545 leaves open by what weekdays are numbered beside days of the month: by the month.
  const ofMonth = frequency === 'MONTHLY' || months !== undefined || monthDays !== undefined;
  const isOnWeekday = ({ weekday, nth }: { weekday: number; nth: number }, day: Day): boolean => {
    if (weekday !== day.weekday) return false;
    if (nth === 0) return true;
    const [position, length] = ofMonth ? [day.dayOfMonth, day.monthLength] : [day.dayOfYear, day.yearLength];
    return nth > 0 ? Math.ceil(position / 7) === nth : Math.ceil((length - position + 1) / 7) === -nth;
  };
  return (day: Day): boolean => {
    if (months && !months.includes(day.month)) return false;
    if (monthDays && !monthDays.some((nth) => isOnDay(nth, day))) return false;
    if (byDay && !byDay.some((one) => isOnWeekday(one, day))) return false;
    if (monthDays || byDay || frequency === 'DAILY') return true;
    if (frequency === 'WEEKLY') return day.weekday === start.weekday;
    return isOnDay(start.dayOfMonth, day) && (frequency === 'MONTHLY' || months || day.month === start.month) !== false;
  };
};

/** Gives the number of the period of a rule that a day is in, counted from an arbitrary one. */
const periodOf =
  (frequency: string, weekStart: number) =>
  (day: Day): number => {
    if (frequency === 'YEARLY') return day.year;
    if (frequency === 'MONTHLY') return day.year * 12 + day.month;
    return frequency === 'WEEKLY' ? Math.floor((day.day + 3 - weekStart) / 7) : day.day;
  };

/** Returns all days of a series from its start to a day: the start itself, and what the rule gives after it. */
export const walk = (series: Series, to: DayNumber): DayNumber[] => {
  const parts = new Map(series.rule.split(';').map((part) => part.split('=') as [string, string]));
  const start = at(dayNumber(series.start));
  const period = periodOf(parts.get('FREQ') as string, weekdays.indexOf(parts.get('WKST') ?? 'MO'));
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const count = Number(parts.get('COUNT') ?? Number.POSITIVE_INFINITY);
  const until = parts.get('UNTIL')?.replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3');
  const positions = parts.get('BYSETPOS')?.split(',').map(Number);
  const test = makeTest(parts, start, series.shortMonths);
  const last = Math.min(to, until === undefined ? to : dayNumber(until), dayNumber('9999-12-31'));

  const found: DayNumber[] = start.day <= last ? [start.day] : [];
  let set: DayNumber[] = [];
  const close = (): void => {
    const taken = positions
      ? set.filter((_, index) => positions.some((nth) => isNth(nth, index + 1, set.length)))
      : set;
    found.push(...taken.filter((day) => day > start.day && day <= last));
    set = [];
  };
  // From the first day of the start's period to the last day of the last.
  let day = start.day;
  while (day > firstDay && period(at(day - 1)) === period(start)) day -= 1;
  let current = period(start);
  for (; found.length < count; day += 1) {
    const here = at(day);
    if (period(here) !== current) {
      close();
      current = period(here);
      if (day > last) break;
    }
    if ((current - period(start)) % interval === 0 && test(here)) set.push(day);
  }
  return found.slice(0, count);
};

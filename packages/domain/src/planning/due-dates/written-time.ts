import { quoted } from '../../text.ts';
import type { Calendar } from '../calendar.ts';

/** The parts of a day or time as they were written, not checked yet. */
export interface WrittenTime {
  /** `2026-12-01` */
  readonly day: string;
  /** `09:00`, with seconds and their fraction where they were written. */
  readonly time?: string;
  /** `Z`, or such as `+01:00`. */
  readonly offset?: string;
  /** What is between brackets. */
  readonly zone?: string;
}

const form =
  /^(?<day>\d{4}-\d\d-\d\d)(?:T(?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?(?<offset>Z|[+-]\d\d:\d\d)?(?:\[!?(?<zone>[^[\]]+)\])?$/;

/** Returns the parts of a text in one of the forms of a due date, or `undefined` for any other text. */
export const readTime = (text: string): WrittenTime | undefined => {
  const groups = form.exec(text)?.groups;
  return groups as WrittenTime | undefined;
};

/** Returns a text as it would be in a form of a due date: other languages and iCalendar differ from it in little. */
const inForm = (text: string): string =>
  text
    .trim()
    .replace(/^(\d{4})(\d\d)(\d\d)(?!\d)/, '$1-$2-$3')
    .replace(/^(.{10})[ t]\s*(?=\d)/, '$1T')
    .replace(/^(.{10}T\d\d)(\d\d)(\d\d)?/, (_, hour, minute, second) =>
      [hour, minute, ...(second === undefined ? [] : [second])].join(':'),
    )
    .replace(/(\d),(?=\d)/, '$1.')
    .replace(/\s*z(?=\[|$)/i, 'Z')
    .replace(/(T.*\d)\s*([+-]\d\d):?(\d\d)?(?=\[|$)/, (_, time, hours, minutes = '00') => `${time}${hours}:${minutes}`);

/** Returns the sentence for a text in none of the forms. */
export const formFault = (text: string): string => {
  const suggestion = inForm(text);
  if (suggestion !== text && readTime(suggestion) !== undefined) {
    return `must be written as ${quoted(suggestion)}, not ${quoted(text)}`;
  }
  if (/^[+-]?\d{5,}-\d\d-\d\d/.test(text) || /^-\d{4}-\d\d-\d\d/.test(text)) return yearFault(text);
  return `must be a day (2026-12-01), a time (2026-12-01T09:00), an instant (2026-12-01T09:00:00Z) or a time in a zone (2026-12-01T09:00[Europe/Berlin]), not ${quoted(text)}`;
};

const yearFault = (text: string): string => `must be in the years 0001 to 9999, not ${quoted(text)}`;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/** Returns what is wrong with a day such as `2026-12-01`, or `undefined`. */
export const dayFault = (day: string): string | undefined => {
  const [year, month, number] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  if (year === 0) return yearFault(day);
  if (month < 1 || month > 12) return `must have a month from 01 to 12, not ${quoted(day)}`;
  const days = daysInMonth(year, month);
  if (number >= 1 && number <= days) return undefined;
  return `must be a day that exists: ${day.slice(0, 7)} has the days 01 to ${days}, not ${quoted(day)}`;
};

/** Returns what is wrong with a time such as `09:00:30.5` on a day that exists, or `undefined`. */
export const timeFault = (day: string, time: string, calendar: Calendar): string | undefined => {
  const [hour, minute, second] = [time.slice(0, 2), time.slice(3, 5), time.slice(6, 8)];
  if (hour === '24' && /^[0:.]*$/.test(time.slice(2))) {
    const next = calendar.addDays(day, 1);
    return `must have hours from 00 to 23, not ${quoted(time)}: send ${next === day ? '23:59' : `00:00 of ${next}`}`;
  }
  if (hour > '23') return `must have hours from 00 to 23, not ${quoted(time)}`;
  if (minute > '59') return `must have minutes from 00 to 59, not ${quoted(time)}`;
  if (second <= '59') return undefined;
  const instead = second === '60' ? `: send ${hour}:${minute}:59 for a leap second` : '';
  return `must have seconds from 00 to 59, not ${quoted(time)}${instead}`;
};

/** Returns what is wrong with an offset such as `+01:00`, or `undefined`. */
export const offsetFault = (offset: string): string | undefined =>
  offset !== 'Z' && (offset.slice(1, 3) > '23' || offset.slice(4) > '59')
    ? `must have an offset from -23:59 to +23:59, not ${quoted(offset)}`
    : undefined;

/** Returns the minutes by which clocks at an offset are ahead of UTC. */
export const offsetMinutes = (offset: string): number => {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return offset.startsWith('-') ? -minutes : minutes;
};

/** Returns whether an offset names an instant only, and says nothing of the clocks of a zone: `Z` and `-00:00` (RFC 9557). */
export const isUtcOnly = (offset: string): boolean => offset === 'Z' || offset === '-00:00';

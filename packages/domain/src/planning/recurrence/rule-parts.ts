import { quoted } from '../../text.ts';
import type { Calendar } from '../calendar.ts';
import { dayFault, timeFault } from '../due-dates/written-time.ts';

/** What a part of a recurrence rule may hold. Values are in upper case. */
export interface RulePart {
  /** Returns what is wrong with a value, or `undefined`. */
  fault(value: string, calendar: Calendar): string | undefined;
  /** Returns a value without fault in its one spelling. */
  text(value: string): string;
}

const isNumber = (text: string): boolean => /^[+-]?\d{1,6}$/.test(text);

/** Returns the values in order, each once. */
const inOrder = <V>(values: readonly V[], place: (value: V) => number): V[] =>
  [...new Set(values)].sort((a, b) => place(a) - place(b));

/** Positions from the end come after those from the start. */
const placeOf = (position: number): number => (position < 0 ? position + 2000 : position);

/** A part that is one number. */
export const numberPart = (name: string, { min, max }: { min: number; max: number }): RulePart => ({
  fault: (value) =>
    isNumber(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must have ${name} as a number from ${min} to ${max}, not ${quoted(value)}`,
  text: (value) => String(Number(value)),
});

/** A part that is a list of numbers from 1. @param signed whether they may count from the end too: -1 is the last */
export const numbersPart = (name: string, max: number, signed: boolean): RulePart => {
  const isValid = (text: string): boolean => {
    const value = isNumber(text) ? Number(text) : 0;
    return value !== 0 && value <= max && value >= (signed ? -max : 1);
  };
  return {
    fault: (value) => {
      const wrong = value.split(',').find((text) => !isValid(text));
      const range = signed ? `from 1 to ${max}, or from -1 to -${max}` : `from 1 to ${max}`;
      return wrong === undefined ? undefined : `must have ${name} as numbers ${range}, not ${quoted(wrong)}`;
    },
    text: (value) => inOrder(value.split(',').map(Number), placeOf).join(','),
  };
};

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const readWeekday = (text: string): { readonly ordinal: number; readonly weekday: number } | undefined => {
  const [ordinal, weekday] = [text.slice(0, -2), weekdayCodes.indexOf(text.slice(-2))];
  if (weekday < 0) return undefined;
  if (ordinal === '') return { ordinal: 0, weekday };
  return isNumber(ordinal) && Number(ordinal) !== 0 ? { ordinal: Number(ordinal), weekday } : undefined;
};

const weekdayText = (text: string): string => {
  const ordinal = text.slice(0, -2);
  return `${ordinal === '' ? '' : Number(ordinal)}${text.slice(-2)}`;
};

const weekdayPlace = (text: string): number => {
  const { ordinal, weekday } = readWeekday(text) ?? { ordinal: 0, weekday: 0 };
  return placeOf(ordinal) * weekdayCodes.length + weekday;
};

/** BYDAY: days of the week, each with or without an ordinal. Which ordinals a rule may have depends on its FREQ. */
export const weekdaysPart: RulePart = {
  fault: (value) => {
    const wrong = value.split(',').find((text) => readWeekday(text) === undefined);
    return wrong === undefined
      ? undefined
      : `must have BYDAY as days from ${weekdayCodes.join(', ')}, or with a number such as 1MO or -1FR, not ${quoted(wrong)}`;
  },
  text: (value) => inOrder(value.split(',').map(weekdayText), weekdayPlace).join(','),
};

/** WKST: the day on which weeks start. */
export const weekStartPart: RulePart = {
  fault: (value) =>
    weekdayCodes.includes(value)
      ? undefined
      : `must have WKST as one of ${weekdayCodes.join(', ')}, not ${quoted(value)}`,
  text: (value) => value,
};

const untilForm = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/;

/** When a series ends, as UNTIL says it. */
export interface Until {
  readonly day: string;
  /** `23:59:59`; without it the series ends with the day. */
  readonly time?: string;
  /** Whether the time is in UTC. */
  readonly isUtc: boolean;
}

/** Parses the value of UNTIL, or returns `undefined` for one in another form. */
export const readUntil = (value: string): Until | undefined => {
  const [, year, month, day, hour, minute, second, zone] = untilForm.exec(value) ?? [];
  if (year === undefined) return undefined;
  const isUtc = zone === 'Z';
  const until = { day: `${year}-${month}-${day}`, isUtc };
  return hour === undefined ? until : { ...until, time: `${hour}:${minute}:${second}` };
};

/** UNTIL: a day, or a time, on the clock of the due date or in UTC. It is stored as it was written. */
export const untilPart: RulePart = {
  fault: (value, calendar) => {
    const until = readUntil(value);
    if (until === undefined) {
      return `must have UNTIL as 20261224, 20261224T180000 or 20261224T180000Z, not ${quoted(value)}`;
    }
    const { day, time } = until;
    const fault = dayFault(day) ?? (time === undefined ? undefined : timeFault(day, time, calendar));
    return fault === undefined ? undefined : `must have a valid UNTIL: it ${fault}`;
  },
  text: (value) => value,
};

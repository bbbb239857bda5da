import type { LocalTask } from '@taskward/client';
import { dateFormat } from './days.ts';

/** How a task recurs, as an object or as it was given. */
export type Repeat = LocalTask['repeat'];

/** The days of a week as rules spell them, from Monday. */
export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** The rule of the word `weekdays`. */
export const weekdaysRule = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';

const rules: Readonly<Record<string, string>> = {
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
  weekdays: weekdaysRule,
};
const units: Readonly<Record<string, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };

/** Returns the rule of RFC 5545, also of one of the words such as `daily`; empty if the task does not recur. */
export const ruleOf = (repeat: Repeat): string => {
  const rule = repeat === null ? '' : typeof repeat === 'string' ? repeat : repeat.rule;
  return rules[rule] ?? rule;
};

/** Returns the parts of a rule by their names: `{ FREQ: 'DAILY' }`. */
export const partsOf = (rule: string): Readonly<Record<string, string>> =>
  Object.fromEntries(rule.split(';').map((part) => part.split('=', 2) as [string, string]));

/** Writes the name of a weekday. 1970 began on a Thursday, so its fifth day was a Monday. */
export const weekdayName = (code: string, locale: string, weekday: 'short' | 'long' = 'short'): string => {
  const day = weekdayCodes.indexOf(code as 'MO');
  return day < 0 ? code : dateFormat(locale, { timeZone: 'UTC', weekday }).format(Date.UTC(1970, 0, 5 + day));
};

/** Writes how a task recurs: `every 2 weeks on Mon, Wed`. A rule that has no such words is written as it is. */
export const repeatText = (repeat: Repeat, locale: string): string => {
  const rule = ruleOf(repeat);
  if (rule === '') return '';
  const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, COUNT, UNTIL, ...others } = partsOf(rule);
  const unit = units[FREQ ?? ''];
  if (unit === undefined || Object.keys(others).length > 0) return rule;
  const after = typeof repeat === 'object' && repeat?.from === 'completion' ? ', counted from completion' : '';
  if (rule === weekdaysRule || rule === 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR') return `every weekday${after}`;
  const every = INTERVAL === '1' ? `every ${unit}` : `every ${INTERVAL} ${unit}s`;
  const days =
    BYDAY === undefined
      ? ''
      : ` on ${BYDAY.split(',')
          .map((code) => weekdayName(code, locale))
          .join(', ')}`;
  const monthDays = BYMONTHDAY === undefined ? '' : ` on day ${BYMONTHDAY.replaceAll(',', ', ')}`;
  const count = COUNT === undefined ? '' : `, ${COUNT} times`;
  const until = UNTIL === undefined ? '' : `, until ${UNTIL.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')}`;
  return every + days + monthDays + count + until + after;
};

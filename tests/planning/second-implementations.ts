// The same series by other libraries, and what these cannot do: each exception has its reason, and no other is made.
import type { Series } from '@taskward/domain';
import ICAL from 'ical.js';
import rrule from 'rrule';

const partsOf = (rule: string): ReadonlyMap<string, string> =>
  new Map(rule.split(';').map((part) => part.split('=') as [string, string]));

type Excluded = readonly [reason: string, applies: (parts: ReadonlyMap<string, string>, start: string) => boolean];

const has = (parts: ReadonlyMap<string, string>, ...names: string[]): boolean => names.every((name) => parts.has(name));
const isNumbered = (parts: ReadonlyMap<string, string>): boolean => /\d/.test(parts.get('BYDAY') ?? '');
const frequency = (parts: ReadonlyMap<string, string>): string => parts.get('FREQ') ?? '';

const differences: Record<'rrule' | 'ical.js', readonly Excluded[]> = {
  rrule: [
    ['dates before the year 100 become dates of the 20th century', (_, start) => start < '0100'],
    [
      'of weekdays with and without a number, only those that are in both lists are taken',
      (parts) => isNumbered(parts) && /(^|,)[A-Z]/.test(parts.get('BYDAY') ?? ''),
    ],
    [
      'weekdays beside days of the month are numbered by the year, which RFC 5545 leaves open',
      (parts) =>
        frequency(parts) === 'YEARLY' && isNumbered(parts) && has(parts, 'BYMONTHDAY') && !has(parts, 'BYMONTH'),
    ],
  ],
  'ical.js': [
    ['BYSETPOS counts only the weekdays of a month', (parts) => has(parts, 'BYSETPOS')],
    ['numbers of weekdays have one digit', (parts) => /\d\d/.test(parts.get('BYDAY') ?? '')],
    [
      'days from the end of the month are taken in monthly rules only',
      (parts) => frequency(parts) !== 'MONTHLY' && (parts.get('BYMONTHDAY') ?? '').includes('-'),
    ],
    [
      'of several fifth weekdays, one that a month has is left out where another is missing',
      (parts) => frequency(parts) === 'MONTHLY' && (parts.get('BYDAY') ?? '').split('5').length > 2,
    ],
    ['a year is written without its zeros', (_, start) => start < '1000'],
    [
      'a day that a month has not is taken from the next month, in yearly rules',
      (parts) => frequency(parts) === 'YEARLY' && /29|3\d/.test(parts.get('BYMONTHDAY') ?? ''),
    ],
    [
      'a day of the month is taken in the month of the start only, in yearly rules without months',
      (parts) => frequency(parts) === 'YEARLY' && has(parts, 'BYMONTHDAY') && !has(parts, 'BYMONTH'),
    ],
    [
      'BYMONTH does not apply to the first occurrence of weekly and monthly rules, and replaces their INTERVAL',
      (parts) => /WEEKLY|MONTHLY/.test(frequency(parts)) && has(parts, 'BYMONTH'),
    ],
    [
      'the 29th to 31st of a month that has none is taken from the next month',
      (parts, start) => frequency(parts) === 'YEARLY' && !has(parts, 'BYDAY') && start.slice(8, 10) > '28',
    ],
    [
      'weekdays beside days of the month are numbered by the year, also where months are given',
      (parts) => frequency(parts) === 'YEARLY' && isNumbered(parts) && has(parts, 'BYMONTHDAY'),
    ],
    [
      'a rule whose days come less often than in four years is rejected',
      (parts) => frequency(parts) === 'MONTHLY' && has(parts, 'BYDAY', 'BYMONTHDAY'),
    ],
  ],
};

/** Returns why a library is known to differ on a series, or `undefined`. */
export const knownDifference = (library: keyof typeof differences, series: Series): string | undefined => {
  const parts = partsOf(series.rule);
  return differences[library].find(([, applies]) => applies(parts, series.start))?.[0];
};

/** Returns a rule without its end, and with its lists in order, which not every library puts them in. */
const endless = (rule: string): string =>
  [...partsOf(rule)]
    .filter(([name]) => name !== 'COUNT' && name !== 'UNTIL')
    .map(([name, value]) => {
      const isNumbers = /^(BYMONTH|BYMONTHDAY|BYSETPOS)$/.test(name);
      return `${name}=${isNumbers ? value.split(',').sort((a, b) => Number(a) - Number(b)) : value}`;
    })
    .join(';');

/** Returns days after the start of a series without its end, by rrule, up to a day. */
export const byRrule = (series: Series, to: string): string[] => {
  const start = new Date(`${series.start.slice(0, 10)}T00:00:00Z`);
  const rule = new rrule.RRule({ ...rrule.RRule.parseString(endless(series.rule)), dtstart: start });
  return rule.between(start, new Date(`${to}T00:00:00Z`), true).map((day) => day.toISOString().slice(0, 10));
};

/** Returns days from the start of a series without its end, by ical.js: as many as are asked for, or fewer if there are not. */
export const byIcal = (series: Series, count: number): string[] => {
  const start = series.start.slice(0, 10);
  const iterator = ICAL.Recur.fromString(endless(series.rule)).iterator(ICAL.Time.fromDateString(start));
  const found: string[] = [];
  while (found.length < count) {
    const day = iterator.next()?.toString();
    if (day === undefined) break;
    found.push(day);
  }
  return found;
};

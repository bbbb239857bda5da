// Random series: rules of all frequencies and parts, dates around month ends, leap days and the bounds of years.
import type { Series } from '@taskward/domain';
import fc from 'fast-check';
import { dayNumber, dayText } from './day-walk.ts';

const between = (min: number, max: number) => fc.integer({ min, max });
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 });
const signed = (max: number) =>
  fc.oneof({ weight: 3, arbitrary: between(1, max) }, { weight: 1, arbitrary: between(-max, -1) });

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
const numbered = fc.oneof(signed(5), fc.constantFrom(10, 26, 52, 53, -10, -52, -53));
const weekdayOfMonth = fc.oneof(
  weekday,
  fc.tuple(signed(5), weekday).map(([number, day]) => `${number}${day}`),
);
const weekdayOfYear = fc.oneof(
  weekday,
  fc.tuple(numbered, weekday).map(([number, day]) => `${number}${day}`),
);
const monthDay = fc.oneof(signed(31), fc.constantFrom(28, 29, 30, 31, -1));
const interval = fc.oneof(between(1, 4), between(5, 40), fc.constantFrom(100, 365, 400));

const dayOfYears = (first: string, last: string) => between(dayNumber(first), dayNumber(last));
const day = fc.oneof(
  { weight: 8, arbitrary: dayOfYears('1970-01-01', '2110-01-01') },
  { weight: 1, arbitrary: dayOfYears('0001-01-01', '0003-01-01') },
  { weight: 1, arbitrary: dayOfYears('9990-01-01', '9999-12-31') },
  { weight: 2, arbitrary: fc.constantFrom('2024-02-29', '2000-02-29', '2026-01-31', '2095-12-31').map(dayNumber) },
);

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

interface Draft {
  readonly frequency: (typeof frequencies)[number];
  readonly start: number;
  readonly parts: Readonly<Record<string, number | string | readonly (number | string)[] | undefined>>;
  readonly until: number | undefined;
  readonly shortMonths: Series['shortMonths'];
  readonly time: string;
}

const ruleOf = ({ frequency, parts, start, until }: Draft): string => {
  const { BYSETPOS, COUNT, ...others } = parts;
  const isSet = Object.keys(others).some((name) => name.startsWith('BY') && others[name] !== undefined);
  const end = COUNT === undefined && until !== undefined ? dayText(start + until).replaceAll('-', '') : undefined;
  const all = { FREQ: frequency, ...others, BYSETPOS: isSet ? BYSETPOS : undefined, COUNT, UNTIL: end };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
    .join(';');
};

const weekdayIn = { DAILY: weekday, WEEKLY: weekday, MONTHLY: weekdayOfMonth, YEARLY: weekdayOfYear };

const draft: fc.Arbitrary<Draft> = fc.constantFrom(...frequencies).chain((frequency) =>
  fc.record({
    frequency: fc.constant(frequency),
    start: day,
    parts: fc.record({
      INTERVAL: maybe(interval),
      BYMONTH: maybe(some(fc.oneof(between(1, 12), fc.constant(2)))),
      BYMONTHDAY: frequency === 'WEEKLY' ? fc.constant(undefined) : maybe(some(monthDay)),
      BYDAY: maybe(some<string>(weekdayIn[frequency])),
      BYSETPOS: maybe(some(signed(4)), 1),
      WKST: maybe(weekday, 1),
      COUNT: maybe(between(1, 30), 1),
    }),
    until: maybe(between(0, 4000), 1),
    shortMonths: fc.constantFrom<Series['shortMonths'][]>('last', 'skip'),
    time: fc.constantFrom('', 'T00:00', 'T09:30', 'T23:59:59.999'),
  }),
);

/** A series as an arbitrary of fast-check. */
export const series: fc.Arbitrary<Series> = draft.map((one) => ({
  rule: ruleOf(one),
  shortMonths: one.shortMonths,
  start: `${dayText(Math.min(one.start, dayNumber('9999-12-31')))}${one.time}`,
}));

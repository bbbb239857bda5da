import assert from 'node:assert/strict';
import { makeCalendar } from '@taskward/adapters-planning';
import { defaultSettings, type Planning, type UserSettings } from '@taskward/domain';
import fc from 'fast-check';
import { aText } from '../../support/arbitraries.ts';

export const calendar = makeCalendar();

/** The planning of a user with some settings. */
export const planningOf = (settings: Partial<UserSettings> = {}): Planning => ({
  calendar,
  settings: { ...defaultSettings, ...settings },
});

/** Checks that a message continues a field's name, in one line, so that another sentence can follow it. */
export const assertSentence = (message: string): void => {
  assert.match(message, /^must [^\n]+[^\s.;:,…]$/u, message);
  assert.ok(message.length <= 400, `is too long: ${message}`);
};

const digits = (value: number, length: number): string => String(value).padStart(length, '0');
const aNumber = (min: number, max: number, length = 2) =>
  fc.integer({ min, max }).map((value) => digits(value, length));

/** A day of the calendar, at its bounds and at the ends of months more often than others. */
export const aDay: fc.Arbitrary<string> = fc.oneof(
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc
    .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom('0001-01-01', '9999-12-31', '2024-02-29', '2026-03-29', '2026-10-25', '2000-02-29', '1900-02-28'),
);

/** A time of day, with seconds and a fraction of any length or without. */
export const aTime: fc.Arbitrary<string> = fc
  .tuple(
    aNumber(0, 23),
    aNumber(0, 59),
    fc.option(aNumber(0, 59)),
    fc.option(fc.stringMatching(/^(0{1,9}|\d{1,9})$/, { size: 'small' })),
  )
  .map(([hour, minute, second, fraction]) =>
    [`${hour}:${minute}`, ...(second === null ? [] : [`:${second}`, fraction === null ? '' : `.${fraction}`])].join(''),
  );

export const anOffset: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('Z', '+00:00', '-00:00', '+01:00', '-08:00', '+05:45', '+23:59', '-23:59'),
  fc
    .tuple(fc.constantFrom('+', '-'), aNumber(0, 23), aNumber(0, 59))
    .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
);

export const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Calcutta',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'Antarctica/Troll',
];
export const aZone = fc.constantFrom(...zones);

export const aSetting: fc.Arbitrary<Partial<UserSettings>> = fc.record({
  time_zone: aZone,
  day_starts_at: fc.tuple(aNumber(0, 23), aNumber(0, 59)).map(([hour, minute]) => `${hour}:${minute}`),
});

/** A due date without fault, in any of its forms. */
export const aDueDate: fc.Arbitrary<string> = fc.oneof(
  aDay,
  fc.tuple(aDay, aTime).map(([day, time]) => `${day}T${time}`),
  fc
    // A day from the first and the last, so that the instant is within the calendar's years.
    .tuple(
      aDay.filter((day) => day > '0001-01-01' && day < '9999-12-31'),
      aTime,
      anOffset,
    )
    .map(([day, time, offset]) => `${day}T${time}${offset}`),
  fc.tuple(aDay, aTime, aZone).map(([day, time, zone]) => `${day}T${time}[${zone}]`),
);

/** Texts that look like one of a kind: some of its pieces and others, in any order, and any text at all. */
export const aTextLike = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    aText(80),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, aText(3)), { maxLength: 12 })
      .map((all) => all.join('')),
  );

const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const someOf = <V>(value: fc.Arbitrary<V>) =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 4 }).map((values) => values.join(','));
const signed = (max: number) => fc.oneof(fc.integer({ min: 1, max }), fc.integer({ min: -max, max: -1 }));
const ordinals = (max: number) =>
  fc.tuple(fc.option(signed(max), { nil: '' as const }), fc.constantFrom(...weekdayCodes)).map((all) => all.join(''));

/** A rule of recurrence without fault, each part there or not. */
export const aRule: fc.Arbitrary<string> = fc
  .record({
    frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.option(fc.integer({ min: 1, max: 5 })),
    months: fc.option(someOf(fc.integer({ min: 1, max: 12 }))),
    monthDays: fc.option(someOf(signed(31))),
    plain: someOf(fc.constantFrom(...weekdayCodes)),
    ordinals5: someOf(ordinals(5)),
    ordinals53: someOf(ordinals(53)),
    hasDays: fc.boolean(),
    positions: fc.option(someOf(fc.oneof({ weight: 9, arbitrary: signed(5) }, signed(366)))),
    end: fc.option(
      fc.oneof(
        fc.integer({ min: 1, max: 9999 }).map((count) => `COUNT=${count}`),
        aDay.map((day) => `UNTIL=${day.replaceAll('-', '')}`),
        aDay.map((day) => `UNTIL=${day.replaceAll('-', '')}T120000Z`),
      ),
    ),
    weekStart: fc.option(fc.constantFrom(...weekdayCodes)),
  })
  .map((rule) => {
    const { frequency, interval, months, monthDays, positions, end, weekStart } = rule;
    const days = { DAILY: rule.plain, WEEKLY: rule.plain, MONTHLY: rule.ordinals5, YEARLY: rule.ordinals53 }[frequency];
    const byDay = frequency === 'YEARLY' && months !== null ? rule.ordinals5 : days;
    const hasMonthDays = monthDays !== null && frequency !== 'WEEKLY';
    return [
      `FREQ=${frequency}`,
      ...(interval === null ? [] : [`INTERVAL=${interval}`]),
      ...(months === null ? [] : [`BYMONTH=${months}`]),
      ...(hasMonthDays ? [`BYMONTHDAY=${monthDays}`] : []),
      ...(rule.hasDays ? [`BYDAY=${byDay}`] : []),
      ...(positions !== null && (months !== null || hasMonthDays || rule.hasDays) ? [`BYSETPOS=${positions}`] : []),
      ...(end === null ? [] : [end]),
      ...(weekStart === null ? [] : [`WKST=${weekStart}`]),
    ].join(';');
  });

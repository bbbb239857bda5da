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

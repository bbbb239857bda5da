import assert from 'node:assert/strict';
import { dueDateFault, dueDateText, normalisedDueDate, parseDueDate } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds, shown } from '../../support/arbitraries.ts';
import { aDay, aDueDate, anOffset, assertSentence, aTextLike, aTime, aZone, calendar } from './arbitraries.ts';

/** The shortest text of a time of day, with milliseconds at most. */
const shortest = (time: string): string => {
  const [, minutes, milliseconds] = /^(\d\d:\d\d)(.*)$/.exec(`${time.padEnd(8, ':00').slice(0, 12)}`) ?? [];
  const seconds = Number((milliseconds ?? '').slice(1) || 0).toFixed(3);
  if (Number(seconds) === 0) return minutes as string;
  return `${minutes}:${seconds.padStart(6, '0').replace('.000', '')}`;
};

t.test('a due date is stored in the form in which it came, in one spelling', async (t) => {
  const table: [sent: string, stored: string][] = [
    ['2026-12-01', '2026-12-01'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['2024-02-29', '2024-02-29'],
    ['2026-12-01T09:00', '2026-12-01T09:00'],
    ['2026-12-01T09:00:00', '2026-12-01T09:00'],
    ['2026-12-01T09:00:30', '2026-12-01T09:00:30'],
    ['2026-12-01T09:00:00.5', '2026-12-01T09:00:00.500'],
    ['2026-12-01T23:59:59.9999', '2026-12-01T23:59:59.999'],
    ['2026-12-01T09:00Z', '2026-12-01T09:00:00Z'],
    // JavaScript's toISOString(), and Python's isoformat().
    ['2026-12-01T09:00:00.000Z', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:00:00.123456+00:00', '2026-12-01T09:00:00.123Z'],
    ['2026-12-01T00:30+01:00', '2026-11-30T23:30:00Z'],
    ['2026-12-31T23:30-01:00', '2027-01-01T00:30:00Z'],
    ['2026-12-01T09:00-00:00', '2026-12-01T09:00:00Z'],
    ['2026-12-01T09:00+23:59', '2026-11-30T09:01:00Z'],
    ['0001-01-01T01:00+01:00', '0001-01-01T00:00:00Z'],
    ['9999-12-31T22:59:59.999-01:00', '9999-12-31T23:59:59.999Z'],
    ['2026-12-01T09:00[Europe/Berlin]', '2026-12-01T09:00[Europe/Berlin]'],
    ['2026-12-01T09:00:00[europe/berlin]', '2026-12-01T09:00[Europe/Berlin]'],
    ['2026-12-01T09:00+01:00[Europe/Berlin]', '2026-12-01T09:00[Europe/Berlin]'],
    ['2026-07-01T09:00:00.000+02:00[!Europe/Berlin]', '2026-07-01T09:00[Europe/Berlin]'],
    // A zone that was renamed keeps the name that the user knows.
    ['2026-12-01T09:00[Asia/Calcutta]', '2026-12-01T09:00[Asia/Calcutta]'],
    ['2026-12-01T09:00+05:30[Asia/Kolkata]', '2026-12-01T09:00[Asia/Kolkata]'],
    // Z says nothing of the clocks of the zone: it is the moment that they show as 10:00.
    ['2026-12-01T09:00Z[Europe/Berlin]', '2026-12-01T10:00[Europe/Berlin]'],
    ['2026-12-01T23:30-00:00[Europe/Berlin]', '2026-12-02T00:30[Europe/Berlin]'],
    // A time in the gap or the overlap of a change of clocks is kept as it was written.
    ['2026-03-29T02:30[Europe/Berlin]', '2026-03-29T02:30[Europe/Berlin]'],
    ['2026-10-25T02:30+01:00[Europe/Berlin]', '2026-10-25T02:30[Europe/Berlin]'],
    ['2026-10-25T02:30+02:00[Europe/Berlin]', '2026-10-25T02:30[Europe/Berlin]'],
  ];
  for (const [sent, stored] of table) {
    t.equal(dueDateFault(sent, calendar), undefined, sent);
    t.equal(normalisedDueDate(sent, calendar), stored, sent);
  }
});

t.test('each kind of mistake has a sentence that says what to send', async (t) => {
  const forms =
    'must be a day (2026-12-01), a time (2026-12-01T09:00), an instant (2026-12-01T09:00:00Z) or a time in a zone (2026-12-01T09:00[Europe/Berlin])';
  const table: [sent: string, fault: string][] = [
    ['', `${forms}, not ""`],
    ['tomorrow', `${forms}, not "tomorrow"`],
    ['2026-12', `${forms}, not "2026-12"`],
    ['2026-12-01T09', `${forms}, not "2026-12-01T09"`],
    ['01.12.2026', `${forms}, not "01.12.2026"`],
    ['2026-12-01T09:00[]', `${forms}, not "2026-12-01T09:00[]"`],
    ['2026-12-01\n', 'must be written as "2026-12-01", not "2026-12-01\\n"'],
    [' 2026-12-01', 'must be written as "2026-12-01", not " 2026-12-01"'],
    ['2026-12-01 09:00', 'must be written as "2026-12-01T09:00", not "2026-12-01 09:00"'],
    ['2026-12-01t09:00:00z', 'must be written as "2026-12-01T09:00:00Z", not "2026-12-01t09:00:00z"'],
    [
      '2026-12-01 09:00:00.5 +0100',
      'must be written as "2026-12-01T09:00:00.5+01:00", not "2026-12-01 09:00:00.5 +0100"',
    ],
    ['2026-12-01T09:00+01', 'must be written as "2026-12-01T09:00+01:00", not "2026-12-01T09:00+01"'],
    ['20261201', 'must be written as "2026-12-01", not "20261201"'],
    ['20261201T090000Z', 'must be written as "2026-12-01T09:00:00Z", not "20261201T090000Z"'],
    ['2026-02-30', 'must be a day that exists: 2026-02 has the days 01 to 28, not "2026-02-30"'],
    ['2100-02-29', 'must be a day that exists: 2100-02 has the days 01 to 28, not "2100-02-29"'],
    ['2024-02-30', 'must be a day that exists: 2024-02 has the days 01 to 29, not "2024-02-30"'],
    ['2026-04-31T09:00', 'must be a day that exists: 2026-04 has the days 01 to 30, not "2026-04-31"'],
    ['2026-12-00', 'must be a day that exists: 2026-12 has the days 01 to 31, not "2026-12-00"'],
    ['2026-13-01', 'must have a month from 01 to 12, not "2026-13-01"'],
    ['2026-00-01', 'must have a month from 01 to 12, not "2026-00-01"'],
    ['0000-12-31', 'must be in the years 0001 to 9999, not "0000-12-31"'],
    ['+010000-01-01', 'must be in the years 0001 to 9999, not "+010000-01-01"'],
    ['-0001-01-01', 'must be in the years 0001 to 9999, not "-0001-01-01"'],
    ['2026-12-31T24:00', 'must have hours from 00 to 23, not "24:00": send 00:00 of 2027-01-01'],
    ['2026-12-31T24:00:00Z', 'must have hours from 00 to 23, not "24:00:00": send 00:00 of 2027-01-01'],
    ['9999-12-31T24:00', 'must have hours from 00 to 23, not "24:00": send 23:59'],
    ['2026-12-01T24:01', 'must have hours from 00 to 23, not "24:01"'],
    ['2026-12-01T25:00', 'must have hours from 00 to 23, not "25:00"'],
    ['2026-12-01T09:60', 'must have minutes from 00 to 59, not "09:60"'],
    ['2016-12-31T23:59:60Z', 'must have seconds from 00 to 59, not "23:59:60": send 23:59:59 for a leap second'],
    ['2026-12-01T09:00:61', 'must have seconds from 00 to 59, not "09:00:61"'],
    ['2026-12-01T09:00+24:00', 'must have an offset from -23:59 to +23:59, not "+24:00"'],
    ['2026-12-01T09:00-01:60', 'must have an offset from -23:59 to +23:59, not "-01:60"'],
    ['0001-01-01T00:59+01:00', 'must be in the years 0001 to 9999 in UTC, not "0001-01-01T00:59+01:00"'],
    ['9999-12-31T23:00:00-01:00', 'must be in the years 0001 to 9999 in UTC, not "9999-12-31T23:00-01:00"'],
    [
      '2026-12-01T09:00[Europe/Nowhere]',
      'must name a time zone of the IANA, such as Europe/Berlin, not "Europe/Nowhere"',
    ],
    ['2026-12-01T09:00[+01:00]', 'must name a time zone of the IANA, such as Europe/Berlin, not "+01:00"'],
    [
      '2026-12-01T09:00+02:00[Europe/Berlin]',
      'must have an offset that agrees with its zone: the clocks of Europe/Berlin are not at +02:00 then; send 2026-12-01T09:00[Europe/Berlin]',
    ],
    [
      '2026-03-29T02:30+01:00[Europe/Berlin]',
      'must have an offset that agrees with its zone: the clocks of Europe/Berlin are not at +01:00 then; send 2026-03-29T02:30[Europe/Berlin]',
    ],
    [
      '2026-12-01[Europe/Berlin]',
      'must have a time before its offset or zone, such as 2026-12-01T09:00, or be the day alone: 2026-12-01',
    ],
    [
      '2026-12-01Z',
      'must have a time before its offset or zone, such as 2026-12-01T09:00, or be the day alone: 2026-12-01',
    ],
    [
      `2026-12-01T09:00[${'x'.repeat(80)}]`,
      `must name a time zone of the IANA, such as Europe/Berlin, not "${'x'.repeat(50)}…"`,
    ],
  ];
  for (const [sent, fault] of table) {
    t.equal(dueDateFault(sent, calendar), fault, shown(sent));
    assertSentence(fault);
  }
});

t.test('a due date without fault is stored in one spelling, which is read back as it is', async (t) => {
  holds(
    t,
    fc.property(aDueDate, (text) => {
      assert.equal(dueDateFault(text, calendar), undefined);
      const stored = normalisedDueDate(text, calendar);
      assert.equal(dueDateFault(stored, calendar), undefined);
      assert.equal(normalisedDueDate(stored, calendar), stored);
      assert.equal(dueDateText(parseDueDate(stored)), stored);
    }),
  );
});

t.test('a wall-clock time keeps its day, time and zone', async (t) => {
  holds(
    t,
    fc.property(aDay, aTime, aZone, (day, time, zone) => {
      const local = `${day}T${shortest(time)}`;
      assert.deepEqual(parseDueDate(normalisedDueDate(`${day}T${time}`, calendar)), { kind: 'floating', local });
      const zoned = normalisedDueDate(`${day}T${time}[${zone.toUpperCase()}]`, calendar);
      assert.deepEqual(parseDueDate(zoned), { kind: 'zoned', local, zone });
      assert.deepEqual(parseDueDate(day), { kind: 'day', local: day });
    }),
  );
});

t.test('an instant is the one that JavaScript reads', async (t) => {
  const [first, last] = ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [number, number];
  holds(
    t,
    fc.property(aDay, aTime, anOffset, (day, time, offset) => {
      const text = `${day}T${time}${offset}`;
      const expected = Date.parse(`${day}T${time.slice(0, 12)}${offset}`);
      assert.equal(dueDateFault(text, calendar) === undefined, expected >= first && expected <= last);
      if (dueDateFault(text, calendar) !== undefined) return;
      const stored = normalisedDueDate(text, calendar);
      assert.equal(Date.parse(stored), expected);
      assert.match(stored, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000)\d{3})?Z$/);
    }),
  );
});

t.test('a day or time has a fault exactly where no calendar or clock has it', async (t) => {
  const number = (max: number, length = 2) => fc.nat(max).map((value) => String(value).padStart(length, '0'));
  holds(
    t,
    fc.property(
      fc.oneof(number(9999, 4), fc.constantFrom('0000', '0001', '1900', '2000', '2024')),
      number(13),
      number(32),
      number(25),
      number(61),
      number(61),
      (year, month, day, hour, minute, second) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
        const date = new Date(`${text}.000Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && year !== '0000';
        assert.equal(dueDateFault(text, calendar) === undefined, exists);
      },
    ),
    { numRuns: 1000 },
  );
});

t.test('any text has a fault in one sentence or is stored', async (t) => {
  const pieces = ['2026', '-', '12', '01', 'T', 't', ' ', '09', ':', '00', '60', '24', '.', 'Z', '+01:00', '[', ']'];
  holds(
    t,
    fc.property(aTextLike(...pieces, 'Europe/Berlin', '2026-12-01', '2026-12-01T09:00', '[Europe/Berlin]'), (text) => {
      const fault = dueDateFault(text, calendar);
      if (fault !== undefined) return assertSentence(fault);
      const stored = normalisedDueDate(text, calendar);
      assert.equal(normalisedDueDate(stored, calendar), stored);
    }),
    { numRuns: 1000 },
  );
});

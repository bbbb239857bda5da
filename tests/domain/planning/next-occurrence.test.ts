import { normalisedRepeat } from '@taskward/domain';
import t from 'tap';
import { calendar } from './arbitraries.ts';
import { after, type Case, onTime, seriesOf } from './completions.ts';

const berlin = { time_zone: 'Europe/Berlin' };

t.test('the next occurrence is the first after the later of the due date and now', async (t) => {
  const table: [name: string, given: Case, dueDate: string | undefined, skipped?: number][] = [
    ['on time', { repeat: 'daily', due: '2026-12-01', now: '2026-12-01T12:00:00.000Z' }, '2026-12-02', 0],
    ['early', { repeat: 'weekly', due: '2026-12-01', now: '2026-11-20T12:00:00.000Z' }, '2026-12-08', 0],
    ['late', { repeat: 'daily', due: '2026-11-27', now: '2026-11-30T12:00:00.000Z' }, '2026-12-01', 3],
    ['years late', { repeat: 'daily', due: '2020-12-01', now: '2026-12-01T12:00:00.000Z' }, '2026-12-02', 2191],
    [
      "late, in the user's zone",
      { repeat: 'daily', due: '2026-11-27', now: '2026-11-30T23:30:00.000Z', settings: berlin },
      '2026-12-02',
      4,
    ],
    [
      'late, where the day starts late',
      {
        repeat: 'daily',
        due: '2026-11-27',
        now: '2026-11-30T23:30:00.000Z',
        settings: { ...berlin, day_starts_at: '04:00' },
      },
      '2026-12-01',
      3,
    ],
    [
      'at a time that is still to come today',
      { repeat: 'daily', due: '2026-11-29T18:00', now: '2026-12-01T12:00:00.000Z' },
      '2026-12-01T18:00',
      1,
    ],
    [
      'at a time that has passed today',
      { repeat: 'daily', due: '2026-11-29T09:00', now: '2026-12-01T12:00:00.000Z' },
      '2026-12-02T09:00',
      2,
    ],
    [
      'an instant recurs in UTC',
      { repeat: 'daily', due: '2026-03-28T23:30:00Z', now: '2026-03-28T23:30:00.000Z', settings: berlin },
      '2026-03-29T23:30:00Z',
      0,
    ],
    [
      'only on working days',
      { repeat: 'weekdays', due: '2026-11-27', now: '2026-11-27T12:00:00.000Z' },
      '2026-11-30',
      0,
    ],
    [
      'with seconds and milliseconds',
      { repeat: 'daily', due: '2026-12-01T09:00:30.500', now: '2026-12-01T12:00:00.000Z' },
      '2026-12-02T09:00:30.500',
      0,
    ],
    ['a day of its own', { repeat: 'yearly', due: '2024-02-29', now: '2026-12-01T12:00:00.000Z' }, '2027-02-28', 2],
    [
      'a leap day only',
      { repeat: { rule: 'yearly', short_months: 'skip' }, due: '2024-02-29', now: '2026-12-01T12:00:00.000Z' },
      '2028-02-29',
      0,
    ],
  ];
  for (const [name, given, dueDate, skipped] of table) {
    const next = after(given);
    t.equal(next?.dueDate, dueDate, name);
    t.equal(next?.skipped, skipped, `${name}: skipped`);
    t.strictSame(next?.repeat, normalisedRepeat(given.repeat, given.due, calendar), `${name}: the rule stays`);
  }
});

t.test('what other applications get wrong', async (t) => {
  t.strictSame(
    seriesOf('monthly', '2026-01-31', 4, onTime),
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'],
    'a month after 31 January is not 3 March, and March has its 31st again',
  );
  t.strictSame(
    seriesOf({ rule: 'monthly', short_months: 'skip' }, '2026-01-31', 3, onTime),
    ['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31'],
    'or short months are left out',
  );
  t.strictSame(
    seriesOf('weekly', '2026-12-01T09:00[Europe/Berlin]', 1, onTime),
    ['2026-12-01T09:00[Europe/Berlin]', '2026-12-08T09:00[Europe/Berlin]'],
    'the time and the zone are kept',
  );
  t.equal(
    // 09:00 on Friday in Auckland is Thursday in UTC.
    after({
      repeat: 'FREQ=WEEKLY;BYDAY=FR',
      due: '2026-12-04T09:00[Pacific/Auckland]',
      now: '2026-12-03T20:30:00.000Z',
      settings: { time_zone: 'America/New_York' },
    })?.dueDate,
    '2026-12-11T09:00[Pacific/Auckland]',
    'weekdays are those of the zone',
  );
  t.strictSame(
    seriesOf('daily', '2026-10-24T02:30[Europe/Berlin]', 3, (due) => `${due.slice(0, 10)}T01:30:00.000Z`),
    [24, 25, 26, 27].map((day) => `2026-10-${day}T02:30[Europe/Berlin]`),
    'no day is repeated where clocks are put back',
  );
  t.strictSame(
    seriesOf('daily', '2026-03-28T02:30[Europe/Berlin]', 3, (due) => `${due.slice(0, 10)}T01:30:00.000Z`),
    [28, 29, 30, 31].map((day) => `2026-03-${day}T02:30[Europe/Berlin]`),
    'none is left out where they are put forward, and the time comes back the day after',
  );
});

t.test('the series goes on where one occurrence was moved', async (t) => {
  const start = '2026-11-30T09:00[Europe/Berlin]';
  const table: [name: string, due: string, now: string, dueDate: string][] = [
    [
      'to a later day',
      '2026-12-02T09:00[Europe/Berlin]',
      '2026-12-02T12:00:00.000Z',
      '2026-12-07T09:00[Europe/Berlin]',
    ],
    [
      'to another time',
      '2026-11-30T18:00[Europe/Berlin]',
      '2026-11-30T17:30:00.000Z',
      '2026-12-07T09:00[Europe/Berlin]',
    ],
    [
      'beyond the next one',
      '2026-12-08T09:00[Europe/Berlin]',
      '2026-12-01T12:00:00.000Z',
      '2026-12-14T09:00[Europe/Berlin]',
    ],
    ['to a day without a time', '2026-12-01', '2026-12-01T12:00:00.000Z', '2026-12-07T09:00[Europe/Berlin]'],
    ['to the day of the next one', '2026-12-07', '2026-12-01T12:00:00.000Z', '2026-12-14T09:00[Europe/Berlin]'],
    ['to an instant', '2026-12-07T07:59:59Z', '2026-12-01T12:00:00.000Z', '2026-12-07T09:00[Europe/Berlin]'],
    [
      'to the instant of the next one',
      '2026-12-07T08:00:00Z',
      '2026-12-01T12:00:00.000Z',
      '2026-12-14T09:00[Europe/Berlin]',
    ],
    ['to another zone', '2026-12-07T17:00[Asia/Tokyo]', '2026-12-01T12:00:00.000Z', '2026-12-14T09:00[Europe/Berlin]'],
    [
      'to a zone that is behind',
      '2026-12-07T08:30[America/New_York]',
      '2026-12-01T12:00:00.000Z',
      '2026-12-14T09:00[Europe/Berlin]',
    ],
  ];
  for (const [name, due, now, dueDate] of table) {
    t.equal(after({ repeat: { rule: 'weekly', start }, due, now })?.dueDate, dueDate, name);
  }
  t.match(
    after({
      repeat: { rule: 'weekly', start: '2026-11-30' },
      due: '2026-12-02T18:00',
      now: '2026-12-22T12:00:00.000Z',
    }),
    { dueDate: '2026-12-28', skipped: 3 },
    'a day that was moved to a time is followed by days',
  );
});

t.test('from its completion, a series starts anew', async (t) => {
  const threeDays = { rule: 'FREQ=DAILY;INTERVAL=3', from: 'completion' } as const;
  const table: [name: string, given: Case, dueDate: string][] = [
    ['late', { repeat: threeDays, due: '2026-12-01', now: '2026-12-03T12:00:00.000Z' }, '2026-12-06'],
    ['early', { repeat: threeDays, due: '2026-12-10', now: '2026-12-03T12:00:00.000Z' }, '2026-12-06'],
    [
      'early, when it would be the same again',
      { repeat: threeDays, due: '2026-12-10', now: '2026-12-07T12:00:00.000Z' },
      '2026-12-13',
    ],
    [
      'at its time of day',
      { repeat: threeDays, due: '2026-12-01T09:00', now: '2026-12-03T23:59:00.000Z' },
      '2026-12-06T09:00',
    ],
    [
      'on the day in its zone',
      { repeat: threeDays, due: '2026-12-01T09:00[Asia/Tokyo]', now: '2026-12-03T20:00:00.000Z' },
      '2026-12-07T09:00[Asia/Tokyo]',
    ],
    [
      "on the user's day",
      {
        repeat: threeDays,
        due: '2026-12-01',
        now: '2026-12-03T02:00:00.000Z',
        settings: { ...berlin, day_starts_at: '04:00' },
      },
      '2026-12-05',
    ],
    [
      'an instant in UTC',
      { repeat: threeDays, due: '2026-12-01T23:00:00Z', now: '2026-12-03T23:30:00.000Z', settings: berlin },
      '2026-12-06T23:00:00Z',
    ],
    [
      'on given weekdays',
      {
        repeat: { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'completion' },
        due: '2026-11-30',
        now: '2026-12-09T12:00:00.000Z',
      },
      '2026-12-14',
    ],
    [
      'monthly, at the end of a month',
      { repeat: { rule: 'monthly', from: 'completion' }, due: '2026-01-15', now: '2026-01-31T12:00:00.000Z' },
      '2026-02-28',
    ],
  ];
  for (const [name, given, dueDate] of table) {
    const next = after(given);
    t.equal(next?.dueDate, dueDate, name);
    t.equal(next?.skipped, 0, `${name}: nothing is skipped`);
    const repeat = normalisedRepeat(given.repeat, given.due, calendar);
    t.strictSame(next?.repeat, { ...repeat, start: dueDate }, `${name}: the series starts there`);
  }
});

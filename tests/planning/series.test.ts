import { makeCalendar } from '@taskward/adapters-planning';
import { type LocalTime, type Series, toInstant } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';

const calendar = makeCalendar();

const after = (series: Series, moment: LocalTime, count: number): LocalTime[] => {
  const found: LocalTime[] = [];
  for (let last = moment; found.length < count; ) {
    const next = calendar.nextOccurrence(series, last);
    if (next === undefined) break;
    found.push(next);
    last = next;
  }
  return found;
};

const series = (rule: string, start: LocalTime, shortMonths: Series['shortMonths'] = 'last'): Series => ({
  rule,
  start,
  shortMonths,
});

t.test('months that are too short', async (t) => {
  const cases: [rule: string, start: string, last: string, skip: string][] = [
    ['FREQ=MONTHLY', '2026-01-31', '2026-02-28 2026-03-31 2026-04-30', '2026-03-31 2026-05-31 2026-07-31'],
    ['FREQ=MONTHLY', '2024-01-30', '2024-02-29 2024-03-30 2024-04-30', '2024-03-30 2024-04-30 2024-05-30'],
    ['FREQ=MONTHLY', '2023-01-29', '2023-02-28 2023-03-29 2023-04-29', '2023-03-29 2023-04-29 2023-05-29'],
    // The start is a last day, but the rule names another.
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-04-30', '2026-05-31 2026-06-30', '2026-05-31 2026-07-31'],
    ['FREQ=MONTHLY;INTERVAL=3', '2026-11-30', '2027-02-28 2027-05-30', '2027-05-30 2027-08-30'],
    [
      'FREQ=MONTHLY;BYMONTHDAY=30,31',
      '2026-01-31',
      '2026-02-28 2026-03-30 2026-03-31',
      '2026-03-30 2026-03-31 2026-04-30',
    ],
    [
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=4',
      '2026-01-15',
      '2026-01-30 2026-02-15 2026-02-28',
      '2026-01-30 2026-02-15 2026-03-15',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=29,30,31;BYSETPOS=1', '2026-01-29', '2026-02-28 2026-03-29', '2026-03-29 2026-04-29'],
    ['FREQ=MONTHLY;BYMONTHDAY=30;BYDAY=SA', '2026-01-30', '2026-02-28 2026-05-30', '2026-05-30 2027-01-30'],
    // From the end: nothing is taken instead of a day that a month has not.
    ['FREQ=MONTHLY;BYMONTHDAY=-30', '2026-01-02', '2026-03-02 2026-04-01', '2026-03-02 2026-04-01'],
    ['FREQ=YEARLY', '2024-02-29', '2025-02-28 2026-02-28 2027-02-28 2028-02-29', '2028-02-29 2032-02-29'],
    ['FREQ=YEARLY', '2096-02-29', '2097-02-28 2098-02-28', '2104-02-29 2108-02-29'],
    ['FREQ=YEARLY;BYMONTH=2,3', '2026-03-31', '2027-02-28 2027-03-31', '2027-03-31 2028-03-31'],
    ['FREQ=YEARLY;BYMONTHDAY=30;BYSETPOS=2', '2026-02-28', '2027-02-28 2028-02-29', '2026-03-30 2027-03-30'],
    // A rule by days takes from the days that there are.
    ['FREQ=DAILY;BYMONTHDAY=31', '2026-01-31', '2026-03-31 2026-05-31', '2026-03-31 2026-05-31'],
  ];
  for (const [rule, start, last, skip] of cases) {
    for (const [shortMonths, dates] of [
      ['last', last],
      ['skip', skip],
    ] as const) {
      const expected = dates.split(' ');
      const found = after(series(rule, start, shortMonths), start, expected.length);
      t.strictSame(found, expected, `${rule} from ${start}, ${shortMonths}`);
    }
  }
});

t.test('where a series starts and ends', async (t) => {
  const mondays = series('FREQ=WEEKLY;BYDAY=MO;COUNT=3', '2026-12-01');
  t.strictSame(after(mondays, '2026-01-01', 9), ['2026-12-01', '2026-12-07', '2026-12-14'], 'the start is the first');
  t.strictSame(after(series('FREQ=DAILY;COUNT=1', '2026-12-01'), '2026-12-01', 9), []);
  const ends: [until: string, start: string, last: string][] = [
    ['20261203', '2026-12-01', '2026-12-03'],
    ['20261203', '2026-12-01T09:00', '2026-12-03T09:00'],
    ['20261203T090000', '2026-12-01T09:00', '2026-12-03T09:00'],
    ['20261203T085959Z', '2026-12-01T09:00', '2026-12-02T09:00'],
    ['20261203T090000Z', '2026-12-01T09:00:00.001', '2026-12-02T09:00:00.001'],
    ['20261203T085959Z', '2026-12-01', '2026-12-03'],
  ];
  for (const [until, start, last] of ends) {
    t.equal(after(series(`FREQ=DAILY;UNTIL=${until}`, start), start, 9).at(-1), last, `until ${until}, from ${start}`);
  }
  t.strictSame(
    after(series('FREQ=DAILY;UNTIL=20261130', '2026-12-01'), '2026-01-01', 1),
    [],
    'ended before it started',
  );
  const daily = series('FREQ=DAILY', '2026-12-01T09:00');
  t.equal(calendar.nextOccurrence(daily, '2026-12-05T08:59:59.999'), '2026-12-05T09:00');
  t.equal(calendar.nextOccurrence(daily, '2026-12-05T09:00'), '2026-12-06T09:00');
  t.equal(calendar.nextOccurrence(daily, '2026-12-05T09:00:00.001'), '2026-12-06T09:00');
});

t.test('occurrences are looked for within 28 years', async (t) => {
  const yearly = (years: number, start: string) => series(`FREQ=YEARLY;INTERVAL=${years}`, start);
  t.equal(calendar.nextOccurrence(yearly(28, '2000-02-29'), '2000-02-29'), '2028-02-29');
  t.equal(calendar.nextOccurrence(yearly(29, '2000-02-29'), '2000-02-29'), undefined);
  t.equal(calendar.nextOccurrence(yearly(29, '2000-02-29'), '2010-01-01'), '2029-02-28', 'after a later moment');
  t.equal(calendar.nextOccurrence(series('FREQ=DAILY', '2060-01-01'), '2026-01-01'), '2060-01-01', 'a start far ahead');
  t.equal(
    calendar.nextOccurrence(series('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', '2026-01-01', 'skip'), '2026-01-01'),
    undefined,
  );
  t.equal(calendar.nextOccurrence(series('FREQ=DAILY', '9999-12-30'), '9999-12-30'), '9999-12-31');
  t.equal(calendar.nextOccurrence(series('FREQ=DAILY', '9999-12-31T09:00'), '9999-12-31T09:00'), undefined);
  t.equal(calendar.nextOccurrence(series('FREQ=WEEKLY;BYDAY=MO', '0001-01-01'), '0001-01-01'), '0001-01-08');
});

t.test('an old series takes no longer than a new one', async (t) => {
  // Milliseconds of the processor: the slowest that are known take some tens, those that walk from the start seconds.
  const old: [rule: string, next: string | undefined][] = [
    ['FREQ=DAILY', '2026-11-29'],
    ['FREQ=DAILY;INTERVAL=3', '2026-12-01'],
    ['FREQ=DAILY;COUNT=9999', undefined],
    ['FREQ=WEEKLY;COUNT=9999', undefined],
    ['FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=9999', undefined],
    ['FREQ=YEARLY;COUNT=99', undefined],
    ['FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30', undefined],
    ['FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30;COUNT=9999', undefined],
    ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999', undefined],
    ['FREQ=WEEKLY;INTERVAL=2;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=9999', undefined],
    ['FREQ=WEEKLY;INTERVAL=2;BYMONTH=1;BYDAY=MO,TU;BYSETPOS=3;COUNT=9999', undefined],
    ['FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=1;COUNT=9999', undefined],
    ['FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=28;BYSETPOS=2;COUNT=9999', undefined],
    ['FREQ=YEARLY;BYDAY=1MO,TU;BYSETPOS=6', '2027-02-02'],
  ];
  for (const [rule, next] of old) {
    const one = series(rule, '0001-01-01', 'skip');
    const begun = process.threadCpuUsage();
    t.equal(calendar.nextOccurrence(one, '2026-11-28'), next, rule);
    const counted = calendar.countOccurrences(one, '0001-01-01', '2026-11-28');
    const { user, system } = process.threadCpuUsage(begun);
    const took = (user + system) / 1_000;
    t.ok(counted <= 10_000 && took < 500, `${rule}: ${counted} counted, ${Math.round(took)} ms`);
  }
  t.equal(calendar.countOccurrences(series('FREQ=DAILY', '0001-01-01'), '0001-01-01', '9999-01-01'), 10_000);
});

t.test('what other task lists get wrong', async (t) => {
  t.equal(
    calendar.nextOccurrence(series('FREQ=MONTHLY', '2026-01-31T09:00'), '2026-01-31T09:00'),
    '2026-02-28T09:00',
    'Vikunja: 3 March',
  );
  const weekdays = series('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-11-27T22:00');
  const friday = '2026-11-27T22:00';
  t.equal(calendar.nextOccurrence(weekdays, friday), '2026-11-30T22:00', 'Donetick: the weekday of another zone');
  for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu']) {
    const monday = calendar.toInstant('2026-11-30T22:00', zone);
    t.equal(calendar.dayOfWeek(calendar.toLocal(monday, zone)), 1, `a Monday in ${zone}`);
  }
  // tasks.org: completing on the night when clocks are put back gives the same day again.
  for (const [zone, start] of [
    ['Europe/Berlin', '2026-10-24T02:30'],
    ['America/New_York', '2026-10-31T01:30'],
  ] as const) {
    const daily = series('FREQ=DAILY', start);
    const nights = [start, ...after(daily, start, 3)];
    const days = nights.map((night) => night.slice(0, 10));
    t.equal(new Set(days).size, 4, `${zone}: each day once`);
    const instants = nights.map((night) => calendar.toInstant(night, zone));
    t.strictSame([...instants].sort(), instants, `${zone}: in order`);
    t.strictSame(
      instants.map((one) => calendar.toLocal(toInstant(one), zone)),
      nights,
      `${zone}: at the same time of day`,
    );
  }
});

t.test('days are added, and stay within the bounds of years', async (t) => {
  const cases: [local: string, days: number, moved: string][] = [
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2026-03-01T09:00', -1, '2026-02-28T09:00'],
    ['2026-12-31T23:59:59.999', 1, '2027-01-01T23:59:59.999'],
    ['2026-12-31T23:59:30', 0, '2026-12-31T23:59:30'],
    ['9999-12-31', 1, '9999-12-31'],
    ['9999-12-31T09:00', 1, '9999-12-31T23:59:59.999'],
    ['0001-01-01', -1, '0001-01-01'],
    ['0001-01-01T09:00', -1, '0001-01-01T00:00'],
    ['2026-01-01', 1e15, '9999-12-31'],
    ['2026-01-01', -1e15, '0001-01-01'],
    ['0001-01-01', 3_652_058, '9999-12-31'],
  ];
  for (const [local, days, moved] of cases) t.equal(calendar.addDays(local, days), moved, `${local} and ${days} days`);
  t.equal(calendar.dayOfWeek('2026-11-30'), 1);
  t.equal(calendar.dayOfWeek('2026-11-29T23:59'), 7);
  t.equal(calendar.dayOfWeek('0001-01-01'), 1);
  const span = fc.integer({ min: -500_000, max: 500_000 });
  fc.assert(
    fc.property(span, span, (first, second) => {
      const day = calendar.addDays('2026-11-28', first);
      const weekday = (((calendar.dayOfWeek('2026-11-28') - 1 + first) % 7) + 7) % 7;
      return (
        calendar.addDays(day, -first) === '2026-11-28' &&
        calendar.dayOfWeek(day) === weekday + 1 &&
        first < second === day < calendar.addDays('2026-11-28', second)
      );
    }),
    { seed: 20_261_128 },
  );
});

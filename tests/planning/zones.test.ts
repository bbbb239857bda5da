// Zones, on the nights when clocks change, and against luxon, which reads the zone data by Intl.
import { makeCalendar } from '@taskward/adapters-planning';
import { toInstant } from '@taskward/domain';
import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import t from 'tap';

const calendar = makeCalendar();
const seed = 20_261_128;
const numRuns = Number(process.env.TASKWARD_CALENDAR_CASES ?? 5_000);

t.test('names of zones', async (t) => {
  const names: [given: string, name: string | undefined][] = [
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    // Both the old and the new name of a renamed zone stay as they are.
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kiev'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Etc/GMT+2', 'Etc/GMT+2'],
    ['+02:00', undefined],
    ['-0330', undefined],
    ['+02', undefined],
    ['Z', undefined],
    ['Europe/Atlantis', undefined],
    ['Mars', undefined],
    ['', undefined],
    [' Europe/Berlin', undefined],
    ['2026-01-01T00:00[Europe/Berlin]', undefined],
    ['Europe/Berlin[u-ca=hebrew]', undefined],
    ['europe/ber\u212ain', undefined],
  ];
  for (const [given, name] of names) t.equal(calendar.zoneName(given), name, JSON.stringify(given));
});

t.test('gaps give the later instant, overlaps the earlier', async (t) => {
  const cases: [local: string, zone: string, instant: string, back: string][] = [
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30'],
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z', '2026-03-08T03:30'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', '2026-11-01T01:30'],
    // Half an hour of summer time.
    ['2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z', '2026-10-04T02:45'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-05T01:45'],
    ['2026-09-27T02:50', 'Pacific/Chatham', '2026-09-26T14:05:00.000Z', '2026-09-27T03:50'],
    ['2026-03-08T02:15', 'America/St_Johns', '2026-03-08T05:45:00.000Z', '2026-03-08T03:15'],
    ['2026-06-01T09:00', 'Asia/Kathmandu', '2026-06-01T03:15:00.000Z', '2026-06-01T09:00'],
    ['2026-06-01T09:00', 'Asia/Calcutta', '2026-06-01T03:30:00.000Z', '2026-06-01T09:00'],
    ['2026-06-01T09:00', 'Asia/Kolkata', '2026-06-01T03:30:00.000Z', '2026-06-01T09:00'],
    // Samoa had no 30 December 2011.
    ['2011-12-30T09:00', 'Pacific/Apia', '2011-12-30T19:00:00.000Z', '2011-12-31T09:00'],
    ['2011-12-29T23:59:59.999', 'Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29T23:59:59.999'],
    // Clocks that are changed at midnight.
    ['2018-11-04T00:00', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-04T01:00'],
    ['2026-12-01', 'Europe/Berlin', '2026-11-30T23:00:00.000Z', '2026-12-01T00:00'],
    ['2024-02-29T12:00:01', 'UTC', '2024-02-29T12:00:01.000Z', '2024-02-29T12:00:01'],
    // Beyond the bounds of years, in UTC or on the clock.
    ['0001-01-01T00:00', 'Asia/Tokyo', '0001-01-01T00:00:00.000Z', '0001-01-01T09:18:59'],
    ['9999-12-31T23:59', 'America/New_York', '9999-12-31T23:59:59.999Z', '9999-12-31T18:59:59.999'],
  ];
  for (const [local, zone, instant, back] of cases) {
    t.equal(calendar.toInstant(local, zone), instant, `${local} in ${zone}`);
    t.equal(calendar.toLocal(toInstant(instant), zone), back, `${instant} in ${zone}`);
  }
  t.equal(
    calendar.toLocal(toInstant('9999-12-31T23:59:59.999Z'), 'Asia/Tokyo'),
    '9999-12-31T23:59:59.999',
    'year 10000',
  );
  t.equal(calendar.toLocal(toInstant('0001-01-01T00:00:00.000Z'), 'America/New_York'), '0001-01-01T00:00', 'year 0');
});

t.test('offsets that the clocks of a zone show', async (t) => {
  const cases: [local: string, zone: string, offset: string, shown: boolean][] = [
    ['2026-12-01T09:00', 'Europe/Berlin', '+01:00', true],
    ['2026-12-01T09:00', 'Europe/Berlin', '+02:00', false],
    ['2026-12-01T09:00', 'Europe/Berlin', 'Z', false],
    ['2026-12-01T09:00', 'Europe/London', 'Z', true],
    ['2026-12-01T09:00', 'Europe/London', '-00:00', true],
    ['2026-10-25T02:30', 'Europe/Berlin', '+02:00', true],
    ['2026-10-25T02:30', 'Europe/Berlin', '+01:00', true],
    ['2026-03-29T02:30', 'Europe/Berlin', '+01:00', false],
    ['2026-03-29T02:30', 'Europe/Berlin', '+02:00', false],
    ['2026-07-01T09:00', 'America/St_Johns', '-02:30', true],
    ['2026-07-01T09:00', 'Europe/Berlin', '+99:00', false],
    // Offsets of the 19th century have seconds: +00:53:28.
    ['1880-01-01T09:00', 'Europe/Berlin', '+00:53', true],
  ];
  for (const [local, zone, offset, shown] of cases) {
    t.equal(calendar.hasOffset(local, zone, offset), shown, `${local}${offset} in ${zone}`);
  }
});

const zones = [
  ...['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Calcutta', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
  ...['Pacific/Chatham', 'America/St_Johns', 'Pacific/Apia', 'Africa/Casablanca', 'Europe/Dublin', 'America/Sao_Paulo'],
  ...['Asia/Tehran', 'Africa/Cairo', 'Asia/Gaza', 'Antarctica/Troll', 'Pacific/Kiritimati', 'America/Godthab', 'UTC'],
];

const minute = 60_000;
const [first, last] = [Date.parse('1970-01-01T00:00:00Z'), Date.parse('2037-12-31T00:00:00Z')];

/** Moments, half of them within an hour and a half of one at which the clocks of the zone change. */
const moment = fc
  .record({
    zone: fc.constantFrom(...zones),
    time: fc.integer({ min: first / minute, max: last / minute }).map((minutes) => minutes * minute),
    near: fc.boolean(),
    shift: fc.integer({ min: -90, max: 90 }),
  })
  .map(({ zone, time, near, shift }) => {
    const change = near
      ? Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).getTimeZoneTransition('next')
      : null;
    return { zone, time: (change?.epochMilliseconds ?? time) + shift * minute };
  });

t.test('moments and wall-clock times are those of luxon', async (t) => {
  const kinds = { once: 0, twice: 0, never: 0 };
  const property = fc.property(moment, ({ zone, time }) => {
    const offset = (at: number): number => IANAZone.create(zone).offset(at) * minute;
    const text = (at: number): string => new Date(at).toISOString();
    const local = DateTime.fromMillis(time, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss").replace(/:00$/, '');
    const shown = calendar.toLocal(toInstant(text(time)), zone);
    if (shown !== local) throw new Error(`${text(time)} in ${zone}: ${shown}, luxon has ${local}`);

    // As a wall-clock time, the same numbers in UTC come upon gaps too. luxon's own choice in a gap or an overlap is not
    // defined, so it is asked for offsets only: a moment has a wall-clock time if the zone's offset then leads to it.
    const wall = time + offset(time - 180 * minute);
    const offsets = [...new Set([-1_440, -180, 0, 180, 1_440].map((by) => offset(wall + by * minute - offset(wall))))];
    const moments = offsets.map((by) => wall - by).filter((at) => at + offset(at) === wall);
    const instant = calendar.toInstant(text(wall).slice(0, 23), zone);
    kinds[moments.length === 0 ? 'never' : moments.length === 1 ? 'once' : 'twice'] += 1;
    const expected = moments.length > 0 ? Math.min(...moments) : Math.max(...offsets.map((by) => wall - by));
    if (instant !== text(expected)) throw new Error(`${text(wall)} in ${zone}: ${instant}, not ${text(expected)}`);
  });
  const { failed, counterexample, errorInstance } = fc.check(property, { numRuns, seed });
  t.notOk(failed, `${numRuns} moments of seed ${seed}`, { counterexample, error: String(errorInstance) });
  for (const [kind, cases] of Object.entries(kinds)) t.ok(cases > numRuns / 100, `shown ${kind}: ${cases}`);
});

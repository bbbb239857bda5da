import { resolveFilter } from '@taskward/application';
import { dayAt, dueInstant, normalisedDueDate, parseDueDate, toInstant, toUserId, weekdays } from '@taskward/domain';
import { clockTextAt, dateAt, dueAtOf, todayAt, weekAt } from '@taskward/web/dates/due-dates.ts';
import fc from 'fast-check';
import t from 'tap';
import { absentPorts } from '../support/absent-ports.ts';
import { holds } from '../support/arbitraries.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { scaled } from '../support/scale.ts';

// What the page computes by Intl is what the server computes by Temporal.
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia'];
const someSettings = fc.record({
  time_zone: fc.constantFrom(...zones),
  day_starts_at: fc.constantFrom('00:00', '02:30', '04:00', '23:59'),
  week_starts_on: fc.constantFrom(...weekdays),
});
// Nights on which clocks change, a day that Samoa skipped, and any other time.
const nights = [
  '2026-03-29T00:00Z',
  '2026-10-25T00:00Z',
  '2026-11-01T05:00Z',
  '2011-12-30T10:00Z',
  '2026-10-03T15:00Z',
];
const aMoment = fc.oneof(
  fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2060-01-01') }),
  fc
    .tuple(fc.constantFrom(...nights), fc.integer({ min: -2_000, max: 2_000 }))
    .map(([night, minutes]) => Date.parse(night) + minutes * 60_000),
);
const runs = { numRuns: scaled(8_000, 2_000) };

t.test('when a due date is', async (t) => {
  const aDueDate = fc
    .tuple(
      aMoment,
      fc.constantFrom(10, 16, 19, 23),
      fc.constantFrom('', 'Z', '+05:30', '[Europe/Berlin]', '[Asia/Tokyo]'),
    )
    .map(([moment, length, zone]) => {
      const text = new Date(moment).toISOString().slice(0, length);
      return length === 10 ? text : text + zone;
    });
  holds(
    t,
    fc.property(aDueDate, someSettings, (text, settings) => {
      const expected = dueInstant(parseDueDate(normalisedDueDate(text, calendar)), aPlanning(settings));
      return dueAtOf(text, settings) === expected;
    }),
    runs,
  );
  const settings = { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' } as const;
  t.equal(dueAtOf(null, settings), null);
  for (const text of ['', 'soon', '2026-13-01', '2026-12-01T25:00', '2026-12-01T09:00[Nowhere]'])
    t.equal(dueAtOf(text, settings), null, text);
});

t.test('the user’s day and week', async (t) => {
  const owner = toUserId('demo');
  const property = fc.asyncProperty(aMoment, someSettings, async (now, settings) => {
    const instant = toInstant(new Date(now).toISOString());
    const ports = { planning: { ...absentPorts.planning, settings: async () => settings }, calendar };
    const range = async (due: 'today' | 'week') =>
      (await resolveFilter(owner, { status: 'all', due }, instant, ports)).due;
    return (
      dateAt(now, settings) === dayAt(instant, aPlanning(settings)) &&
      JSON.stringify(todayAt(now, settings)) === JSON.stringify(await range('today')) &&
      JSON.stringify(weekAt(now, settings)) === JSON.stringify(await range('week'))
    );
  });
  await fc.assert(property, runs);
  t.pass('no counter-example was found');
});

t.test('what the user’s clocks show', async (t) => {
  holds(
    t,
    fc.property(aMoment, someSettings, (now, settings) => {
      const shown = calendar.toLocal(toInstant(new Date(now).toISOString()), settings.time_zone);
      return clockTextAt(now, settings) === shown.slice(0, 16);
    }),
    runs,
  );
});

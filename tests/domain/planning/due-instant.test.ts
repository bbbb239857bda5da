import assert from 'node:assert/strict';
import { type DueDate, dueInstant, localNow, normalisedDueDate, parseDueDate, toInstant } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aMoment, holds } from '../../support/arbitraries.ts';
import { aDay, aDueDate, aSetting, aZone, calendar, planningOf } from './arbitraries.ts';

t.test('a due date means an instant', async (t) => {
  const table: [due: string, zone: string, dayStartsAt: string, instant: string][] = [
    ['2026-12-01', 'UTC', '00:00', '2026-12-01T23:59:59.999Z'],
    ['2026-12-01', 'Europe/Berlin', '00:00', '2026-12-01T22:59:59.999Z'],
    ['2026-12-01', 'Europe/Berlin', '04:00', '2026-12-02T02:59:59.999Z'],
    ['2026-12-01', 'America/New_York', '00:00', '2026-12-02T04:59:59.999Z'],
    // Days of 23 and 25 hours end when the next one starts.
    ['2026-03-29', 'Europe/Berlin', '00:00', '2026-03-29T21:59:59.999Z'],
    ['2026-10-25', 'Europe/Berlin', '00:00', '2026-10-25T22:59:59.999Z'],
    // The clocks skip the time at which the next day would start: it starts when they are put forward.
    ['2026-03-28', 'Europe/Berlin', '02:30', '2026-03-29T01:29:59.999Z'],
    ['2018-11-03', 'America/Sao_Paulo', '00:00', '2018-11-04T02:59:59.999Z'],
    // 30 December 2011 did not happen in Samoa.
    ['2011-12-29', 'Pacific/Apia', '00:00', '2011-12-30T09:59:59.999Z'],
    ['9999-12-31', 'UTC', '04:00', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31', 'America/New_York', '00:00', '9999-12-31T23:59:59.999Z'],
    ['0001-01-01', 'UTC', '04:00', '0001-01-02T03:59:59.999Z'],
    ['2026-12-01T09:00', 'UTC', '00:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00', 'Europe/Berlin', '04:00', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01T09:00:30.5', 'Europe/Berlin', '00:00', '2026-07-01T07:00:30.500Z'],
    ['2026-12-01T09:00:00Z', 'Europe/Berlin', '04:00', '2026-12-01T09:00:00.000Z'],
    ['2026-12-01T09:00:30.250Z', 'UTC', '00:00', '2026-12-01T09:00:30.250Z'],
    ['2026-12-01T09:00[Asia/Tokyo]', 'Europe/Berlin', '04:00', '2026-12-01T00:00:00.000Z'],
    // In the gap the later instant, in the overlap the earlier.
    ['2026-03-29T02:30[Europe/Berlin]', 'UTC', '00:00', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30[Europe/Berlin]', 'UTC', '00:00', '2026-10-25T00:30:00.000Z'],
  ];
  for (const [text, time_zone, day_starts_at, instant] of table) {
    const due = parseDueDate(normalisedDueDate(text, calendar));
    t.equal(dueInstant(due, planningOf({ time_zone, day_starts_at })), instant, `${text} in ${time_zone}`);
  }
});

t.test('a moment is shown on the clock of a due date, in its form', async (t) => {
  const now = toInstant('2026-12-01T02:30:00.000Z');
  const table: [due: string, zone: string, dayStartsAt: string, local: string][] = [
    ['2026-11-20', 'UTC', '00:00', '2026-12-01'],
    ['2026-11-20', 'America/New_York', '00:00', '2026-11-30'],
    ['2026-11-20', 'Europe/Berlin', '04:00', '2026-11-30'],
    ['2026-11-20', 'Europe/Berlin', '03:30', '2026-12-01'],
    ['2026-11-20T09:00', 'Europe/Berlin', '04:00', '2026-12-01T03:30'],
    ['2026-11-20T09:00:00Z', 'Europe/Berlin', '04:00', '2026-12-01T02:30'],
    ['2026-11-20T09:00[Asia/Tokyo]', 'Europe/Berlin', '04:00', '2026-12-01T11:30'],
  ];
  for (const [due, time_zone, day_starts_at, local] of table) {
    const shown = localNow(parseDueDate(due), now, planningOf({ time_zone, day_starts_at }));
    t.equal(shown, local, `${due} in ${time_zone}`);
  }
});

t.test("the user's day is the one that has started and not ended", async (t) => {
  const aYear = fc.date({ min: new Date('1890-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
  holds(
    t,
    fc.property(
      fc.oneof(
        aMoment,
        aYear.map((date) => toInstant(date.toISOString())),
      ),
      aSetting,
      (now, settings) => {
        const planning = planningOf(settings);
        const [day, due]: [string, DueDate] = ['', { kind: 'day', local: '2026-12-01' }];
        const today = localNow(due, now, planning);
        assert.match(today, /^\d{4}-\d\d-\d\d$/, day);
        assert.ok(now <= dueInstant({ kind: 'day', local: today }, planning), 'it has not ended');
        const yesterday = calendar.addDays(today, -1);
        const isFirst = yesterday === today;
        assert.ok(isFirst || now > dueInstant({ kind: 'day', local: yesterday }, planning), 'the one before has');
      },
    ),
    {
      numRuns: 300,
      examples: [
        // Clocks that were put back over midnight, at 00:01 in St. John's.
        [toInstant('2006-10-29T02:31:30.000Z'), { time_zone: 'America/St_Johns' }],
        [toInstant('2026-03-29T01:10:00.000Z'), { time_zone: 'Europe/Berlin', day_starts_at: '02:30' }],
        [toInstant('2011-12-30T10:00:00.000Z'), { time_zone: 'Pacific/Apia' }],
      ],
    },
  );
});

t.test('the order of due dates in one form is the order of their instants', async (t) => {
  holds(
    t,
    fc.property(aDay, aDay, aZone, aSetting, (a, b, zone, settings) => {
      const planning = planningOf(settings);
      const instants = [a, b].sort().map((local) => dueInstant({ kind: 'day', local }, planning));
      assert.ok((instants[0] as string) <= (instants[1] as string));
      const days = [a, b].sort().map((day) => dueInstant(parseDueDate(`${day}T12:00[${zone}]`), planning));
      assert.ok((days[0] as string) <= (days[1] as string));
    }),
  );
});

t.test('an instant is due when it says, wherever the user is', async (t) => {
  holds(
    t,
    fc.property(aDueDate, aSetting, aSetting, (text, here, there) => {
      const due = parseDueDate(normalisedDueDate(text, calendar));
      const instants = [here, there].map((settings) => dueInstant(due, planningOf(settings)));
      if (due.kind === 'instant' || due.kind === 'zoned') assert.equal(instants[0], instants[1]);
    }),
  );
});

import assert from 'node:assert/strict';
import {
  dueInstant,
  maxReminders,
  normalisedDueDate,
  normalisedReminders,
  parseDueDate,
  type Reminder,
  remindersFault,
  reminderTimes,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../../support/arbitraries.ts';
import { aDueDate, aSetting, assertSentence, aTextLike, calendar, planningOf } from './arbitraries.ts';

const only = 'must hold valid reminders only: reminder 1';

/** A duration as a person may write it, with its whole length in seconds (of days of 24 hours). */
const aDuration = fc
  .tuple(
    fc.option(fc.nat(20), { nil: undefined }),
    fc.option(fc.nat(200), { nil: undefined }),
    fc.option(fc.nat(200), { nil: undefined }),
    fc.option(fc.nat(2000), { nil: undefined }),
    fc.option(fc.nat(5000), { nil: undefined }),
  )
  .filter((parts) => parts.some((part) => part !== undefined))
  .map(([weeks, days, hours, minutes, seconds]) => {
    const part = (value: number | undefined, unit: string) => (value === undefined ? '' : `${value}${unit}`);
    const time = `${part(hours, 'H')}${part(minutes, 'M')}${part(seconds, 'S')}`;
    return {
      text: `P${part(weeks, 'W')}${part(days, 'D')}${time === '' ? '' : `T${time}`}`,
      days: 7 * (weeks ?? 0) + (days ?? 0),
      seconds: 3600 * (hours ?? 0) + 60 * (minutes ?? 0) + (seconds ?? 0),
    };
  });

const aReminder: fc.Arbitrary<Reminder> = fc.oneof(
  aDuration.filter(({ days, seconds }) => days + seconds / 86_400 <= 366).map(({ text }) => ({ before: text })),
  aDueDate.filter((text) => text.includes('T')).map((at) => ({ at })),
);

t.test('durations are stored in one spelling', async (t) => {
  const table: [sent: string, stored: string][] = [
    ['PT30M', 'PT30M'],
    ['PT0S', 'PT0S'],
    ['P0D', 'PT0S'],
    ['PT0H0M', 'PT0S'],
    ['P1D', 'P1D'],
    ['P7D', 'P7D'],
    ['P1W', 'P7D'],
    ['P1W1D', 'P8D'],
    ['PT90M', 'PT1H30M'],
    ['PT3600S', 'PT1H'],
    ['PT1H30M15S', 'PT1H30M15S'],
    // A day on the clock is not always one of 24 hours.
    ['PT24H', 'PT24H'],
    ['P1DT24H', 'P1DT24H'],
    ['PT0090M', 'PT1H30M'],
    ['P366D', 'P366D'],
    ['PT8784H', 'PT8784H'],
  ];
  for (const [before, stored] of table) {
    t.equal(remindersFault([{ before }], calendar), undefined, before);
    t.strictSame(normalisedReminders([{ before }], calendar), [{ before: stored }], before);
  }
});

t.test('each kind of mistake has a sentence that says what to send', async (t) => {
  const forms =
    'must be a duration of whole weeks, days, hours, minutes and seconds, such as PT30M, PT1H30M, P1D or P1W';
  const durations: [before: string, fault: string][] = [
    ...['', 'P', 'PT', 'P1DT', '30', '30M', 'P1M', 'P1Y', 'PT0.5H', '-PT5M', '+PT5M', 'PT5M3H', 'P1D1W'].map(
      (text): [string, string] => [text, `${forms}, not "${text}"`],
    ),
    ['pt30m', 'must be written as "PT30M", not "pt30m"'],
    [' P1D', 'must be written as "P1D", not " P1D"'],
    ['P367D', 'must be at most 366 days long (P366D), not "P367D"'],
    ['P366DT1S', 'must be at most 366 days long (P366D), not "P366DT1S"'],
    ['P53W', 'must be at most 366 days long (P366D), not "P53W"'],
    [`PT${'9'.repeat(400)}S`, `must be at most 366 days long (P366D), not "PT${'9'.repeat(48)}…"`],
  ];
  for (const [before, fault] of durations) {
    t.equal(remindersFault([{ before }], calendar), `${only} ${fault}`, before.slice(0, 20));
    assertSentence(`${only} ${fault}`);
  }
  const moments: [at: string, fault: string][] = [
    ['2026-12-01', 'must have a time: 2026-12-01T09:00, not the day alone'],
    ['2026-02-30T09:00', 'must be a day that exists: 2026-02 has the days 01 to 28, not "2026-02-30"'],
  ];
  for (const [at, fault] of moments) {
    t.equal(remindersFault([{ before: 'P1D' }, { at }], calendar), `${only.replace('1', '2')} ${fault}`, at);
  }
  t.equal(
    remindersFault([{ before: 'P1D', at: '2026-12-01T09:00' }], calendar),
    `${only} must have either "before" or "at", not both`,
  );
});

t.test('reminders are counted without those that are the same', async (t) => {
  const many = Array.from({ length: 10 }, (_, index) => ({ before: `PT${index}M` }));
  t.equal(maxReminders, 10);
  t.equal(remindersFault(many, calendar), undefined);
  t.equal(remindersFault([...many, { before: 'PT60S' }], calendar), undefined);
  const fault = 'must hold at most 10 reminders, and holds 11';
  t.equal(remindersFault([...many, { at: '2026-12-01T09:00' }], calendar), fault);
  assertSentence(fault);
});

t.test('reminders without fault are stored in one spelling, each once, in their order', async (t) => {
  holds(
    t,
    fc.property(fc.array(aReminder, { maxLength: 10 }), (reminders) => {
      assert.equal(remindersFault(reminders, calendar), undefined);
      const stored = normalisedReminders(reminders, calendar);
      assert.equal(remindersFault(stored, calendar), undefined);
      assert.deepEqual(normalisedReminders(stored, calendar), stored);
      const each = reminders.flatMap((reminder) => normalisedReminders([reminder], calendar));
      const texts = each.map((reminder) => JSON.stringify(reminder));
      assert.deepEqual(
        stored,
        each.filter((_, index) => texts.indexOf(texts[index] as string) === index),
      );
    }),
  );
});

t.test('a duration has a fault exactly where it is longer than 366 days', async (t) => {
  holds(
    t,
    fc.property(aDuration, ({ text, days, seconds }) => {
      const fault = remindersFault([{ before: text }], calendar);
      assert.equal(fault === undefined, days * 86_400 + seconds <= 366 * 86_400);
      if (fault !== undefined) assertSentence(fault);
    }),
  );
});

t.test('any texts are reminders or have a fault in one sentence', async (t) => {
  const pieces = ['P', 'T', '1', '30', 'W', 'D', 'H', 'M', 'S', 'p', '.', '-', '2026-12-01', 'T09:00', 'Z'];
  holds(
    t,
    fc.property(aTextLike(...pieces), fc.boolean(), (text, isBefore) => {
      const reminders = [isBefore ? { before: text } : { at: text }];
      const fault = remindersFault(reminders, calendar);
      if (fault !== undefined) return assertSentence(fault);
      const stored = normalisedReminders(reminders, calendar);
      assert.deepEqual(normalisedReminders(stored, calendar), stored);
    }),
    { numRuns: 1000 },
  );
});

t.test('reminders have their instants: days on the clock, hours as they pass', async (t) => {
  const berlin = { time_zone: 'Europe/Berlin', day_starts_at: '04:00' };
  const table: [due: string | undefined, reminders: Reminder[], times: string[]][] = [
    // A day's reminders count from 09:00 for the user.
    ['2026-12-01', [{ before: 'PT0S' }], ['2026-12-01T08:00:00.000Z']],
    ['2026-12-01', [{ before: 'P1D' }, { before: 'PT30M' }], ['2026-11-30T08:00:00.000Z', '2026-12-01T07:30:00.000Z']],
    ['2026-12-01T09:00', [{ before: 'PT1H' }], ['2026-12-01T07:00:00.000Z']],
    ['2026-12-01T00:00:00Z', [{ before: 'P1DT1S' }], ['2026-11-29T23:59:59.000Z']],
    // A day before 09:00 on the day of the change of clocks is 09:00 of the day before it; 24 hours are 24 hours.
    ['2026-03-29T09:00', [{ before: 'P1D' }], ['2026-03-28T08:00:00.000Z']],
    ['2026-03-29T09:00', [{ before: 'PT24H' }], ['2026-03-28T07:00:00.000Z']],
    ['2026-10-25T09:00[Europe/Berlin]', [{ before: 'P1D' }], ['2026-10-24T07:00:00.000Z']],
    ['2026-10-25T09:00[Europe/Berlin]', [{ before: 'P1W' }], ['2026-10-18T07:00:00.000Z']],
    ['2026-03-30T02:30[Europe/Berlin]', [{ before: 'P1D' }], ['2026-03-29T01:30:00.000Z']],
    ['2026-12-01T09:00[Asia/Tokyo]', [{ before: 'PT0S' }], ['2026-12-01T00:00:00.000Z']],
    // Moments are themselves, with a due date or without.
    [undefined, [{ at: '2026-12-01T09:00' }, { before: 'P1D' }], ['2026-12-01T08:00:00.000Z']],
    [undefined, [{ at: '2026-12-01T09:00[Asia/Tokyo]' }], ['2026-12-01T00:00:00.000Z']],
    ['2026-12-01', [{ at: '2026-12-01T08:00:00Z' }, { before: 'PT0S' }], ['2026-12-01T08:00:00.000Z']],
    ['2026-12-01', [], []],
    ['0001-01-01T00:00:00Z', [{ before: 'PT1S' }, { before: 'P9D' }], ['0001-01-01T00:00:00.000Z']],
  ];
  for (const [due, reminders, times] of table) {
    const parsed = due === undefined ? undefined : parseDueDate(due);
    t.strictSame(reminderTimes(reminders, parsed, planningOf(berlin)), times, `${due} ${JSON.stringify(reminders)}`);
  }
});

t.test(
  'the instants of reminders are in order, each once, and none of those before is after the due date',
  async (t) => {
    holds(
      t,
      fc.property(fc.array(aReminder, { maxLength: 10 }), aDueDate, aSetting, (reminders, text, settings) => {
        const planning = planningOf(settings);
        const due = parseDueDate(normalisedDueDate(text, calendar));
        const stored = normalisedReminders(reminders, calendar);
        const times = reminderTimes(stored, due, planning);
        assert.deepEqual(times, [...new Set(times)].sort());
        assert.equal(times.length <= stored.length, true);
        assert.deepEqual(
          new Set(times),
          new Set(stored.flatMap((reminder) => reminderTimes([reminder], due, planning))),
        );
        const anchor = due.kind === 'day' ? parseDueDate(`${due.local}T09:00`) : due;
        for (const time of reminderTimes(
          stored.filter((one) => 'before' in one),
          due,
          planning,
        )) {
          assert.ok(time <= dueInstant(anchor, planning));
        }
      }),
    );
  },
);

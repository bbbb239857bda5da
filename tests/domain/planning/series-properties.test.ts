import assert from 'node:assert/strict';
import {
  dueDateFault,
  dueInstant,
  type Instant,
  localNow,
  nextOccurrence,
  normalisedDueDate,
  normalisedRepeat,
  parseDueDate,
  repeatFault,
  toInstant,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../../support/arbitraries.ts';
import { aRule, aSetting, aZone, calendar, planningOf } from './arbitraries.ts';

const aDate = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
const aMoment: fc.Arbitrary<Instant> = aDate.map((date) => toInstant(date.toISOString()));
const aDay = aDate.map((date) => date.toISOString().slice(0, 10));
const aTime = aDate.map((date) => date.toISOString().slice(11, 16));

/** A due date of these years in any form, as it is stored. */
const aDueDate = fc
  .tuple(
    aDay,
    aTime,
    aZone.chain((zone) => fc.constantFrom('', 'Z', `[${zone}]`, 'day')),
  )
  .map(([day, time, rest]) => normalisedDueDate(rest === 'day' ? day : `${day}T${time}${rest}`, calendar));

const formOf = (text: string): string => text.replace(/^\d{4}-\d\d-\d\d/, '');

t.test('the next occurrence is one of the series, after the due date and now, and nothing is between', async (t) => {
  holds(
    t,
    fc.property(aRule, aDueDate, aDueDate, aMoment, aSetting, (rule, start, due, now, settings) => {
      const planning = planningOf(settings);
      const repeat = normalisedRepeat({ rule, start }, due, calendar);
      const next = nextOccurrence(repeat, due, now, planning);
      if (next === undefined) return;
      assert.equal(dueDateFault(next.dueDate, calendar), undefined);
      assert.equal(normalisedDueDate(next.dueDate, calendar), next.dueDate);
      assert.equal(formOf(next.dueDate), formOf(start), 'in the form of the start, at its time');
      assert.deepEqual(next.repeat, repeat);
      const { local } = parseDueDate(next.dueDate);
      const clock = parseDueDate(start);
      const dueThere = localNow(clock, dueInstant(parseDueDate(due), planning), planning);
      assert.ok(local > localNow(clock, now, planning), 'after now');
      if (formOf(due) !== formOf(start)) assert.ok(local > dueThere, 'after the due date');
      else assert.ok(local > parseDueDate(due).local, 'after the due date on the same clock');
      assert.ok(next.skipped >= 0);
    }),
  );
});

t.test('daily, with any interval, counts days', async (t) => {
  const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
  holds(
    t,
    fc.property(aDay, fc.nat(400), fc.integer({ min: 1, max: 30 }), fc.nat(1000), (start, step, interval, late) => {
      const first = dayNumber(start);
      const due = first + step * interval;
      const today = due + late;
      const rule = `FREQ=DAILY;INTERVAL=${interval}`;
      const now = toInstant(`${dayOf(today)}T12:00:00.000Z`);
      const repeat = normalisedRepeat({ rule, start }, start, calendar);
      const passed = Math.floor(late / interval);
      assert.deepEqual(nextOccurrence(repeat, dayOf(due), now, planningOf()), {
        dueDate: dayOf(due + (passed + 1) * interval),
        repeat,
        skipped: passed,
      });
      const anew = nextOccurrence({ ...repeat, from: 'completion' }, dayOf(due), now, planningOf());
      assert.equal(anew?.dueDate, dayOf(today + interval));
    }),
  );
});

t.test('completed on time, every occurrence comes once, and nothing is skipped', async (t) => {
  holds(
    t,
    fc.property(aRule, aDueDate, aSetting, (rule, start, settings) => {
      const planning = planningOf(settings);
      const repeat = normalisedRepeat(rule, start, calendar);
      let due = start;
      for (let step = 0; step < 5; step += 1) {
        const next = nextOccurrence(repeat, due, dueInstant(parseDueDate(due), planning), planning);
        if (next === undefined) return;
        assert.equal(next.skipped, 0);
        const instants = [due, next.dueDate].map((text) => dueInstant(parseDueDate(text), planning));
        assert.ok((instants[0] as string) < (instants[1] as string));
        due = next.dueDate;
      }
    }),
  );
});

t.test('from completion, the next occurrence is on a later day than now, and never the completed one', async (t) => {
  holds(
    t,
    fc.property(aRule, aDueDate, aDueDate, aMoment, aSetting, (rule, start, due, now, settings) => {
      const planning = planningOf(settings);
      const repeat = normalisedRepeat({ rule, start, from: 'completion' }, due, calendar);
      const next = nextOccurrence(repeat, due, now, planning);
      if (next === undefined) return;
      assert.notEqual(next.dueDate, due);
      assert.equal(formOf(next.dueDate), formOf(start));
      const today = localNow(parseDueDate(start), now, planning).slice(0, 10);
      assert.ok(parseDueDate(next.dueDate).local.slice(0, 10) > today);
      assert.equal(next.repeat.start, next.dueDate);
      assert.equal(repeatFault(next.repeat, calendar), undefined, 'it can be sent as it was returned');
      const count = (text: string) => Number(/COUNT=(\d+)/.exec(text)?.[1] ?? 0);
      assert.equal(count(next.repeat.rule), count(repeat.rule) === 0 ? 0 : count(repeat.rule) - 1);
    }),
  );
});

// Random series against three others: a walk over all days, rrule and ical.js.
import { makeCalendar } from '@taskward/adapters-planning';
import type { Series } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { dayNumber, dayText, walk } from './day-walk.ts';
import { series } from './random-series.ts';
import { byIcal, byRrule, knownDifference } from './second-implementations.ts';

const calendar = makeCalendar();
const seed = 20_261_128;
// TASKWARD_CALENDAR_CASES=100000 takes ten minutes.
const numRuns = Number(process.env.TASKWARD_CALENDAR_CASES ?? 2_000);

const lastDay = dayNumber('9999-12-31');
const taken = 6;

/** The first occurrences after the start that come within three years, as days. */
const byWalk = (one: Series): string[] => {
  const to = Math.min(dayNumber(one.start) + 3 * 366, lastDay);
  return walk(one, to)
    .map(dayText)
    .filter((day) => day > one.start.slice(0, 10))
    .slice(0, taken);
};

const byCalendar = (one: Series, expected: readonly string[]): string[] => {
  const found: string[] = [];
  let after = one.start;
  while (found.length <= expected.length) {
    const next = calendar.nextOccurrence(one, after);
    if (next === undefined || dayNumber(next) > dayNumber(one.start) + 3 * 366) break;
    found.push(next);
    after = next;
  }
  return found.slice(0, Math.max(expected.length, found.length === taken + 1 ? taken : found.length));
};

t.test('next occurrences are those of a walk over all days, of rrule and of ical.js', async (t) => {
  const compared = { walk: 0, rrule: 0, 'ical.js': 0 };
  const excluded = new Map<string, number>();
  const isCompared = (library: 'rrule' | 'ical.js', one: Series): boolean => {
    const reason = knownDifference(library, one);
    if (reason === undefined) compared[library] += 1;
    else excluded.set(`${library}: ${reason}`, (excluded.get(`${library}: ${reason}`) ?? 0) + 1);
    return reason === undefined;
  };
  const property = fc.property(series, (one) => {
    const time = one.start.slice(10);
    const days = byWalk(one);
    const same = (found: readonly string[], source: string): void => {
      const wanted = source === 'the calendar' ? days.map((day) => `${day}${time}`) : days;
      if (found.join() !== wanted.join()) throw new Error(`${source} gives ${found}\nthe walk gives ${wanted}`);
    };
    compared.walk += 1;
    same(byCalendar(one, days), 'the calendar');
    // Neither library knows short months, and both look long for what is not there.
    const last = days.at(-1);
    if (one.shortMonths === 'last' || last === undefined) return;
    const start = one.start.slice(0, 10);
    if (isCompared('rrule', one))
      same(
        byRrule(one, last).filter((day) => day > start),
        'rrule',
      );
    if (!isCompared('ical.js', one)) return;
    const found = byIcal(one, days.length + 1).filter((day) => day > start);
    same(found.slice(0, days.length), 'ical.js');
  });
  const { failed, counterexample, errorInstance } = fc.check(property, { numRuns, seed });
  t.notOk(failed, `${numRuns} series of seed ${seed}`, { counterexample, error: String(errorInstance) });
  for (const [library, cases] of Object.entries(compared)) {
    t.ok(cases > numRuns / 8, `compared with ${library}: ${cases}`);
  }
  for (const [reason, cases] of excluded) t.comment(`${cases} × ${reason}`);
});

t.test('counting agrees with one occurrence after the other', async (t) => {
  const property = fc.property(series, fc.integer({ min: 0, max: 1_500 }), (one, days) => {
    const before = calendar.addDays(one.start, days);
    let counted = 0;
    let after = one.start;
    for (;;) {
      const next = calendar.nextOccurrence(one, after);
      if (next === undefined || next >= before) break;
      if (next <= after) throw new Error(`${next} is not after ${after}`);
      after = next;
      counted += 1;
      if (counted === 40) return;
    }
    const all = calendar.countOccurrences(one, one.start, before);
    if (all !== counted) throw new Error(`${all} counted, ${counted} found`);
  });
  const runs = Math.ceil(numRuns / 10);
  const { failed, counterexample, errorInstance } = fc.check(property, { numRuns: runs, seed });
  t.notOk(failed, `${runs} series of seed ${seed}`, { counterexample, error: String(errorInstance) });
});

import { type LocalTime, millisecondsPerDay, parseRule, type RuleParts, type Series } from '@taskward/domain';
import { RRuleTemporal } from 'rrule-temporal';
import { dayOf, isDay, limitedDay, timeOf, timeText } from './local-times.ts';
import { plainRules, ruleText } from './rules.ts';

/** How far an occurrence is looked for, in years. */
const reach = 28;
/** For how many years the occurrences of a series are counted, and how long one goes on that has a number of them. */
const countedYears = 112;
/** The largest number of occurrences that are counted. */
const maxCounted = 10_000;

/** The longest part of a series that the library is asked for at once, in days, and what it may visit for it. */
const maxWindow = reach * 366;
const maxIterations = 2 * maxWindow;

/** A day as a number: 0 is 1970-01-01. */
type Day = number;
const epoch = Temporal.PlainDate.from('1970-01-01');
const numberOf = (date: Temporal.PlainDate): Day => epoch.until(date).days;
const dateOf = (day: Day): Temporal.PlainDate => epoch.add({ days: day });
const yearsAfter = (day: Day, years: number): Day => numberOf(limitedDay(dateOf(day).add({ years })));

/** A series, ready for questions. Days are all that is computed: the time of day is the start's. */
export interface Schedule {
  readonly start: Day;
  /** The start's time of day as it is written, with its `T`; empty in a series of days. */
  readonly time: string;
  /** Yields the days of a series from one to another, both included, in their order, as they are taken. */
  days(from: Day, to: Day): Generator<Day>;
}

/** Returns the last day of a series by its UNTIL, which is read on the clock of the series. */
const lastByUntil = (until: string, time: string): Day => {
  const [, day = '', clock] = /^(\d{8})(?:T(\d{6})Z?)?$/.exec(until) ?? [];
  const date = Temporal.PlainDate.from(day);
  if (clock === undefined || time === '') return numberOf(date);
  const latest = timeOf(timeText(date.toPlainDateTime(Temporal.PlainTime.from(`T${clock}`))));
  return numberOf(date) - (time <= latest ? 0 : 1);
};

/** Returns a function that gives the days of a rule in a window, without regard to the end of the series. */
const ruleDays = (parts: RuleParts, start: Temporal.PlainDate, shortMonths: Series['shortMonths']) => {
  const endless = new Map([...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL'));
  const { rules, positions, every, within } = plainRules(endless, start, shortMonths);
  // Positions count from the start of the year, also in the first.
  const dtstart = (positions ? start.with({ month: 1, day: 1 }) : start).toZonedDateTime('UTC');
  const series = rules.map(
    (rule) => new RRuleTemporal({ rruleString: `RRULE:${ruleText(rule)}`, dtstart, maxIterations, cache: false }),
  );
  const united = (from: Temporal.PlainDate, to: Temporal.PlainDate): Day[] => {
    const window = [from.toZonedDateTime('UTC'), to.toZonedDateTime('UTC')] as const;
    const days = series.flatMap((rule, index) => {
      const only = within?.get(rules[index] as RuleParts);
      const all = rule.between(...window, true).filter(({ month }) => only === undefined || month === only);
      return all.map(({ epochMilliseconds }) => epochMilliseconds / millisecondsPerDay);
    });
    if (every)
      return days.filter((day) => Math.floor((day - numberOf(every.from)) / every.length) % every.interval === 0);
    return series.length === 1 ? days : [...new Set(days)].sort((a, b) => a - b);
  };
  if (!positions) return (from: Day, to: Day): Day[] => united(dateOf(from), dateOf(to));
  return (from: Day, to: Day): Day[] => {
    const all = united(dateOf(from).with({ month: 1, day: 1 }), dateOf(to).with({ month: 12, day: 31 }));
    const picked = [...Map.groupBy(all, (day) => dateOf(day).year).values()].flatMap((days) => {
      const indexes = new Set(positions.map((position) => (position > 0 ? position - 1 : days.length + position)));
      return days.filter((_, index) => indexes.has(index));
    });
    return picked.filter((day) => day >= from && day <= to);
  };
};

/** Parses a series. Its start is its first occurrence, whether or not the rule has that day. */
export const makeSchedule = ({ rule, shortMonths, start: startText }: Series): Schedule => {
  const parts = parseRule(rule);
  const start = numberOf(dayOf(startText));
  const time = timeOf(startText);
  const inWindow = ruleDays(parts, dayOf(startText), shortMonths);

  // From small windows to large ones: most rules have an occurrence soon, and some have none in 28 years.
  function* endless(from: Day, to: Day): Generator<Day> {
    let next = Math.max(from, start);
    if (next === start && next <= to) {
      yield start;
      next += 1;
    }
    for (let length = 40; next <= to; length = Math.min(length * 16, maxWindow)) {
      const end = Math.min(to, next + length);
      yield* inWindow(next, end);
      next = end + 1;
    }
  }

  const lastByCount = (count: number): Day => {
    const limit = yearsAfter(start, countedYears);
    let counted = 0;
    for (const day of endless(start, limit)) {
      counted += 1;
      if (counted === count) return day;
    }
    return limit;
  };

  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  let last = Number.POSITIVE_INFINITY;
  if (until !== undefined) last = lastByUntil(until, time);
  if (count !== undefined) last = Math.min(last, lastByCount(Number(count)));
  return { start, time, days: (from, to) => endless(from, Math.min(to, last)) };
};

/** Returns the first day on which an occurrence can be that is after a moment, or not before it. */
const firstDay = ({ time }: Schedule, moment: LocalTime, isAfter: boolean): Day => {
  const day = numberOf(dayOf(moment));
  const given = isDay(moment) ? '' : timeOf(moment);
  return (isAfter ? given < time : given <= time) ? day : day + 1;
};

/** Returns the first occurrence after a moment, within 28 years. */
export const firstAfter = (schedule: Schedule, after: LocalTime): LocalTime | undefined => {
  const limit = yearsAfter(Math.max(numberOf(dayOf(after)), schedule.start), reach);
  for (const day of schedule.days(firstDay(schedule, after, true), limit)) return `${dateOf(day)}${schedule.time}`;
  return undefined;
};

/** Counts the occurrences between two moments, without both. */
export const countBetween = (schedule: Schedule, after: LocalTime, before: LocalTime): number => {
  const from = Math.max(schedule.start, firstDay(schedule, after, true));
  const to = Math.min(firstDay(schedule, before, false) - 1, yearsAfter(from, countedYears));
  let counted = 0;
  for (const _ of schedule.days(from, to)) {
    counted += 1;
    if (counted === maxCounted) break;
  }
  return counted;
};

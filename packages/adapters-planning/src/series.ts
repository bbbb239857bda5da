import type { LocalTime, Series } from '@taskward/domain';
import { RRuleTemporal } from 'rrule-temporal';
import { dayOf, isDay, limitedDay, timeOf, timeText } from './local-times.ts';
import { type Parts, parseRule, plainRules, ruleText } from './rules.ts';

/** How far an occurrence is looked for, in years. */
const reach = 28;
/** For how many years the occurrences of a series are counted, and one that has a number of them goes on. */
const countedYears = 112;
/** The largest number of occurrences that are counted. */
export const maxCounted = 10_000;

// The library visits no more than the days of a window.
const maxIterations = 20_000;

type Day = Temporal.PlainDate;
const earlier = (a: Day, b: Day): Day => (Temporal.PlainDate.compare(a, b) <= 0 ? a : b);
const later = (a: Day, b: Day): Day => (Temporal.PlainDate.compare(a, b) >= 0 ? a : b);
const isAfter = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) > 0;
const yearsAfter = (day: Day, years: number): Day => limitedDay(day.add({ years }));

/** What a series says, ready for questions. */
export interface Schedule {
  /**
   * Yields the occurrences from one day to another, both included, in their order. Takes time for what is taken from it.
   */
  between(from: Day, to: Day): Generator<LocalTime>;
  readonly start: Day;
  /** Returns the first day on which an occurrence after a moment can be. */
  firstDayAfter(after: LocalTime): Day;
}

/** The last day of a series by its UNTIL, read on the clock of the series. Its time of day counts where the series has one. */
const lastByUntil = (until: string, time: string): Day => {
  const [, day = '', clock] = /^(\d{8})(?:T(\d{6})Z?)?$/.exec(until) ?? [];
  const date = Temporal.PlainDate.from(day);
  if (clock === undefined || time === '') return date;
  const latest = timeOf(timeText(date.toPlainDateTime(Temporal.PlainTime.from(clock))));
  return time <= latest ? date : date.subtract({ days: 1 });
};

/** Returns a function that gives the days of a rule in a window, without regard to its end and its start. */
const daysOf = (parts: Parts, start: Day, shortMonths: Series['shortMonths']) => {
  const endless = new Map([...parts].filter(([name]) => name !== 'COUNT' && name !== 'UNTIL'));
  const { rules, positions } = plainRules(endless, start, shortMonths);
  // Positions count from the start of the year, also in the first.
  const dtstart = (positions ? start.with({ month: 1, day: 1 }) : start).toZonedDateTime('UTC');
  const series = rules.map(
    (rule) => new RRuleTemporal({ rruleString: `RRULE:${ruleText(rule)}`, dtstart, maxIterations, cache: false }),
  );
  const united = (from: Day, to: Day): Day[] => {
    const window = [from.toZonedDateTime('UTC'), to.toZonedDateTime('UTC')] as const;
    const days = series.flatMap((rule) =>
      rule.between(...window, true).map((one) => Temporal.PlainDate.from(one.toString())),
    );
    return series.length === 1 ? days : days.sort(Temporal.PlainDate.compare);
  };
  if (!positions) return united;
  return (from: Day, to: Day): Day[] => {
    const years = Map.groupBy(
      united(from.with({ month: 1, day: 1 }), to.with({ month: 12, day: 31 })),
      (day) => day.year,
    );
    const picked = [...years.values()].flatMap((days) => {
      const indexes = new Set(positions.map((position) => (position > 0 ? position - 1 : days.length + position)));
      return days.filter((_, index) => indexes.has(index));
    });
    return picked.filter((day) => !isAfter(from, day) && !isAfter(day, to));
  };
};

/** Parses a series. Its start is its first occurrence, whether or not the rule has that day. */
export const makeSchedule = ({ rule, shortMonths, start: startText }: Series): Schedule => {
  const parts = parseRule(rule);
  const start = dayOf(startText);
  const time = timeOf(startText);
  const days = daysOf(parts, start, shortMonths);

  // From small windows to large ones: most rules have an occurrence soon, and some have none in 28 years.
  function* endless(from: Day, to: Day): Generator<Day> {
    let next = later(from, start);
    if (!isAfter(start, next) && !isAfter(next, start) && !isAfter(next, to)) {
      yield start;
      next = next.add({ days: 1 });
    }
    for (let length = 40; !isAfter(next, to); length = Math.min(length * 16, reach * 366)) {
      const end = earlier(to, next.add({ days: length }));
      yield* days(next, end);
      next = end.add({ days: 1 });
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

  const ends: Day[] = [];
  const until = parts.get('UNTIL');
  const count = parts.get('COUNT');
  if (until !== undefined) ends.push(lastByUntil(until, time));
  if (count !== undefined) ends.push(lastByCount(Number(count)));

  return {
    start,
    *between(from, to) {
      for (const day of endless(from, ends.reduce(earlier, to))) yield `${day}${time}`;
    },
    firstDayAfter(after) {
      const day = dayOf(after);
      return later(start, !isDay(after) && timeOf(after) < time ? day : day.add({ days: 1 }));
    },
  };
};

/** Returns the first occurrence after a moment, within 28 years. */
export const firstAfter = (schedule: Schedule, after: LocalTime): LocalTime | undefined => {
  const limit = yearsAfter(later(dayOf(after), schedule.start), reach);
  for (const occurrence of schedule.between(schedule.firstDayAfter(after), limit)) return occurrence;
  return undefined;
};

/** Counts the occurrences between two moments, without both. */
export const countBetween = (schedule: Schedule, after: LocalTime, before: LocalTime): number => {
  const from = schedule.firstDayAfter(after);
  let counted = 0;
  for (const occurrence of schedule.between(from, earlier(dayOf(before), yearsAfter(from, countedYears)))) {
    if (occurrence >= before || counted === maxCounted) break;
    counted += 1;
  }
  return counted;
};

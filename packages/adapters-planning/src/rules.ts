import type { RuleParts, ShortMonths } from '@taskward/domain';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const everyMonth = Array.from({ length: 12 }, (_, month) => month + 1);
const february = 2;

/** Returns a recurrence rule of its parts. */
export const ruleText = (parts: RuleParts): string => [...parts].map(([name, value]) => `${name}=${value}`).join(';');

const numbers = (value: string): number[] => [...new Set(value.split(',').map(Number))];

/** Returns a weekday as all those of a year; one that has a number as it is. */
const numbered = (day: string): string[] =>
  /\d/.test(day) ? [day] : [`-1${day}`, ...Array.from({ length: 52 }, (_, week) => `${week + 1}${day}`)];

/** Returns a rule with the parts that RFC 5545 takes from the start. */
const explicit = (parts: RuleParts, start: Temporal.PlainDate): RuleParts => {
  const frequency = parts.get('FREQ');
  const all = new Map(parts);
  if (frequency === 'WEEKLY' && !all.has('BYDAY')) all.set('BYDAY', weekdays[start.dayOfWeek - 1] as string);
  if ((frequency === 'MONTHLY' || frequency === 'YEARLY') && !all.has('BYDAY') && !all.has('BYMONTHDAY')) {
    all.set('BYMONTHDAY', `${start.day}`);
    if (frequency === 'YEARLY' && !all.has('BYMONTH')) all.set('BYMONTH', `${start.month}`);
  }
  const byDay = all.get('BYDAY');
  if (frequency === 'YEARLY' && !all.has('BYMONTH') && byDay !== undefined && /\d/.test(byDay)) {
    // Beside days of the month, weekdays are numbered by the month. Without, the library leaves a weekday of a year out if it
    // has no number, and another has.
    if (all.has('BYMONTHDAY')) all.set('BYMONTH', everyMonth.join());
    else all.set('BYDAY', byDay.split(',').flatMap(numbered).join());
  }
  return all;
};

/** Plain rules that together give a series. */
export interface PlainRules {
  readonly rules: readonly RuleParts[];
  /** Which of the days of a year are taken, where the rules cannot say it; as `BYSETPOS`. */
  readonly positions?: readonly number[];
  /** Rules of which only the days in a month are taken, each with its month. */
  readonly within?: ReadonlyMap<RuleParts, number>;
  /** Which days are taken by their period: of periods that are so many days long, the first one and each so many-th after it. */
  readonly every?: { readonly from: Temporal.PlainDate; readonly length: number; readonly interval: number };
}

/** Returns a rule by months instead of one by days or weeks that has other filters: the library tests each day of such a one. */
const byMonths = (parts: RuleParts, start: Temporal.PlainDate): PlainRules => {
  const frequency = parts.get('FREQ');
  const positions = parts.get('BYSETPOS');
  // The one day of a day is its first and its last.
  const isNever =
    frequency === 'DAILY' && positions !== undefined && !numbers(positions).some((at) => Math.abs(at) === 1);
  if (isNever) return { rules: [] };
  const isFiltered = parts.has('BYMONTH') || parts.has('BYMONTHDAY');
  if (!isFiltered || (frequency !== 'DAILY' && (frequency !== 'WEEKLY' || positions !== undefined)))
    return { rules: [parts] };
  const monthly = new Map(parts).set('FREQ', 'MONTHLY');
  monthly.delete('BYSETPOS');
  monthly.delete('INTERVAL');
  if (!monthly.has('BYDAY') && !monthly.has('BYMONTHDAY')) monthly.set('BYDAY', weekdays.join());
  const weekStart = weekdays.indexOf(parts.get('WKST') ?? 'MO') + 1;
  const from = frequency === 'DAILY' ? start : start.subtract({ days: (start.dayOfWeek - weekStart + 7) % 7 });
  const interval = Number(parts.get('INTERVAL') ?? 1);
  return { rules: [monthly], every: { from, length: frequency === 'DAILY' ? 1 : 7, interval } };
};

/** Returns a yearly rule with its 53rd weekdays apart: where a year has 52, the library takes one from the year beside it. */
const byWeekdays = (parts: RuleParts): PlainRules | undefined => {
  const days = (parts.get('BYDAY') ?? '').split(',');
  const january = days.filter((day) => day.startsWith('-53'));
  const december = days.filter((day) => /^\+?53/.test(day));
  const edges = [...january, ...december];
  if (parts.get('FREQ') !== 'YEARLY' || parts.has('BYMONTH') || edges.length === 0) return undefined;
  const on = (some: readonly string[]): RuleParts[] => {
    const rule = new Map(parts).set('BYDAY', some.join());
    rule.delete('BYSETPOS');
    return some.length === 0 ? [] : [rule];
  };
  const within = new Map([
    ...on(january).map((rule) => [rule, 1] as const),
    ...on(december).map((rule) => [rule, 12] as const),
  ]);
  const rules = [...on(days.filter((day) => !edges.includes(day))), ...within.keys()];
  const positions = parts.get('BYSETPOS');
  return positions === undefined ? { rules, within } : { rules, within, positions: numbers(positions) };
};

/**
 * Returns the rules of RFC 5545 that together mean what one means with its short months. With `last` that is SKIP=BACKWARD of
 * RFC 7529, but days counted from the end are left out where a month has not as many.
 */
export const plainRules = (given: RuleParts, start: Temporal.PlainDate, shortMonths: ShortMonths): PlainRules => {
  const parts = explicit(given, start);
  const frequency = parts.get('FREQ');
  const days = parts.get('BYMONTHDAY');
  const expands = frequency === 'MONTHLY' || frequency === 'YEARLY';
  if (!expands || days === undefined || shortMonths === 'skip') return byWeekdays(parts) ?? byMonths(parts, start);

  // The 31st of every month is its last day. The 29th and 30th are the last day in February only.
  const usual = numbers(days).map((day) => (day === 31 ? -1 : day));
  const short = usual.map((day) => (day > 28 ? -1 : day));
  const months = numbers(parts.get('BYMONTH') ?? everyMonth.join());
  const others = months.filter((month) => month !== february);
  const having = (monthDays: readonly number[], among?: readonly number[]): Map<string, string> => {
    const changed = new Map(parts).set('BYMONTHDAY', numbers(monthDays.join()).join());
    return among ? changed.set('BYMONTH', among.join()) : changed;
  };

  const [day] = usual;
  const lone = usual.length === 1 && !parts.has('BYDAY') && !parts.has('BYSETPOS');
  if (!months.includes(february) || usual.every((one) => one <= 28)) return { rules: [having(usual)] };
  if (others.length === 0) return { rules: [having(short)] };
  if (lone && frequency === 'MONTHLY') {
    return { rules: [having(day === 29 ? [28, 29] : [28, 29, 30]).set('BYSETPOS', '-1')] };
  }
  const rules = [having(usual, others), having(short, [february])];
  const positions = parts.get('BYSETPOS');
  if (frequency !== 'YEARLY' || positions === undefined) return { rules };
  for (const rule of rules) rule.delete('BYSETPOS');
  return { rules, positions: numbers(positions) };
};

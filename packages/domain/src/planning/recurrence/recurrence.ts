import type { Instant } from '../../instant.ts';
import type { Calendar, LocalTime, Series, ShortMonths } from '../calendar.ts';
import {
  type DueDate,
  dueDateFault,
  dueDateText,
  dueInstant,
  localNow,
  normalisedDueDate,
  parseDueDate,
} from '../due-dates/due-date.ts';
import { dayOf, instantInUtc, isDay, shortTime, timeOf } from '../due-dates/local-time.ts';
import type { Planning } from '../planning.ts';
import { defaultSettings } from '../settings.ts';
import { parseRule, type RuleParts, ruleFault, ruleText, without } from './recurrence-rule.ts';
import { readUntil } from './rule-parts.ts';

/** A rule of recurrence as it is stored. */
export interface Repeat {
  /** A recurrence rule of RFC 5545, in a canonical order of its parts, such as `FREQ=MONTHLY;BYMONTHDAY=31`. */
  readonly rule: string;
  /** Whether the next occurrence follows from the series (`due`) or from the moment of completion. */
  readonly from: 'due' | 'completion';
  readonly short_months: ShortMonths;
  /** The first occurrence: the due date, in its own form, that the series starts from. */
  readonly start: string;
}

/** A rule of recurrence as people send it: a word such as `monthly`, or the parts that they care about. */
export type RepeatInput = string | (Pick<Repeat, 'rule'> & Partial<Repeat>);

const asParts = (repeat: RepeatInput) => (typeof repeat === 'string' ? { rule: repeat } : repeat);

/** Returns what is wrong with a rule, or `undefined`. The text continues the field's name. */
export const repeatFault = (repeat: RepeatInput, calendar: Calendar): string | undefined => {
  const { rule, start } = asParts(repeat);
  const fault = ruleFault(rule, calendar);
  if (fault !== undefined || start === undefined) return fault;
  const startFault = dueDateFault(start, calendar);
  return startFault === undefined ? undefined : `must have a valid start: it ${startFault}`;
};

/**
 * Returns a rule as it is stored: the word as a rule, its parts in one order, and what was left out filled in.
 * @param repeat one without fault
 * @param dueDate the due date as it is stored, from which the series starts unless `start` says otherwise
 */
export const normalisedRepeat = (repeat: RepeatInput, dueDate: string, calendar: Calendar): Repeat => {
  const { rule, from = 'due', short_months = 'last', start } = asParts(repeat);
  return {
    rule: ruleText(parseRule(rule)),
    from,
    short_months,
    start: start === undefined ? dueDate : normalisedDueDate(start, calendar),
  };
};

/** Returns the last moment that UNTIL allows, in the form of a due date, or `undefined` for a series without UNTIL. */
const lastAllowed = (rule: RuleParts, start: DueDate, planning: Planning): LocalTime | undefined => {
  const until = readUntil(rule.get('UNTIL') ?? '');
  if (until === undefined) return undefined;
  const { day, time, isUtc } = until;
  if (time === undefined) return start.kind === 'day' ? day : `${day}T23:59:59.999`;
  const local = `${day}T${shortTime(time)}`;
  if (isUtc) return localNow(start, instantInUtc(local), planning);
  return start.kind === 'day' ? day : local;
};

const seriesOf = (rule: RuleParts, repeat: Repeat, start: LocalTime): Series => ({
  rule: ruleText(rule),
  shortMonths: repeat.short_months,
  start,
});

/**
 * Returns the sentence for a rule whose series never goes on, or `undefined`: it has no occurrence within 28 years after
 * its start, or UNTIL is before the start. One that ends with its start by COUNT or UNTIL has come to its last occurrence.
 */
export const emptySeriesFault = (repeat: Repeat, calendar: Calendar): string | undefined => {
  const [rule, start] = [parseRule(repeat.rule), parseDueDate(repeat.start)];
  const last = lastAllowed(rule, start, { calendar, settings: defaultSettings });
  if (last !== undefined && last < start.local) {
    return `must not have an UNTIL before its start: ${rule.get('UNTIL')} is before ${repeat.start}`;
  }
  const endless = without(rule, 'COUNT', 'UNTIL');
  return calendar.nextOccurrence(seriesOf(endless, repeat, start.local), start.local) === undefined
    ? `must have an occurrence within 28 years after its start, and ${ruleText(endless)} has none after ${repeat.start}`
    : undefined;
};

/** The occurrence that follows a completed one. */
export interface NextOccurrence {
  /** As it is stored. */
  readonly dueDate: string;
  /** The rule from there on: one that counts from its completion has one occurrence fewer. */
  readonly repeat: Repeat;
  /** How many occurrences were passed over. */
  readonly skipped: number;
}

/** What the next occurrence is computed from. */
interface Completion {
  readonly repeat: Repeat;
  readonly rule: RuleParts;
  readonly start: DueDate;
  /** The due date and the moment of completion, on the clock and in the form of the start. */
  readonly due: LocalTime;
  readonly now: LocalTime;
  readonly calendar: Calendar;
}

const afterDue = ({ repeat, rule, start, due, now, calendar }: Completion): NextOccurrence | undefined => {
  // UNTIL is compared here, because the calendar knows no zones of series.
  const series = seriesOf(without(rule, 'UNTIL'), repeat, start.local);
  const next = calendar.nextOccurrence(series, due > now ? due : now);
  if (next === undefined) return undefined;
  const skipped = calendar.countOccurrences(series, due, next);
  return { dueDate: dueDateText({ ...start, local: next }), repeat, skipped };
};

/** Returns the rule with one occurrence fewer, or `undefined` where that was the last. */
const countedDown = (rule: RuleParts): RuleParts | undefined => {
  const count = rule.get('COUNT');
  if (count === undefined) return rule;
  return Number(count) <= 1 ? undefined : new Map([...rule, ['COUNT', String(Number(count) - 1)]]);
};

const afterCompletion = ({ repeat, rule, start, due, now, calendar }: Completion): NextOccurrence | undefined => {
  const rest = countedDown(rule);
  if (rest === undefined) return undefined;
  const restart = isDay(start.local) ? now : `${dayOf(now)}T${timeOf(start.local)}`;
  const series = seriesOf(without(rule, 'COUNT', 'UNTIL'), repeat, restart);
  const first = calendar.nextOccurrence(series, restart);
  // Completed early, the series may come to the completed occurrence again.
  const next = first === due ? calendar.nextOccurrence(series, first) : first;
  if (next === undefined) return undefined;
  const dueDate = dueDateText({ ...start, local: next });
  return { dueDate, repeat: { ...repeat, rule: ruleText(rest), start: dueDate }, skipped: 0 };
};

/**
 * Returns the occurrence after a completed one, or `undefined` where the series ends. It is in the form of the series'
 * start, also where the completed one was moved to another.
 *
 * From `due`, it is the first of the series after the later of the due date and now. From `completion`, the series starts
 * anew on the day of completion, at its own time of day; nothing is skipped then. UNTIL as a day includes that day, as a
 * time it is on the clock of the series, and in UTC it is what that clock shows then.
 * @param dueDate the current occurrence, as it is stored
 */
export const nextOccurrence = (
  repeat: Repeat,
  dueDate: string,
  now: Instant,
  planning: Planning,
): NextOccurrence | undefined => {
  const [rule, start, current] = [parseRule(repeat.rule), parseDueDate(repeat.start), parseDueDate(dueDate)];
  const completion: Completion = {
    repeat,
    rule,
    start,
    due: isOnSameClock(current, start) ? current.local : localNow(start, dueInstant(current, planning), planning),
    now: localNow(start, now, planning),
    calendar: planning.calendar,
  };
  const next = repeat.from === 'due' ? afterDue(completion) : afterCompletion(completion);
  const last = lastAllowed(rule, start, planning);
  if (next === undefined || last === undefined) return next;
  return parseDueDate(next.dueDate).local > last ? undefined : next;
};

const isOnSameClock = (a: DueDate, b: DueDate): boolean =>
  a.kind === b.kind && (a.kind !== 'zoned' || (b.kind === 'zoned' && a.zone === b.zone));

import { quoted } from '../../text.ts';
import type { Calendar } from '../calendar.ts';
import { numberPart, numbersPart, type RulePart, untilPart, weekdaysPart, weekStartPart } from './rule-parts.ts';

/** Bounds of a recurrence rule: the length of its text in characters, and its numbers. */
export const ruleLimits = { length: 500, interval: { min: 1, max: 1000 }, count: { min: 1, max: 9999 } } as const;

/** The words that stand for a rule. */
const words: ReadonlyMap<string, string> = new Map([
  ['DAILY', 'FREQ=DAILY'],
  ['WEEKLY', 'FREQ=WEEKLY'],
  ['MONTHLY', 'FREQ=MONTHLY'],
  ['YEARLY', 'FREQ=YEARLY'],
  ['WEEKDAYS', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
]);

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];

const frequencyPart: RulePart = {
  fault: (value) =>
    frequencies.includes(value)
      ? undefined
      : `must have FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY, not ${quoted(value)}`,
  text: (value) => value,
};

/** The parts of a rule, in their canonical order. */
const parts: ReadonlyMap<string, RulePart> = new Map([
  ['FREQ', frequencyPart],
  ['INTERVAL', numberPart('INTERVAL', ruleLimits.interval)],
  ['BYMONTH', numbersPart('BYMONTH', 12, false)],
  ['BYMONTHDAY', numbersPart('BYMONTHDAY', 31, true)],
  ['BYDAY', weekdaysPart],
  ['BYSETPOS', numbersPart('BYSETPOS', 366, true)],
  ['COUNT', numberPart('COUNT', ruleLimits.count)],
  ['UNTIL', untilPart],
  ['WKST', weekStartPart],
]);

/** The texts of parts that say what a rule without them says too. */
const defaults: ReadonlySet<string> = new Set(['INTERVAL=1', 'WKST=MO']);

/** The values of a rule's parts, by their names. */
export type RuleParts = ReadonlyMap<string, string>;

const pairsOf = (text: string): [name: string, value: string][] => {
  const upper = text.trim().toUpperCase();
  const rule = words.get(upper) ?? upper.replace(/^RRULE:/, '');
  return rule.split(';').map((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
  });
};

/** Returns the parts of a rule without fault: those of its rule for a word. */
export const parseRule = (text: string): RuleParts => new Map(pairsOf(text));

const partFault = (name: string, value: string, calendar: Calendar): string | undefined => {
  const part = parts.get(name);
  if (part !== undefined) return part.fault(value, calendar);
  const known = [...parts.keys()];
  return `must consist of the parts ${known.slice(0, -1).join(', ')} and ${known.at(-1)}, with semicolons between them: ${quoted(name)} is none of them`;
};

/** Returns what is wrong with parts that are valid each by itself, or `undefined`. */
const contradiction = (rule: RuleParts): string | undefined => {
  const frequency = rule.get('FREQ');
  if (frequency === undefined) return 'must have a FREQ, such as FREQ=DAILY';
  if (rule.has('COUNT') && rule.has('UNTIL')) return 'must not have both COUNT and UNTIL: leave one of them out';
  if (rule.has('BYMONTHDAY') && frequency === 'WEEKLY') {
    return 'must not have BYMONTHDAY with FREQ=WEEKLY: use BYDAY, or FREQ=MONTHLY';
  }
  if (rule.has('BYSETPOS') && !['BYMONTH', 'BYMONTHDAY', 'BYDAY'].some((name) => rule.has(name))) {
    return 'must not have BYSETPOS alone, which chooses among the days of BYDAY, BYMONTHDAY or BYMONTH: add one of these';
  }
  return ordinalFault(frequency, rule);
};

/** Returns what is wrong with the ordinals of weekdays: the 5th is the last in a month, the 53rd in a year. */
const ordinalFault = (frequency: string, rule: RuleParts): string | undefined => {
  const ordinals = (rule.get('BYDAY') ?? '').split(',').flatMap((day) => {
    const ordinal = day.slice(0, -2);
    return ordinal === '' ? [] : Number(ordinal);
  });
  if (ordinals.length === 0) return undefined;
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    return `must not have numbers in BYDAY with FREQ=${frequency}: send FREQ=MONTHLY or FREQ=YEARLY, or BYDAY without numbers`;
  }
  const max = frequency === 'MONTHLY' || rule.has('BYMONTH') ? 5 : 53;
  const beyond = ordinals.find((ordinal) => ordinal > max || ordinal < -max);
  return beyond === undefined
    ? undefined
    : `must have numbers from 1 to ${max} or -1 to -${max} in BYDAY of this rule, not ${beyond}`;
};

/** Returns what is wrong with the text of a rule or a word that stands for one, or `undefined`. */
export const ruleFault = (text: string, calendar: Calendar): string | undefined => {
  if (text.trim() === '') return 'must have a rule, such as "weekly" or "FREQ=WEEKLY;BYDAY=MO"';
  if (text.length > ruleLimits.length) {
    return `must have a rule of at most ${ruleLimits.length} characters, and has one of ${text.length}`;
  }
  if (!text.includes('=') && !words.has(text.trim().toUpperCase())) {
    return `must be daily, weekly, monthly, yearly or weekdays, or a rule such as FREQ=WEEKLY;BYDAY=MO, not ${quoted(text)}`;
  }
  const seen = new Map<string, string>();
  for (const [name, value] of pairsOf(text)) {
    const fault = partFault(name, value, calendar);
    if (fault !== undefined) return fault;
    if (seen.has(name)) return `must have ${name} once only`;
    seen.set(name, value);
  }
  return contradiction(seen);
};

/** Returns a rule in its one spelling: parts and values in order, each value once, without parts that change nothing. */
export const ruleText = (rule: RuleParts): string =>
  [...parts]
    .flatMap(([name, part]) => {
      const value = rule.get(name);
      return value === undefined ? [] : `${name}=${part.text(value)}`;
    })
    .filter((part) => !defaults.has(part))
    .join(';');

/** Returns a rule without some of its parts. */
export const without = (rule: RuleParts, ...names: readonly string[]): RuleParts =>
  new Map([...rule].filter(([name]) => !names.includes(name)));

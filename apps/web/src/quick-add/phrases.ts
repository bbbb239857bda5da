import type { NewTask, Settings } from '@taskward/client';
import { addDays, addMonths, type Day, dayOf, firstOn, weekdayNamed, weekdays } from '../dates/days.ts';

/** What words are understood by. */
export interface Context {
  /** The user's day. */
  readonly today: Day;
  /** What the user's calendar and clocks show: `2026-12-01`, `09:00`. The user's day may begin later than the date does. */
  readonly date: Day;
  readonly clock: string;
  readonly weekStartsOn: Settings['week_starts_on'];
}

/** What some words mean. */
export type Meaning =
  | { readonly kind: 'priority'; readonly priority: NonNullable<NewTask['priority']> }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'date'; readonly day: Day }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'moment'; readonly day: Day; readonly time: string }
  /** `first`: when it is due for the first time, if nothing else is said. `isAdverb`: one word such as `weekly`. */
  | { readonly kind: 'repeat'; readonly repeat: string; readonly first: Day; readonly isAdverb: boolean };

/** A form of words, and what it means; `undefined` if it means nothing after all. */
type Phrase = readonly [pattern: string, read: (groups: Groups, context: Context) => Meaning | undefined];
type Groups = Readonly<Record<string, string | undefined>>;

const day = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const shortDay = '(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)';
const anyDay = `(?:${day}|${shortDay})`;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const date = '(?<date>\\d{1,2})(?:st|nd|rd|th)?';
const year = '(?: (?<year>\\d{4}))?';
const on = '(?:(?:due )?(?:on|by) |due )?';
const clock = '(?<hours>\\d{1,2})(?::(?<minutes>[0-5]\\d))?(?: ?(?<half>am|pm))?';

const dated = (day: Day | undefined): Meaning | undefined => (day === undefined ? undefined : { kind: 'date', day });

const countOf = (text = '1'): number => (/^an?$/.test(text) ? 1 : Number(text));

const later = (from: Day, count: number, unit = 'day'): Day => {
  if (unit === 'day') return addDays(from, count);
  if (unit === 'week') return addDays(from, 7 * count);
  return addMonths(from, unit === 'year' ? 12 * count : count);
};

const nextWeek = ({ today, weekStartsOn }: Context): Day =>
  firstOn(addDays(today, 1), [weekdays.indexOf(weekStartsOn)]);

const named = ({ year, month = '', date }: Groups, { today }: Context): Day | undefined => {
  const number = months.indexOf(month.slice(0, 3)) + 1;
  const thisYear = Number(today.slice(0, 4));
  if (year !== undefined) return dayOf(Number(year), number, Number(date));
  const candidates = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((more) => dayOf(thisYear + more, number, Number(date)));
  // Without a year, it is the next one. There may be years between two 29ths of February.
  return candidates.find((candidate) => candidate !== undefined && candidate >= today);
};

const timeOf = ({ hours, minutes = '00', half }: Groups): string | undefined => {
  const number = Number(hours);
  if (half === undefined ? number > 23 : number < 1 || number > 12) return undefined;
  const hour = half === undefined ? number : (number % 12) + (half === 'pm' ? 12 : 0);
  return `${`${hour}`.padStart(2, '0')}:${minutes}`;
};

const timed = (groups: Groups): Meaning | undefined => {
  const time = timeOf(groups);
  return time === undefined ? undefined : { kind: 'time', time };
};

const soon = (minutes: number, { date, clock }: Context): Meaning => {
  const then = new Date(Date.parse(`${date}T${clock}Z`) + minutes * 60_000).toISOString();
  return { kind: 'moment', day: then.slice(0, 10), time: then.slice(11, 16) };
};

const rules = { day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly', weekday: 'weekdays' } as const;
const adverbs = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
  annually: 'year',
  weekdays: 'weekday',
};
const working = [1, 2, 3, 4, 5];

const repeated = (unit: string, count: number, { today }: Context, isAdverb = false): Meaning | undefined => {
  const first = unit === 'weekday' ? firstOn(today, working) : today;
  if (count === 1) return { kind: 'repeat', repeat: rules[unit as keyof typeof rules], first, isAdverb };
  if (unit === 'weekday' || count < 1) return undefined;
  const frequency = rules[unit as keyof typeof rules].toUpperCase();
  return { kind: 'repeat', repeat: `FREQ=${frequency};INTERVAL=${count}`, first, isAdverb };
};

const repeatedOn = (names: string, { today }: Context): Meaning => {
  const numbers = [...new Set(names.split(/ (?:and )?/).map(weekdayNamed))].sort((one, other) => one - other);
  const days = numbers.map((number) => weekdays[number]?.slice(0, 2).toUpperCase());
  const first = firstOn(today, numbers);
  return { kind: 'repeat', repeat: `FREQ=WEEKLY;BYDAY=${days.join(',')}`, first, isAdverb: false };
};

const repeatedOnDate = (date: number, { today }: Context): Meaning | undefined => {
  if (date < 1 || date > 31) return undefined;
  const [year = 0, month = 1] = today.split('-').map(Number);
  // A date that this month does not have comes in one of the next two.
  const candidates = [0, 1, 2].map(
    (more) => dayOf(year, month + more, date) ?? dayOf(year + 1, month + more - 12, date),
  );
  const first = candidates.find((candidate) => candidate !== undefined && candidate >= today);
  if (first === undefined) return undefined;
  return { kind: 'repeat', repeat: `FREQ=MONTHLY;BYMONTHDAY=${date}`, first, isAdverb: false };
};

const levels = ['urgent', 'high', 'medium', 'low'] as const;

/** The forms, of which the first one that fits is taken: longer ones before their beginnings. */
const phrases: readonly Phrase[] = [
  [
    '!(?<level>urgent|high|medium|low)',
    ({ level }) => ({ kind: 'priority', priority: level as (typeof levels)[number] }),
  ],
  ['(?:p|!)(?<number>[1-4])', ({ number }) => ({ kind: 'priority', priority: levels[Number(number) - 1] ?? 'low' })],

  [
    'every (?:(?<count>\\d{1,2}) |(?<other>other ))?(?<unit>day|weekday|week|month|year)s?',
    ({ count, other, unit = '' }, context) => repeated(unit, other ? 2 : countOf(count), context),
  ],
  [`every (?<names>${anyDay}(?:(?: and)? ${anyDay})*)`, ({ names = '' }, context) => repeatedOn(names, context)],
  ['every (?<date>\\d{1,2})(?:st|nd|rd|th)', ({ date }, context) => repeatedOnDate(Number(date), context)],
  [
    `(?<adverb>${Object.keys(adverbs).join('|')})`,
    ({ adverb }, context) => repeated(adverbs[adverb as keyof typeof adverbs], 1, context, true),
  ],

  [`${on}(?:the )?day after tomorrow`, (_, { today }) => dated(addDays(today, 2))],
  [`${on}today`, (_, { today }) => dated(today)],
  [`${on}(?:tomorrow|tmrw|tmr)`, (_, { today }) => dated(addDays(today, 1))],
  [
    `${on}(?:next (?<next>${anyDay}))`,
    ({ next = '' }, context) => dated(firstOn(nextWeek(context), [weekdayNamed(next)])),
  ],
  [
    `(?:${on}this|on|by) (?<name>${anyDay})`,
    ({ name = '' }, { today }) => dated(firstOn(addDays(today, 1), [weekdayNamed(name)])),
  ],
  [`${on}(?<name>${day})`, ({ name = '' }, { today }) => dated(firstOn(addDays(today, 1), [weekdayNamed(name)]))],
  [`${on}next week`, (_, context) => dated(nextWeek(context))],
  [`${on}next month`, (_, { today }) => dated(`${addMonths(today, 1).slice(0, 8)}01`)],
  [
    'in (?<count>an?|\\d{1,3}) (?<unit>day|week|month|year)s?',
    ({ count, unit }, { today }) => dated(later(today, countOf(count), unit)),
  ],
  ['in (?<count>an?|\\d{1,3}) (?:hours?|h)', ({ count }, context) => soon(60 * countOf(count), context)],
  ['in (?<count>an?|\\d{1,3}) (?:minutes?|mins?|min)', ({ count }, context) => soon(countOf(count), context)],
  ['(?<day>\\d{4}-\\d\\d-\\d\\d)t(?<hours>\\d\\d):(?<minutes>[0-5]\\d)', (groups) => moment(groups)],
  [
    `${on}(?<year>\\d{4})-(?<month>\\d\\d)-(?<date>\\d\\d)`,
    ({ year, month, date }) => dated(dayOf(Number(year), Number(month), Number(date))),
  ],
  [`${on}${month} ${date}${year}`, (groups, context) => dated(named(groups, context))],
  [`${on}(?:the )?${date} (?:of )?${month}${year}`, (groups, context) => dated(named(groups, context))],

  [`at ${clock}`, timed],
  ['at noon', () => ({ kind: 'time', time: '12:00' })],
  ['(?<hours>\\d{1,2}):(?<minutes>[0-5]\\d)(?: ?(?<half>am|pm))?', timed],
  ['(?<hours>\\d{1,2}) ?(?<half>am|pm)', timed],
];

const moment = (groups: Groups): Meaning | undefined => {
  const [year, month, date] = (groups.day ?? '').split('-').map(Number);
  const day = dayOf(year ?? 0, month ?? 0, date ?? 0);
  const time = timeOf(groups);
  return day === undefined || time === undefined ? undefined : { kind: 'moment', day, time };
};

const compiled = phrases.map(([pattern, read]) => ({ pattern: new RegExp(`^(?:${pattern})(?= |$)`), read }));

/**
 * Returns what the first words of a text mean, and how many they are; `undefined` if they mean nothing.
 * @param text words in lower case with one space between them
 */
export const readPhrase = (text: string, context: Context): { meaning: Meaning; count: number } | undefined => {
  for (const { pattern, read } of compiled) {
    const match = pattern.exec(text);
    const meaning = match && read(match.groups ?? {}, context);
    if (match && meaning) return { meaning, count: match[0].split(' ').length };
  }
  return undefined;
};

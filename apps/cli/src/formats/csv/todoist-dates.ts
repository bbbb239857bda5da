import type { RepeatInput } from '@taskward/domain';

// The dates of Todoist are what people typed, in English unless DATE_LANG says otherwise:
// https://todoist.com/help/articles/introduction-to-recurring-dates-YUYVJJAV. Read here is what means the same on any day:
// whole dates, and recurrence. `tomorrow` and `5 May` depend on when they were typed, which the file does not say.

/** A date of Todoist: a day, with or without a time, or a rule. */
export interface TypedDate {
  /** `2026-12-01`; of a rule, its start, if it says one. */
  readonly day?: string;
  /** `09:00` */
  readonly time?: string;
  readonly repeat?: Exclude<RepeatInput, string>;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthWord =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const codes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const weekdayWord =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';

const two = (number: number): string => String(number).padStart(2, '0');

const monthOf = (word: string): number => months.indexOf(word.slice(0, 3)) + 1;
const codeOf = (word: string): string => codes[weekdays.indexOf(word.slice(0, 3))] as string;

const dayForms: readonly RegExp[] = [
  /^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})$/,
  new RegExp(`^(?<day>\\d{1,2})(?:st|nd|rd|th)? (?<word>${monthWord})\\.?,? (?<year>\\d{4})$`),
  new RegExp(`^(?<word>${monthWord})\\.? (?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})$`),
];

const dayOf = (text: string): string | undefined => {
  for (const form of dayForms) {
    const { year, month, word, day } = form.exec(text)?.groups ?? {};
    if (year === undefined) continue;
    return `${year}-${two(word === undefined ? Number(month) : monthOf(word))}-${two(Number(day))}`;
  }
  return undefined;
};

const timeOf = (hours: number, minutes: number, half: string | undefined): string | undefined => {
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined;
  const hour = half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0);
  return hour > 23 || minutes > 59 ? undefined : `${two(hour)}:${two(minutes)}`;
};

const timeForms = [
  /(?:^|[ t])(?:at |@ ?)?(?<hours>\d{1,2}):(?<minutes>\d\d)(?::00)?(?: ?(?<half>[ap]m))?$/,
  /(?:^| )(?:at |@ ?)?(?<hours>\d{1,2}) ?(?<half>[ap]m)$/,
  /(?:^| )(?:at |@ ?)(?<hours>\d{1,2})$/,
];

/** Takes the time from the end of a text. */
const splitTime = (text: string): { readonly rest: string; readonly time?: string } | undefined => {
  for (const form of timeForms) {
    const found = form.exec(text);
    if (found === null) continue;
    const { hours, minutes = '0', half } = found.groups ?? {};
    const time = timeOf(Number(hours), Number(minutes), half);
    return time === undefined ? undefined : { rest: text.slice(0, found.index).trim(), time };
  }
  return { rest: text };
};

// When these are, by Todoist.
const dayTimes: Readonly<Record<string, string>> = {
  morning: '09:00',
  afternoon: '12:00',
  evening: '19:00',
  night: '22:00',
};

const units: Readonly<Record<string, string>> = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' };
const words: Readonly<Record<string, string>> = {
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  yearly: 'FREQ=YEARLY',
  weekday: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  workday: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekend: 'FREQ=WEEKLY;BYDAY=SA',
  quarter: 'FREQ=MONTHLY;INTERVAL=3',
  'last day': 'FREQ=MONTHLY;BYMONTHDAY=-1',
};

const withInterval = (frequency: string, interval: number): string =>
  interval === 1 ? `FREQ=${frequency}` : `FREQ=${frequency};INTERVAL=${interval}`;

const listSeparator = /, ?(?:and )?| and /;
const ordinal = /^(\d{1,2})(?:st|nd|rd|th)?$/;

type RuleForm = readonly [form: RegExp, rule: (groups: Record<string, string>) => string | undefined];

const ruleForms: readonly RuleForm[] = [
  [
    /^(?:(?<count>\d{1,3}) |(?<other>other ))?(?<unit>day|week|month|year)s?$/,
    ({ count, other, unit = '' }) => withInterval(units[unit] as string, other ? 2 : Number(count ?? 1)),
  ],
  [
    new RegExp(`^(?<other>other )?(?<days>${weekdayWord}(?:(?:, ?(?:and )?| and )${weekdayWord})*)$`),
    ({ other, days = '' }) =>
      `${withInterval('WEEKLY', other ? 2 : 1)};BYDAY=${days.split(listSeparator).map(codeOf).join()}`,
  ],
  [
    new RegExp(`^(?<place>1st|first|2nd|second|3rd|third|4th|fourth|last) (?<day>${weekdayWord})$`),
    ({ place = '', day = '' }) => {
      const number = { first: 1, second: 2, third: 3, fourth: 4, last: -1 }[place] ?? Number.parseInt(place, 10);
      return `FREQ=MONTHLY;BYDAY=${number}${codeOf(day)}`;
    },
  ],
  [
    /^(?<days>\d{1,2}(?:st|nd|rd|th)?(?:(?:, ?(?:and )?| and )\d{1,2}(?:st|nd|rd|th)?)*)$/,
    ({ days = '' }) =>
      `FREQ=MONTHLY;BYMONTHDAY=${days
        .split(listSeparator)
        .map((day) => ordinal.exec(day)?.[1])
        .join()}`,
  ],
  [
    new RegExp(
      `^(?:(?<month>${monthWord}) (?<day>\\d{1,2})|(?<day2>\\d{1,2})(?:st|nd|rd|th)? (?<month2>${monthWord}))(?:st|nd|rd|th)?$`,
    ),
    ({ month, day, month2 = '', day2 }) =>
      `FREQ=YEARLY;BYMONTH=${monthOf(month ?? month2)};BYMONTHDAY=${Number(day ?? day2)}`,
  ],
];

const ruleOf = (text: string): string | undefined => {
  const word = words[text];
  if (word !== undefined) return word;
  for (const [form, rule] of ruleForms) {
    const found = form.exec(text);
    if (found !== null) return rule((found.groups ?? {}) as Record<string, string>);
  }
  return undefined;
};

/** Takes `starting …` or `until …` from the end of a text. `null`: the date there cannot be read. */
const splitDate = (text: string, form: RegExp): { readonly rest: string; readonly day?: string } | null => {
  const found = form.exec(text);
  if (found === null) return { rest: text };
  const day = dayOf(found.groups?.date ?? '');
  return day === undefined ? null : { rest: text.slice(0, found.index).trim(), day };
};

const readRule = (text: string, from: 'due' | 'completion'): TypedDate | undefined => {
  const ending = splitDate(text, / (?:until|ending) (?<date>.+)$/);
  const starting = ending && splitDate(ending.rest, / (?:starting|from) (?<date>.+)$/);
  const timed = starting && splitTime(starting.rest);
  if (!ending || !starting || !timed) return undefined;
  const { rest } = timed;
  const dayTime = dayTimes[rest];
  const rule = dayTime === undefined ? ruleOf(rest) : 'FREQ=DAILY';
  if (rule === undefined) return undefined;
  const time = timed.time ?? dayTime;
  const until = ending.day === undefined ? '' : `;UNTIL=${ending.day.replaceAll('-', '')}`;
  return {
    repeat: { rule: `${rule}${until}`, ...(from === 'completion' && { from }) },
    ...(starting.day !== undefined && { day: starting.day }),
    ...(time !== undefined && { time }),
  };
};

/** Reads a date as Todoist writes it. @returns `undefined` for one that has no meaning of its own, or is not known here */
export const readTypedDate = (typed: string): TypedDate | undefined => {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  const every = /^(?:(?:every|ev)(?<strict>!)? |(?<after>after ))(?<rest>.+)$/.exec(text)?.groups;
  if (every !== undefined) return readRule(every.rest ?? '', every.strict || every.after ? 'completion' : 'due');
  if (/^(?:daily|weekly|monthly|quarterly|yearly)\b/.test(text)) return readRule(text, 'due');
  const timed = splitTime(text);
  const day = timed && dayOf(timed.rest);
  return day === undefined ? undefined : { day, ...(timed?.time !== undefined && { time: timed.time }) };
};

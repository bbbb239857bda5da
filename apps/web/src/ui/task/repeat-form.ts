import { partsOf, type Repeat, ruleOf, weekdayCodes, weekdaysRule } from '../format/repeat-text.ts';

/** How a task recurs, as a form has it. `rule` is for rules that have no form of their own. */
export interface RepeatForm {
  readonly every: 'never' | 'day' | 'weekday' | 'week' | 'month' | 'year' | 'rule';
  readonly interval: number;
  /** Of a week: codes such as `MO`. */
  readonly days: readonly string[];
  readonly rule: string;
  /** Whether the next date is counted from the day of completion. */
  readonly fromCompletion: boolean;
}

const frequencies = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;

/** Returns the form of a repeat. */
export const repeatFormOf = (repeat: Repeat): RepeatForm => {
  const rule = ruleOf(repeat);
  const fromCompletion = typeof repeat === 'object' && repeat?.from === 'completion';
  const form: RepeatForm = { every: 'never', interval: 1, days: [], rule, fromCompletion };
  if (rule === '') return form;
  if (rule === weekdaysRule) return { ...form, every: 'weekday' };
  const { FREQ, INTERVAL = '1', BYDAY, ...others } = partsOf(rule);
  const every = (['day', 'week', 'month', 'year'] as const).find((unit) => frequencies[unit] === FREQ);
  const days = BYDAY?.split(',') ?? [];
  const isPlain = days.length === 0 || (every === 'week' && days.every((day) => weekdayCodes.includes(day as 'MO')));
  if (every === undefined || !isPlain || Object.keys(others).length > 0) return { ...form, every: 'rule' };
  return { ...form, every, interval: Number(INTERVAL), days };
};

/** Returns the rule of a form; empty if the task does not recur. */
export const ruleOfForm = ({ every, interval, days, rule }: RepeatForm): string => {
  if (every === 'never') return '';
  if (every === 'rule') return rule.trim();
  if (every === 'weekday') return weekdaysRule;
  const ordered = weekdayCodes.filter((code) => days.includes(code));
  return [
    `FREQ=${frequencies[every]}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(every === 'week' && ordered.length > 0 ? [`BYDAY=${ordered.join(',')}`] : []),
  ].join(';');
};

/** Returns the repeat of a form. What the form does not show, such as how short months are meant, stays as it was. */
export const repeatOfForm = (form: RepeatForm, before: Repeat): Exclude<Repeat, string> => {
  const rule = ruleOfForm(form);
  if (rule === '') return null;
  const kept = typeof before === 'object' && before !== null ? before : undefined;
  return {
    rule,
    from: form.fromCompletion ? 'completion' : 'due',
    ...(kept?.short_months !== undefined && { short_months: kept.short_months }),
    // Another rule is counted from the due date that the task has now.
    ...(kept?.rule === rule && kept.start !== undefined && { start: kept.start }),
  } as Exclude<Repeat, string>;
};

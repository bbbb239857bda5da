import { invalid, type RepeatInput, type WritableField } from '@taskward/domain';
import { Option } from 'commander';
import type { ContentOption } from './content-option.ts';

interface RepeatGiven {
  readonly repeat?: string;
  readonly repeatFrom?: 'due' | 'completion';
  readonly shortMonths?: 'last' | 'skip';
}

const toRepeat = ({ repeat: rule = '', repeatFrom: from, shortMonths: short_months }: RepeatGiven): RepeatInput =>
  from === undefined && short_months === undefined
    ? rule
    : { rule, ...(from && { from }), ...(short_months && { short_months }) };

/** An option that says more of the rule. */
const detail = (option: Option): ContentOption => ({
  option,
  value: (_given, options: RepeatGiven) => {
    if (options.repeat !== undefined) return;
    throw invalid([{ field: option.long as string, message: 'needs --repeat: it says more of the rule' }]);
  },
});

/** The options of a rule of recurrence. @param about what is said of the rule itself */
export const repeatOptions = (name: WritableField, about: string): ContentOption[] => [
  { option: new Option('--repeat <rule>', about), sets: name, value: (_given, options) => toRepeat(options) },
  detail(
    new Option('--repeat-from <from>', 'with --repeat: count from the due date, or from when it is done').choices([
      'due',
      'completion',
    ]),
  ),
  detail(
    new Option(
      '--short-months <how>',
      'with --repeat: take the last day of a month that is too short, or skip it',
    ).choices(['last', 'skip']),
  ),
];

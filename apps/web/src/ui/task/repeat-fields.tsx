import { weekdayCodes, weekdayName } from '../format/repeat-text.ts';
import type { RepeatForm } from './repeat-form.ts';

const choices: readonly (readonly [RepeatForm['every'], string])[] = [
  ['never', 'never'],
  ['day', 'daily'],
  ['weekday', 'every weekday'],
  ['week', 'weekly'],
  ['month', 'monthly'],
  ['year', 'yearly'],
  ['rule', 'by a rule of RFC 5545'],
];

const counts = new Set<RepeatForm['every']>(['day', 'week', 'month', 'year']);

/** How a task recurs. */
export const RepeatFields = ({
  repeat,
  locale,
  onChange,
}: {
  readonly repeat: RepeatForm;
  readonly locale: string;
  readonly onChange: (repeat: RepeatForm) => void;
}) => {
  const { every, interval, days } = repeat;
  const change = (changes: Partial<RepeatForm>) => onChange({ ...repeat, ...changes });
  return (
    <fieldset class="field-group">
      <legend>Repeat</legend>
      <div class="field-row">
        <label class="field">
          <span>Repeats</span>
          <select
            value={every}
            onChange={({ currentTarget: { value } }) => change({ every: value as RepeatForm['every'] })}
          >
            {choices.map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {counts.has(every) && (
          <label class="field field-short">
            <span>Every so many {every}s</span>
            <input
              type="number"
              min={1}
              max={99}
              value={interval}
              onInput={({ currentTarget: { valueAsNumber } }) => change({ interval: valueAsNumber || 1 })}
            />
          </label>
        )}
        {every === 'rule' && (
          <label class="field">
            <span>Rule</span>
            <input
              type="text"
              value={repeat.rule}
              placeholder="FREQ=MONTHLY;BYDAY=1MO"
              onInput={({ currentTarget: { value } }) => change({ rule: value })}
            />
          </label>
        )}
      </div>
      {every === 'week' && (
        <fieldset class="weekdays">
          <legend class="visually-hidden">On these days</legend>
          {weekdayCodes.map((code) => (
            <label key={code} class="weekday">
              <input
                type="checkbox"
                checked={days.includes(code)}
                aria-label={weekdayName(code, locale, 'long')}
                onChange={({ currentTarget: { checked } }) =>
                  change({ days: checked ? [...days, code] : days.filter((day) => day !== code) })
                }
              />
              <span aria-hidden="true">{weekdayName(code, locale)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {every !== 'never' && (
        <label class="check-field">
          <input
            type="checkbox"
            class="check"
            checked={repeat.fromCompletion}
            onChange={({ currentTarget: { checked } }) => change({ fromCompletion: checked })}
          />
          <span>Count from the day on which it is done</span>
        </label>
      )}
    </fieldset>
  );
};

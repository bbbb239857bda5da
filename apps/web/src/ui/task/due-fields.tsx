import type { TaskForm } from './task-form.ts';

/** The due date: a day, and a time if the whole day is not meant. Asks what a new date of a recurring task moves. */
export const DueFields = ({
  form,
  zone,
  asksScope,
  onChange,
}: {
  readonly form: TaskForm;
  /** Where the time is, if it is not where the reader is. */
  readonly zone: string | undefined;
  readonly asksScope: boolean;
  readonly onChange: (changes: Partial<TaskForm>) => void;
}) => (
  <fieldset class="field-group">
    <legend>Due</legend>
    <div class="field-row">
      <label class="field">
        <span>Day</span>
        <input
          type="date"
          value={form.day}
          onInput={({ currentTarget: { value } }) => onChange({ day: value, ...(value === '' && { time: '' }) })}
        />
      </label>
      <label class="field">
        <span>Time{zone !== undefined && ` in ${zone}`}</span>
        <input type="time" value={form.time} onInput={({ currentTarget: { value } }) => onChange({ time: value })} />
      </label>
      {form.day !== '' && (
        <button type="button" class="button button-quiet" onClick={() => onChange({ day: '', time: '' })}>
          No date
        </button>
      )}
    </div>
    {asksScope && (
      <label class="field">
        <span>The new date is for</span>
        <select
          value={form.scope}
          onChange={({ currentTarget: { value } }) => onChange({ scope: value as TaskForm['scope'] })}
        >
          <option value="occurrence">this time only</option>
          <option value="series">this time and all that follow</option>
        </select>
      </label>
    )}
  </fieldset>
);

import { IconButton } from '../app/icons.tsx';
import type { Reader } from '../format/days.ts';
import { type Reminder, reminderText } from '../format/reminder-text.ts';

const offered = ['PT0S', 'PT10M', 'PT30M', 'PT1H', 'P1D', 'P7D'];

/** The reminders of a task. Those before the due date need one. */
export const ReminderFields = ({
  reminders,
  hasDue,
  reader,
  onChange,
}: {
  readonly reminders: readonly Reminder[];
  readonly hasDue: boolean;
  readonly reader: Reader;
  readonly onChange: (reminders: readonly Reminder[]) => void;
}) => {
  const left = offered.filter((before) => !reminders.some((one) => one.before === before));
  return (
    <fieldset class="field-group">
      <legend>Reminders</legend>
      <ul class="reminder-list" aria-label="Reminders of this task">
        {reminders.map((reminder, index) => {
          const text = reminderText(reminder, reader);
          return (
            <li key={`${reminder.before} ${reminder.at}`}>
              <span>{text}</span>
              <IconButton
                name="close"
                label={`Remove the reminder ${text}`}
                onClick={() => onChange(reminders.filter((_, place) => place !== index))}
              />
            </li>
          );
        })}
      </ul>
      <div class="field-row">
        {hasDue && (
          <label class="field">
            <span>Before it is due</span>
            <select
              value=""
              onChange={({ currentTarget }) => {
                if (currentTarget.value !== '') onChange([...reminders, { before: currentTarget.value }]);
                currentTarget.value = '';
              }}
            >
              <option value="">Add…</option>
              {left.map((before) => (
                <option key={before} value={before}>
                  {reminderText({ before }, reader)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          <span>At a time</span>
          <input
            type="datetime-local"
            onChange={({ currentTarget }) => {
              // A year that is being typed is short at first.
              if (currentTarget.value.startsWith('0') || currentTarget.value === '') return;
              onChange([...reminders.filter(({ at }) => at !== currentTarget.value), { at: currentTarget.value }]);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
    </fieldset>
  );
};

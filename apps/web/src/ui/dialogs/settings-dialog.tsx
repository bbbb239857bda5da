import type { Settings } from '@taskward/client';
import { useState } from 'preact/hooks';
import { useUi } from '../app/context.ts';
import { weekdayCodes, weekdayName } from '../format/repeat-text.ts';
import { Dialog } from './dialog.tsx';
import { NotificationChoice } from './notification-choice.tsx';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The user's zone, when their days and weeks start, and what this browser shows. */
export const SettingsDialog = ({
  settings,
  locale,
  onClose,
}: {
  readonly settings: Settings;
  readonly locale: string;
  readonly onClose: () => void;
}) => {
  const { list } = useUi();
  const [form, setForm] = useState(settings);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const save = (event: Event) => {
    event.preventDefault();
    const changed = Object.entries(form).filter(([name, value]) => value !== settings[name as keyof Settings]);
    if (changed.length > 0) void list.changeSettings(Object.fromEntries(changed));
    onClose();
  };
  return (
    <Dialog title="Settings" onClose={onClose}>
      <form class="dialog-form" onSubmit={save}>
        <div class="dialog-body">
          <label class="field">
            <span>Time zone</span>
            <input
              list="time-zones"
              required
              autocomplete="off"
              value={form.time_zone}
              onInput={({ currentTarget: { value } }) => setForm({ ...form, time_zone: value })}
            />
          </label>
          <datalist id="time-zones">
            {Intl.supportedValuesOf('timeZone').map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
          {form.time_zone !== here && (
            <button type="button" class="button button-quiet" onClick={() => setForm({ ...form, time_zone: here })}>
              Use this device’s zone, {here}
            </button>
          )}
          <label class="field">
            <span>A day starts at</span>
            <input
              type="time"
              required
              value={form.day_starts_at}
              onInput={({ currentTarget: { value } }) => setForm({ ...form, day_starts_at: value })}
            />
          </label>
          <label class="field">
            <span>A week starts on</span>
            <select
              value={form.week_starts_on}
              onChange={({ currentTarget: { value } }) =>
                setForm({ ...form, week_starts_on: value as Settings['week_starts_on'] })
              }
            >
              {weekdays.map((day, index) => (
                <option key={day} value={day}>
                  {weekdayName(weekdayCodes[index] ?? '', locale, 'long')}
                </option>
              ))}
            </select>
          </label>
          <NotificationChoice />
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button button-primary">
            Save
          </button>
        </div>
      </form>
    </Dialog>
  );
};

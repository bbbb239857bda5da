import { useEffect } from 'preact/hooks';
import type { DueReminder } from '../../list/task-list.ts';
import { useUi } from '../app/context.ts';
import { Icon, IconButton } from '../app/icons.tsx';
import type { Reader } from '../format/days.ts';
import { dueText, momentText } from '../format/due-text.ts';

// They are rendered anew when a dialog opens.
const told = new WeakSet<DueReminder>();

const notify = ({ task, at }: DueReminder, text: string): void => {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  try {
    // Windows that are open at the same time replace each other's.
    const notification = new Notification(task.title, { body: text, tag: `taskward ${task.key} ${at}` });
    notification.onclick = () => window.focus();
  } catch {
    // Android allows them to service workers only. The page shows the reminder anyhow.
  }
};

/** Reminders that have come due, on the page and, where the reader allows it, as notifications of the browser. */
export const ReminderCards = ({
  reminders,
  reader,
  now,
}: {
  readonly reminders: readonly DueReminder[];
  readonly reader: Reader;
  readonly now: number;
}) => {
  const { list, open } = useUi();
  const textOf = ({ task, at }: DueReminder) => {
    const due = dueText(task, now, reader);
    return due === undefined ? `Reminder, ${momentText(at, reader)}` : `Due ${due.text}`;
  };
  useEffect(() => {
    for (const reminder of reminders) {
      if (told.has(reminder)) continue;
      told.add(reminder);
      notify(reminder, textOf(reminder));
    }
  });
  return (
    <div role="status" class="reminders" aria-label="Reminders">
      {reminders.map((reminder) => (
        <div key={reminder.id} class="reminder">
          <Icon name="bell" />
          <div class="plain-text">
            <strong>{reminder.task.title}</strong>
            <small>{textOf(reminder)}</small>
          </div>
          <button
            type="button"
            class="button"
            aria-label={`Open ${reminder.task.title}`}
            onClick={() => open({ kind: 'details', task: reminder.task })}
          >
            Open
          </button>
          <IconButton
            name="close"
            label={`Dismiss the reminder of ${reminder.task.title}`}
            onClick={() => list.dismissReminder(reminder.id)}
          />
        </div>
      ))}
    </div>
  );
};

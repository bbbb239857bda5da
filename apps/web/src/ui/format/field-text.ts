import type { Reader } from './days.ts';
import { plainDueText } from './due-text.ts';
import { type Reminder, reminderText } from './reminder-text.ts';
import { type Repeat, repeatText } from './repeat-text.ts';

const names: Readonly<Record<string, string>> = {
  title: 'Title',
  description: 'Description',
  completed: 'Done',
  priority: 'Priority',
  tags: 'Tags',
  due_date: 'Due',
  repeat: 'Repeat',
  reminders: 'Reminders',
  position: 'Place in the list',
  metadata: 'Data of other apps',
  deleted: 'Task',
};

/** Returns the name of a task's field as the page calls it. */
export const fieldName = (field: string): string => names[field] ?? field;

const none = 'none';

const writers: Readonly<Record<string, (value: never, reader: Reader) => string>> = {
  completed: (value: boolean) => (value ? 'yes' : 'no'),
  tags: (value: readonly string[]) => value.map((tag) => `#${tag}`).join(' ') || none,
  due_date: (value: string, reader) => plainDueText(value, reader),
  repeat: (value: NonNullable<Repeat>, { locale }) => repeatText(value, locale),
  reminders: (value: readonly Reminder[], reader) =>
    value.map((reminder) => reminderText(reminder, reader)).join(', ') || none,
  metadata: (value: object) => JSON.stringify(value),
  deleted: (value: boolean) => (value ? 'deleted' : 'kept, with its changes'),
};

/** Writes the value of a task's field, for a history or a choice between two of them. */
export const fieldText = (field: string, value: unknown, reader: Reader): string => {
  if (value === null || value === undefined || value === '') return none;
  return writers[field]?.(value as never, reader) ?? String(value);
};

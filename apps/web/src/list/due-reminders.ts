import type { DueReminder } from './task-list.ts';

/** The reminders that have come due while the list is open. */
export interface DueReminders {
  current(): readonly DueReminder[];
  add(reminder: Omit<DueReminder, 'id'>): void;
  dismiss(id: number): void;
}

/** Keeps reminders until they are dismissed. @param onChange called after each change */
export const makeDueReminders = (onChange: () => void): DueReminders => {
  let count = 0;
  let current: readonly DueReminder[] = [];
  const set = (reminders: readonly DueReminder[]): void => {
    current = reminders;
    onChange();
  };
  return {
    current: () => current,
    add(reminder) {
      count += 1;
      set([...current, { id: count, ...reminder }]);
    },
    dismiss: (id) => set(current.filter((reminder) => reminder.id !== id)),
  };
};

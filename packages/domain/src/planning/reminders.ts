import type { Instant } from '../instant.ts';
import type { Calendar } from './calendar.ts';
import type { DueDate } from './due-date.ts';
import type { Planning } from './planning.ts';

/** A reminder: some time before the due date (an ISO 8601 duration), or at a moment (a text such as a due date's). */
export type Reminder = { readonly before: string } | { readonly at: string };

/** The largest number of reminders of a task. */
export const maxReminders = 10;

/** Returns what is wrong with a task's reminders, or `undefined`. The text continues the field's name. */
export const remindersFault = (_reminders: readonly Reminder[], _calendar: Calendar): string | undefined => {
  throw new Error('not written yet');
};

/** Returns the reminders as they are stored: durations and moments in one spelling, each once. */
export const normalisedReminders = (_reminders: readonly Reminder[], _calendar: Calendar): readonly Reminder[] => {
  throw new Error('not written yet');
};

/**
 * Returns the instants of reminders, earliest first, each once.
 * @param due the due date; reminders before it give none where there is none
 */
export const reminderTimes = (
  _reminders: readonly Reminder[],
  _due: DueDate | undefined,
  _planning: Planning,
): readonly Instant[] => {
  throw new Error('not written yet');
};

import type { Instant } from '../../instant.ts';
import type { Calendar } from '../calendar.ts';
import { type DueDate, dueDateFault, dueInstant, normalisedDueDate, parseDueDate } from '../due-dates/due-date.ts';
import { addToInstant, isDay } from '../due-dates/local-time.ts';
import type { Planning } from '../planning.ts';
import { durationFault, durationText, parseDuration } from './duration.ts';

/** A reminder: some time before the due date (an ISO 8601 duration), or at a moment (a text such as a due date's). */
export type Reminder = { readonly before: string } | { readonly at: string };

/** The largest number of reminders of a task. */
export const maxReminders = 10;

/** When a reminder counts from that is some time before a day. */
const timeOfDays = '09:00';

const momentFault = (text: string, calendar: Calendar): string | undefined => {
  const fault = dueDateFault(text, calendar);
  if (fault !== undefined) return fault;
  return isDay(text) ? `must have a time: ${text}T${timeOfDays}, not the day alone` : undefined;
};

const reminderFault = (reminder: Reminder, calendar: Calendar): string | undefined => {
  if ('before' in reminder && 'at' in reminder) return 'must have either "before" or "at", not both';
  if ('before' in reminder) return durationFault(reminder.before);
  return momentFault(reminder.at, calendar);
};

/** Returns what is wrong with a task's reminders, or `undefined`. The text continues the field's name. */
export const remindersFault = (reminders: readonly Reminder[], calendar: Calendar): string | undefined => {
  for (const [index, reminder] of reminders.entries()) {
    const fault = reminderFault(reminder, calendar);
    if (fault !== undefined) return `must hold valid reminders only: reminder ${index + 1} ${fault}`;
  }
  const count = normalisedReminders(reminders, calendar).length;
  return count > maxReminders ? `must hold at most ${maxReminders} reminders, and holds ${count}` : undefined;
};

const normalisedReminder = (reminder: Reminder, calendar: Calendar): Reminder =>
  'before' in reminder
    ? { before: durationText(parseDuration(reminder.before)) }
    : { at: normalisedDueDate(reminder.at, calendar) };

/** Returns the reminders as they are stored: durations and moments in one spelling, each once. */
export const normalisedReminders = (reminders: readonly Reminder[], calendar: Calendar): readonly Reminder[] => {
  // A duration starts with P, a moment with a digit: their texts are never equal.
  const byText = new Map<string, Reminder>();
  for (const reminder of reminders) {
    const stored = normalisedReminder(reminder, calendar);
    const text = 'before' in stored ? stored.before : stored.at;
    if (!byText.has(text)) byText.set(text, stored);
  }
  return [...byText.values()];
};

/** Returns when reminders before a due date count from. */
const anchorOf = (due: DueDate): DueDate =>
  due.kind === 'day' ? { kind: 'floating', local: `${due.local}T${timeOfDays}` } : due;

const timeBefore = (before: string, due: DueDate, planning: Planning): Instant => {
  const { days, milliseconds } = parseDuration(before);
  const anchor = anchorOf(due);
  // First days on the clock, then elapsed time: as RFC 5545 and Temporal subtract a duration.
  const moved = days === 0 ? anchor : { ...anchor, local: planning.calendar.addDays(anchor.local, -days) };
  const instant = dueInstant(moved, planning);
  return milliseconds === 0 ? instant : addToInstant(instant, -milliseconds, planning.calendar);
};

/**
 * Returns the instants of reminders, earliest first, each once.
 * @param due the due date; reminders before it give none where there is none
 */
export const reminderTimes = (
  reminders: readonly Reminder[],
  due: DueDate | undefined,
  planning: Planning,
): readonly Instant[] => {
  const times = reminders.flatMap((reminder) => {
    if ('at' in reminder) return dueInstant(parseDueDate(reminder.at), planning);
    return due === undefined ? [] : timeBefore(reminder.before, due, planning);
  });
  return [...new Set(times)].sort();
};

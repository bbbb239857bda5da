import type { FiredReminder } from '../../change.ts';
import type { Instant } from '../../instant.ts';
import type { TaskState } from '../../task-state.ts';
import type { Calendar } from '../calendar.ts';
import { addToInstant } from '../due-dates/local-time.ts';

/** How late a reminder may be without being called late, and how late it may be at all, in milliseconds. */
export const reminderLimits = { punctual: 60_000, latest: 3_600_000 } as const;

/** What becomes of the reminders of a task that have come due. */
export interface DueReminders {
  /** Those to fire, earliest first. */
  readonly fired: readonly FiredReminder[];
  /** Those that nobody is told of any more, because they are too late. */
  readonly missed: readonly Instant[];
  /** The last one that is due, also of a completed task, which reminds nobody; `undefined` if none is. */
  readonly last: Instant | undefined;
}

/** Returns what becomes of a task's reminders at a moment. */
export const dueReminders = (
  { completed, remindAt = [] }: Pick<TaskState, 'completed' | 'remindAt'>,
  now: Instant,
  calendar: Calendar,
): DueReminders => {
  const due = remindAt.filter((at) => at <= now);
  const last = due.at(-1);
  if (completed || last === undefined) return { fired: [], missed: [], last };
  const lateBefore = addToInstant(now, -reminderLimits.punctual, calendar);
  const missedBefore = addToInstant(now, -reminderLimits.latest, calendar);
  return {
    fired: due.filter((at) => at >= missedBefore).map((at) => ({ at, late: at < lateBefore })),
    missed: due.filter((at) => at < missedBefore),
    last,
  };
};

import type { Fault } from '../../fault.ts';
import type { Instant } from '../../instant.ts';
import type { StoredValues, TaskFields } from '../../task-fields.ts';
import type { Calendar } from '../calendar.ts';
import type { Planning } from '../planning.ts';
import { emptySeriesFault, type Repeat, type RepeatInput } from '../recurrence/recurrence.ts';
import { type Reminder, reminderTimes } from '../reminders/reminders.ts';
import { dueInstant, parseDueDate } from './due-date.ts';

/** What depends on each other in a task's content: when it is due, how it recurs and when it reminds. */
type Dates = Pick<TaskFields, 'due_date' | 'repeat' | 'reminders'>;

const isBeforeDue = (reminder: Reminder): boolean => 'before' in reminder;

/** Returns what is wrong with dates that are each right by themselves. */
export const dateFaults = ({ due_date, repeat, reminders }: Dates, asked: boolean, calendar: Calendar): Fault[] => {
  const faults: Fault[] = [];
  if (due_date === null && asked)
    faults.push({ field: 'repeat', message: 'needs a due date: send `due_date` too, or `"repeat": null`' });
  if (due_date === null && reminders.some(isBeforeDue))
    faults.push({
      field: 'reminders',
      message: 'count back from a due date: send `due_date` too, or reminders with `at`',
    });
  const message = repeat === null ? undefined : emptySeriesFault(repeat, calendar);
  return message === undefined ? faults : [...faults, { field: 'repeat', message }];
};

/** What is computed from a task's dates. */
export interface Moments {
  readonly dueAt: Instant | null;
  readonly remindAt: readonly Instant[];
}

const none: Moments = { dueAt: null, remindAt: [] };

/**
 * Returns when a task is due, and when it is to remind its owner after a moment.
 * @param pending reminders that stay, although they have come due: they have not been fired yet
 */
export const momentsOf = (
  { due_date, reminders }: Dates,
  after: Instant,
  planning: Planning,
  pending: readonly Instant[] = [],
): Moments => {
  if (due_date === null && reminders.length === 0) return none;
  const due = due_date === null ? undefined : parseDueDate(due_date);
  return {
    dueAt: due === undefined ? null : dueInstant(due, planning),
    remindAt:
      reminders.length === 0
        ? []
        : reminderTimes(reminders, due, planning).filter((at) => at > after || pending.includes(at)),
  };
};

/** Returns whether changes are about when a task is due, recurs or reminds, which depends on its owner's settings. */
export const changesDates = (changes: StoredValues | { readonly repeat?: RepeatInput | null }): boolean =>
  'due_date' in changes || 'repeat' in changes || 'reminders' in changes;

/** Returns a rule that goes on as the previous one, from its start, where nothing else of it changes. */
export const continuing = (previous: Repeat | null, sent: RepeatInput, next: Repeat): Repeat => {
  if (previous === null || (typeof sent !== 'string' && sent.start !== undefined)) return next;
  const isSame =
    next.rule === previous.rule && next.from === previous.from && next.short_months === previous.short_months;
  return isSame ? previous : next;
};

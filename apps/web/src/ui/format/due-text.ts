import type { LocalTask } from '@taskward/client';
import { clockTextAt, dateAt, dueAtOf } from '../../dates/due-dates.ts';
import { dateFormat, daysBetween, type Reader, relativeDay, todayAt, utcOf } from './days.ts';

/** A due date as it is edited. */
export interface Due {
  readonly day: string;
  /** Absent if the whole day is meant. */
  readonly time: string | undefined;
  /** The zone whose clocks the time is on; absent if it is wherever the user is. */
  readonly zone: string | undefined;
}

/** A due date in words. */
export interface DueText {
  /** Short: `tomorrow, 09:00`. */
  readonly text: string;
  /** Long: `Tuesday, 1 December 2026, 09:00`. */
  readonly full: string;
  /** For machines, as `<time>` has it. */
  readonly dateTime: string;
  readonly state: 'overdue' | 'today' | 'later';
}

type DueTask = Pick<LocalTask, 'due_date' | 'due_at' | 'completed'>;

const forms = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:\d\d)?(?:\[([^\]]+)\])?)?$/;

const clockAt = (instant: number, { settings }: Reader): { day: string; time: string } => {
  const [day = '', time = ''] = clockTextAt(instant, settings).split('T');
  return { day, time };
};

/** Reads a due date in any of its forms. An instant is read on the user's clocks. @returns `undefined` if it has no form */
export const parseDue = (text: string, reader: Reader): Due | undefined => {
  const [, day, time, offset, zone] = forms.exec(text) ?? [];
  if (day === undefined) return undefined;
  if (offset === undefined) return { day, time, zone };
  return { ...clockAt(Date.parse(text), reader), zone: reader.settings.time_zone };
};

const wordsOf = (day: string, today: string, locale: string): string => {
  const distance = daysBetween(today, day);
  if (distance > -7 && distance < 2) return relativeDay(distance, locale);
  if (distance > 0 && distance < 7) return dateFormat(locale, { timeZone: 'UTC', weekday: 'long' }).format(utcOf(day));
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', ...year }).format(utcOf(day));
};

const timeText = (time: string, locale: string): string =>
  dateFormat(locale, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    Date.parse(`1970-01-01T${time}:00Z`),
  );

/**
 * Writes a task's due date in the reader's locale, relative to now, and on the user's clocks, whatever zone it names.
 * @param now in milliseconds since 1970
 * @returns `undefined` if the task has no due date
 */
export const dueText = (task: DueTask, now: number, reader: Reader): DueText | undefined => {
  const { locale, settings } = reader;
  const written = task.due_date === null ? undefined : parseDue(task.due_date, reader);
  // The server's instant is not known between an edit here and its answer.
  const at = task.due_at ?? dueAtOf(task.due_date, settings);
  if (written === undefined || at === null) return undefined;
  const instant = Date.parse(at);
  const today = todayAt(now, settings);
  const { day, time } = written.time === undefined ? { day: written.day, time: undefined } : clockAt(instant, reader);
  const usersDay = time === undefined ? day : dateAt(instant, settings);
  const atTime = time === undefined ? '' : `, ${timeText(time, locale)}`;
  const fullDay = dateFormat(locale, { timeZone: 'UTC', dateStyle: 'full' }).format(utcOf(day));
  return {
    text: `${wordsOf(usersDay, today, locale)}${atTime}`,
    full: `${fullDay}${atTime}`,
    dateTime: time === undefined ? day : `${day}T${time}`,
    state: !task.completed && instant < now ? 'overdue' : usersDay === today ? 'today' : 'later',
  };
};

/** Writes a due date without a reference to now, as in a history. What has none of its forms is written as it is. */
export const plainDueText = (due_date: string, reader: Reader): string =>
  dueText({ due_date, due_at: null, completed: true }, 0, reader)?.full ?? due_date;

/** Writes a moment with its date and time. @param at an instant as ISO 8601 has it */
export const momentText = (at: string, { locale, settings }: Reader): string =>
  dateFormat(locale, { timeZone: settings.time_zone, dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at));

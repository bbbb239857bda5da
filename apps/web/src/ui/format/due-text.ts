import type { LocalTask } from '@taskward/client';
import { dateFormat, daysBetween, type Reader, todayOf, userDayOf, utcOf, wallTimeOf } from './days.ts';

/** A due date as it is shown and edited. */
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
  /** Long: `Tuesday, 1 December 2026 at 09:00`. */
  readonly full: string;
  /** For machines, as `<time>` has it. */
  readonly dateTime: string;
  readonly state: 'overdue' | 'today' | 'later';
}

const forms = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:\d\d)?(?:\[([^\]]+)\])?)?$/;

/** Reads a due date in any of its forms. An instant is read on the user's clocks. @returns `undefined` if it has no form */
export const parseDue = (text: string, { settings }: Reader): Due | undefined => {
  const [, day, time, offset, zone] = forms.exec(text) ?? [];
  if (day === undefined) return undefined;
  if (offset === undefined) return { day, time, zone };
  return { ...wallTimeOf(Date.parse(text), settings.time_zone), zone: settings.time_zone };
};

type DueTask = Pick<LocalTask, 'due_date' | 'due_at' | 'completed'>;

/** Returns the due date on the user's clocks, wherever its own zone is. */
const onUsersClocks = ({ due_date, due_at }: DueTask, reader: Reader): Due | undefined => {
  const due = due_date === null ? undefined : parseDue(due_date, reader);
  if (due?.time === undefined || due.zone === undefined) return due;
  const zone = reader.settings.time_zone;
  // `due_at` is not known between an edit here and the answer of the server.
  return due_at === null || due.zone === zone ? due : { ...wallTimeOf(Date.parse(due_at), zone), zone };
};

const isOver = ({ due_at }: DueTask, { day, time, zone }: Due, now: number, { settings }: Reader): boolean => {
  if (due_at !== null) return Date.parse(due_at) < now;
  if (time === undefined) return day < todayOf(now, settings);
  if (zone !== undefined && zone !== settings.time_zone) return false;
  const current = wallTimeOf(now, settings.time_zone);
  return `${day} ${time}` < `${current.day} ${current.time}`;
};

const wordsOf = (day: string, today: string, locale: string): string => {
  const distance = daysBetween(today, day);
  const options = { timeZone: 'UTC' } as const;
  if (Math.abs(distance) <= 1 || (distance < 0 && distance > -7))
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day');
  if (distance > 0 && distance < 7) return dateFormat(locale, { ...options, weekday: 'long' }).format(utcOf(day));
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { ...options, day: 'numeric', month: 'short', ...year }).format(utcOf(day));
};

const timeText = (time: string, locale: string): string =>
  dateFormat(locale, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    Date.parse(`1970-01-01T${time}:00Z`),
  );

/**
 * Writes a task's due date in the reader's locale, relative to now.
 * @param now in milliseconds since 1970
 * @returns `undefined` if the task has no due date
 */
export const dueText = (task: DueTask, now: number, reader: Reader): DueText | undefined => {
  const due = onUsersClocks(task, reader);
  if (due === undefined) return undefined;
  const { locale, settings } = reader;
  const today = todayOf(now, settings);
  const day = due.time === undefined ? due.day : userDayOf({ day: due.day, time: due.time }, settings);
  const time = due.time === undefined ? '' : `, ${timeText(due.time, locale)}`;
  const foreign = due.zone === undefined || due.zone === settings.time_zone ? '' : ` (${due.zone})`;
  const longDay = dateFormat(locale, { timeZone: 'UTC', dateStyle: 'full' }).format(utcOf(due.day));
  const state = !task.completed && isOver(task, due, now, reader) ? 'overdue' : day === today ? 'today' : 'later';
  return {
    text: `${wordsOf(day, today, locale)}${time}${foreign}`,
    full: `${longDay}${time}${foreign}`,
    dateTime: due.time === undefined ? due.day : `${due.day}T${due.time}`,
    state,
  };
};

/** Writes a due date without a reference to now, as in a history. */
export const plainDueText = (due_date: string, reader: Reader): string =>
  dueText({ due_date, due_at: null, completed: false }, 0, reader)?.full ?? due_date;

/** Writes a moment with its date and time. @param at an instant as ISO 8601 has it */
export const momentText = (at: string, { locale, settings }: Reader): string =>
  dateFormat(locale, { timeZone: settings.time_zone, dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at));

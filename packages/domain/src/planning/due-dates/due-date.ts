import type { Instant } from '../../instant.ts';
import { quoted } from '../../text.ts';
import type { Calendar, LocalTime } from '../calendar.ts';
import type { Planning } from '../planning.ts';
import { addMilliseconds, addToInstant, dayOf, instantInUtc, lastTime, localInUtc, shortTime } from './local-time.ts';
import {
  dayFault,
  formFault,
  isUtcOnly,
  offsetFault,
  offsetMinutes,
  readTime,
  timeFault,
  type WrittenTime,
} from './written-time.ts';

/**
 * When a task is due: on a day, at a wall-clock time wherever the user is, at an instant, or at a wall-clock time in a zone.
 */
export type DueDate =
  | { readonly kind: 'day' | 'floating'; readonly local: LocalTime }
  /** `local` is in UTC. */
  | { readonly kind: 'instant'; readonly local: LocalTime }
  | { readonly kind: 'zoned'; readonly local: LocalTime; readonly zone: string };

const localOf = ({ day, time }: WrittenTime): LocalTime => (time === undefined ? day : `${day}T${shortTime(time)}`);

/** Returns the instant of a time with an offset as a wall-clock time in UTC, `undefined` outside of the calendar's years. */
const utcOf = (written: WrittenTime, offset: string, calendar: Calendar): LocalTime | undefined =>
  addMilliseconds(localOf(written), -60_000 * offsetMinutes(offset), calendar);

const offsetAndZoneFault = (written: WrittenTime, calendar: Calendar): string | undefined => {
  const { offset, zone } = written;
  if (offset !== undefined) {
    const fault = offsetFault(offset);
    if (fault !== undefined) return fault;
    if (utcOf(written, offset, calendar) === undefined) {
      return `must be in the years 0001 to 9999 in UTC, not ${quoted(`${localOf(written)}${offset}`)}`;
    }
  }
  if (zone === undefined) return undefined;
  const name = calendar.zoneName(zone);
  if (name === undefined) return `must name a time zone of the IANA, such as Europe/Berlin, not ${quoted(zone)}`;
  if (offset === undefined || isUtcOnly(offset) || calendar.hasOffset(localOf(written), name, offset)) return undefined;
  return `must have an offset that agrees with its zone: the clocks of ${name} are not at ${offset} then; send ${localOf(written)}[${name}]`;
};

/** Returns what is wrong with the text of a due date, or `undefined`. The text continues the field's name. */
export const dueDateFault = (text: string, calendar: Calendar): string | undefined => {
  const written = readTime(text);
  if (written === undefined) return formFault(text);
  const { day, time, offset, zone } = written;
  const fault = dayFault(day);
  if (fault !== undefined) return fault;
  if (time === undefined) {
    if (offset === undefined && zone === undefined) return undefined;
    return `must have a time before its offset or zone, such as ${day}T09:00, or be the day alone: ${day}`;
  }
  return timeFault(day, time, calendar) ?? offsetAndZoneFault(written, calendar);
};

/**
 * Returns the text as it is stored: in the form in which it came, an instant in UTC, without zeros of seconds.
 * A time with a zone after `Z` is an instant (RFC 9557), and becomes what the clocks of the zone show then.
 * @param text one without fault
 */
export const normalisedDueDate = (text: string, calendar: Calendar): string =>
  dueDateText(writtenDueDate(readTime(text) as WrittenTime, calendar));

const writtenDueDate = (written: WrittenTime, calendar: Calendar): DueDate => {
  const { time, offset, zone } = written;
  const local = localOf(written);
  const utc = offset === undefined ? undefined : utcOf(written, offset, calendar);
  if (zone !== undefined) {
    const name = calendar.zoneName(zone) as string;
    const isInstant = utc !== undefined && offset !== undefined && isUtcOnly(offset);
    return { kind: 'zoned', local: isInstant ? calendar.toLocal(instantInUtc(utc), name) : local, zone: name };
  }
  if (utc !== undefined) return { kind: 'instant', local: utc };
  return { kind: time === undefined ? 'day' : 'floating', local };
};

/**
 * Parses a due date as it is stored.
 * @param text trusted: any other gives any result
 */
export const parseDueDate = (text: string): DueDate => {
  if (text.endsWith('Z')) {
    // An instant is stored with its seconds, a wall-clock time only with seconds other than zero.
    return {
      kind: 'instant',
      local: text.endsWith(':00Z') && text.length === 20 ? text.slice(0, -4) : text.slice(0, -1),
    };
  }
  if (text.endsWith(']')) {
    const bracket = text.indexOf('[');
    return { kind: 'zoned', local: text.slice(0, bracket), zone: text.slice(bracket + 1, -1) };
  }
  return { kind: text.length === 10 ? 'day' : 'floating', local: text };
};

/** Returns the text of a due date as it is stored. */
export const dueDateText = (due: DueDate): string => {
  if (due.kind === 'zoned') return `${due.local}[${due.zone}]`;
  if (due.kind === 'instant') return `${due.local}${due.local.length === 16 ? ':00' : ''}Z`;
  return due.local;
};

/** Returns when a day starts for the user. */
export const startOfDay = (day: LocalTime, { calendar, settings }: Planning): Instant =>
  calendar.toInstant(`${day}T${settings.day_starts_at}`, settings.time_zone);

const endOfDay = (day: LocalTime, planning: Planning): Instant => {
  const { calendar } = planning;
  const next = calendar.addDays(day, 1);
  // The last day of the calendar has no next one, and does not end before the calendar.
  if (next === day) return instantInUtc(lastTime);
  return addToInstant(startOfDay(next, planning), -1, calendar);
};

/** Returns the instant that a due date means: of a day, the last millisecond before the next one starts for the user. */
export const dueInstant = (due: DueDate, planning: Planning): Instant => {
  const { calendar, settings } = planning;
  switch (due.kind) {
    case 'day':
      return endOfDay(due.local, planning);
    case 'floating':
      return calendar.toInstant(due.local, settings.time_zone);
    case 'instant':
      return instantInUtc(due.local);
    case 'zoned':
      return calendar.toInstant(due.local, due.zone);
  }
};

/** Returns the user's day at a moment: the one that has started and not ended, whatever the clocks show. */
export const dayAt = (now: Instant, planning: Planning): LocalTime => {
  const { calendar, settings } = planning;
  const day = dayOf(calendar.toLocal(now, settings.time_zone));
  if (now > endOfDay(day, planning)) return calendar.addDays(day, 1);
  return now < startOfDay(day, planning) ? calendar.addDays(day, -1) : day;
};

/** Returns a moment as it is on the clock by which a due date goes, in the due date's form: a day for a day. */
export const localNow = (due: DueDate, now: Instant, planning: Planning): LocalTime => {
  switch (due.kind) {
    case 'day':
      return dayAt(now, planning);
    case 'floating':
      return planning.calendar.toLocal(now, planning.settings.time_zone);
    case 'instant':
      return localInUtc(now);
    case 'zoned':
      return planning.calendar.toLocal(now, due.zone);
  }
};

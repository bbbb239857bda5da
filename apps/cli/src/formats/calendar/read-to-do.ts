import {
  dueDateFault,
  type Instant,
  normalisedDueDate,
  type Planning,
  type Priority,
  parseDueDate,
  type Reminder,
} from '@taskward/domain';
import ICAL from 'ical.js';
import type { RawRow } from '../rows.ts';
import { momentStamp, secondsAfterStart, secondsOfDay } from './alarms.ts';
import { utcStamp } from './content-lines.ts';
import { dateProperty, movedDate } from './dates.ts';

/** What a to-do is read with. */
export interface CalendarContext {
  readonly planning: Planning;
  /** The time zones that the file defines, by their ids. */
  readonly zones: ReadonlyMap<string, ICAL.Timezone>;
}

/** Why a to-do cannot be read: a field, and what is wrong with it. */
export class ToDoFault extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one));

const textOf = (component: ICAL.Component, name: string): string | undefined => {
  const value = component.getFirstPropertyValue(name);
  if (value === null || value === undefined) return undefined;
  // The library leaves the values of properties that it does not know as they are.
  return name.startsWith('x-') ? unescaped(String(value)) : String(value);
};

const asInstant = (time: ICAL.Time): string => new Date(time.toUnixTime() * 1000).toISOString();

const localOf = (time: ICAL.Time): string => time.toString().replace(/Z$/, '');

/** Returns the zone that an id names: other programs put a prefix before the name of the IANA. */
const zoneOf = (id: string, { planning, zones }: CalendarContext): string | undefined => {
  const location = zones.get(id)?.component?.getFirstPropertyValue('x-lic-location');
  const parts = id.split('/');
  const endings = parts.map((_, index) => parts.slice(index).join('/'));
  for (const name of [...endings, ...(location ? [String(location)] : [])]) {
    const zone = planning.calendar.zoneName(name);
    if (zone !== undefined) return zone;
  }
  return undefined;
};

/** Reads a date as the text of a due date. @throws ToDoFault */
const dateText = (property: ICAL.Property, field: string, context: CalendarContext): string => {
  const time = property.getFirstValue();
  if (!(time instanceof ICAL.Time)) throw new ToDoFault(field, 'must be a date or a date with a time');
  if (time.isDate) return time.toString();
  const id = property.getFirstParameter('tzid');
  if (time.zone?.tzid === 'UTC' && !id) return `${localOf(time)}Z`;
  if (!id) return localOf(time);
  const zone = zoneOf(id, context);
  if (zone !== undefined) return `${localOf(time)}[${zone}]`;
  const defined = context.zones.get(id);
  if (defined === undefined) throw new ToDoFault(field, `must have a time zone that is known or defined, not ${id}`);
  const zoned = time.clone();
  zoned.zone = defined;
  return asInstant(zoned);
};

const dateOf = (toDo: ICAL.Component, name: string, context: CalendarContext): string | undefined => {
  const property = toDo.getFirstProperty(name);
  return property ? normalised(dateText(property, 'due_date', context), context) : undefined;
};

const normalised = (text: string, { planning: { calendar } }: CalendarContext): string => {
  const fault = dueDateFault(text, calendar);
  if (fault !== undefined) throw new ToDoFault('due_date', fault);
  return normalisedDueDate(text, calendar);
};

/** Returns a text of ours that says a date exactly, unless the date was changed since. */
const exactly = (date: string, exact: string | undefined, context: CalendarContext): string => {
  if (exact === undefined || dueDateFault(exact, context.planning.calendar) !== undefined) return date;
  const same = normalised(exact, context);
  return dateProperty('DUE', same) === dateProperty('DUE', date) ? same : date;
};

const dueOf = (toDo: ICAL.Component, context: CalendarContext): string | undefined => {
  const due = dateOf(toDo, 'due', context);
  if (due !== undefined) return exactly(due, textOf(toDo, 'x-taskward-due-date'), context);
  const start = dateOf(toDo, 'dtstart', context);
  const duration = toDo.getFirstPropertyValue('duration');
  if (start !== undefined && duration instanceof ICAL.Duration) {
    const moved = movedDate(start, duration.toSeconds());
    return normalised(parseDueDate(start).kind === 'day' ? moved.slice(0, 10) : moved, context);
  }
  // A series needs a date to go by.
  return toDo.hasProperty('rrule') ? start : undefined;
};

const repeatOf = (toDo: ICAL.Component): RawRow['repeat'] => {
  const rule = toDo.getFirstPropertyValue('rrule');
  if (!rule) return undefined;
  const start = textOf(toDo, 'x-taskward-repeat-start');
  return {
    rule: rule.toString(),
    from: textOf(toDo, 'x-taskward-repeat-from') === 'completion' ? 'completion' : 'due',
    short_months: textOf(toDo, 'x-taskward-short-months') === 'last' ? 'last' : 'skip',
    ...(start !== undefined && { start }),
  };
};

const priorityOf = (toDo: ICAL.Component): Priority | undefined => {
  const number = Number(toDo.getFirstPropertyValue('priority') ?? 0);
  if (!(number >= 1)) return undefined;
  if (number === 1) return 'urgent';
  if (number <= 4) return 'high';
  return number === 5 ? 'medium' : 'low';
};

const durationBefore = (seconds: number): Reminder => ({ before: `PT${seconds}S` });

/** Reads a trigger that counts from when the task is due, or from when it starts. */
const relativeReminder = (
  seconds: number,
  base: { readonly text: string; readonly isDue: boolean },
  exact: string | undefined,
): Reminder => {
  const isDay = parseDueDate(base.text).kind === 'day';
  if (isDay && base.isDue) {
    if (exact !== undefined && secondsAfterStart(exact) === seconds) return { before: exact };
    if (seconds <= secondsOfDay) return durationBefore(secondsOfDay - seconds);
  }
  if (!isDay && base.isDue && seconds <= 0) return durationBefore(-seconds);
  return { at: movedDate(base.text, seconds) };
};

const reminderOf = (alarm: ICAL.Component, toDo: ICAL.Component, context: CalendarContext): Reminder | undefined => {
  const trigger = alarm.getFirstProperty('trigger');
  const value = trigger?.getFirstValue();
  if (value instanceof ICAL.Time) {
    const [at, exact] = [asInstant(value), textOf(alarm, 'x-taskward-at')];
    const isSame =
      exact !== undefined &&
      dueDateFault(exact, context.planning.calendar) === undefined &&
      momentStamp(normalised(exact, context), context.planning) === utcStamp(at);
    return { at: isSame ? exact : at };
  }
  if (!(value instanceof ICAL.Duration)) return undefined;
  const due = dueOf(toDo, context);
  const start = dateOf(toDo, 'dtstart', context);
  const isDue = start === undefined || start === due || trigger?.getFirstParameter('related')?.toUpperCase() === 'END';
  const text = isDue ? due : start;
  // Without a date, the domain says what is missing.
  if (text === undefined) return durationBefore(Math.abs(value.toSeconds()));
  const exact = textOf(alarm, 'x-taskward-before');
  // Days on the clock and hours are two things: a duration is kept as it is written.
  const isPlain = isDue && parseDueDate(text).kind !== 'day' && value.isNegative;
  if (isPlain) return { before: value.toString().replace(/^-/, '') };
  return relativeReminder(value.toSeconds(), { text, isDue }, exact);
};

const remindersOf = (toDo: ICAL.Component, context: CalendarContext): Reminder[] =>
  toDo
    .getAllSubcomponents('valarm')
    // Apple's placeholders of alarms that were turned off.
    .filter((alarm) => textOf(alarm, 'action')?.toUpperCase() !== 'NONE')
    .flatMap((alarm) => reminderOf(alarm, toDo, context) ?? []);

const tagsOf = (toDo: ICAL.Component): string[] =>
  toDo
    .getAllProperties('categories')
    .flatMap((property) => property.getValues().map(String))
    .filter((tag) => tag.trim() !== '');

const instantOf = (toDo: ICAL.Component, name: string): Instant | undefined => {
  const value = toDo.getFirstPropertyValue(name);
  return value instanceof ICAL.Time ? (asInstant(value) as Instant) : undefined;
};

// A task that was cancelled is not to be done any more.
const isDone = (toDo: ICAL.Component): boolean =>
  ['COMPLETED', 'CANCELLED'].includes(textOf(toDo, 'status')?.toUpperCase() ?? '') ||
  toDo.hasProperty('completed') ||
  textOf(toDo, 'percent-complete') === '100';

/** The properties of a to-do that are read, or that an import makes anew. */
export const readProperties: ReadonlySet<string> = new Set([
  ...['uid', 'dtstamp', 'created', 'last-modified', 'sequence', 'summary', 'description', 'priority', 'categories'],
  ...['due', 'dtstart', 'duration', 'rrule', 'status', 'percent-complete', 'completed', 'x-taskward-due-date'],
  ...['x-taskward-repeat-from', 'x-taskward-short-months', 'x-taskward-repeat-start'],
]);

/** Reads a to-do as a row. @throws ToDoFault */
export const rawOfToDo = (toDo: ICAL.Component, context: CalendarContext): RawRow => ({
  external_id: textOf(toDo, 'uid'),
  title: textOf(toDo, 'summary'),
  description: textOf(toDo, 'description'),
  completed: isDone(toDo),
  priority: priorityOf(toDo),
  tags: tagsOf(toDo),
  due_date: dueOf(toDo, context),
  repeat: repeatOf(toDo),
  reminders: remindersOf(toDo, context),
  created_at: instantOf(toDo, 'created'),
  updated_at: instantOf(toDo, 'last-modified'),
  completed_at: instantOf(toDo, 'completed'),
});

import { dueInstant, type Planning, parseDueDate, type Reminder } from '@taskward/domain';
import { escaped, utcStamp } from './content-lines.ts';

/** When a reminder before a day counts from, in seconds. iCalendar counts from the start of the day. */
export const secondsOfDay = 9 * 3600;

const durationForm = /^P(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/;

const secondsOf = (duration: string): number => {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = durationForm.exec(duration)?.groups ?? {};
  return 86_400 * Number(days) + 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
};

/** Formats a number of seconds as a duration (section 3.3.6). */
const durationOf = (seconds: number): string => `${seconds < 0 ? '-' : ''}PT${Math.abs(seconds)}S`;

const isDay = (dueDate: string): boolean => parseDueDate(dueDate).kind === 'day';

/** Returns how many seconds after the start of a day a reminder before it is due. */
export const secondsAfterStart = (before: string): number => secondsOfDay - secondsOf(before);

/** Returns the instant of a moment in UTC, as `TRIGGER` has it. */
export const momentStamp = (at: string, planning: Planning): string => utcStamp(dueInstant(parseDueDate(at), planning));

const triggerLines = (reminder: Reminder, dueDate: string | null, planning: Planning): string[] => {
  if ('at' in reminder) {
    const { at } = reminder;
    const trigger = `TRIGGER;VALUE=DATE-TIME:${momentStamp(at, planning)}`;
    return parseDueDate(at).kind === 'instant' && !at.includes('.') ? [trigger] : [trigger, `X-TASKWARD-AT:${at}`];
  }
  const { before } = reminder;
  if (dueDate === null || !isDay(dueDate)) return [`TRIGGER;RELATED=END:-${before}`];
  return [`TRIGGER;RELATED=END:${durationOf(secondsAfterStart(before))}`, `X-TASKWARD-BEFORE:${before}`];
};

/** Returns the lines of a reminder. What a trigger cannot say exactly stands in a property of ours, too. */
export const alarmLines = (
  reminder: Reminder,
  { title, due_date: dueDate }: { readonly title: string; readonly due_date: string | null },
  planning: Planning,
): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escaped(title)}`,
  ...triggerLines(reminder, dueDate, planning),
  'END:VALARM',
];

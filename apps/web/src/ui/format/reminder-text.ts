import type { LocalTask } from '@taskward/client';
import type { Reader } from './days.ts';
import { plainDueText } from './due-text.ts';

/** A reminder of a task: a duration before it is due, or a moment. */
export type Reminder = LocalTask['reminders'][number];

const durations = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const units = ['week', 'day', 'hour', 'minute', 'second'] as const;

/** Writes a duration of ISO 8601: `1 day 2 hours`; empty for none, and as it is if it is none. */
export const durationText = (duration: string): string => {
  const parts = durations.exec(duration);
  if (parts === null) return duration;
  return units
    .flatMap((unit, index) => {
      const number = Number(parts[index + 1] ?? 0);
      return number === 0 ? [] : [`${number} ${unit}${number === 1 ? '' : 's'}`];
    })
    .join(' ');
};

/** Writes when a reminder comes: `30 minutes before`, `when it is due`, or its moment. */
export const reminderText = ({ before, at }: Reminder, reader: Reader): string => {
  if (before === undefined) return at === undefined ? '' : plainDueText(at, reader);
  const duration = durationText(before);
  return duration === '' ? 'when it is due' : `${duration} before`;
};

import { hash } from 'node:crypto';
import type { TaskRecord } from '@taskward/application';

// iCalendar, RFC 5545. The libraries for it hold a calendar in memory; to-dos need five rules of the format only.

const longestLine = 75;

/** Folds a line: at most 75 octets each, continued after a space, never within a character (section 3.1). */
const folded = (line: string): string => {
  // No character takes more than three octets for each of its UTF-16 units: most lines need no counting.
  if (line.length * 3 <= longestLine || Buffer.byteLength(line) <= longestLine) return `${line}\r\n`;
  let text = '';
  let room = longestLine;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      text += '\r\n ';
      room = longestLine - 1;
    }
    text += character;
    room -= octets;
  }
  return `${text}\r\n`;
};

/** A text value (section 3.3.11): line ends as `\n`; other controls have no place in a calendar and are left out. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** `2026-11-20T09:30:00.123Z` as a UTC date-time (section 3.3.5): seconds are the finest it has. */
const stamp = (instant: string): string => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;

// The same task has the same UID in every export, and no other has it. It does not tell who its owner is.
let lastOwner: { readonly id: string; readonly digest: string } | undefined;
const uid = ({ user_id, id }: TaskRecord): string => {
  if (lastOwner?.id !== user_id) lastOwner = { id: user_id, digest: hash('sha256', user_id, 'hex').slice(0, 24) };
  return `${lastOwner.digest}-${id}@taskward`;
};

/** What a calendar begins with. */
export const calendarHead = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Taskward//Taskward//EN'].map(folded).join('');

/** What it ends with. */
export const calendarTail = folded('END:VCALENDAR');

/** A task as a to-do. When it was ticked off is not known, only when it was last changed: that is given. */
export const toCalendarTask = (task: TaskRecord): string =>
  [
    'BEGIN:VTODO',
    `UID:${uid(task)}`,
    `DTSTAMP:${stamp(task.updated_at)}`,
    `CREATED:${stamp(task.created_at)}`,
    `LAST-MODIFIED:${stamp(task.updated_at)}`,
    `SUMMARY:${escaped(task.title)}`,
    ...(task.description ? [`DESCRIPTION:${escaped(task.description)}`] : []),
    ...(task.completed
      ? ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100', `COMPLETED:${stamp(task.updated_at)}`]
      : ['STATUS:NEEDS-ACTION']),
    'END:VTODO',
  ]
    .map(folded)
    .join('');

import { hash } from 'node:crypto';
import type { TaskRecord } from '@taskward/application';

// iCalendar (RFC 5545). The libraries for it build the whole calendar in memory; to-dos need only five of its rules.

const maxLineOctets = 75;

/** Folds a line at 75 octets, never within a character (section 3.1). */
const folded = (line: string): string => {
  // Fast path: a UTF-16 unit takes at most three octets in UTF-8.
  if (line.length * 3 <= maxLineOctets || Buffer.byteLength(line) <= maxLineOctets) return `${line}\r\n`;
  let text = '';
  let room = maxLineOctets;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      text += '\r\n ';
      room = maxLineOctets - 1;
    }
    text += character;
    room -= octets;
  }
  return `${text}\r\n`;
};

/** Escapes a text value (section 3.3.11). Line breaks become `\n`; other control characters are removed. */
const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** Formats `2026-11-20T09:30:00.123Z` as a UTC date-time (section 3.3.5), which has no milliseconds. */
const stamp = (instant: string): string => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;

// A task has the same unique UID in every export. The digest keeps its owner's id private.
let lastOwner: { readonly id: string; readonly digest: string } | undefined;
const uid = ({ user_id, id }: TaskRecord): string => {
  if (lastOwner?.id !== user_id) lastOwner = { id: user_id, digest: hash('sha256', user_id, 'hex').slice(0, 24) };
  return `${lastOwner.digest}-${id}@taskward`;
};

/** The beginning of a calendar. */
export const calendarHead = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Taskward//Taskward//EN'].map(folded).join('');

/** The end of a calendar. */
export const calendarTail = folded('END:VCALENDAR');

/** Formats a task as a to-do. COMPLETED is the time of the last change, as the time of completion is not stored. */
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

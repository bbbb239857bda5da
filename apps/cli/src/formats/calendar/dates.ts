import { parseDueDate } from '@taskward/domain';

/** Formats `2026-12-01T09:00` as a local date-time (section 3.3.5), which has seconds and no milliseconds. */
const localStamp = (local: string): string => {
  const [day = '', time = '00:00'] = local.split('T');
  return `${day}T${time.slice(0, 8).padEnd(8, ':00')}`.replace(/[-:]/g, '');
};

/** Formats a property with a due date, as it is stored: a day, a local time, one in a zone, or one in UTC. */
export const dateProperty = (name: string, text: string): string => {
  const due = parseDueDate(text);
  switch (due.kind) {
    case 'day':
      return `${name};VALUE=DATE:${due.local.replaceAll('-', '')}`;
    case 'floating':
      return `${name}:${localStamp(due.local)}`;
    case 'instant':
      return `${name}:${localStamp(due.local)}Z`;
    case 'zoned':
      return `${name};TZID=${due.zone}:${localStamp(due.local)}`;
  }
};

/** Returns whether a date has parts of a second, which iCalendar has not. */
export const hasMilliseconds = (text: string): boolean => text.includes('.');

/** Returns a date moved by some seconds on its clock, in its form; a day as a wall-clock time. */
export const movedDate = (text: string, seconds: number): string => {
  const due = parseDueDate(text);
  const local = Temporal.PlainDateTime.from(due.local).add({ seconds }).toString({ smallestUnit: 'millisecond' });
  if (due.kind === 'zoned') return `${local}[${due.zone}]`;
  return due.kind === 'instant' ? `${local}Z` : local;
};

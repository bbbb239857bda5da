import { hash } from 'node:crypto';
import type { TaskRecord } from '@taskward/application';
import { type Planning, type Priority, parseDueDate, type Repeat } from '@taskward/domain';
import type { TaskFormat } from '../task-format.ts';
import { alarmLines } from './alarms.ts';
import { escaped, folded, utcStamp } from './content-lines.ts';
import { dateProperty, hasMilliseconds } from './dates.ts';
import { timeZoneText } from './time-zone.ts';

// A task has the same unique UID in every export. The digest keeps its owner's id private.
let lastOwner: { readonly id: string; readonly digest: string } | undefined;
const uid = ({ user_id, id }: TaskRecord): string => {
  if (lastOwner?.id !== user_id) lastOwner = { id: user_id, digest: hash('sha256', user_id, 'hex').slice(0, 24) };
  return `${lastOwner.digest}-${id}@taskward`;
};

// 1 to 4 are high, 5 is medium, 6 to 9 are low (section 3.8.1.9).
const priorityNumbers: Record<Priority, number> = { urgent: 1, high: 3, medium: 5, low: 9 };

/** The lines of a series from its current occurrence on, and what iCalendar has no place for. */
const repeatLines = ({ rule, from, short_months, start }: Repeat, dueDate: string): string[] => [
  dateProperty('DTSTART', dueDate),
  `RRULE:${rule}`,
  ...(from === 'completion' ? ['X-TASKWARD-REPEAT-FROM:completion'] : []),
  // In iCalendar, months that are too short for a rule are skipped.
  ...(short_months === 'last' ? ['X-TASKWARD-SHORT-MONTHS:last'] : []),
  ...(start === dueDate ? [] : [`X-TASKWARD-REPEAT-START:${start}`]),
];

const dueLines = ({ due_date, repeat }: TaskRecord): string[] =>
  due_date === null
    ? []
    : [
        dateProperty('DUE', due_date),
        ...(hasMilliseconds(due_date) ? [`X-TASKWARD-DUE-DATE:${due_date}`] : []),
        ...(repeat === null ? [] : repeatLines(repeat, due_date)),
      ];

const statusLines = ({ completed, completed_at, updated_at }: TaskRecord): string[] =>
  completed
    ? ['STATUS:COMPLETED', 'PERCENT-COMPLETE:100', `COMPLETED:${utcStamp(completed_at ?? updated_at)}`]
    : ['STATUS:NEEDS-ACTION'];

// A list ends with a tag that ends with a backslash: ical.js, for one, takes the comma after it for an escaped one.
const tagLines = (tags: readonly string[]): string[] => {
  const lists: string[][] = [];
  let isOpen = false;
  for (const tag of tags) {
    if (!isOpen) lists.push([]);
    lists.at(-1)?.push(escaped(tag));
    isOpen = !tag.endsWith('\\');
  }
  return lists.map((list) => `CATEGORIES:${list.join()}`);
};

const toDoLines = (task: TaskRecord, planning: Planning): string[] => [
  'BEGIN:VTODO',
  `UID:${uid(task)}`,
  `DTSTAMP:${utcStamp(task.updated_at)}`,
  `CREATED:${utcStamp(task.created_at)}`,
  `LAST-MODIFIED:${utcStamp(task.updated_at)}`,
  `SUMMARY:${escaped(task.title)}`,
  ...(task.description === null ? [] : [`DESCRIPTION:${escaped(task.description)}`]),
  ...(task.priority === null ? [] : [`PRIORITY:${priorityNumbers[task.priority]}`]),
  ...tagLines(task.tags),
  ...dueLines(task),
  ...statusLines(task),
  ...task.reminders.flatMap((reminder) => alarmLines(reminder, task, planning)),
  'END:VTODO',
];

const zonesOf = ({ due_date }: TaskRecord): string[] => {
  const due = due_date === null ? undefined : parseDueDate(due_date);
  return due?.kind === 'zoned' ? [due.zone] : [];
};

/** Makes the format of one calendar (RFC 5545): each task is a to-do. @param planning what the tasks' dates depend on */
export const makeCalendarFormat = (planning: Planning): TaskFormat => {
  const written = new Set<string>();
  const newZones = (task: TaskRecord): string[] => zonesOf(task).filter((zone) => !written.has(zone));
  const toDo = (task: TaskRecord): string => {
    const zones = newZones(task);
    for (const zone of zones) written.add(zone);
    return [...zones.map(timeZoneText), ...toDoLines(task, planning).map(folded)].join('');
  };
  return {
    head: () => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Taskward//Taskward//EN'].map(folded).join(''),
    some: (tasks) => tasks.map(toDo).join(''),
    tail: () => folded('END:VCALENDAR'),
  };
};

import { styleText } from 'node:util';
import type { TaskRecord } from '@taskward/application';
import { type Instant, type Planning, parseDueDate } from '@taskward/domain';
import { titleAndTags } from './task-text.ts';
import { shown, terminalColumns } from './terminal.ts';

/** The tasks of one day. */
export interface AgendaDay {
  /** `2026-12-01` */
  readonly date: string;
  readonly tasks: readonly TaskRecord[];
}

/** What is due on a user's day and on the days after it. */
export interface Agenda {
  readonly date: string;
  readonly time_zone: string;
  readonly overdue: readonly TaskRecord[];
  readonly today: readonly TaskRecord[];
  /** The days that have tasks, in order. */
  readonly days: readonly AgendaDay[];
}

const whenColumns = 12;
const idColumns = 6;
const priorityColumns = 6;

const named = (date: string, parts: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

const longDay = (date: string): string => named(date, { weekday: 'long', day: 'numeric', month: 'long' });

const localOf = (task: TaskRecord, { calendar, settings }: Planning): string =>
  calendar.toLocal(task.due_at as Instant, settings.time_zone);

const timeOf = (task: TaskRecord, planning: Planning): string =>
  parseDueDate(task.due_date as string).kind === 'day' ? '' : localOf(task, planning).slice(11, 16);

const row = (when: string, task: TaskRecord): string => {
  const { id, title, tags, priority, repeat } = task;
  const start = `${when.padStart(whenColumns)}  ${String(id).padStart(idColumns)}  `;
  const end = `  ${(priority ?? '').padEnd(priorityColumns)}  ${repeat === null ? '' : '↻'}`;
  const room = Math.max(terminalColumns() - start.length - priorityColumns - 5, 10);
  return `${start}${titleAndTags(shown(title), tags, room)}${end}`.trimEnd();
};

const overdueRow = (task: TaskRecord, planning: Planning): string => {
  const { due_date } = task;
  const date = parseDueDate(due_date as string).kind === 'day' ? (due_date as string) : localOf(task, planning);
  const day = named(date.slice(0, 10), { day: 'numeric', month: 'short' });
  return row(`${day} ${timeOf(task, planning)}`.trimEnd(), task);
};

const section = (heading: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : ['', heading, ...rows];

/** Formats an agenda for a terminal. */
export const agendaText = (agenda: Agenda, planning: Planning): string => {
  const { date, time_zone, overdue, today, days } = agenda;
  const rowOf = (task: TaskRecord) => row(timeOf(task, planning), task);
  const lines = [
    `${styleText('bold', `${longDay(date)} ${date.slice(0, 4)}`)}  ${styleText('dim', time_zone)}`,
    ...section(
      styleText('red', `Overdue (${overdue.length})`),
      overdue.map((task) => overdueRow(task, planning)),
    ),
    ...section(styleText('bold', 'Today'), today.length === 0 ? ['  Nothing more is due.'] : today.map(rowOf)),
    ...days.flatMap((day) => section(styleText('bold', longDay(day.date)), day.tasks.map(rowOf))),
  ];
  return lines.map((line) => `${line}\n`).join('');
};

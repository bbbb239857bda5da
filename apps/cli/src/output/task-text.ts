import { styleText } from 'node:util';
import type { DeletedTaskRecord, TaskRecord } from '@taskward/application';
import {
  emptyAsNull,
  type Field,
  type FieldName,
  fieldNames,
  fieldOf,
  type Metadata,
  type Planning,
  parseDueDate,
  type Reminder,
  type Repeat,
} from '@taskward/domain';
import stringWidth from 'string-width';
import { reminderText } from '../formats/values.ts';
import type { Table } from './list-output.ts';
import { cut, fit, shown, shownLines, terminalColumns } from './terminal.ts';

/** Formats a task in one line: `[x] 12  Buy milk`. */
export const describe = ({ id, title, completed }: TaskRecord): string =>
  `${completed ? '[x]' : '[ ]'} ${id}  ${shown(title)}`;

/** Formats tags in one line: `#home #work`. */
export const tagsText = (tags: readonly string[]): string => tags.map((tag) => `#${shown(tag)}`).join(' ');

const idColumns = 6;
const doneColumns = 4;
const priorityColumns = 8;

// On a narrow terminal, days are shown without their times.
const dueColumns = (): number => (terminalColumns() < 72 ? 10 : 18);
const gap = '  ';

/** Formats the columns of a row; that of the title gets the room that the others leave. */
const row = (id: string, done: string, rest: readonly string[], toTitle: (room: number) => string): string => {
  const ends = rest.map((text) => `${gap}${text}`).join('');
  const start = `${id.padStart(idColumns)}${gap}${done.padEnd(doneColumns)}${gap}`;
  const room = Math.max(terminalColumns() - stringWidth(start) - stringWidth(ends), 10);
  return `${start}${toTitle(room)}${ends}`.trimEnd();
};

const taskRow = (id: string, done: string, priority: string, due: string, toTitle: (room: number) => string) =>
  row(id, done, [priority.padEnd(priorityColumns), due.padEnd(dueColumns())], toTitle);

/** Formats when a task is due on the user's clock, and whether it recurs: `2026-12-01 09:00 ↻`. */
const dueText = ({ due_date, due_at, repeat }: TaskRecord, { calendar, settings }: Planning): string => {
  if (due_date === null || due_at === null) return '';
  const isDay = parseDueDate(due_date).kind === 'day';
  const due = isDay ? due_date : calendar.toLocal(due_at, settings.time_zone).slice(0, 16).replace('T', ' ');
  return (repeat === null ? due : `${due} ↻`).slice(0, dueColumns());
};

/**
 * Formats a title and its tags, as wide as `room`. The tags get what the title leaves, but at least their beginning is
 * there.
 */
export const titleAndTags = (title: string, tags: readonly string[], room: number): string => {
  if (tags.length === 0) return fit(title, room);
  const all = tagsText(tags);
  const left = Math.max(room - stringWidth(title) - gap.length, Math.min(stringWidth(all), Math.floor(room / 3)));
  const shownTags = cut(all, left);
  const shownTitle = cut(title, room - gap.length - stringWidth(shownTags));
  const used = stringWidth(shownTitle) + gap.length + stringWidth(shownTags);
  return `${shownTitle}${gap}${styleText('cyan', shownTags)}${' '.repeat(Math.max(room - used, 0))}`;
};

/** Returns whether a task is open although its due date has passed. */
export const isOverdue = ({ due_at, completed }: TaskRecord): boolean =>
  due_at !== null && !completed && Date.parse(due_at) < Date.now();

/**
 * Makes a table of tasks as wide as the terminal. Its columns are fixed, so that it can be printed row by row.
 * @param planning what their dates depend on
 */
export const makeTaskTable = (planning: Planning): Table<TaskRecord> => ({
  head: () =>
    `${styleText(
      'bold',
      taskRow('ID', 'DONE', 'PRIORITY', 'DUE', (room) => 'TITLE'.padEnd(room)),
    )}\n`,
  row: (task) => {
    const { id, completed, title, tags, priority } = task;
    const due = dueText(task, planning).padEnd(dueColumns());
    const shownDue = isOverdue(task) ? styleText('red', due) : due;
    const line = taskRow(String(id), completed ? ' ✓' : '', priority ?? '', shownDue, (room) =>
      titleAndTags(shown(title), tags, room),
    );
    return `${completed ? styleText('dim', line) : line}\n`;
  },
});

const trashRow = (id: string, done: string, title: string, deleted: string): string =>
  row(id, done, [deleted], (room) => fit(title, room));

/** Formats deleted tasks as a table. */
export const trashTable = {
  head: () => `${styleText('bold', trashRow('ID', 'DONE', 'TITLE', 'DELETED'.padEnd(10)))}\n`,
  row: ({ id, completed, title, deleted_at }: DeletedTaskRecord): string =>
    `${trashRow(String(id), completed ? ' ✓' : '', shown(title), deleted_at.slice(0, 10))}\n`,
};

const repeatText = ({ rule, from, short_months }: Repeat): string =>
  [
    rule,
    ...(from === 'completion' ? ['from when it is done'] : []),
    ...(short_months === 'skip' ? ['skipping short months'] : []),
  ].join(', ');

// How the value of a field is shown. A kind of field without it does not compile.
const valueTexts: Record<Field['kind'], (value: never) => string> = {
  text: (text: string) => text,
  flag: (flag: boolean) => (flag ? 'yes' : 'no'),
  choice: (word: string) => word,
  tags: (tags: readonly string[]) => tags.join(', '),
  date: (text: string) => text,
  repeat: repeatText,
  reminders: (reminders: readonly Reminder[]) => reminders.map(reminderText).join(', '),
  key: (text: string) => text,
  metadata: (metadata: Metadata) => (emptyAsNull(metadata) === null ? '' : JSON.stringify(metadata)),
};

const indented = (text: string): string => shownLines(text).replace(/^/gm, '       ');

// The first lines show these.
const shownFirst: readonly FieldName[] = ['title', 'completed', 'description'];

const otherFields = (task: TaskRecord): string[] =>
  fieldNames
    .filter((name) => !shownFirst.includes(name) && !fieldOf(name).readOnly && task[name] !== null)
    .map((name) => [name.replaceAll('_', ' '), valueTexts[fieldOf(name).kind](task[name] as never)] as const)
    .filter(([, value]) => value !== '')
    .map(([label, value]) => indented(`${label}: ${value}`));

const momentsOf = ({ due_at, completed_at, created_at, updated_at, revision, user_id }: TaskRecord): string =>
  [
    ...(due_at === null ? [] : [`due ${due_at}`]),
    ...(completed_at === null ? [] : [`done ${completed_at}`]),
    `created ${created_at}, changed ${updated_at}, revision ${revision}, of ${shown(user_id)}`,
  ].join(', ');

/** Formats a task with all fields. */
export const formatTaskDetails = (task: TaskRecord): string =>
  [
    describe(task),
    ...(task.description ? [indented(task.description)] : []),
    ...otherFields(task),
    styleText('dim', `       ${momentsOf(task)}`),
  ].join('\n');

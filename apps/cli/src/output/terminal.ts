import { styleText } from 'node:util';
import type { DeletedTaskRecord, TaskRecord } from '@taskward/application';
import { type FieldName, fieldNames } from '@taskward/domain';
import stringWidth from 'string-width';
import { io } from '../runtime/io.ts';
import { escapeUnsafe } from './escape.ts';

/** Escapes a user's text for one line of a terminal, including line breaks. */
export const shown = (text: string): string => escapeUnsafe(text);

/** Escapes a user's text for a terminal, except line feeds. */
export const shownLines = (text: string): string => escapeUnsafe(text, '\n');

/** Formats a task in one line: `[x] 12  Buy milk`. */
export const describe = ({ id, title, completed }: TaskRecord): string =>
  `${completed ? '[x]' : '[ ]'} ${id}  ${shown(title)}`;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Truncates a text that is wider than `columns`, with an ellipsis. */
export const cut = (text: string, columns: number): string => {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
};

/** The width of a terminal that does not say how wide it is. */
export const defaultColumns = 80;
const idColumns = 6;
const fixedColumns = idColumns + 2 + 4 + 2 + 2 + 10;

const row = (id: string, done: string, title: string, changed: string): string => {
  const room = Math.max((io().stdout.columns || defaultColumns) - fixedColumns, 10);
  const fitting = cut(title, room);
  return `${id.padStart(idColumns)}  ${done.padEnd(4)}  ${fitting}${' '.repeat(room - stringWidth(fitting))}  ${changed}`;
};

/** Formats tasks as a table as wide as the terminal. Its columns are fixed, so that it can be printed row by row. */
export const table = {
  head: () => `${styleText('bold', row('ID', 'DONE', 'TITLE', 'CHANGED'))}\n`,
  row: ({ id, completed, title, updated_at }: TaskRecord): string => {
    const line = row(String(id), completed ? ' ✓' : '', shown(title), updated_at.slice(0, 10));
    return `${completed ? styleText('dim', line) : line}\n`;
  },
};

/** Formats deleted tasks as a table. */
export const trashTable = {
  head: () => `${styleText('bold', row('ID', 'DONE', 'TITLE', 'DELETED'))}\n`,
  row: ({ id, completed, title, deleted_at }: DeletedTaskRecord): string =>
    `${row(String(id), completed ? ' ✓' : '', shown(title), deleted_at.slice(0, 10))}\n`,
};

const indented = (text: string): string => shownLines(text).replace(/^/gm, '       ');

// The first lines show these.
const shownFirst: readonly FieldName[] = ['title', 'completed', 'description'];

const otherFields = (task: TaskRecord): string[] =>
  fieldNames
    .filter((name) => !shownFirst.includes(name) && task[name] !== null)
    .map((name) => indented(`${name.replaceAll('_', ' ')}: ${task[name]}`));

/** Formats a task with all fields. */
export const formatTaskDetails = (task: TaskRecord): string =>
  [
    describe(task),
    ...(task.description ? [indented(task.description)] : []),
    ...otherFields(task),
    styleText(
      'dim',
      `       created ${task.created_at}, changed ${task.updated_at}, revision ${task.revision}, of ${shown(task.user_id)}`,
    ),
  ].join('\n');

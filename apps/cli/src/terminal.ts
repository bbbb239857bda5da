import { styleText } from 'node:util';
import type { TaskRecord } from '@taskward/application';
import { type FieldName, fieldNames } from '@taskward/domain';
import stringWidth from 'string-width';
import { escapeUnsafe } from './escape.ts';
import { io } from './io.ts';

/** A user's text for one line of a terminal: what would steer it, or cannot be seen, is shown as an escape. */
export const shown = (text: string): string => escapeUnsafe(text);

/** The same, for text of several lines. */
export const shownLines = (text: string): string => escapeUnsafe(text, '\n');

/** A task in a line: `[x] 12  Buy milk`. */
export const describe = ({ id, title, completed }: TaskRecord): string =>
  `${completed ? '[x]' : '[ ]'} ${id}  ${shown(title)}`;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text, cut with an ellipsis where it is wider than so many columns. */
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

const defaultColumns = 80;
const idColumns = 6;
const fixedColumns = idColumns + 2 + 4 + 2 + 2 + 10;

const row = (id: string, done: string, title: string, changed: string): string => {
  const room = Math.max((io().stdout.columns || defaultColumns) - fixedColumns, 10);
  const fitting = cut(title, room);
  return `${id.padStart(idColumns)}  ${done.padEnd(4)}  ${fitting}${' '.repeat(room - stringWidth(fitting))}  ${changed}`;
};

/** Tasks as a table that is as wide as the terminal. Its columns are fixed, so that it can begin before it is known. */
export const table = {
  head: () => `${styleText('bold', row('ID', 'DONE', 'TITLE', 'CHANGED'))}\n`,
  row: ({ id, completed, title, updated_at }: TaskRecord): string => {
    const line = row(String(id), completed ? ' ✓' : '', shown(title), updated_at.slice(0, 10));
    return `${completed ? styleText('dim', line) : line}\n`;
  },
};

const indented = (text: string): string => shownLines(text).replace(/^/gm, '       ');

// Those that the first lines show as they are.
const shownFirst: readonly FieldName[] = ['title', 'completed', 'description'];

const otherFields = (task: TaskRecord): string[] =>
  fieldNames
    .filter((name) => !shownFirst.includes(name) && task[name] !== null)
    .map((name) => indented(`${name.replaceAll('_', ' ')}: ${task[name]}`));

/** Everything about a task, a line each. */
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

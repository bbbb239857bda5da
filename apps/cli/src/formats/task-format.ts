import type { TaskRecord } from '@taskward/application';
import { fieldNames } from '@taskward/domain';
import type { Table } from '../output/list-output.ts';
import { escapeApostrophe, escapeFormula } from './csv/spreadsheet.ts';
import { toJson } from './json/json.ts';
import { cellText } from './values.ts';

/** An output format for tasks. It writes them piece by piece, so that they need not all be in memory. */
export interface TaskFormat {
  readonly head: () => string;
  /** Formats one or more tasks; `isFirst` for the first ones. */
  readonly some: (tasks: readonly TaskRecord[], isFirst: boolean) => string;
  readonly tail: (wereNone: boolean) => string;
}

const nothing = () => '';

/** Makes a format of a table for people. It has no head where there are no tasks. */
export const tableFormat = ({ head, row }: Table<TaskRecord>): TaskFormat => ({
  head: nothing,
  some: (tasks, isFirst) => `${isFirst ? head() : ''}${tasks.map(row).join('')}`,
  tail: nothing,
});

const timeColumns = ['due_at', 'completed_at', 'created_at', 'updated_at'] as const;

/** The columns of a CSV file, in order. */
const csvColumns = ['id', ...fieldNames, ...timeColumns, 'revision'] as const;

// Distinguishes an empty description, written as `""`, from none, written as an empty cell.
const quoted = (value: string): string =>
  value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const csv = (protect: (text: string) => string): TaskFormat => {
  const toCell = (text: string | null): string => (text === null ? '' : quoted(protect(text)));
  const toRow = (task: TaskRecord) => {
    const content = fieldNames.map((name) => toCell(cellText(name, task[name], task.due_date)));
    const times = timeColumns.map((name) => task[name] ?? '');
    return `${[task.id, ...content, ...times, task.revision].join()}\n`;
  };
  return { head: () => `${csvColumns.join()}\n`, some: (tasks) => tasks.map(toRow).join(''), tail: nothing };
};

/** The output formats that need nothing but the tasks, by name. */
export const taskFormats = {
  json: {
    head: nothing,
    some: (tasks, isFirst) => `${isFirst ? '[\n' : ',\n'}${tasks.map(toJson).join(',\n')}`,
    tail: (wereNone) => (wereNone ? '[]\n' : '\n]\n'),
  },
  ndjson: { head: nothing, some: (tasks) => tasks.map((task) => `${toJson(task)}\n`).join(''), tail: nothing },
  csv: csv(escapeFormula),
  verbatimCsv: csv(escapeApostrophe),
} as const satisfies Record<string, TaskFormat>;

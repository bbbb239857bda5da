import { styleText } from 'node:util';
import type { ChangeRecord, HistoryRecord, LogRecord } from '@taskward/application';
import { type ChangeKind, type FieldName, fieldNames } from '@taskward/domain';
import { toJson } from '../formats/json/json.ts';
import type { Table } from './list-output.ts';
import { describe } from './task-text.ts';
import { cut, shown, terminalColumns } from './terminal.ts';

// Times are in UTC, as everywhere.
const moment = (instant: string): string => instant.slice(0, 19).replace('T', ' ');

const kindWords: Record<ChangeKind, string> = {
  created: 'created',
  updated: 'updated',
  occurrence_completed: 'done',
  reminded: 'reminded',
  deleted: 'deleted',
  restored: 'restored',
};

const line = (revision: string, when: string, kind: string, rest: string): string =>
  `${revision.padStart(9)}  ${when.padEnd(19)}  ${kind.padEnd(8)}  ${rest}`.trimEnd();

const titleColumns = 50;
const room = () => Math.max(terminalColumns() - titleColumns, 10);

// The fields are worth more than the end of a title.
const ofTask = ({ task_id: id, title, fields }: LogRecord): string => {
  const names = fields.length === 0 ? '' : ` (${fields.join(', ')})`;
  return `${String(id).padStart(6)}  ${cut(shown(title ?? ''), Math.max(room() - names.length, 10))}${names}`;
};

/** Formats changes of all tasks as a table as wide as the terminal. */
export const logTable: Table<LogRecord> = {
  head: () => `${styleText('bold', line('REVISION', 'WHEN (UTC)', 'WHAT', '  TASK  TITLE'))}\n`,
  row: (record) => {
    const { revision, at, kind } = record;
    return `${line(String(revision), moment(at), kindWords[kind], ofTask(record))}\n`;
  },
};

const valuesOf = ({ kind, changed }: HistoryRecord, field: FieldName): string | undefined => {
  const values = changed[field];
  if (values === undefined) return undefined;
  const [before, after] = values;
  if (kind === 'updated' || kind === 'occurrence_completed') return `${toJson(before)} → ${toJson(after)}`;
  const value = kind === 'deleted' ? before : after;
  return value === null ? undefined : toJson(value);
};

/** Formats the changes of one task with their values. */
export const historyTable: Table<HistoryRecord> = {
  head: () => `${styleText('bold', line('REVISION', 'WHEN (UTC)', 'WHAT', ''))}\n`,
  row: (record) => {
    const values = fieldNames.flatMap((field) => {
      const value = valuesOf(record, field);
      return value === undefined ? [] : `${' '.repeat(11)}${field.replaceAll('_', ' ')}: ${value}\n`;
    });
    return `${line(String(record.revision), moment(record.at), kindWords[record.kind], '')}\n${values.join('')}`;
  },
};

/** Formats what has become of a task, with the time. */
export const describeChange = (change: ChangeRecord): string =>
  change.op === 'put'
    ? `${moment(change.task.updated_at)}  ${describe(change.task)}`
    : `${moment(change.at)}  Task ${change.id} is gone.`;

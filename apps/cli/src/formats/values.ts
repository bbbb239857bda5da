import {
  emptyAsNull,
  type Field,
  type FieldName,
  fieldOf,
  isObject,
  type Metadata,
  type Reminder,
  type Repeat,
  type RepeatInput,
} from '@taskward/domain';
import { parse } from 'csv-parse/sync';

/** Tells what is wrong with a value; the text continues the field's name. */
export type TellFault = (message: string) => undefined;

/** How the values of a kind of field stand in files. */
interface ValueFormat<Value, Input = Value> {
  /** Reads a value of JSON, or the text of a cell. @returns `undefined` after telling what is wrong */
  read(value: unknown, fault: TellFault): Input | undefined;
  /** Returns the text of a cell. @param dueDate the task's due date */
  cell(value: Value, dueDate: string | null): string;
}

const yes = /^(true|1|yes|y|x|done|completed)$/i;
const no = /^(false|0|no|n|open|pending)$/i;

const isText = (value: unknown): value is string => typeof value === 'string';

const text: ValueFormat<string> = {
  read: (value, fault) => (isText(value) ? value : fault('must be a text')),
  cell: (value) => value,
};

const word: ValueFormat<string> = {
  read: (value, fault) => (isText(value) ? value.trim().toLowerCase() : fault('must be a word')),
  cell: (value) => value,
};

const flag: ValueFormat<boolean> = {
  read: (value, fault) => {
    if (typeof value === 'boolean') return value;
    if (isText(value) && yes.test(value.trim())) return true;
    if (isText(value) && no.test(value.trim())) return false;
    return fault('must be `true` or `false`');
  },
  cell: String,
};

const date: ValueFormat<string> = {
  read: (value, fault) => (isText(value) ? value.trim() : fault('must be a text such as 2026-12-01')),
  cell: (value) => value,
};

const tagInCell = (tag: string): string => (/[",\r\n]/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag);

const tagsOfCell = (cell: string): string[] | undefined => {
  try {
    const rows: string[][] = parse(cell, { trim: true, relax_column_count: true, skip_empty_lines: true });
    return rows.flat().filter((tag) => tag !== '');
  } catch {
    return undefined;
  }
};

const tags: ValueFormat<readonly string[]> = {
  read: (value, fault) => {
    if (Array.isArray(value) && value.every(isText)) return value;
    const read = isText(value) ? tagsOfCell(value) : undefined;
    return (
      read ?? fault('must be a list of tags: separate them with commas, and quote one that has a comma or a quote')
    );
  },
  cell: (value) => value.map(tagInCell).join(', '),
};

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

const isRepeat = (value: unknown): value is Exclude<RepeatInput, string> => {
  if (typeof value !== 'object' || value === null) return false;
  const { rule, from = 'due', short_months = 'last', start = '', ...rest } = value as Partial<Repeat>;
  return (
    isText(rule) &&
    ['due', 'completion'].includes(from) &&
    ['last', 'skip'].includes(short_months) &&
    isText(start) &&
    Object.keys(rest).length === 0
  );
};

const repeat: ValueFormat<Repeat, RepeatInput> = {
  read: (value, fault) => {
    if (isText(value) && !value.trim().startsWith('{')) return value.trim();
    const read = isText(value) ? parseJson(value) : value;
    return isRepeat(read)
      ? read
      : fault(
          'must be a rule such as FREQ=MONTHLY, or an object such as {"rule": "FREQ=MONTHLY", "from": "completion"}',
        );
  },
  // The rule alone, which people can read and edit, where the rest is as an import fills it in.
  cell: (value, dueDate) =>
    value.from === 'due' && value.short_months === 'last' && value.start === dueDate
      ? value.rule
      : JSON.stringify(value),
};

const isReminder = (value: unknown): value is Reminder => {
  if (typeof value !== 'object' || value === null) return false;
  const [[name, when] = [], ...others] = Object.entries(value);
  return (name === 'before' || name === 'at') && isText(when) && others.length === 0;
};

/** Reads a reminder as people type it: a duration such as `PT30M` counts back from the due date, the rest are moments. */
export const toReminder = (typed: string): Reminder => (/^p/i.test(typed) ? { before: typed } : { at: typed });

/** Returns a reminder as people type it. */
export const reminderText = (reminder: Reminder): string => ('before' in reminder ? reminder.before : reminder.at);

const reminders: ValueFormat<readonly Reminder[]> = {
  read: (value, fault) => {
    if (Array.isArray(value) && value.every(isReminder)) return value;
    if (!isText(value)) return fault('must be a list of {"before": "PT30M"} or {"at": "2026-12-01T09:00"}');
    return value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map(toReminder);
  },
  cell: (value) => value.map(reminderText).join(', '),
};

const metadata: ValueFormat<Metadata> = {
  read: (value, fault) => {
    const read = isText(value) ? parseJson(value) : value;
    return isObject(read) ? (read as Metadata) : fault('must be an object such as {"project": "garden"}');
  },
  cell: (value) => JSON.stringify(value),
};

// A kind of field without a format does not compile.
const valueFormats = { text, choice: word, flag, date, tags, repeat, reminders, key: text, metadata } satisfies Record<
  Field['kind'],
  ValueFormat<never, unknown>
>;

const formatOf = (name: FieldName): ValueFormat<unknown, unknown> => valueFormats[fieldOf(name).kind] as never;

/** Reads the value of a field from JSON or from a cell of CSV. @returns `undefined` after telling what is wrong */
export const readValue = (name: FieldName, value: unknown, fault: TellFault): unknown =>
  formatOf(name).read(value, fault);

/** Returns the text of a cell for the value of a field, `null` for none. @param dueDate the task's due date */
export const cellText = (name: FieldName, value: unknown, dueDate: string | null): string | null =>
  emptyAsNull(value) === null ? null : formatOf(name).cell(value, dueDate);

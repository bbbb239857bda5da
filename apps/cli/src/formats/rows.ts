import {
  type DomainError,
  type Fault,
  fieldOf,
  type ImportedContent,
  type Instant,
  invalid,
  isTextField,
  type Planning,
  type WritableField,
  writableFields,
} from '@taskward/domain';
import { readValue } from './values.ts';

/** One row of a file: the task, or why it cannot be read. */
export interface FileRow {
  /** The line on which it begins, from 1. */
  readonly line: number;
  readonly row: ImportedContent | DomainError;
  /** What of it was not taken as it is, each worded to follow the line. */
  readonly notes?: readonly string[];
}

/** The options of reading a file, and what it reports. */
export interface Reading {
  /** The column or field of the external id. */
  readonly idColumn: string;
  /** Collects columns or fields that are not imported. */
  readonly ignored: Set<string>;
  /** Counts rows that are not tasks. */
  skipped: number;
}

/** What dates in files depend on. */
export interface DateContext {
  readonly planning: Planning;
  /** The user's day on which the file is read. */
  readonly today: string;
}

const times = ['created_at', 'updated_at', 'completed_at'] as const;

/** The fields that are imported, besides the external id, whose column the caller chooses. */
export const fields = [...writableFields, ...times] as const;

/** Fields of an export that an import assigns anew; they are not reported as ignored. */
export const reassigned: readonly string[] = ['id', 'user_id', 'due_at', 'position', 'revision'];

/** The raw values of a row: texts in CSV, anything in JSON; `null` or `undefined` if absent. */
export type RawRow = Partial<Record<(typeof fields)[number] | 'external_id', unknown>>;

const date = String.raw`(?<date>\d{4}-\d\d-\d\d)`;
const time = String.raw`(?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)`;
const zone = String.raw`(?<zone>Z|[+-]\d\d(?::?\d\d)?)`;
const moment = new RegExp(`^${date}(?:[T ]${time} ?${zone})?$`, 'i');

/** Parses a time: RFC 3339, also with a space instead of `T`; or a day, taken as midnight UTC. */
const toInstant = (text: string): Instant | undefined => {
  const { date, time = '00:00', zone = 'Z' } = moment.exec(text.trim())?.groups ?? {};
  if (date === undefined) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const [day, parsed] = [new Date(`${date}T00:00:00Z`), new Date(`${date}T${time}${offset.toUpperCase()}`)];
  // `Date` accepts February 30th as a day in March.
  const isReal = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  if (!isReal || Number.isNaN(parsed.getTime())) return undefined;
  const iso = parsed.toISOString();
  return iso.length === 24 ? (iso as Instant) : undefined;
};

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Converts raw values to a task, or to DomainError `request/invalid` with every value that is not valid. */
export const toRow = (raw: RawRow): ImportedContent | DomainError => {
  const faults: Fault[] = [];
  const fault = (field: string, message: string): undefined => void faults.push({ field, message });

  const value = (field: WritableField) => {
    const { [field]: given } = raw;
    const isText = isTextField(field);
    if (isAbsent(given) || (given === '' && !isText)) return isText && !fieldOf(field).nullable ? '' : undefined;
    return readValue(field, given, (message) => fault(field, message));
  };
  const instant = (field: (typeof times)[number]) => {
    const value = raw[field];
    if (isAbsent(value) || value === '') return undefined;
    const read = typeof value === 'string' ? toInstant(value) : undefined;
    return read ?? fault(field, 'must be a time with its zone, such as 2026-11-20T09:30:00Z, or a day');
  };
  const externalId = () => {
    const { external_id: value } = raw;
    if (isAbsent(value) || value === '') return undefined;
    if (typeof value === 'string') return value;
    return fault('external_id', 'must be a text, or a number in plain digits such as 1 or 2.5: put others in quotes');
  };

  const content = {
    ...Object.fromEntries(writableFields.map((field) => [field, value(field)])),
    createdAt: instant('created_at'),
    updatedAt: instant('updated_at'),
    completedAt: instant('completed_at'),
    externalId: externalId(),
  };
  if (faults.length > 0) return invalid(faults);
  return Object.fromEntries(
    Object.entries(content).filter(([, value]) => value !== undefined),
  ) as unknown as ImportedContent;
};

/** The fault of a row with bytes that are not UTF-8. */
export const notUtf8 = 'is not UTF-8: save the file as UTF-8 and import it again';

/** Returns a row that cannot be read. `problem` is worded to follow the name of the field. */
export const unreadable = (line: number, field: string, problem: string): FileRow => ({
  line,
  row: invalid([{ field, message: problem }]),
});

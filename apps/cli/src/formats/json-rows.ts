import { type FileRow, fields, givenAnew, notUtf8, type RawRow, toRow, unreadable } from './rows.ts';
import { type LineEnd, readLines, wasUtf8 } from './text.ts';

/** What reading a file is told, and tells. */
export interface Reading {
  /** The column, or field, that the external id is in. */
  readonly idColumn: string;
  /** Told of columns, or fields, that are not taken over. */
  readonly ignored: Set<string>;
  /** Told of rows that are of another kind than tasks. */
  skipped: number;
}

const mostIgnored = 20;

const fromObject = (value: object, { idColumn, ignored }: Reading): RawRow => {
  const raw: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (name === idColumn) raw.external_id = one;
    else if (fields.some((field) => field === name)) raw[name] = one;
    else if (ignored.size < mostIgnored && !givenAnew.includes(name)) ignored.add(name);
  }
  return raw as RawRow;
};

/**
 * How the JSON text spells the number that is the value of a field: `JSON.parse` rounds it to a double, and then two may
 * be one. `undefined` where other spellings mean the same number, as 1.0 and 1e0 do.
 */
const spellingOf = (text: string, name: string): string | undefined => {
  const spellings = new WeakMap<object, string>();
  function note(this: object, key: string, value: unknown, { source }: { source?: string } = {}) {
    if (key === name && source !== undefined) spellings.set(this, source);
    return value;
  }
  const spelling = spellings.get(JSON.parse(text, note)) ?? '';
  return /^(0|-?[1-9]\d*)$/.test(spelling) || String(Number(spelling)) === spelling ? spelling : undefined;
};

/** The row of one JSON value. `line` is where it begins. */
export const fromText = (text: string, line: number, reading: Reading): FileRow => {
  if (!wasUtf8(text)) return unreadable(line, 'task', notUtf8);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(line, 'task', `is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable(line, 'task', 'must be a JSON object with a `title`');
  }
  const raw = fromObject(value, reading);
  if (typeof raw.external_id === 'number') raw.external_id = spellingOf(text, reading.idColumn) ?? raw.external_id;
  return { line, row: toRow(raw) };
};

/** The rows of JSON lines: one object a line. A line that is none is told of, and the next one read. */
export async function* readJsonLines(
  text: AsyncIterable<string>,
  reading: Reading,
  { lineEnd }: { lineEnd: LineEnd },
): AsyncGenerator<FileRow> {
  for await (const lines of readLines(text, lineEnd)) {
    for (const line of lines) {
      if (line.isTooLong) yield unreadable(line.number, 'line', 'is too long to be a task');
      else if (line.text.trim() !== '') yield fromText(line.text, line.number, reading);
    }
  }
}

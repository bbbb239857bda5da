import { type FileRow, fields, notUtf8, type RawRow, type Reading, reassigned, toRow, unreadable } from '../rows.ts';
import { type LineEnd, readLines, wasUtf8 } from '../text.ts';

const maxIgnored = 20;

const fromObject = (value: object, { idColumn, ignored }: Reading): RawRow => {
  const raw: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (name === idColumn) raw.external_id = one;
    else if (fields.some((field) => field === name)) raw[name] = one;
    else if (ignored.size < maxIgnored && !reassigned.includes(name)) ignored.add(name);
  }
  return raw as RawRow;
};

/**
 * Returns the digits of a field's number as written: `JSON.parse` rounds to a double, which could make two ids equal.
 * `undefined` if the same number has other spellings, such as 1.0 and 1e0.
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

/** Reads a row from one JSON value, which begins on `line`. */
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

/** Reads the rows of JSON Lines. A line that is not valid is reported, and reading continues with the next one. */
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

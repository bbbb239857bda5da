import { fieldNames } from '@taskward/domain';
import { CsvError, parse } from 'csv-parse/sync';
import type { Reading } from '../json/json-rows.ts';
import { type FileRow, fields, notUtf8, type RawRow, reassigned, toRow, unreadable } from '../rows.ts';
import { type Line, type LineEnd, largestRow, readLines, wasUtf8 } from '../text.ts';
import { unescapeFormula } from './spreadsheet.ts';

/** The dialect of a CSV file. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
}

/** The columns of a row, according to the header. */
interface Layout {
  readonly width: number;
  readonly places: ReadonlyMap<keyof RawRow, number>;
  /** In a file from Todoist: the column with the kind of row. */
  readonly kind: number | undefined;
}

type Cells = readonly (string | null)[];

// https://todoist.com/help/articles/format-a-csv-file-to-import-into-todoist-UVUXTmm6 has the columns: TYPE, CONTENT,
// DESCRIPTION, PRIORITY, INDENT, AUTHOR, RESPONSIBLE, DATE, DATE_LANG, TIMEZONE, DURATION, DURATION_UNIT; newer files
// also have DEADLINE, DEADLINE_LANG, and some `meta` and IS_COLLAPSED. Only the first three matter here.
const isTodoist = (header: readonly string[]) => header.includes('type') && header.includes('content');

const columnsOf = (names: readonly string[], { idColumn, ignored }: Reading) => {
  const header = names.map((name) => name.trim().toLowerCase());
  const todoist = isTodoist(header);
  const places = new Map<keyof RawRow, number>();
  const twice: string[] = [];
  const put = (field: keyof RawRow, index: number) =>
    places.has(field) ? twice.push(names[index] as string) : places.set(field, index);
  for (const [index, name] of header.entries()) {
    const field = todoist && name === 'content' ? 'title' : fields.find((one) => one === name);
    if (name === idColumn.trim().toLowerCase()) put('external_id', index);
    else if (field !== undefined) put(field, index);
    else if (name !== '' && !reassigned.includes(name) && !(todoist && name === 'type'))
      ignored.add(names[index] as string);
  }
  return { layout: { width: header.length, places, kind: todoist ? header.indexOf('type') : undefined }, twice };
};

/** Returns the layout, or the fault of the header, worded to follow "line 1: header". */
const layoutOf = (names: readonly string[], reading: Reading): Layout | string => {
  const { layout, twice } = columnsOf(names, reading);
  if (!layout.places.has('title')) return 'must have a column `title`, or TYPE and CONTENT as Todoist writes it';
  if (twice.length > 0) return `has a column twice, and only one can be meant: ${twice.join(', ')}`;
  return layout;
};

const isContent = (name: string): boolean => fieldNames.some((one) => one === name);

const rawOf = (places: Layout['places'], cells: Cells): RawRow =>
  Object.fromEntries(
    [...places].map(([field, index]) => {
      const cell = cells[index];
      return [field, isContent(field) && typeof cell === 'string' ? unescapeFormula(cell) : cell];
    }),
  );

const problems: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'has a quote within a value: put the value in quotes, and write the quote twice',
  CSV_INVALID_CLOSING_QUOTE: 'goes on after a closing quote: write a quote within a value twice',
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is never closed',
};

/** Returns where the record that begins on a line ends: it may span lines. `undefined` if the end is not read yet. */
const endOfRecord = (lines: readonly Line[], from: number, isEnd: boolean): number | undefined => {
  let quotes = 0;
  let length = 0;
  for (let at = from; at < lines.length; at += 1) {
    const { text } = lines[at] as Line;
    for (let quote = text.indexOf('"'); quote >= 0; quote = text.indexOf('"', quote + 1)) quotes += 1;
    length += text.length;
    if (quotes % 2 === 0 || length > largestRow) return at + 1;
  }
  return isEnd && from < lines.length ? lines.length : undefined;
};

const isBlank = (record: readonly Line[]) => record.every(({ text }) => !/[^\r\n]/.test(text));
const textOf = (record: readonly Line[]) => record.map(({ text }) => text).join('');

/** The cells of a record; or why it cannot be read, and how many of its lines to skip. */
type Parsed = { readonly cells: Cells } | { readonly problem: string; readonly lost: number };

const makeParser = ({ delimiter, lineEnd }: Dialect) => {
  const parseText = (text: string): Cells[] =>
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: lineEnd === '\r' ? '\r' : ['\r\n', '\n'],
      // `""` is an empty text; an empty cell is none.
      cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
    });

  const parseOne = (record: readonly Line[]): Parsed => {
    const text = textOf(record);
    if (record[0]?.isTooLong) return { problem: 'is too long to be a task', lost: 1 };
    try {
      const [cells = []] = parseText(text);
      return wasUtf8(text) ? { cells } : { problem: notUtf8, lost: record.length };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      const { code, message, lines } = error as CsvError & { lines?: number };
      // A quote within a value affects only its line. An opening quote without a proper end may have swallowed valid
      // rows: read the lines after its first one again.
      return { problem: problems[code] ?? message, lost: code === 'INVALID_OPENING_QUOTE' ? (lines ?? 1) : 1 };
    }
  };

  /** Parses many records at once, which is much faster; `undefined` if one of them cannot be read. */
  const parseAll = (records: readonly (readonly Line[])[]): Cells[] | undefined => {
    const text = records.map(textOf).join('');
    if (!wasUtf8(text) || records.some(([line]) => line?.isTooLong)) return undefined;
    try {
      const parsed = parseText(text);
      return parsed.length === records.length ? parsed : undefined;
    } catch (error) {
      if (error instanceof CsvError) return undefined;
      throw error;
    }
  };
  return { parseOne, parseAll };
};

/** Groups lines into complete records and parses them so that each can fail by itself. */
const makeReader = (dialect: Dialect) => {
  const { parseOne, parseAll } = makeParser(dialect);
  let lines: readonly Line[] = [];

  const oneByOne = (isEnd: boolean): [line: number, Parsed][] => {
    const found: [number, Parsed][] = [];
    let from = 0;
    for (let end = endOfRecord(lines, 0, isEnd); end !== undefined; end = endOfRecord(lines, from, isEnd)) {
      const record = lines.slice(from, end);
      from = end;
      if (isBlank(record)) continue;
      const parsed = parseOne(record);
      found.push([record[0]?.number as number, parsed]);
      if ('problem' in parsed) from = end - record.length + parsed.lost;
    }
    lines = lines.slice(from);
    return found;
  };

  return (more: readonly Line[], isEnd = false): [line: number, Parsed][] => {
    lines = [...lines, ...more];
    const records: (readonly Line[])[] = [];
    let from = 0;
    for (let end = endOfRecord(lines, 0, isEnd); end !== undefined; end = endOfRecord(lines, from, isEnd)) {
      records.push(lines.slice(from, end));
      from = end;
    }
    const filled = records.filter((record) => !isBlank(record));
    const parsed = parseAll(filled);
    if (parsed === undefined) return oneByOne(isEnd);
    lines = lines.slice(from);
    return parsed.map((cells, index) => [filled[index]?.[0]?.number as number, { cells }]);
  };
};

/**
 * Reads the rows of a CSV file with a header. A row that is not valid, or does not match the header, is reported, and
 * reading continues with the next one.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  reading: Reading,
  dialect: Dialect,
): AsyncGenerator<FileRow> {
  const read = makeReader(dialect);
  let layout: Layout | undefined;

  const rowOf = ({ width, places, kind }: Layout, line: number, cells: Cells): FileRow | undefined => {
    if (kind !== undefined && cells[kind] !== 'task') {
      reading.skipped += 1;
      return undefined;
    }
    if (cells.length === width) return { line, row: toRow(rawOf(places, cells)) };
    return unreadable(line, 'row', `has ${cells.length} columns, and the header ${width}`);
  };

  async function* records() {
    for await (const lines of readLines(text, dialect.lineEnd)) yield* read(lines);
    yield* read([], true);
  }
  for await (const [line, parsed] of records()) {
    if (layout === undefined) {
      const found =
        'problem' in parsed
          ? parsed.problem
          : layoutOf(
              parsed.cells.map((name) => name ?? ''),
              reading,
            );
      if (typeof found === 'string') return yield unreadable(line, 'header', found);
      layout = found;
    } else if ('problem' in parsed) {
      yield unreadable(line, 'row', parsed.problem);
    } else {
      const row = rowOf(layout, line, parsed.cells);
      if (row !== undefined) yield row;
    }
  }
}

import { fieldNames } from '@taskward/domain';
import { CsvError, parse } from 'csv-parse/sync';
import {
  type DateContext,
  type FileRow,
  fields,
  notUtf8,
  type RawRow,
  type Reading,
  reassigned,
  toRow,
  unreadable,
} from '../rows.ts';
import { type Line, type LineEnd, largestRow, readLines, wasUtf8 } from '../text.ts';
import { unescapeFormula } from './spreadsheet.ts';
import { isTodoist, isTodoistColumn, makeTodoistRows } from './todoist.ts';

/** The dialect of a CSV file. */
export interface Dialect {
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
}

type Cells = readonly (string | null)[];

/** What the header of a file says of its rows. */
interface Layout {
  readonly width: number;
  /** Returns the tasks that a row completes. */
  add(line: number, cells: Cells): FileRow[];
  /** Returns the tasks that the end of the file completes. */
  finish(): FileRow[];
}

interface Columns {
  readonly width: number;
  /** The columns by their names: fields of a task, or columns of Todoist's; and the external id. */
  readonly places: ReadonlyMap<string, number>;
}

const columnsOf = (names: readonly string[], isRead: (name: string) => boolean, { idColumn, ignored }: Reading) => {
  const places = new Map<string, number>();
  const twice: string[] = [];
  for (const [index, written] of names.entries()) {
    const name = nameOf(written);
    const field = name === nameOf(idColumn) ? 'external_id' : name;
    if (field !== 'external_id' && !isRead(name)) {
      if (name !== '' && !reassigned.includes(name)) ignored.add(written);
    } else if (places.has(field)) twice.push(written);
    else places.set(field, index);
  }
  return { columns: { width: names.length, places }, twice };
};

const nameOf = (column: string): string => column.trim().toLowerCase();

const isField = (name: string): boolean => fields.some((field) => field === name);
const isContent = (name: string): boolean => fieldNames.some((field) => field === name);

const rawOf = (places: Columns['places'], cells: Cells): RawRow =>
  Object.fromEntries(
    [...places].map(([field, index]) => {
      const cell = cells[index];
      return [field, isContent(field) && typeof cell === 'string' ? unescapeFormula(cell) : cell];
    }),
  );

const plainLayout = ({ width, places }: Columns): Layout => ({
  width,
  add: (line, cells) => [{ line, row: toRow(rawOf(places, cells)) }],
  finish: () => [],
});

const todoistLayout = ({ width, places }: Columns, reading: Reading, context: DateContext): Layout => {
  const rows = makeTodoistRows(context);
  return {
    width,
    add(line, cells) {
      const cellOf = (name: string) => cells[places.get(name) ?? -1] ?? null;
      const done = rows.add(line, (name) => cellOf(name) ?? '', cellOf('external_id'));
      if (done !== 'skipped') return done;
      reading.skipped += 1;
      return [];
    },
    finish: rows.finish,
  };
};

/** Returns the layout, or the fault of the header, worded to follow "line 1: header". */
const layoutOf = (names: readonly string[], reading: Reading, context: DateContext): Layout | string => {
  const header = names.map(nameOf);
  const todoist = isTodoist(header);
  const { columns, twice } = columnsOf(names, todoist ? isTodoistColumn : isField, reading);
  if (!todoist && !columns.places.has('title'))
    return 'must have a column `title`, or TYPE and CONTENT as Todoist writes it';
  if (twice.length > 0) return `has a column twice, and only one can be meant: ${twice.join(', ')}`;
  return todoist ? todoistLayout(columns, reading, context) : plainLayout(columns);
};

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
  dialect: Dialect & DateContext,
): AsyncGenerator<FileRow> {
  const read = makeReader(dialect);
  let layout: Layout | undefined;

  const rowsOf = ({ width, add }: Layout, line: number, cells: Cells): FileRow[] =>
    cells.length === width
      ? add(line, cells)
      : [unreadable(line, 'row', `has ${cells.length} columns, and the header ${width}`)];

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
              dialect,
            );
      if (typeof found === 'string') return yield unreadable(line, 'header', found);
      layout = found;
    } else if ('problem' in parsed) {
      yield unreadable(line, 'row', parsed.problem);
    } else {
      yield* rowsOf(layout, line, parsed.cells);
    }
  }
  if (layout !== undefined) yield* layout.finish();
}

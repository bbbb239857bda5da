import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import type { Reading } from './json-rows.ts';
import { type FileRow, fields, givenAnew, type RawRow, toRow, unreadable } from './rows.ts';

const largestRecord = 1_000_000;

/** Where a row's values stand, by the header. */
interface Layout {
  readonly width: number;
  readonly places: ReadonlyMap<keyof RawRow, number>;
  /** In a file of Todoist's: where it says what kind of row it is. */
  readonly kind: number | undefined;
}

// https://todoist.com/help/articles/format-a-csv-file-to-import-into-todoist-UVUXTmm6 has the columns: TYPE, CONTENT,
// DESCRIPTION, PRIORITY, INDENT, AUTHOR, RESPONSIBLE, DATE, DATE_LANG, TIMEZONE, DURATION, DURATION_UNIT; newer files
// have DEADLINE, DEADLINE_LANG besides, and some `meta` and IS_COLLAPSED. What matters here are the first three.
const isTodoist = (header: readonly string[]) => header.includes('type') && header.includes('content');

const layoutOf = (names: readonly string[], { idColumn, ignored }: Reading): Layout => {
  const header = names.map((name) => name.trim().toLowerCase());
  const todoist = isTodoist(header);
  const places = new Map<keyof RawRow, number>();
  for (const [index, name] of header.entries()) {
    const field = todoist && name === 'content' ? 'title' : fields.find((one) => one === name);
    if (name === idColumn.trim().toLowerCase()) places.set('external_id', index);
    else if (field !== undefined && !places.has(field)) places.set(field, index);
    else if (name !== '' && !givenAnew.includes(name) && !(todoist && name === 'type'))
      ignored.add(names[index] as string);
  }
  return { width: header.length, places, kind: todoist ? header.indexOf('type') : undefined };
};

const rawOf = ({ places }: Layout, record: readonly (string | null)[]): RawRow =>
  Object.fromEntries([...places].map(([field, index]) => [field, record[index]]));

const why = (error: CsvError): string => error.message.replace(/ (at|on) line \d+.*$/s, '');

/**
 * The rows of a CSV file with a header. Its delimiter is a comma, a semicolon or a tab, whichever the header has most of.
 * A row that does not go with the header is told of, and the next one read; after one that cannot be read nothing is.
 */
export async function* readCsv(
  text: AsyncIterable<string>,
  reading: Reading,
  delimiter: string,
): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: largestRecord,
    // `""` is a text that is empty, nothing at all is no text.
    cast: (value, { quoting }) => (value === '' && !quoting ? null : value),
  });
  // The parser passes on the error of what it reads from.
  pipeline(Readable.from(text), parser, () => {});
  let layout: Layout | undefined;
  let end = { lines: 0, empty_lines: 0 };
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: (string | null)[]; info: typeof end }>) {
      const line = end.lines + 1 + (info.empty_lines - end.empty_lines);
      end = info;
      if (layout === undefined) {
        layout = layoutOf(
          record.map((name) => name ?? ''),
          reading,
        );
        if (layout.places.has('title')) continue;
        return yield unreadable(line, 'header', 'must have a column `title`, or TYPE and CONTENT as Todoist writes it');
      }
      if (layout.kind !== undefined && record[layout.kind] !== 'task') reading.skipped += 1;
      else if (record.length === layout.width) yield { line, row: toRow(rawOf(layout, record)) };
      else yield unreadable(line, 'row', `has ${record.length} columns, and the header ${layout.width}`);
    }
  } catch (error) {
    if (!(error as CsvError).code?.startsWith('CSV_')) throw error;
    yield unreadable(end.lines + 1, 'row', `cannot be read, nor can what follows: ${why(error as CsvError)}`);
  }
}

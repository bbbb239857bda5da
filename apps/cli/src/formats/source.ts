import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import { CommandExit, printNotice } from '../output/output.ts';
import { shown } from '../output/terminal.ts';
import { io } from '../runtime/io.ts';
import { readCalendar } from './calendar/read-calendar.ts';
import { readCsv } from './csv/csv-rows.ts';
import { readJsonArray } from './json/json-array.ts';
import { readJsonLines } from './json/json-rows.ts';
import type { DateContext, FileRow, Reading } from './rows.ts';
import { decodeUtf8, lineEndOf } from './text.ts';

/** The input formats. */
export const readable = ['json', 'ndjson', 'csv', 'ics'] as const;
export type ReadableFormat = (typeof readable)[number];

/** An open file of tasks. */
export interface Source {
  /** Its size in bytes; unknown for a pipe. */
  readonly size: number | undefined;
  /** Returns the number of bytes read so far. */
  read(): number;
  /** Reads it once. */
  rows(context: DateContext): AsyncIterable<FileRow>;
  /** Closes it, read or not: an open pipe would keep the process running. */
  close(): void;
}

// sysexits.h: EX_NOINPUT
const noInputExitCode = 66;

const openBytes = async (file: string): Promise<{ stream: Readable; size: number | undefined }> => {
  if (file === '-') return { stream: io().stdin, size: undefined };
  try {
    const handle = await open(file);
    const stats = await handle.stat();
    if (stats.isDirectory()) throw new Error('it is a folder');
    return {
      stream: handle.createReadStream({ highWaterMark: 256 * 1024 }),
      size: stats.isFile() ? stats.size : undefined,
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    printNotice(`${shown(file)} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}.`);
    throw new CommandExit(noInputExitCode);
  }
};

const byExtension: Readonly<Record<string, ReadableFormat>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ics': 'ics',
};

const byBeginning = (text: string): ReadableFormat => {
  if (/^\s*BEGIN:VCALENDAR/i.test(text)) return 'ics';
  if (/^\s*\[/.test(text)) return 'json';
  return /^\s*\{/.test(text) ? 'ndjson' : 'csv';
};

const readers = { json: readJsonArray, ndjson: readJsonLines, csv: readCsv, ics: readCalendar };

const delimiterOf = (text: string): string => {
  const [header = ''] = text.replace(/^[\r\n]+/, '').split(/[\r\n]/, 1);
  const often = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (often(one) > often(best) ? one : best));
};

/**
 * Opens a file of tasks, or standard input for `-`, and reads it on demand.
 * @param format the format; by default detected from the file's name or content
 * @param signal aborts reading, with an AbortError
 * @throws CommandExit if the file cannot be read, after printing why
 */
export const openSource = async (
  file: string,
  format: ReadableFormat | undefined,
  reading: Reading,
  signal: AbortSignal,
): Promise<Source> => {
  const { stream, size } = await openBytes(file);
  addAbortSignal(signal, stream);
  let read = 0;

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      read += bytes.length;
      yield bytes;
    }
  }

  async function* rows(context: DateContext): AsyncGenerator<FileRow> {
    const pieces = decodeUtf8(counted());
    let beginning = '';
    // Read enough to detect the format: more than leading white space.
    while (!beginning.trim().includes('\n') && beginning.length < 64 * 1024) {
      const { value, done } = await pieces.next();
      if (done) break;
      beginning += value;
    }
    async function* whole() {
      yield beginning;
      yield* pieces;
    }
    const kind = format ?? byExtension[extname(file).toLowerCase()] ?? byBeginning(beginning);
    const dialect = { delimiter: delimiterOf(beginning), lineEnd: lineEndOf(beginning), ...context };
    yield* readers[kind](whole(), reading, dialect);
  }

  return { size, read: () => read, rows, close: () => void stream.destroy() };
};

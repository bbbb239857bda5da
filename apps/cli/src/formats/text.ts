import { isUtf8 } from 'node:buffer';

/** A line of a file. */
export interface Line {
  /** Its number, from 1. */
  readonly number: number;
  /** With its line end; only the beginning of a line that is too long. */
  readonly text: string;
  readonly isTooLong: boolean;
}

/** What ends a line: `\r` only in a file in which a carriage return alone ends the first line. */
export type LineEnd = '\n' | '\r';

/** How a file's lines end, by its beginning. `\r\n` counts as `\n`. */
export const lineEndOf = (beginning: string): LineEnd => (/\r(?!\n)|\n/.exec(beginning)?.[0] === '\r' ? '\r' : '\n');

/** Upper bound for one row, in UTF-16 units: no spelling of a task is longer, and what is must not fill the memory. */
export const largestRow = 1_000_000;

/** The lines of a text, those of a piece at a time. Of a line longer than `largestRow` the rest is skipped. */
export async function* readLines(pieces: AsyncIterable<string>, end: LineEnd): AsyncGenerator<Line[]> {
  let rest = '';
  let number = 1;
  let isSkipping = false;
  for await (const piece of pieces) {
    const lines: Line[] = [];
    const text = rest + piece;
    let from = 0;
    for (let at = text.indexOf(end, rest.length); at >= 0; at = text.indexOf(end, from)) {
      if (!isSkipping) lines.push(lineOf(number, text.slice(from, at + 1)));
      isSkipping = false;
      number += 1;
      from = at + 1;
    }
    rest = isSkipping ? '' : text.slice(from);
    if (rest.length > largestRow) {
      lines.push(lineOf(number, rest));
      isSkipping = true;
      rest = '';
    }
    yield lines;
  }
  if (rest !== '') yield [lineOf(number, rest)];
}

const lineOf = (number: number, text: string): Line => {
  const isTooLong = text.length > largestRow;
  return { number, text: isTooLong ? text.slice(0, largestRow) : text, isTooLong };
};

// A character of UTF-8 (RFC 3629), in bytes read as Latin-1; else a byte that is of none.
const sequence =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

const decodeLossless = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(sequence, (one) =>
      one.length === 1 ? String.fromCharCode(0xdc00 + one.charCodeAt(0)) : Buffer.from(one, 'latin1').toString('utf8'),
    );

/** How many bytes at the end begin a character that is not complete. */
const incompleteAtEnd = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
};

/**
 * Decodes UTF-8. A byte that is of no character becomes half of a surrogate pair, U+DC80 to U+DCFF, as in Python's
 * `surrogateescape`: UTF-8 has no such thing, so the rows with such bytes can be told from the others.
 */
export async function* decodeUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pending: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const decode = (bytes: Buffer): string => {
    const text = isUtf8(bytes) ? bytes.toString() : decodeLossless(bytes);
    const isMarked = isFirst && text.startsWith('\ufeff');
    if (text !== '') isFirst = false;
    return isMarked ? text.slice(1) : text;
  };
  for await (const chunk of chunks) {
    const bytes = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    const complete = bytes.length - incompleteAtEnd(bytes);
    pending = bytes.subarray(complete);
    yield decode(bytes.subarray(0, complete));
  }
  if (pending.length > 0) yield decode(pending);
}

/** Whether a piece of what `decodeUtf8` gave was UTF-8. */
export const wasUtf8 = (text: string): boolean => text.isWellFormed();

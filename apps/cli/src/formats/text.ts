import { isUtf8 } from 'node:buffer';

/** A line of a file. */
export interface Line {
  /** Its number, from 1. */
  readonly number: number;
  /** Including its line break; only the beginning of a line that is too long. */
  readonly text: string;
  readonly isTooLong: boolean;
}

/** The line break: `\r` only in a file whose first line ends with a carriage return alone. */
export type LineEnd = '\n' | '\r';

/** Detects a file's line break from its beginning. `\r\n` counts as `\n`. */
export const lineEndOf = (beginning: string): LineEnd => (/\r(?!\n)|\n/.exec(beginning)?.[0] === '\r' ? '\r' : '\n');

/** Maximum length of a row in UTF-16 units: longer than any valid task, and a bound for the memory used. */
export const largestRow = 1_000_000;

/** Splits a text into lines, piece by piece. The rest of a line longer than `largestRow` is skipped. */
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

// A UTF-8 character (RFC 3629) in bytes decoded as Latin-1, or a byte that is not part of one.
const sequence =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

const decodeLossless = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(sequence, (one) =>
      one.length === 1 ? String.fromCharCode(0xdc00 + one.charCodeAt(0)) : Buffer.from(one, 'latin1').toString('utf8'),
    );

/** Returns the number of bytes at the end that begin an incomplete character. */
const incompleteAtEnd = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
};

/**
 * Decodes UTF-8. An invalid byte becomes a lone surrogate, U+DC80 to U+DCFF, as in Python's `surrogateescape`: valid
 * UTF-8 never contains one, so that rows with invalid bytes can be recognized.
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

/** Whether a text from `decodeUtf8` was valid UTF-8. */
export const wasUtf8 = (text: string): boolean => text.isWellFormed();

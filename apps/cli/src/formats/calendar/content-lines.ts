// The lines of iCalendar (RFC 5545). Libraries that write it build the whole calendar in memory.

const maxLineOctets = 75;

/** Folds a line at 75 octets, never within a character (section 3.1), and ends it. */
export const folded = (line: string): string => {
  // Fast path: a UTF-16 unit takes at most three octets in UTF-8.
  if (line.length * 3 <= maxLineOctets || Buffer.byteLength(line) <= maxLineOctets) return `${line}\r\n`;
  let text = '';
  let room = maxLineOctets;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      text += '\r\n ';
      room = maxLineOctets - 1;
    }
    text += character;
    room -= octets;
  }
  return `${text}\r\n`;
};

/** Escapes a text value (section 3.3.11). Line breaks become `\n`; other control characters are removed. */
export const escaped = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** Formats `2026-11-20T09:30:00.123Z` as a UTC date-time (section 3.3.5), which has no milliseconds. */
export const utcStamp = (instant: string): string => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`;

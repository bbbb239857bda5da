// Spellings that look like what is asked for. Each list is a place to add to when a new one is met in the field.
import fc from 'fast-check';

/** Numbers as text: those that a lenient parser takes, and those that a strict one must survive. */
export const numbers = [
  ...['Infinity', '-Infinity', '+Infinity', 'NaN', 'infinity', 'nan', 'null', 'undefined', 'true', ''],
  ...['+1', '-1', '-0', '+0', '--1', '01', '00', '1.', '.5', '1.0', '1.5', '1,000', '1_000', '1 000', '1n', '1l', '1f'],
  ...[' 1', '1 ', '\t1', '1\n', '\u00a01', '\u20281', '\ufeff1', '1\u200b', '\0', '1\0', '"1"', "'1'", '[1]', '{}'],
  ...[
    '1e2',
    '1E2',
    '1e+2',
    '1e-2',
    '1e0',
    '1e400',
    '-1e400',
    '1e-400',
    '0x10',
    '0X1F',
    '0b1',
    '0o7',
    '010',
    '1e',
    'e1',
  ],
  ...['١', '１', '１２', '१', '²', '½', 'Ⅳ', '一'],
  ...['2147483647', '2147483648', '-2147483648', '4294967296', '9007199254740993', '9223372036854775808'],
  ...['18446744073709551616', '9'.repeat(40), '9'.repeat(400), `1${'0'.repeat(309)}`, `0.${'0'.repeat(300)}1`],
  ...['1;2', '1,2', '1|2', '1/2', '1-1', '1+1', '1 or 1=1', "1'--", '$1', '%31', '1%00'],
];

/** Booleans as text. */
export const booleans = ['TRUE', 'True', 'False', 't', 'f', 'yes', 'no', 'on', 'off', '1', '0', ' true', 'true ', ''];

/** Points in time as text, from the plain to those outside every calendar. */
export const instants = [
  ...[
    '2026-11-20T09:30:00.123Z',
    '2026-11-20T09:30:00Z',
    '2026-11-20 09:30:00.123Z',
    '2026-11-20',
    '2026-11-20T24:00Z',
  ],
  ...['2026-11-20T09:30:00.123+01:00', '2026-11-20T09:30:60.000Z', '2026-02-30T00:00:00.000Z', '20261120T093000Z'],
  ...[
    '0000-01-01T00:00:00.000Z',
    '0001-01-01T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ],
  ...['+010000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '-271821-04-20T00:00:00.000Z', '1e3', 'now'],
  ...['infinity', '-infinity', 'epoch', 'today', 'Invalid Date', '', '1763631000123'],
];

/** Dates as HTTP headers have them. */
export const httpDates = [
  ...['Fri, 20 Nov 2026 09:30:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Friday, 20-Nov-26 09:30:00 GMT'],
  ...['Fri Nov 20 09:30:00 2026', 'Fri, 32 Nov 2026 09:30:00 GMT', 'Fri, 20 Nov 99999 09:30:00 GMT', '0', '', 'x'],
  ...instants.slice(0, 4),
];

/** Texts that go wrong between a client and a column. */
export const texts = [
  ...[
    '',
    ' ',
    '\t\n',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\0',
    'a\0b',
    '\ud800',
    '\udc00x',
    '\ud83d',
    '😀',
    '👩🏽‍🚀',
    'é',
    'e\u0301',
  ],
  ...['%', '_', '\\', '\\\\', "'", '"', '`', '%s', '%_%', '#{x}', '$1', '{{x}}', '<b>', '--', ';', '*', '/', '../..'],
  ...[
    'null',
    'undefined',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    'ı',
    'İ',
    'ß',
    'ǅ',
    '\u202ex',
    '\u2028',
    '\u0085',
  ],
  ...['x'.repeat(100), 'x'.repeat(101), 'x'.repeat(200), 'x'.repeat(201), '😀'.repeat(200), 'ﷺ'.repeat(200)],
  ...['x'.repeat(1000), 'x'.repeat(1001), '😀'.repeat(1000), '\u0390'.repeat(1000), 'İ'.repeat(100)],
];

/** A word as somebody writes it who has not looked it up. */
export const misspelt = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...[
      word.toUpperCase(),
      word.charAt(0).toUpperCase() + word.slice(1),
      ` ${word}`,
      `${word} `,
      `${word}s`,
      `${word}_`,
    ],
    ...[
      word.slice(1),
      word.slice(0, -1),
      word.replaceAll('_', ''),
      word.replaceAll('_', '-'),
      `${word}[]`,
      `${word}\0`,
    ],
    ...[word.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()), `${word},${word}`, `"${word}"`, ''],
  );

/** Percent-escapes that no encoder writes: cut short, not hexadecimal, not UTF-8, overlong, a surrogate. */
export const brokenEscapes = [
  '%',
  '%2',
  '%zz',
  '%u0041',
  '%FF',
  '%C0%AF',
  '%E0%A4',
  '%ED%A0%80',
  '%F5%80%80%80',
  '%80',
];

/** Escapes that are well-formed and mean something to somebody. */
export const oddEscapes = [
  '%00',
  '%0A',
  '%0D%0A',
  '%20',
  '%23',
  '%25',
  '%252F',
  '%26',
  '%2B',
  '%2E',
  '%2F',
  '%3B',
  '%3F',
  '%5C',
  '%7F',
];

/** Any text that may stand where one is asked for. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

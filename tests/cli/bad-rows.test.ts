import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

// Whatever is wrong with a row of a file, the others are imported, and it is told by its line.

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);
const folder = mkdtempSync(join(tmpdir(), 'taskward-rows-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

/** Imports a file of this content. */
const importing = async (name: string, content: string | Buffer) => {
  const user = aUser();
  const path = join(folder, name);
  writeFileSync(path, content);
  const { code, out, err } = await taskward(['import', path, '--json', '--user', user]);
  const found = await walk(tasks, user, aQuery({ sort: sortedBy('created_at') }));
  const refused = err
    .split('\n')
    .map((line) => /^line (\d+): (.*)/.exec(line))
    .flatMap((match) => (match === null ? [] : [[Number(match[1]), match[2] as string] as const]));
  const titles = found.sort((a, b) => a.id - b.id).map(({ title }) => title);
  return { code, titles, refused, imported: out === '' ? undefined : JSON.parse(out).imported, err };
};

interface Case {
  readonly content: string | Buffer;
  readonly titles: readonly string[];
  readonly refused: readonly (readonly [line: number, why: RegExp])[];
}

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

const inQuotes = /^row has a quote within a value: put the value in quotes/;
const goesOn = /^row goes on after a closing quote/;
const notClosed = /^row has a quote that is never closed$/;
const notUtf8 = /is not UTF-8: save the file as UTF-8 and import it again$/;
const tooLong = 'x'.repeat(1_100_000);
const many = Array.from({ length: 3_000 }, (_, n) => `Task ${n}`);

const cases: Record<string, Case> = {
  'quotes.csv': {
    content:
      '\ufefftitle,completed\r\nOne,1\r\nTV 27",0\r\n\r\n"Two\r\nlines",1\r\n"x"y,1\r\n"Swallows\r\nThree,1\r\n"a\r\nb","c"d\r\n"""Four""",\r\n',
    titles: ['One', 'Two\r\nlines', 'Three', '"Four"'],
    refused: [
      [3, inQuotes],
      [7, goesOn],
      [8, goesOn],
      [10, goesOn],
      [11, inQuotes],
    ],
  },
  'late.csv': {
    content: 'title\nOne\n"Two\n"\nThree\n"Four',
    titles: ['One', 'Two', 'Three'],
    refused: [[6, notClosed]],
  },
  'first.csv': { content: 'title\na"b\nOne\nTwo\n', titles: ['One', 'Two'], refused: [[2, inQuotes]] },
  'many.csv': {
    content: `external_id,title\n${many.map((title, n) => (n % 1_000 === 999 ? `${n},a "b` : `${n},${title}`)).join('\n')}`,
    titles: many.filter((_, n) => n % 1_000 !== 999),
    refused: [
      [1_001, inQuotes],
      [2_001, inQuotes],
      [3_001, inQuotes],
    ],
  },
  'cells.tsv': {
    content: 'title\tcompleted\nOne\tyes\nTwo\nThree\tno\tmore\nTwo" tubes\tno\nFour\t\n',
    titles: ['One', 'Four'],
    refused: [
      [3, /^row has 1 columns, and the header 2$/],
      [4, /^row has 3 columns, and the header 2$/],
      [5, inQuotes],
    ],
  },
  'old-mac.csv': {
    content: 'title\rOne\r"Two\rlines"\ra"\rThree',
    titles: ['One', 'Two\rlines', 'Three'],
    refused: [[5, inQuotes]],
  },
  'blank-lines-first.csv': { content: '\r\n\r\nTitle;Done\r\nOne;1', titles: ['One'], refused: [] },
  'bytes.csv': {
    content: bytes(
      ...['title\nGrün\nA', 0xfc, '\nB\0\n"C', 0xe2, 0x82, '\nx"\n', '€\ufffd\n', 0xed, 0xa0, 0x80, '\nD', 0xf0, 0x9f],
    ),
    titles: ['Grün', '€\ufffd'],
    refused: [
      [3, notUtf8],
      [4, /^title must not contain the NUL character/],
      [5, notUtf8],
      [8, notUtf8],
      [9, notUtf8],
    ],
  },
  'too-long.csv': {
    content: `title\nOne\n${tooLong}\nTwo\n"${tooLong}\n"\nThree\n`,
    titles: ['One', 'Two', 'Three'],
    refused: [
      [3, /^row is too long to be a task$/],
      [5, /^row is too long to be a task$/],
      [6, /^row /],
    ],
  },
  'twice.csv': { content: 'title,Title\na,b\n', titles: [], refused: [[1, /^header has a column twice, .*: Title$/]] },
  'utf-16.csv': { content: Buffer.from('\ufefftitle\nOne\n', 'utf16le'), titles: [], refused: [[1, notUtf8]] },
  'lines.ndjson': {
    content: bytes(
      '\ufeff{"title":"One"}\r\n{"title":"a\r\n\r\n{"title":"\\ud800"}\n{"title":"\\u0000"}\n{"title":"A',
      0xfc,
      '"}\n{"title":"a\0"}\n',
      `{"title":"${tooLong}"}\n{"title":"Two"}{"title":"x"}\n{"title":"Three"},\n{"title":"Four"}\n{"title":`,
    ),
    titles: ['One', 'Four'],
    refused: [
      [2, /^task is not JSON: /],
      [4, /^title must be well-formed Unicode/],
      [5, /^title must not contain the NUL character/],
      [6, notUtf8],
      [7, /^task is not JSON: /],
      [8, /^line is too long to be a task$/],
      [9, /^task is not JSON: /],
      [10, /^task is not JSON: /],
      [12, /^task is not JSON: /],
    ],
  },
  'array.json': {
    content: bytes(
      '\ufeff[\r\n{"title":"One"},\r\n{"title":"open},\r\n{"title":"Two"},{"title":"\\udc00"},\r\n{"title":"x"}},\r\n{"title":"A',
      0xfc,
      `"},\r\n{"title":"Three"},\r\n{"title":"y",\r\n{"title":"Four"},\r\n{"title":"${tooLong}"},\r\n{"title":"z",\r\n`,
      '  "tags":[{"title":"no"}, {"title":"no"}\r\n},\r\n{"title":"Five","t":[1,{}]},\r\n{"title":"last}\r\n]\r\n',
    ),
    titles: ['One', 'Two', 'Three', 'Four', 'Five'],
    refused: [
      [3, /^task is not JSON: a text must end on its line; what follows on the line is not read$/],
      [4, /^title must be well-formed Unicode/],
      [5, /^task is not JSON: its brackets do not match/],
      [6, notUtf8],
      [8, /^task is too long to be a task/],
      [10, /^task is too long to be a task/],
      [11, /^task is not JSON: its brackets do not match/],
      [15, /^task is not JSON: a text must end on its line/],
    ],
  },
  'indented.json': {
    content: JSON.stringify(
      [{ title: 'One' }, { title: 'broken', tags: [{ title: 'no' }, { title: 'no' }] }, { title: 'Two' }],
      undefined,
      2,
    ).replace('broken"', 'broken'),
    titles: ['One', 'Two'],
    refused: [[5, /^task is not JSON: a text must end on its line/]],
  },
  'cut-off.json': {
    content: '[{"title":"One"},\n{"title":"Two"},\n{"title":"Thr',
    titles: ['One', 'Two'],
    refused: [[3, /^task is not JSON: it does not end before the file does/]],
  },
};

for (const [name, { content, titles, refused }] of Object.entries(cases)) {
  t.test(name, async (t) => {
    const got = await importing(name, content);
    t.strictSame(got.titles, titles, got.err);
    t.strictSame(
      got.refused.map(([line]) => line),
      refused.map(([line]) => line),
      got.err,
    );
    for (const [index, [, why]] of refused.entries()) t.match(got.refused[index]?.[1], why);
    t.strictSame([got.code, got.imported], [refused.length > 0 ? 65 : 0, titles.length]);
  });
}

t.test('a number that names a row is read as it is spelled, or refused', async (t) => {
  const taken = ['1234567890123456789', '1234567890123456788', '-1', '1', '0', '2.5', '1000', '9007199254740993'];
  const refused = ['1.0', '-0', '1e3', '1e400', '2.50', '-1e-400', '1E2', '12345678901234567.5'];
  const spelled = [...taken, ...refused, ...taken];
  const rows = spelled.map((id) => `{"external_id": ${id}, "title": "${id}", "x": {"external_id": 7}}`);
  for (const [name, content] of [
    ['ids.ndjson', rows.join('\n')],
    ['ids.json', `[${rows.join('\n,')}]`],
  ] as const) {
    const got = await importing(name, content);
    t.strictSame([got.code, got.titles], [65, taken], name);
    t.strictSame(
      got.refused,
      refused.map((_, n) => [
        taken.length + n + 1,
        'external_id must be a text, or a number in plain digits such as 1 or 2.5: put others in quotes',
      ]),
      name,
    );
    t.match(got.err, new RegExp(`${taken.length} were imported before`), 'and it is the same number the next time');
  }
  const asTexts = taken.map((id) => `${id},${id}`).join('\n');
  t.strictSame((await importing('ids.csv', `external_id,title\n${asTexts}`)).titles, taken, 'as in CSV');
});

t.test('no other field takes a number for what it is not', async (t) => {
  const fields = [
    '"title": 1e400',
    '"title": "x", "description": 12345678901234567890',
    '"title": "x", "completed": 1',
  ];
  const times = ['"title": "x", "created_at": 1764236000000', '"title": "x", "updated_at": 0'];
  const got = await importing('numbers.ndjson', [...fields, ...times].map((one) => `{${one}}`).join('\n'));
  t.strictSame([got.code, got.titles, got.refused.map(([line]) => line)], [65, [], [1, 2, 3, 4, 5]]);
});

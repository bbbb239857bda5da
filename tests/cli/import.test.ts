import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import type { UserId } from '@taskward/domain';
import t from 'tap';
import { anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, aStarter, refused } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);
const start = aStarter(t, url);

const folder = mkdtempSync(join(tmpdir(), 'taskward-import-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));
const aFile = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const all = (owner: UserId) => walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }));
const titles = async (owner: UserId) => (await all(owner)).map(({ title }) => title).sort();

/** Imports, and says how it ended; the counts are what `--json` prints. */
const importing = async (file: string, user: UserId, ...args: string[]) => {
  const { code, out, err } = await taskward(['import', file, '--json', '--user', user, ...args]);
  const { imported, known, refused: bad, skipped } = JSON.parse(out);
  return { code, counts: [imported, known, bad, skipped], err: err.trimEnd().split('\n') };
};

t.test('JSON, JSON lines and CSV are told apart, and read alike', async (t) => {
  const rows = [
    { external_id: 'a', title: ' One ', description: 'x', completed: true, created_at: '2026-01-02T03:04:05+02:00' },
    { external_id: 2, title: 'Two', description: null, created_at: '2026-01-02', updated_at: '2026-02-03 04:05:06.7Z' },
    { external_id: 'c', title: '"Three", ;\n[{' },
  ];
  const csv = (d: string) =>
    [
      ['Completed', 'TITLE', 'description', 'external_id', 'created_at', 'updated_at'].join(d),
      ['yes', ' One ', 'x', 'a', '2026-01-02T03:04:05+02:00', ''].join(d),
      ['0', 'Two', '', '2', '2026-01-02', '2026-02-03 04:05:06.7Z'].join(d),
      ['', '"""Three"", ;\n[{"', '', 'c', '', ''].join(d),
      '',
    ].join('\r\n');
  const files = {
    'a.json': JSON.stringify(rows, undefined, 2),
    'without-extension': `\n ${JSON.stringify(rows)}`,
    'b.jsonl': rows.map((row) => JSON.stringify(row)).join('\r\n'),
    lines: `${rows.map((row) => JSON.stringify(row)).join('\n\n')}\n`,
    'c.csv': `\ufeff${csv(',')}`,
    semicolons: csv(';'),
    'd.tsv': csv('\t'),
  };
  await Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      const user = aUser();
      const path = aFile(name, content);
      t.strictSame(await importing(path, user), { code: 0, counts: [3, 0, 0, 0], err: ['Imported 3 tasks.'] }, name);
      const [one, two, three] = (await all(user)).sort((a, b) => a.id - b.id);
      t.match(one, { title: 'One', description: 'x', completed: true, createdAt: '2026-01-02T01:04:05.000Z' }, name);
      t.equal(one?.updatedAt, one?.createdAt, `${name}: it has not changed since`);
      const times = { createdAt: '2026-01-02T00:00:00.000Z', updatedAt: '2026-02-03T04:05:06.700Z' };
      t.match(two, { title: 'Two', description: null, completed: false, ...times }, name);
      t.match(three, { title: '"Three", ;\n[{', description: null }, name);
      t.ok(Date.now() - Date.parse(three?.createdAt as string) < 120_000, `${name}: what has no time is of now`);
      const again = { code: 0, counts: [0, 3, 0, 0], err: ['Imported 0 tasks; 3 were imported before.'] };
      t.strictSame(await importing(path, user), again, `${name}, again`);
    }),
  );
});

t.test('what was imported once is not imported again, whatever became of it', async (t) => {
  const user = aUser();
  const line = (n: number) => JSON.stringify({ key: `k${n}`, title: `Task ${n}` });
  const first = aFile('first.ndjson', [1, 2, 3].map(line).join('\n'));
  t.strictSame((await importing(first, user, '--id-column', 'key')).counts, [3, 0, 0, 0]);
  await tasks.remove(user, 1, anOrigin());
  await taskward(['edit', '2', '--title', 'Mine', '--user', user]);
  const later = aFile('later.ndjson', [5, 3, 4, 1, 2, 5].map(line).join('\n'));
  t.strictSame((await importing(later, user, '--id-column', 'key', '--dry-run')).counts, [2, 4, 0, 0]);
  t.strictSame(await titles(user), ['Mine', 'Task 3'], 'a dry run stores nothing');
  t.strictSame((await importing(later, user, '--id-column', 'key')).counts, [2, 4, 0, 0], 'also twice in one file');
  t.strictSame(await titles(user), ['Mine', 'Task 3', 'Task 4', 'Task 5']);
  const other = aUser();
  t.strictSame(
    (await importing(first, other, '--id-column', 'key')).counts,
    [3, 0, 0, 0],
    'for another user they are new',
  );
  const endings = await Promise.all([1, 2, 3].map(() => importing(first, aUser()).then(({ err }) => err.at(-1))));
  const warning = '3 have no `external_id`: importing the same again would add them again.';
  t.strictSame(endings, [warning, warning, warning]);
});

t.test('rows that are refused are told by their line, and the others imported', async (t) => {
  const json = [
    '[',
    '  {"title": "One"}, {"title": " "},',
    '  {"title": "Two", "completed": "perhaps",',
    '   "description": 7, "created_at": "yesterday"},',
    '  "text", {"title": "x"} "y", {bad}, {"title": "Late", "created_at": "2999-01-01T00:00:00Z"},',
    '  {"title": "Early", "created_at": "1899-12-30", "updated_at": "2026-02-30"},',
    '  {"title": "Three"}',
  ].join('\n');
  const csv = 'title,completed\n\nOne,true\n,\n"a\nb\nc",no,\nTwo,maybe\nThree,\n"Four\nFive,1\n';
  const table: [name: string, text: string | Buffer, imported: string[], lines: RegExp[]][] = [
    [
      'array.json',
      json,
      ['One', 'Three'],
      [
        /^line 2: title must not be empty$/,
        /^line 3: description must be a text; completed must be `true` or `false`; created_at must be a time with its zone, such as /,
        /^line 5: task must be a JSON object with a `title`$/,
        /^line 5: task is not JSON: /,
        /^line 5: task is not JSON: /,
        /^line 5: created_at must not be in the future: it is /,
        /^line 6: updated_at must be a time/,
        /^line 7: file ends before its JSON array does$/,
      ],
    ],
    ['none.json', '{"title": "x"}', [], [/^line 1: file must be a JSON array of tasks$/]],
    ['more.json', '[{"title": "x"}]\n[]', ['x'], [/^line 2: file goes on after its JSON array$/]],
    [
      'lines.ndjson',
      '{"title":"x"}\n\nnope\n[1]\n{"title":"y"}',
      ['x', 'y'],
      [/^line 3: task is not JSON/, /^line 4: task must be/],
    ],
    [
      'rows.csv',
      csv,
      ['One', 'Three', 'Five'],
      [
        /^line 4: title must not be empty$/,
        /^line 5: row has 3 columns, and the header 2$/,
        /^line 8: completed must be/,
        /^line 10: row has a quote that is never closed$/,
      ],
    ],
    ['header.csv', 'name;done\nx;y\n', [], [/^line 1: header must have a column `title`, or TYPE and CONTENT/]],
    [
      'latin1.csv',
      Buffer.concat([Buffer.from('title\nOne\n'), Buffer.from([0x47, 0xfc, 0x0a])]),
      ['One'],
      [/^line 3: row is not UTF-8: save the file as UTF-8/],
    ],
    [
      'times.csv',
      `title,created_at\n${['2026-13-01', '2026-01-01T10:00', '2026-01-01T25:00Z', '20260101'].map((time) => `x,${time}`).join('\n')}`,
      [],
      Array(4).fill(/^line \d: created_at must be a time/),
    ],
    [
      'long.csv',
      `title,external_id\n${'x'.repeat(201)},${'y'.repeat(256)}\n`,
      [],
      [/^line 2: title must be at most 200 characters long, and has 201; external_id must be at most 255/],
    ],
  ];
  await Promise.all(
    table.map(async ([name, text, imported, lines]) => {
      const user = aUser();
      const { code, err, counts } = await importing(aFile(name, text), user);
      t.equal(code, 65, name);
      t.strictSame(await titles(user), imported.toSorted(), name);
      t.strictSame(counts.slice(0, 3), [imported.length, 0, lines.length], name);
      lines.forEach((line, index) => {
        t.match(err[index], line, name);
      });
    }),
  );
  const nowhere = join(folder, 'not-there.csv');
  t.strictSame(
    await taskward(['import', nowhere, '--user', 'ada']),
    refused(66, `${nowhere} cannot be read: there is no such file.`),
  );
});

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `{"external_id":"x${from + n}","title":"Task ${from + n}"}\n`).join('');

t.test(
  'Ctrl-C stops between two batches, and the same command goes on where it was',
  { timeout: 240_000 },
  async (t) => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const user = aUser();
      const { child, ending } = start(['import', '-', '--user', user]);
      child.stdin.write(rows(0, 2_500));
      const count = async () => (await tasks.list(user, aQuery({ limit: 1, count: true }))).total;
      while ((await count()) !== 2_000) await new Promise((resolve) => setTimeout(resolve, 50));
      child.kill(signal);
      const { code, out, err } = await ending;
      t.strictSame([code, out], [exitCode, '']);
      t.match(err, /^Stopped\. What is imported stays/);
      t.match(err, /\nImported 2,000 tasks\.\n$/);
      t.equal(await count(), 2_000, 'nothing is half done');
      const again = start(['import', '-', '--user', user]);
      again.child.stdin.end(rows(0, 2_500));
      t.match(await again.ending, { code: 0, err: 'Imported 500 tasks; 2,000 were imported before.\n' });
      t.equal(await count(), 2_500);
    }
  },
);

t.test('what an import says does not steer the terminal', async (t) => {
  const file = aFile('evil.csv', 'title,\u001b[31mred\u202e\n,\u001b]0;x\u0007\n');
  const { err } = await importing(file, aUser());
  t.notMatch(err.join(''), /[\p{Cc}\u202e]/u);
  t.match(err.join(' '), /\\u001b\[31mred\\u202e/);
});

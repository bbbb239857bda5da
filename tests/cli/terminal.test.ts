import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import type { TaskContent } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser, changing } from '../support/builders.ts';
import { aSharedDatabase, aStarter } from '../support/processes/command-line.ts';
import { findProgram, missingProgram } from '../support/processes/programs.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });

const columns = 60;
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

// `script`, of util-linux, gives a command a terminal, and what appears on it to us.
const withTerminal = { skip: missingProgram('script') ?? false };
const onTerminal = aStarter(t, url, (command) => [
  'TERM=xterm',
  findProgram('script') ?? 'script',
  '--quiet',
  '--return',
  '--command',
  `stty cols ${columns} rows 24; exec ${command.map(quoted).join(' ')}`,
  '/dev/null',
]);

// Moves the cursor to the beginning of the line.
const toBegin = '\u001b[1G';

/** What stands on the lines of the screen in the end: what was written over is gone. */
const screen = (out: string): string[] =>
  out
    .split('\n')
    .map((line) =>
      stripVTControlCharacters(
        line
          .replaceAll(toBegin, '\r')
          .replace(/\r+$/, '')
          .replace(/^.*\r(?=.)/s, ''),
      ),
    )
    .filter((line) => line.trim() !== '');

t.test('a person sees a table that fits the terminal', withTerminal, async (t) => {
  const user = aUser();
  const titles = [
    'Buy milk',
    `Evil \u001b[31mred\u009b1m`,
    'Long '.repeat(39),
    '写一封信给'.repeat(20),
    '👨‍👩‍👧 family',
  ];
  for (const title of titles) await tasks.add(aDraft(user, { title, completed: title === 'Buy milk' }), anOrigin());
  const { code, out } = await onTerminal(['list', '--order', 'asc', '--user', user]).ending;
  t.equal(code, 0);
  t.strictSame(screen(out), [
    '    ID  DONE  TITLE                     PRIORITY  DUE',
    '     1   ✓    Buy milk',
    '     2        Evil \\u001b[31mred\\u009…',
    `     3        ${'Long '.repeat(5).slice(0, 23)}…`,
    `     4        ${'写一封信给'.repeat(4).slice(0, 11)}…`,
    '     5        👨‍👩‍👧 family',
  ]);
  t.ok(out.includes('\u001b[1m    ID'), 'the header is bold');
  const [plain, one, none] = await Promise.all([
    onTerminal(['list', '--user', user], { NO_COLOR: '1' }).ending,
    onTerminal(['done', '2', '99', '--user', user]).ending,
    onTerminal(['list', '--user', aUser()]).ending,
  ]);
  t.notOk(plain.out.includes('\u001b'), 'NO_COLOR');
  t.strictSame(
    [one.code, screen(one.out)],
    [66, ['[x] 2  Evil \\u001b[31mred\\u009b1m', "There is no task 99 among this user's tasks."]],
  );
  t.strictSame(screen(none.out), ['There are no such tasks.']);
});

t.test('a person sees their day, and the next ones', withTerminal, async (t) => {
  const user = aUser();
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const inWords = (days: number, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' }).format(Date.now() + days * 86_400_000);
  const long = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const add = (title: string, days: number, content: Partial<TaskContent> = {}) =>
    tasks.add(aDraft(user, { title, due_date: inDays(days), ...content }), anOrigin());
  await add('Late', -2, { priority: 'high' });
  await add('Long '.repeat(9).trim(), 0, { tags: ['home'], priority: 'urgent', repeat: 'daily' });
  await add('Call', 3, { due_date: `${inDays(3)}T09:30`, tags: ['a\u202eb'] });
  const { code, out } = await onTerminal(['agenda', '--user', user]).ending;
  t.equal(code, 0);
  const late = inWords(-2, { day: 'numeric', month: 'short' });
  t.strictSame(screen(out), [
    `${inWords(0, long)} ${inDays(0).slice(0, 4)}  UTC`,
    'Overdue (1)',
    `${late.padStart(12)}       1  Late                         high`,
    'Today',
    '                   2  Long Long Long Long…  #home  urgent  ↻',
    inWords(3, long),
    '       09:30       3  Call  #a\\u202eb',
  ]);
});

t.test('a person sees how far an import is, and which rows were refused', withTerminal, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskward-terminal-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'tasks.csv');
  const row = (n: number) => (n === 1_500 ? `${n},` : `${n},Task ${n}`);
  writeFileSync(file, `external_id,title\n${Array.from({ length: 6_000 }, (_, n) => row(n)).join('\n')}\n`);
  const user = aUser();
  const { code, out } = await onTerminal(['import', file, '--user', user]).ending;
  t.equal(code, 65);
  t.match(out, /Importing \[ *\] 0 % \| 0/, 'it begins with nothing');
  t.strictSame(screen(out), [
    'line 1502: title must not be empty',
    `Importing [${'='.repeat(30)}] 100 % | 6,000`,
    'Imported 5,999 tasks; 1 row was refused.',
  ]);
  t.ok(out.lastIndexOf('\u001b[?25h') > out.lastIndexOf('\u001b[?25l'), 'the cursor is there again');
  t.equal((await tasks.list(user, aQuery({ limit: 1, count: true }))).total, 5_999);
});

t.test('a person is asked before a user is erased', withTerminal, async (t) => {
  const user = aUser();
  await tasks.add(aDraft(user), anOrigin());
  const answering = async (response: string) => {
    const { child, ending } = onTerminal(['user', 'erase', user]);
    child.stdout.on('data', (text: string) => {
      if (text.includes('Type the id')) child.stdin.write(response);
    });
    const { code, out } = await ending;
    return { code, lines: screen(out).filter((line) => !line.startsWith('Type') && line !== response.trim()) };
  };
  const had = `The user ${user} has 1 task.`;
  const also = 'Erased with them: the trash, the log of all changes, external ids of imports, stored responses.';
  t.strictSame(await answering('somebody else\n'), {
    code: 1,
    lines: [had, also, 'That is not the id: nothing was erased.'],
  });
  for (const ended of ['\u0003', '\u0004']) t.match(await answering(ended), { code: 1 }, 'Ctrl-C, Ctrl-D');
  t.equal((await tasks.get(user, 1)).id, 1);
  t.strictSame(await answering(`${user}\n`), { code: 0, lines: [had, also, `Everything of ${user} is gone.`] });
  await t.rejects(tasks.get(user, 1), { code: 'task/not-found' });
});

t.test('a person reads what was done, with times, and sees what it hides', withTerminal, async (t) => {
  const user = aUser();
  const at = anOrigin();
  await tasks.add(aDraft(user, { title: 'Buy milk' }), at);
  await tasks.add(aDraft(user, { title: 'Long '.repeat(30).trim() }), at);
  await tasks.update(user, 1, changing(user, { title: 'Evil \u001b[31m', description: 'a\nb' }), at);
  await tasks.remove(user, 2, at);
  const shown = async (...args: string[]) => screen((await onTerminal([...args, '--user', user]).ending).out);
  t.strictSame(await shown('log'), [
    ' REVISION  WHEN (UTC)           WHAT        TASK  TITLE',
    '        4  2026-11-20 09:30:00  deleted        2  Long Long…',
    '        3  2026-11-20 09:30:00  updated        1  Evil \\u00… (title, description)',
    '        2  2026-11-20 09:30:00  created        2  Long Long…',
    '        1  2026-11-20 09:30:00  created        1  Evil \\u00…',
  ]);
  t.strictSame(await shown('history', '1'), [
    ' REVISION  WHEN (UTC)           WHAT',
    '        3  2026-11-20 09:30:00  updated',
    '           title: "Buy milk" → "Evil \\u001b[31m"',
    '           description: null → "a\\nb"',
    '        1  2026-11-20 09:30:00  created',
    '           title: "Buy milk"',
    '           completed: false',
  ]);
  t.strictSame(await shown('trash'), [
    '    ID  DONE  TITLE                               DELETED',
    `     2        ${'Long '.repeat(7).slice(0, 33)}…  2026-11-20`,
  ]);
  t.strictSame(await shown('undo', '3'), ['[ ] 1  Buy milk']);
  t.match(await shown('undo', '2'), [/^The change 2 cannot be undone, because .*: title of task 2, /]);
});

t.test('a person is asked before the trash is emptied', withTerminal, async (t) => {
  const user = aUser();
  for (const id of [1, 2]) {
    await tasks.add(aDraft(user), anOrigin());
    await tasks.remove(user, id, anOrigin());
  }
  const answering = async (response: string, ...args: string[]) => {
    const { child, ending } = onTerminal(['trash', 'purge', ...args, '--user', user]);
    child.stdout.on('data', (text: string) => {
      if (text.includes('Type yes')) child.stdin.write(response);
    });
    const { code, out } = await ending;
    return { code, last: screen(out).at(-1) };
  };
  t.strictSame(await answering('no\n', '1'), { code: 1, last: 'Nothing was removed.' });
  t.strictSame(await answering('yes\n', '1'), { code: 0, last: 'Task 1 is gone.' });
  t.strictSame(await answering('yes\n', '--all'), { code: 0, last: '1 task is gone for good.' });
});

t.test('a person who watches sees changes, and how to go on', withTerminal, async (t) => {
  const user = aUser();
  await tasks.add(aDraft(user), anOrigin());
  const { child, ending } = onTerminal(['watch', '--since', '0-0', '--user', user]);
  child.stdout.on('data', (text: string) => {
    if (text.includes('Buy milk')) void tasks.remove(user, 1, anOrigin());
    if (text.includes('gone')) child.stdin.write('\u0003');
  });
  const { code, out } = await ending;
  t.equal(code, 0);
  t.match(
    screen(out).join('\n'),
    /09:30:00 {2}\[ \] 1 {2}Buy milk\n[\s\S]*09:30:00 {2}Task 1 is gone\.\n[\s\S]*--since \d+-2/,
  );
});

import { once } from 'node:events';
import { makeImportStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import { draftImported, fieldNames, operator, type TaskContent, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aContent, contentOf } from '../support/contents.ts';
import { aPlanning } from '../support/planning.ts';
import { aCommandLine, aSharedDatabase, aStarter, jsonLines } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const imports = makeImportStore({ database });
const taskward = aCommandLine(t, url);
const start = aStarter(t, url);
const now = anInstant('2026-11-20T09:30:00.123Z');

const giving = async (owner: UserId, contents: readonly TaskContent[]): Promise<void> => {
  await imports.transact(owner, [], anOrigin(), (unit) => {
    for (const content of contents) unit.add(draftImported(operator, owner, content, now, aPlanning()).draft);
    return { result: undefined, store: true, imported: new Map() };
  });
};

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(',', '"', '\n', '\r', '\t', ';', "'", '\\', '=', ' ', 'a', '\u001b', '\u2028', 'é'),
  }),
);

t.test('what is exported and imported again is the same, whatever the text', { timeout: 240_000 }, async (t) => {
  const user = aUser();
  await giving(user, [
    { title: 'empty', description: '' },
    { title: 'none', description: null },
    { title: '\ufefftitle'.trim(), description: '\ufeff' },
    { title: '""', description: '\r' },
    ...fc.sample(
      aContent(() => text),
      600,
    ),
  ]);
  const fields = async (owner: UserId) =>
    (await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') })))
      .sort((a, b) => a.id - b.id)
      .map(({ createdAt, updatedAt, completedAt, dueAt, ...task }) => ({
        ...contentOf(task),
        ...{ createdAt, updatedAt, completedAt, dueAt },
      }));
  const wanted = await fields(user);
  for (const format of ['json', 'ndjson', 'csv']) {
    const exported = await taskward(['export', '--format', format, '--user', user]);
    t.strictSame([exported.code, exported.err], [0, '']);
    const other = aUser();
    const { child, ending } = start(['import', '-', '--id-column', 'id', '--user', other]);
    child.stdin.end(exported.out);
    t.strictSame(await ending, { code: 0, out: '', err: 'Imported 604 tasks.\n' }, format);
    t.strictSame(await fields(other), wanted, format);
  }
});

t.test('CSV holds nothing that a spreadsheet calculates, unless it is asked for', { timeout: 90_000 }, async (t) => {
  const starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', "'", "''", "'=", 'a'];
  const daring = fc
    .array(fc.constantFrom(...starts, '1', '"', ',', ' '), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const link = '=HYPERLINK("https://evil.example","Look")';
  const owner = aUser();
  await giving(owner, [
    ...[link, '+1+1', '-1+1', '@SUM(A1)', "'=1", "''=1", "'tis", '＝1'].map((title) => ({ title, description: title })),
    ...['\t=1', '\r=1', '\n=1', "'\t"].map((description) => ({ title: 'x', description })),
    ...fc.sample(fc.record({ title: daring.map((one) => `${one}.`), description: daring }), 300),
  ]);
  const contents = async (of: UserId) =>
    (await walk(tasks, of, aQuery({ sort: sortedBy('created_at') })))
      .sort((a, b) => a.id - b.id)
      .map(({ title, description }) => [title, description]);
  const exported = async (...args: string[]) =>
    (await taskward(['export', '--format', 'csv', '--user', owner, ...args])).out;
  const [safe, verbatim] = [await exported(), await exported('--verbatim')];
  const cells = safe.matchAll(/(?<=^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))(?=,|\n)/g);
  const formulas = [...cells].filter(([, quoted, bare]) => /^[=+\-@\t\r\n＝＋－＠]/.test(quoted ?? bare ?? ''));
  t.strictSame(formulas, [], 'no cell begins as a formula does');
  const texts = (csv: string) =>
    csv
      .split('\n')
      .slice(1, 9)
      .map((row) => /^\d+,(.*),false,/.exec(row)?.[1]);
  t.strictSame(texts(verbatim).slice(1, 4), ['+1+1,+1+1', '-1+1,-1+1', '@SUM(A1),@SUM(A1)']);
  t.ok(verbatim.includes(`\n1,"${link.replaceAll('"', '""')}",`));
  t.strictSame(texts(safe).slice(1), [
    "'+1+1,'+1+1",
    "'-1+1,'-1+1",
    "'@SUM(A1),'@SUM(A1)",
    "''=1,''=1",
    "'''=1,'''=1",
    "'tis,'tis",
    "'＝1,'＝1",
  ]);
  const wanted = await contents(owner);
  for (const csv of [safe, verbatim]) {
    const copy = aUser();
    const { child, ending } = start(['import', '-', '--id-column', 'id', '--user', copy]);
    child.stdin.end(csv);
    t.strictSame((await ending).err, 'Imported 312 tasks.\n');
    t.strictSame(await contents(copy), wanted, 'and both are imported as they were');
  }
  t.match(await taskward(['export', '--verbatim', '--user', owner]), { code: 65, out: '', err: /--verbatim/ });
});

t.test('every format has all tasks, the oldest first, or those that are asked for', async (t) => {
  const user = aUser();
  const many = Array.from({ length: 2_100 }, (_, n) => ({ title: `Task ${n}`, completed: n % 3 === 0 }));
  await giving(user, many);
  const exported = async (...args: string[]) => (await taskward(['export', '--user', user, ...args])).out;
  const ids = many.map((_, n) => n + 1);
  const [json, lines, csv, ics, pending, none] = await Promise.all([
    exported(),
    exported('--format', 'ndjson'),
    exported('--format', 'csv'),
    exported('--format', 'ics'),
    exported('--status', 'pending'),
    taskward(['export', '--user', aUser()]).then(({ out }) => out),
  ]);
  t.strictSame(
    JSON.parse(json).map(({ id }: { id: number }) => id),
    ids,
  );
  t.strictSame(
    jsonLines(lines).map(({ id }) => id),
    ids,
  );
  t.strictSame(
    csv
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => Number(row.split(',')[0])),
    ids,
  );
  const [header = ''] = csv.split('\n');
  t.match(header, /^id,title,description,completed,(.*,)?created_at,updated_at,revision$/);
  const times = ['due_at', 'completed_at', 'created_at', 'updated_at'];
  t.equal(header, ['id', ...fieldNames, ...times, 'revision'].join());
  t.equal(ics.match(/^BEGIN:VTODO\r$/gm)?.length, 2_100);
  t.equal(JSON.parse(pending).length, 1_400);
  t.equal(none, '[]\n');
});

t.test('a calendar is one by RFC 5545', async (t) => {
  const [user, other] = [aUser(), aUser()];
  const long = 'Grüße 👍 '.repeat(22).trim();
  await giving(user, [
    { title: long, description: 'a,b;c\\d\r\ne\rf\n\tg\u0007', completed: true },
    { title: 'BEGIN:VTODO' },
  ]);
  await giving(other, [{ title: 'x' }]);
  const exported = async (owner: UserId) => (await taskward(['export', '--format', 'ics', '--user', owner])).out;
  const ics = await exported(user);
  t.notMatch(ics.replaceAll('\r\n', ''), /[^\P{Cc}\t]/u, 'no line ends but CRLF, and no other controls but tabs');
  for (const line of ics.split('\r\n')) t.ok(Buffer.byteLength(line) <= 75, 'at most 75 octets a line');
  const lines = ics.replaceAll('\r\n ', '').split('\r\n');
  t.strictSame(lines.slice(0, 3), ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Taskward//Taskward//EN']);
  t.strictSame(lines.slice(-2), ['END:VCALENDAR', '']);
  const [, first = [], second = []] = lines
    .join('\n')
    .split('\nBEGIN:VTODO\n')
    .map((one) => one.split('\n'));
  const uid = first[0] as string;
  t.match(uid, /^UID:[0-9a-f]{24}-1@taskward$/);
  t.strictSame(first.slice(1), [
    'DTSTAMP:20261120T093000Z',
    'CREATED:20261120T093000Z',
    'LAST-MODIFIED:20261120T093000Z',
    `SUMMARY:${long}`,
    'DESCRIPTION:a\\,b\\;c\\\\d\\ne\\nf\\n\tg',
    'STATUS:COMPLETED',
    'PERCENT-COMPLETE:100',
    'COMPLETED:20261120T093000Z',
    'END:VTODO',
  ]);
  t.ok(second.includes('SUMMARY:BEGIN:VTODO') && second.includes('STATUS:NEEDS-ACTION'));
  t.equal((await exported(user)).match(/^UID:.*/m)?.[0], uid, 'the same task has the same UID');
  t.notOk((await exported(other)).includes(uid), 'another has another');
});

t.test('a reader that has enough ends it quietly', async (t) => {
  const user = aUser();
  await giving(
    user,
    Array.from({ length: 5_000 }, () => ({ title: 'x'.repeat(200), description: 'y'.repeat(500) })),
  );
  for (const args of [['list'], ['list', '--json'], ['export', '--format', 'csv'], ['user', 'export', user]]) {
    const { child, ending } = start(args[0] === 'user' ? args : [...args, '--user', user]);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const { code, err } = await ending;
    t.strictSame([code, err], [0, ''], args.join(' '));
  }
});

t.test('a disk that is full is said, and is a failure', async (t) => {
  const user = aUser();
  await giving(user, [{ title: 'x' }]);
  const full = aStarter(t, url, (command) => ['sh', '-c', `exec "$@" > /dev/full`, 'sh', ...command]);
  const { code, err } = await full(['export', '--user', user]).ending;
  t.equal(code, 1);
  t.match(err, /ENOSPC/);
});

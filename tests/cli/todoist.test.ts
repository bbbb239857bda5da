import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import type { UserId } from '@taskward/domain';
import t from 'tap';
import { aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase } from '../support/processes/command-line.ts';
import { walk } from '../support/walk.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

const folder = mkdtempSync(join(tmpdir(), 'taskward-todoist-'));
t.teardown(() => rmSync(folder, { recursive: true, force: true }));

const header =
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,meta,DEADLINE,DEADLINE_LANG';

const importing = async (user: UserId, ...lines: string[]) => {
  const file = join(folder, `${user.replace('|', '-')}.csv`);
  writeFileSync(file, [`\ufeff${header}`, ...lines].join('\r\n'));
  const { code, err } = await taskward(['import', file, '--user', user]);
  const found = await walk(tasks, user, aQuery({ sort: sortedBy('created_at') }));
  return { code, err: err.trimEnd().split('\n'), found: found.sort((a, b) => a.id - b.id) };
};

t.test('a file of Todoist’s is read as it is', async (t) => {
  const { code, err, found } = await importing(
    aUser(),
    'meta,view_style=list,,,,,,,,,,,,,',
    'task,Buy milk @shopping,"Two litres,\noat",1,1,Evan (14781400),,2026-12-01,en,Europe/Berlin,,,,,',
    'note,A comment,,,,Evan (14781400),,,,,,,,,',
    ',,,,,,,,,,,,,,',
    'section,Home,,,,,,,,,,,,,',
    'task,"Call ""Mum"" @family now",,2,2,Evan (14781400),,3 Dec 2026 at 9pm,en,Europe/Berlin,30,minute,,2026-12-05,en',
    'task,@waiting,,3,1,,,,,,,,,2026-12-24,en',
    'task,mail bob@example.com @ noon,,4,1,,,,,,,,,,',
  );
  t.equal(code, 0);
  t.strictSame(err, [
    'Imported 4 tasks; 3 rows are no task.',
    'Left out, as a task has no place for it: INDENT, AUTHOR, RESPONSIBLE, DURATION, DURATION_UNIT, meta, DEADLINE_LANG.',
    '4 have no `external_id`: importing the same again would add them again.',
  ]);
  t.match(found, [
    {
      ...{ title: 'Buy milk', description: 'Two litres,\noat\n\nA comment', tags: ['shopping'] },
      ...{ priority: 'urgent', due_date: '2026-12-01' },
    },
    {
      ...{ title: 'Call "Mum" now', description: 'Deadline: 2026-12-05', tags: ['family', 'Home'] },
      ...{ priority: 'high', due_date: '2026-12-03T21:00[Europe/Berlin]' },
    },
    { title: '@waiting', tags: ['Home'], priority: 'medium', due_date: '2026-12-24', description: null },
    { title: 'mail bob@example.com @ noon', tags: ['Home'], priority: null, due_date: null },
  ]);
});

const today = new Date().toISOString().slice(0, 10);

/** The first of the days from today on that this is true of. */
const firstDay = (isMeant: (day: Date) => boolean): string => {
  const day = new Date(`${today}T00:00:00Z`);
  while (!isMeant(day)) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
};
const weekday = (...numbers: readonly number[]) => firstDay((day) => numbers.includes(day.getUTCDay()));
const dayOfMonth = (...numbers: readonly number[]) => firstDay((day) => numbers.includes(day.getUTCDate()));
const isLastDay = (day: Date) => new Date(day.getTime() + 86_400_000).getUTCDate() === 1;
const thirdFriday = firstDay((day) => day.getUTCDay() === 5 && Math.ceil(day.getUTCDate() / 7) === 3);

t.test('dates that mean the same on any day become dates and rules', { timeout: 90_000 }, async (t) => {
  const table: [typed: string, dueDate: string, rule?: string, from?: 'completion'][] = [
    ['2026-12-01', '2026-12-01'],
    ['2026/1/5', '2026-01-05'],
    ['2026-12-01 09:30', '2026-12-01T09:30'],
    ['2026-12-01T09:30:00', '2026-12-01T09:30'],
    ['Dec 1 2026', '2026-12-01'],
    ['1 December 2026', '2026-12-01'],
    ['"Dec 1st, 2026 @ 7pm"', '2026-12-01T19:00'],
    ['3 Sept 2026 12am', '2026-09-03T00:00'],
    ['every day', today, 'FREQ=DAILY'],
    ['daily', today, 'FREQ=DAILY'],
    ['Every Day at 9', `${today}T09:00`, 'FREQ=DAILY'],
    ['every morning', `${today}T09:00`, 'FREQ=DAILY'],
    ['every other day', today, 'FREQ=DAILY;INTERVAL=2'],
    ['every 3 weeks', today, 'FREQ=WEEKLY;INTERVAL=3'],
    ['every! 10 days', today, 'FREQ=DAILY;INTERVAL=10', 'completion'],
    ['after 2 weeks', today, 'FREQ=WEEKLY;INTERVAL=2', 'completion'],
    ['ev! month', today, 'FREQ=MONTHLY', 'completion'],
    ['every monday', weekday(1), 'FREQ=WEEKLY;BYDAY=MO'],
    ['every other tues', weekday(2), 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['"every mon, wed and fri 18:30"', `${weekday(1, 3, 5)}T18:30`, 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['every weekday', weekday(1, 2, 3, 4, 5), 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every workday at 8am', `${weekday(1, 2, 3, 4, 5)}T08:00`, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['every 3rd friday', thirdFriday, 'FREQ=MONTHLY;BYDAY=3FR'],
    ['every 27th', dayOfMonth(27), 'FREQ=MONTHLY;BYMONTHDAY=27'],
    ['"every 2, 15"', dayOfMonth(2, 15), 'FREQ=MONTHLY;BYMONTHDAY=2,15'],
    ['every last day', firstDay(isLastDay), 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['every quarter', today, 'FREQ=MONTHLY;INTERVAL=3'],
    [
      'every jan 27th',
      firstDay((day) => day.getUTCMonth() === 0 && day.getUTCDate() === 27),
      'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27',
    ],
    ['every 14 days 7am starting 1 Nov 2026', '2026-11-01T07:00', 'FREQ=DAILY;INTERVAL=14'],
    ['every week until 2027-01-31', today, 'FREQ=WEEKLY;UNTIL=20270131'],
  ];
  const rows = table.map(([typed]) => `task,x,,4,1,,,${typed},en,,,,,,`);
  const { code, err, found } = await importing(aUser(), ...rows);
  t.equal(code, 0);
  t.match(err[0], new RegExp(`^Imported ${table.length} tasks\\.$`));
  for (const [index, [typed, dueDate, rule, from = 'due']] of table.entries()) {
    const { due_date, repeat, description } = found[index] ?? {};
    t.equal(due_date, dueDate, typed);
    t.equal(description, null, typed);
    if (rule === undefined) t.equal(repeat, null, typed);
    else t.match(repeat, { rule, from, start: dueDate }, typed);
  }
});

t.test('dates that depend on when they were typed are told, and stay in the description', async (t) => {
  const typed = ['tomorrow', '5 May', 'next monday', 'in 3 days', '1/2/2026', 'every 3 hours', 'every blue moon'];
  const rows = typed.map((text) => `task,x,,4,1,,,${text},en,,,,,,`);
  const { code, err, found } = await importing(
    aUser(),
    ...rows,
    'task,x,,4,1,,,jeden Tag,de,,,,,,',
    'task,x,,4,1,,,2026-12-01,de,,,,,,',
    `task,x,${'y'.repeat(1000)},4,1,,,someday,en,,,,,,`,
  );
  t.equal(code, 0);
  const all = [...typed, 'jeden Tag'];
  all.forEach((text, index) => {
    const sentence = `line ${index + 2}: DATE is not one that can be read, and stands in the description: Date: ${text}`;
    t.equal(err[index], sentence);
    t.match(found[index], { due_date: null, repeat: null, description: `Date: ${text}` });
  });
  t.match(found[all.length], { due_date: '2026-12-01', description: null }, 'a date in digits is one in any language');
  t.equal(
    err[all.length],
    'line 11: DATE is not one that can be read, and the description has no room for it: Date: someday',
  );
});

t.test('a row whose labels or dates are no task’s is refused by its line', async (t) => {
  const labels = Array.from({ length: 21 }, (_, n) => `@l${n}`).join(' ');
  const { code, err, found } = await importing(
    aUser(),
    `task,x ${labels},,4,1,,,,,,,,,,`,
    'task,y,,4,1,,,2026-02-30,en,,,,,,',
    'task,z,,4,1,,,,,,,,,,',
  );
  t.equal(code, 65);
  t.match(err[0], /^line 2: tags must hold at most 20 tags/);
  t.match(err[1], /^line 3: due_date must/);
  t.strictSame(
    found.map(({ title }) => title),
    ['z'],
  );
});

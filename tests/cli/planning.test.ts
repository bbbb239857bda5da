import t from 'tap';
import { aUser } from '../support/builders.ts';
import {
  aCommandLine,
  aSharedDatabase,
  jsonLines,
  printed,
  refused,
  responded,
} from '../support/processes/command-line.ts';

const { url } = await aSharedDatabase(t);
const taskward = aCommandLine(t, url);

const aRunner = () => {
  const user = aUser();
  return (...args: string[]) => taskward([...args, '--user', user]);
};
type Run = ReturnType<typeof aRunner>;

const titles = async (run: Run, ...args: string[]) =>
  jsonLines((await run('list', ...args)).out).map(({ title }) => title);

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

t.test('a list has the tasks that its options select, in their order', async (t) => {
  const run = aRunner();
  const add = (...args: string[]) => run('add', ...args);
  await add('rent', '--due', inDays(-2), '--priority', 'high', '--tag', 'home', '--repeat', 'monthly');
  await add('milk', '--due', inDays(0), '--tag', 'home', '--tag', 'shop');
  await add('dentist', '--due', inDays(300), '--priority', 'urgent');
  await add('letter', '--priority', 'low', '--tag', 'post');
  await add('done', '--due', inDays(-2), '--done');
  const table: [options: string, titles: string[]][] = [
    ['--status completed', ['done']],
    ['--priority high', ['rent']],
    ['--priority urgent,low', ['dentist', 'letter']],
    ['--priority none --priority low', ['milk', 'letter', 'done']],
    ['--tag HOME', ['rent', 'milk']],
    ['--tag home --tag shop', ['milk']],
    ['--any-tag post --any-tag shop', ['milk', 'letter']],
    ['--untagged', ['dentist', 'done']],
    ['--due overdue', ['rent']],
    ['--due today', ['milk']],
    ['--due none', ['letter']],
    [`--due-after ${inDays(0)}`, ['milk', 'dentist']],
    [`--due-before ${inDays(1)} --status pending`, ['rent', 'milk']],
    [`--due-after ${inDays(1)}T00:00:00Z`, ['dentist']],
    ['--repeating', ['rent']],
    ['--no-repeating --status pending', ['milk', 'dentist', 'letter']],
    [`--completed-after ${inDays(-1)}`, ['done']],
    [`--completed-before ${inDays(-1)}`, []],
    [`--updated-after ${inDays(1)}`, []],
    ['--search mil', ['milk']],
    ['--tag home --priority high --due overdue', ['rent']],
  ];
  for (const [options, wanted] of table) {
    t.strictSame(await titles(run, '--sort', 'created_at', '--order', 'asc', ...options.split(' ')), wanted, options);
  }
  const orders: [options: string, titles: string[]][] = [
    ['--sort due_date', ['rent', 'done', 'milk', 'dentist', 'letter']],
    ['--sort -due_date', ['dentist', 'milk', 'done', 'rent', 'letter']],
    ['--sort priority,title', ['dentist', 'rent', 'letter', 'done', 'milk']],
    ['--sort priority,-title', ['dentist', 'rent', 'letter', 'milk', 'done']],
    ['--sort position', ['rent', 'milk', 'dentist', 'letter', 'done']],
    ['--sort position --order desc', ['done', 'letter', 'dentist', 'milk', 'rent']],
    ['--sort completed_at --limit 1', ['done']],
  ];
  for (const [options, wanted] of orders) t.strictSame(await titles(run, ...options.split(' ')), wanted, options);
  const exported = JSON.parse((await run('export', '--tag', 'home', '--due', 'overdue')).out);
  t.match(exported, [{ title: 'rent' }], 'an export selects, too');
  t.match(await run('list', '--due-after', 'soon'), { code: 65, err: /due_after must/ });
});

t.test('a task that recurs is done by its occurrences', async (t) => {
  const run = aRunner();
  await run('add', 'rent', '--due', '2025-01-31', '--repeat', 'monthly');
  const [first] = jsonLines((await run('done', '1', '--occurrence', '2025-01-31')).out);
  t.match(first, { completed: false, completed_occurrence: '2025-01-31' });
  t.ok((first?.skipped as number) > 20 && (first?.due_date as string) >= inDays(0), 'it goes on after today');
  t.match(await run('done', '1', '--occurrence', '2025-01-31'), {
    code: 75,
    out: '',
    err: /The task is not due on this date any more/,
  });
  t.match(await run('done', '1', '2', '--occurrence', '2025-01-31'), { code: 65, err: /--occurrence is the due date/ });
  responded(t, await run('occurrences', '1'), [{ due_date: '2025-01-31', completed_at: /^20/, revision: 2 }]);
  await run('undo', '2');
  responded(t, await run('show', '1'), [{ due_date: '2025-01-31', completed: false }]);
  t.match(await run('occurrences', '99'), refused(66, "There is no task 99 among this user's tasks."));
  const key = ['--occurrence', '2025-01-31', '--idempotency-key', 'k'];
  const [once, again] = [await run('done', '1', ...key), await run('done', '1', ...key)];
  t.equal(again.out, once.out, 'under a key it is done once');
});

t.test('tasks are moved', async (t) => {
  const run = aRunner();
  for (const title of ['a', 'b', 'c', 'd']) await run('add', title);
  const order = () => titles(run, '--sort', 'position');
  for (const [args, wanted] of [
    [
      ['3', '--before', '1'],
      ['c', 'a', 'b', 'd'],
    ],
    [
      ['3', '--after', '2'],
      ['a', 'b', 'c', 'd'],
    ],
    [
      ['4', '--top'],
      ['d', 'a', 'b', 'c'],
    ],
    [
      ['1', '--bottom'],
      ['d', 'b', 'c', 'a'],
    ],
  ] as const) {
    const { code, out } = await run('move', ...args);
    t.equal(code, 0);
    t.match(jsonLines(out), [{ id: Number(args[0]), position: /./ }]);
    t.strictSame(await order(), wanted, args.join(' '));
  }
  const needsOne = refused(65, 'The input is not valid: move needs one of --before, --after, --top and --bottom.');
  t.strictSame(await run('move', '1'), needsOne);
  t.strictSame(await run('move', '1', '--top', '--after', '2'), needsOne);
  t.match(await run('move', '1', '--before', '99'), { code: 75, out: '' });
  t.match(await run('move', '99', '--top'), { code: 66, out: '' });
  t.match(await run('move', '1', '--top', '--if-revision', '1'), { code: 75, out: '', err: /was changed meanwhile/ });
});

t.test('tags are listed, renamed and taken off everywhere', async (t) => {
  const run = aRunner();
  await run('add', 'a', '--tag', 'Home', '--tag', 'work');
  await run('add', 'b', '--tag', 'home', '--done');
  responded(t, await run('tags'), [
    { name: 'home', pending: 1, completed: 1 },
    { name: 'work', pending: 1, completed: 0 },
  ]);
  t.match(await run('tags', 'rename', 'home', 'work'), { code: 65, out: '' });
  t.strictSame(await run('tags', 'rename', 'HOME', 'house'), printed('{"tasks":2}'));
  t.strictSame(await run('tags', 'rename', 'work', 'house', '--merge'), printed('{"tasks":1}'));
  responded(t, await run('tags', 'list'), [{ name: 'house', pending: 1, completed: 1 }]);
  t.strictSame(await run('tags', 'remove', 'House'), printed('{"tasks":2}'));
  t.strictSame(await run('tags', '--json'), printed('[]'));
  t.match(await run('tags', 'remove', 'house'), { code: 66, out: '' });
  t.match(await run('tags', 'rename', 'x', ' '), { code: 65, out: '' });
});

t.test('a summary counts, and settings say by which clock', async (t) => {
  const run = aRunner();
  await run('add', 'a', '--due', inDays(-2), '--priority', 'high', '--tag', 'home');
  await run('add', 'b', '--due', inDays(0));
  await run('add', 'c', '--done');
  responded(t, await run('summary'), [
    {
      ...{ pending: 2, completed: 1, overdue: 1, today: 1 },
      priorities: { urgent: 0, high: 1, medium: 0, low: 0, none: 1 },
      tags: [{ name: 'home', pending: 1, completed: 0 }],
    },
  ]);
  const defaults = { time_zone: 'UTC', day_starts_at: '00:00', week_starts_on: 'monday' };
  responded(t, await run('settings'), [defaults]);
  const changed = { time_zone: 'Europe/Berlin', day_starts_at: '04:00', week_starts_on: 'monday' };
  responded(t, await run('settings', '--time-zone', 'europe/berlin', '--day-starts-at', '04:00'), [changed]);
  responded(t, await run('settings', '--week-starts-on', 'sunday'), [{ ...changed, week_starts_on: 'sunday' }]);
  t.match(await run('settings', '--time-zone', 'Middle-Earth'), { code: 65, err: /time_zone must be the IANA name/ });
  await run('add', 'noon', '--due', '2026-07-01T12:00');
  responded(t, await run('show', '4'), [{ due_date: '2026-07-01T12:00', due_at: '2026-07-01T10:00:00.000Z' }]);
  const user = (await run('show', '1')).out;
  const { user_id: id } = JSON.parse(user);
  t.match(JSON.parse((await taskward(['user', 'export', id])).out), { settings: { week_starts_on: 'sunday' } });
});

t.test('an agenda has what is overdue, what is due today, and the next days', async (t) => {
  const run = aRunner();
  await run('add', 'late', '--due', inDays(-3));
  await run('add', 'today', '--due', inDays(0));
  await run('add', 'soon', '--due', inDays(2));
  await run('add', 'at nine', '--due', `${inDays(2)}T09:00`);
  await run('add', 'last', '--due', inDays(7));
  await run('add', 'too far', '--due', inDays(8));
  await run('add', 'done', '--due', inDays(2), '--done');
  await run('add', 'some day');
  const agenda = async (...args: string[]) => JSON.parse((await run('agenda', ...args)).out);
  const seven = await agenda();
  t.match(seven, {
    date: inDays(0),
    time_zone: 'UTC',
    overdue: [{ title: 'late' }],
    today: [{ title: 'today' }],
    days: [
      { date: inDays(2), tasks: [{ title: 'at nine' }, { title: 'soon' }] },
      { date: inDays(7), tasks: [{ title: 'last' }] },
    ],
  });
  t.strictSame(seven.days.length, 2);
  t.match((await agenda('--days', '8')).days[2], { date: inDays(8), tasks: [{ title: 'too far' }] });
  t.strictSame((await agenda('--days', '1')).days, []);
});

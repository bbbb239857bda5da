import t from 'tap';
import type { Ending } from '../architecture/clean-process.ts';
import { aCommandLine, nowhere, refused } from './command-line.ts';

// None of these may reach for a database: there is none.
const taskward = aCommandLine(t, nowhere);

const hint = '(add --help for what there is)';

const help = `Usage: taskward [options] [command]

The task backend that keeps every user's tasks their own, from the command line.

Options:
  -h, --help             display help for command

Commands:
  add [options] <title>  add a task
  list [options]         list all tasks, the oldest first
  done [options] <id>    tick a task off
  rm [options] <id>      remove a task
  token [options]        print a token for trying the API, in development
  migrate                bring the database up to date
  help [command]         display help for command
`;

const optionsOf = (usage: string, about: string, more: string[] = []): string =>
  [`Usage: taskward ${usage}`, about, ['Options:', ...more].join('\n')].join('\n\n').concat('\n');

const userOption = (width: number): string =>
  `  ${'-u, --user <id>'.padEnd(width)}  whose tasks: the \`sub\` of the user's tokens`;
const helpOption = (width: number): string => `  ${'-h, --help'.padEnd(width)}  display help for command`;
const idArgument = 'Arguments:\n  id               the task';

t.test('help says what there is', async (t) => {
  const short = [userOption(15), helpOption(15)];
  const add = [userOption(24), `  ${'-d, --description <text>'.padEnd(24)}  more about it`, helpOption(24)];
  const table: [args: string[], text: string][] = [
    [['--help'], help],
    [['-h'], help],
    [['help'], help],
    [['add', '--help'], optionsOf('add [options] <title>', 'add a task', add)],
    [['help', 'list'], optionsOf('list [options]', 'list all tasks, the oldest first', short)],
    [['done', '--help'], optionsOf('done [options] <id>', `tick a task off\n\n${idArgument}`, short)],
    [['rm', '-h'], optionsOf('rm [options] <id>', `remove a task\n\n${idArgument}`, short)],
    [['token', '-h'], optionsOf('token [options]', 'print a token for trying the API, in development', short)],
    [['migrate', '-h'], optionsOf('migrate [options]', 'bring the database up to date', [helpOption(10)])],
  ];
  const endings = await Promise.all(table.map(([args]) => taskward(args)));
  table.forEach(([args, out], index) => {
    t.strictSame(endings[index], { code: 0, out, err: '' }, args.join(' '));
  });
});

t.test('what cannot be understood is refused with a hint', async (t) => {
  const noId = (text: string) =>
    `error: command-argument value '${text}' is invalid for argument 'id'. It must be a whole number from 1 on.`;
  const noUser = "error: required option '-u, --user <id>' not specified";
  const table: [args: string[], sentence: string][] = [
    ...['abc', '0', '01', '1.5', '-1', '1e3', '2147483648'].map((text): [string[], string] => [
      ['done', text, '-u', 'ada'],
      noId(text),
    ]),
    [['rm', 'abc', '-u', 'ada'], noId('abc')],
    [['add', 'Buy milk'], noUser],
    [['list'], noUser],
    [['done', '1'], noUser],
    [['rm', '1'], noUser],
    [['token'], noUser],
    [['add', '-u', 'ada'], "error: missing required argument 'title'"],
    [['add', 'Buy', 'milk', '-u', 'ada'], "error: too many arguments for 'add'. Expected 1 argument but got 2."],
    [['list', '--user'], "error: option '-u, --user <id>' argument missing"],
    [['list', '--all', '-u', 'ada'], "error: unknown option '--all'"],
    [['lst', '-u', 'ada'], "error: unknown command 'lst'\n(Did you mean list?)"],
    [['frobnicate'], "error: unknown command 'frobnicate'"],
  ];
  const endings: Ending[] = [];
  // A dozen processes at a time are enough.
  while (endings.length < table.length) {
    const next = table.slice(endings.length, endings.length + 12);
    endings.push(...(await Promise.all(next.map(([args]) => taskward(args)))));
  }
  table.forEach(([args, sentence], index) => {
    t.strictSame(endings[index], refused(1, sentence, hint), args.join(' '));
  });
});

t.test('no command at all shows the help, as an error', async (t) => {
  t.strictSame(await taskward([]), { code: 1, out: '', err: help });
});

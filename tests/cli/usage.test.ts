import { spawnSync } from 'node:child_process';
import t from 'tap';
import { aCommandLine, aCommandProcess, nowhere, refused } from '../support/processes/command-line.ts';
import { missingProgram } from '../support/processes/programs.ts';

// None of these may reach for a database: there is none.
const taskward = aCommandLine(t, nowhere);
// A shell's completions are written to its process's own output.
const completing = aCommandProcess(t, nowhere);

const hint = '(add --help for usage)';

const commands = [
  'add',
  'show',
  'edit',
  'done',
  'undone',
  'rm',
  'restore',
  'list',
  'agenda',
  'move',
  'occurrences',
  'tags',
  'tags list',
  'tags rename',
  'tags remove',
  'summary',
  'settings',
  'log',
  'history',
  'undo',
  'trash',
  'trash list',
  'trash purge',
  'watch',
  'import',
  'export',
  'purge',
  'user',
  'user export',
  'user erase',
  'user resync',
  'seed',
  'doctor',
  'migrate',
  'token',
  'completion',
];

t.test('help says what there is, with examples', async (t) => {
  const [whole, ...endings] = await Promise.all([
    taskward(['--help']),
    taskward(['-h']),
    taskward(['help']),
    ...commands.map((command) => taskward([...command.split(' '), '--help'])),
  ]);
  const [short, word, ...each] = endings;
  t.strictSame([short, word], [whole, whole]);
  t.strictSame([whole?.code, whole?.err], [0, '']);
  for (const command of commands)
    t.match(whole?.out, new RegExp(`^  ${command.split(' ')[0]}\\b.* {2,}\\w`, 'm'), `${command} is listed`);
  each.forEach(({ code, out, err }, index) => {
    const command = commands[index] as string;
    t.strictSame({ code, err }, { code: 0, err: '' }, command);
    t.match(out, new RegExp(`^Usage: taskward ${command}\\b`), command);
    t.match(out, new RegExp(`\\n\\nExamples:\\n  \\$ .*taskward ${command}\\b`), `${command} has an example`);
    t.ok(
      out.split('\n').every((line) => !/ {2,}$/.test(line)),
      command,
    );
  });
});

t.test('shell completions need no database', async (t) => {
  const offered = async (...words: string[]) =>
    (await completing(['complete', '--', ...words])).out
      .split('\n')
      .filter((line) => /^[\w-]/.test(line))
      .map((line) => line.split('\t')[0]);
  t.strictSame(await offered('und'), ['undone', 'undo']);
  t.strictSame(await offered('list', '--st'), ['--status']);
  t.strictSame(await offered('trash', ''), ['list', 'purge', 'help']);
  t.strictSame(await offered('trash', 'purge', '--a'), ['--all']);
  t.strictSame(await offered('undo', '1', '--id'), ['--idempotency-key']);
  t.strictSame(await offered('list', '--status', ''), ['all', 'pending', 'completed']);
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out, err } = await completing(['completion', shell]);
    t.strictSame([code, err], [0, '']);
    t.match(out, /taskward/);
  }
});

t.test('the completion is a script that bash can read', { skip: missingProgram('bash') ?? false }, async (t) => {
  const bash = spawnSync('bash', ['-n'], { input: (await completing(['completion', 'bash'])).out });
  t.equal(bash.status, 0);
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
    [['restore', 'abc', '-u', 'ada'], noId('abc')],
    [['history', 'abc', '-u', 'ada'], noId('abc')],
    ...['0', 'abc'].map((text): [string[], string] => [
      ['undo', text, '-u', 'ada'],
      `error: command-argument value '${text}' is invalid for argument 'revision'. It must be a whole number from 1 on.`,
    ]),
    ...['41', '1-', 'x-1', '1-2-3'].map((text): [string[], string] => [
      ['watch', '--since', text, '-u', 'ada'],
      `error: option '--since <cursor>' argument '${text}' is invalid. It must be a cursor that \`taskward watch\` printed.`,
    ]),
    [['add', 'Buy milk'], noUser],
    [['list'], noUser],
    ...['agenda', 'summary', 'settings', 'tags', 'move 1 --top', 'occurrences 1', 'tags remove x'].map(
      (line): [string[], string] => [line.split(' '), noUser],
    ),
    [
      ['list', '--priority', 'low,top', '-u', 'ada'],
      "error: option '--priority <list>' argument 'low,top' is invalid. Allowed choices are urgent, high, medium, low, none.",
    ],
    [
      ['list', '--sort', 'title,-name', '-u', 'ada'],
      "error: option '--sort <fields>' argument 'title,-name' is invalid. Allowed choices are created_at, updated_at, title, due_date, priority, position, completed_at.",
    ],
    [['done', '1'], noUser],
    [['rm', '1'], noUser],
    [['log'], noUser],
    [['trash'], noUser],
    [['trash', 'purge', '1'], noUser],
    [['watch'], noUser],
    [['token'], noUser],
    [['add', '-u', 'ada'], "error: missing required argument 'title'"],
    [['add', 'Buy', 'milk', '-u', 'ada'], "error: too many arguments for 'add'. Expected 1 argument but got 2."],
    [['list', '--user'], "error: option '-u, --user <id>' argument missing"],
    [['list', '--all', '-u', 'ada'], "error: unknown option '--all'"],
    [['lst', '-u', 'ada'], "error: unknown command 'lst'\n(Did you mean list?)"],
    [['frobnicate'], "error: unknown command 'frobnicate'"],
  ];
  const endings = await Promise.all(table.map(([args]) => taskward(args)));
  table.forEach(([args, sentence], index) => {
    t.strictSame(endings[index], refused(1, sentence, hint), args.join(' '));
  });
});

t.test('no command at all shows the help, as an error', async (t) => {
  const help = await taskward(['--help']);
  t.strictSame(await taskward([]), { code: 1, out: '', err: help.out });
});

import { makeOwnerPorts } from '@taskward/adapters-postgres';
import {
  type Field,
  type FieldName,
  fieldOf,
  type TaskFields,
  type WritableField,
  writableFields,
} from '@taskward/domain';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, jsonLines, refused, responded } from '../support/processes/command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

/** What is typed for a field, and what it becomes; how it is changed, and taken away. */
interface Typed {
  readonly add: readonly string[];
  readonly added: unknown;
  readonly edit: readonly string[];
  readonly edited: unknown;
  readonly clear?: readonly string[];
  readonly cleared?: unknown;
  /** What `show` says of it. */
  readonly shown?: RegExp;
}

const due = ['--due', '2026-12-01'];

const ofKind: Record<Exclude<Field['kind'], 'key'>, (name: FieldName) => Typed> = {
  text: (name) => ({
    add: [`--${name}`, `A ${name}`],
    added: `A ${name}`,
    edit: [`--${name}`, 'another'],
    edited: 'another',
    clear: [`--clear-${name}`],
    cleared: null,
    shown: new RegExp(`A ${name}`),
  }),
  flag: () => ({ add: ['--done'], added: true, edit: ['--undone'], edited: false }),
  metadata: (name) => ({
    add: [`--${name}`, 'project=garden', `--${name}`, 'size=3'],
    added: { project: 'garden', size: '3' },
    edit: [`--${name}`, 'project=', `--${name}`, 'phase=a=b'],
    edited: { size: '3', phase: 'a=b' },
    shown: /"metadata":{"project":"garden","size":"3"}/,
  }),
  choice: (name) => ({
    add: [`--${name}`, 'high'],
    added: 'high',
    edit: [`--${name}`, 'low'],
    edited: 'low',
    clear: [`--clear-${name}`],
    cleared: null,
    shown: /"priority":"high"/,
  }),
  tags: () => ({
    add: ['--tag', ' Home ', '--tag', 'a, b', '--tag', 'HOME'],
    added: ['Home', 'a, b'],
    edit: ['--tag', 'work'],
    edited: ['work'],
    clear: ['--clear-tags'],
    cleared: [],
    shown: /"tags":\["Home","a, b"\]/,
  }),
  date: () => ({
    add: ['--due', '2026-12-01T09:00+01:00'],
    added: '2026-12-01T08:00:00Z',
    edit: ['--due', '2026-12-02T09:00[europe/berlin]'],
    edited: '2026-12-02T09:00[Europe/Berlin]',
    clear: ['--clear-due'],
    cleared: null,
    shown: /"due_date":"2026-12-01T08:00:00Z"/,
  }),
  repeat: () => ({
    add: [...due, '--repeat', 'weekdays'],
    added: { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', from: 'due', short_months: 'last', start: '2026-12-01' },
    edit: ['--repeat', 'monthly', '--repeat-from', 'completion', '--short-months', 'skip'],
    edited: { rule: 'FREQ=MONTHLY', from: 'completion', short_months: 'skip', start: '2026-12-01' },
    clear: ['--clear-repeat'],
    cleared: null,
    shown: /"rule":"FREQ=WEEKLY/,
  }),
  reminders: () => ({
    add: [...due, '--remind', 'PT90M', '--remind', '2026-11-30T18:00'],
    added: [{ before: 'PT1H30M' }, { at: '2026-11-30T18:00' }],
    edit: ['--remind', 'P1D'],
    edited: [{ before: 'P1D' }],
    clear: ['--clear-reminders'],
    cleared: [],
    shown: /"before":"PT1H30M"/,
  }),
};

const typed = (name: WritableField): Typed => ofKind[fieldOf(name).kind as keyof typeof ofKind](name);

t.test('every field can be given, changed, taken away where there may be none, and is shown', async (t) => {
  for (const name of writableFields.filter((one) => one !== 'title')) {
    const user = aUser();
    const run = (...args: string[]) => taskward([...args, '--user', user]);
    const { add, added, edit, edited, clear, cleared, shown } = typed(name);
    responded(t, await run('add', 'A title', ...add), [{ id: 1, [name]: added }], name);
    if (shown !== undefined) t.match((await run('show', '1')).out, shown, `${name} is shown`);
    responded(t, await run('edit', '1', ...edit), [{ id: 1, [name]: edited }], name);
    t.strictSame((await tasks.get(user, 1))[name], edited as TaskFields[typeof name], `${name}, as it is stored`);
    if (clear === undefined) continue;
    responded(t, await run('edit', '1', ...clear), [{ id: 1, [name]: cleared }], `${name} taken away`);
  }
});

t.test('the title of a task is changed', async (t) => {
  const user = aUser();
  await taskward(['add', 'A title', '--user', user]);
  responded(t, await taskward(['edit', '1', '-t', 'Another', '--user', user]), [{ id: 1, title: 'Another' }]);
});

t.test('the example of the documentation works as it is written', async (t) => {
  const user = aUser();
  const line = ['add', 'Pay rent', '--due', '2026-12-01', '--repeat', 'monthly', '--tag', 'home', '--priority', 'high'];
  responded(t, await taskward([...line, '--user', user]), [
    {
      ...{ title: 'Pay rent', due_date: '2026-12-01', tags: ['home'], priority: 'high' },
      repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'last', start: '2026-12-01' },
    },
  ]);
});

t.test('tags are added and taken off, and a series is moved as a whole or by one occurrence', async (t) => {
  const user = aUser();
  const run = (...args: string[]) => taskward([...args, '--user', user]);
  await run('add', 'x', '--tag', 'a', '--tag', 'b', '--due', '2026-12-01', '--repeat', 'weekly');
  const edited = async (...args: string[]) => jsonLines((await run('edit', '1', ...args)).out)[0];
  t.match(await edited('--add-tag', 'c', '--remove-tag', 'A'), { tags: ['b', 'c'] });
  t.match(await edited('--due', '2026-12-02'), { due_date: '2026-12-02', repeat: { start: '2026-12-01' } });
  t.match(await edited('--due', '2026-12-03', '--scope', 'occurrence'), { repeat: { start: '2026-12-01' } });
  t.match(await edited('--due', '2026-12-04', '--scope', 'series'), { repeat: { start: '2026-12-04' } });
});

t.test('options that do not go together are refused', async (t) => {
  const user = aUser();
  await taskward(['add', 'x', '--user', user]);
  const table: [args: string[], sentence: string][] = [
    [
      ['edit', '1', '--tag', 'a', '--add-tag', 'b'],
      'tags cannot be combined with `add_tags` or `remove_tags`: send all of the tags, or the difference',
    ],
    [['edit', '1', '--tag', 'a', '--clear-tags'], '--clear-tags cannot be combined with --tag'],
    [['edit', '1', '--due', '2026-12-01', '--clear-due'], '--clear-due cannot be combined with --due'],
    [['edit', '1', '--scope', 'series'], '--scope needs --due: it says what a new due date moves'],
    [['edit', '1', '--repeat-from', 'completion'], '--repeat-from needs --repeat: it says more of the rule'],
    [['add', 'x', '--short-months', 'skip'], '--short-months needs --repeat: it says more of the rule'],
  ];
  for (const [args, sentence] of table) {
    t.strictSame(await taskward([...args, '--user', user]), refused(65, `The input is not valid: ${sentence}.`));
  }
  t.match(await taskward(['add', 'x', '--repeat', 'daily', '--user', user]), {
    code: 65,
    err: /repeat needs a due date/,
  });
  t.match(await taskward(['add', 'x', '--due', 'tomorrow', '--user', user]), { code: 65, err: /due_date must/ });
});

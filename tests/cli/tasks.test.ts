import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aUser } from '../support/builders.ts';
import {
  aCommandLine,
  aSharedDatabase,
  jsonLines,
  nowhere,
  production,
  refused,
  responded,
} from '../support/processes/command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

t.test('a task from its first day to its last', async (t) => {
  const user = aUser();
  const run = (...args: string[]) => taskward([...args, '--user', user]);
  responded(t, await run('list'), [], 'nobody has no tasks');

  const milk = { id: 1, user_id: user, title: 'Buy milk', description: null, completed: false, revision: 1 };
  responded(t, await run('add', '  Buy milk '), [milk]);
  responded(t, await run('add', 'Buy 👍', '-d', ' Oat ', '--done'), [
    { id: 2, title: 'Buy 👍', description: ' Oat ', completed: true },
  ]);
  t.match(await tasks.get(user, 1), { title: 'Buy milk', description: null, completed: false, revision: 1 });
  t.match(await tasks.get(user, 2), { title: 'Buy 👍', description: ' Oat ', completed: true });
  const age = Date.now() - Date.parse((await tasks.get(user, 2)).createdAt);
  t.ok(age >= 0 && age < 60_000, "made by the machine's clock");

  responded(t, await run('done', '1'), [{ ...milk, completed: true, revision: 3 }]);
  responded(
    t,
    await run('done', '1', '2'),
    [
      { id: 1, revision: 3 },
      { id: 2, revision: 2 },
    ],
    'safe to repeat',
  );
  responded(t, await run('undone', '1', '2'), [
    { id: 1, completed: false },
    { id: 2, completed: false },
  ]);
  responded(t, await run('edit', '2', '--title', 'Buy eggs', '--clear-description'), [
    { id: 2, title: 'Buy eggs', description: null },
  ]);
  responded(t, await run('edit', '2', '--description', 'Six'), [{ id: 2, title: 'Buy eggs', description: 'Six' }]);
  responded(t, await run('edit', '2', '--undone', '--title', 'Buy 6 eggs'), [
    { id: 2, title: 'Buy 6 eggs', completed: false },
  ]);
  responded(t, await run('edit', '2', '--done'), [{ id: 2, title: 'Buy 6 eggs', completed: true }]);
  responded(t, await run('show', '2', '1'), [{ id: 2, description: 'Six' }, { id: 1 }]);

  responded(t, await run('list'), [{ id: 2 }, { id: 1 }], 'the newest first, as over HTTP');
  responded(t, await run('rm', '1'), [{ id: 1, deleted: true }]);
  t.strictSame(await run('rm', '1'), refused(66, "There is no task 1 among this user's tasks."));
  responded(t, await run('list'), [{ id: 2 }]);
  responded(t, await run('add', 'Buy eggs'), [{ id: 3 }], 'ids are not used again');
});

t.test('of several tasks, those that cannot be leave the others alone', async (t) => {
  const user = aUser();
  for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(user, { title }), anOrigin());
  const done = await taskward(['done', '1', '99', '3', '--user', user]);
  t.match(jsonLines(done.out), [
    { id: 1, completed: true },
    { id: 3, completed: true },
  ]);
  t.strictSame([done.code, done.err], [66, "There is no task 99 among this user's tasks.\n"]);
  const { code, out } = await taskward(['rm', '3', '98', '2', '--json', '--user', user]);
  t.strictSame(
    [code, JSON.parse(out)],
    [
      66,
      [
        { id: 3, deleted: true },
        { id: 2, deleted: true },
      ],
    ],
  );
  t.strictSame((await taskward(['show', '1', '--json', '-u', user])).out.slice(0, 9), '[{"id":1,', 'always a list');
  t.strictSame(JSON.parse((await taskward(['add', 'x', '--json', '-u', user])).out).id, 4, 'of one there is one');
});

t.test('a write can be made to depend on the revision, and be done once under a key', async (t) => {
  const user = aUser();
  await tasks.add(aDraft(user), anOrigin());
  const run = (...args: string[]) => taskward([...args, '--user', user]);
  const stale = (revision: number) =>
    `The task was changed meanwhile, and is at revision ${revision} now. Look at it, merge, and try again with that revision.`;
  responded(t, await run('edit', '1', '--title', 'New', '--if-revision', '1'), [{ title: 'New', revision: 2 }]);
  const endings = [
    await run('edit', '1', '--title', 'Newer', '--if-revision', '1'),
    await run('done', '1', '--if-revision', '1'),
    await run('rm', '1', '--if-revision', '1'),
  ];
  t.strictSame(
    endings,
    [75, 75, 75].map((code) => refused(code, stale(2))),
  );
  t.strictSame(
    await run('done', '1', '2', '--if-revision', '2'),
    refused(65, 'The input is not valid: --if-revision is the revision of one task: name that one only.'),
  );

  const again = 'This was done before under the same key; nothing was done now, and this is what came of it then.\n';
  for (const [key, ...args] of [
    ['add', 'add', 'Buy milk'],
    ['edit', 'edit', '1', '--title', 'Newest'],
    ['done', 'done', '1', '99'],
    ['rm', 'rm', '2'],
  ] as const) {
    const [first, second] = [
      await run(...args, '--idempotency-key', key),
      await run(...args, '--idempotency-key', key),
    ];
    t.strictSame(second, { ...first, err: again + first.err }, args.join(' '));
  }
  t.match(await tasks.get(user, 1), { title: 'Newest', completed: true, revision: 5 });
  const [one, two] = [
    await run('edit', '77', '--title', 'x', '--idempotency-key', 'no'),
    await run('edit', '77', '--title', 'x', '--idempotency-key', 'no'),
  ];
  t.strictSame([one.code, two.code, two.err], [66, 66, again + one.err], 'an error is told again, too');
  t.strictSame(
    await run('add', 'Another', '--idempotency-key', 'add'),
    refused(65, 'This idempotency key was used for another request. Repeat exactly that one, or take a new key.'),
  );
});

t.test("each command touches the named user's tasks only", async (t) => {
  const [mine, theirs] = [aUser(), aUser()];
  const before = [
    await tasks.add(aDraft(mine), anOrigin()),
    await tasks.add(aDraft(theirs), anOrigin()),
    await tasks.add(aDraft(theirs), anOrigin()),
  ];
  const unknown = refused(66, "There is no task 2 among this user's tasks.");
  const [listed, ...others] = await Promise.all([
    taskward(['list', '--user', mine]),
    ...['done', 'undone', 'rm', 'show'].map((command) => taskward([command, '2', '--user', mine])),
    taskward(['edit', '2', '--title', 'Mine', '--user', mine]),
  ]);
  responded(t, listed, [{ id: 1, user_id: mine }]);
  t.strictSame(
    others,
    others.map(() => unknown),
  );
  t.strictSame(await Promise.all(before.map(({ owner, id }) => tasks.get(owner, id))), before);
});

t.test('list filters, searches, sorts, bounds, and goes on to the last page', async (t) => {
  const user = aUser();
  const now = anInstant();
  const titles = Array.from({ length: 2_003 }, (_, index) => `Task ${index}`);
  await tasks.transact(user, { ids: [] }, anOrigin(), (unit) => {
    for (const [index, title] of titles.entries()) unit.add(aDraft(user, { title, completed: index % 2 === 0 }, now));
    return { result: undefined, store: true };
  });
  const ids = async (...args: string[]) => {
    const { code, out, err } = await taskward(['list', '--user', user, ...args]);
    t.strictSame([code, err], [0, '']);
    return (args.includes('--json') ? JSON.parse(out) : jsonLines(out)).map(({ id }: { id: number }) => id);
  };
  const all = titles.map((_, index) => index + 1);
  const newest = all.toReversed();
  t.strictSame(await ids(), newest, 'each once, the newest first');
  t.strictSame(await ids('--json', '--order', 'asc'), all);
  t.strictSame(await ids('--sort', 'updated_at', '--limit', '2'), [2003, 2002]);
  t.strictSame(await ids('--status', 'pending', '--limit', '3'), [2002, 2000, 1998]);
  t.strictSame(
    await ids('--status', 'completed', '--limit', '1001'),
    newest.filter((id) => id % 2 === 1).slice(0, 1001),
  );
  t.strictSame(await ids('--search', 'task 200', '--sort', 'title'), [201, 2001, 2002, 2003]);
  t.strictSame(await ids('--search', 'task 200', '--sort', 'title', '--order', 'desc'), [2003, 2002, 2001, 201]);
  t.strictSame(await ids('--limit', '1500'), newest.slice(0, 1500));
  t.strictSame(await ids('--json', '--search', 'nothing'), []);
});

t.test('a search or a number of tasks beyond the bounds is refused before the database is asked', async (t) => {
  const user = ['--user', aUser()];
  const unreached = (...args: string[]) => taskward([...args, ...user], { DATABASE_URL: nowhere });
  const beyond = await unreached('list', '--search', 'x'.repeat(101));
  t.equal(beyond.code, 1);
  t.match(beyond.err, /'--search <text>'.* is invalid\. It must be at most 100 characters long, and has 101\.$/m);
  responded(t, await taskward(['list', '--search', '👍'.repeat(100), ...user]), [], 'characters, not bytes');
  responded(t, await taskward(['list', '--search', '', ...user]), [], 'an empty search selects all');
  const ids = Array.from({ length: 101 }, (_, index) => String(index + 1));
  for (const name of ['done', 'undone', 'rm']) {
    t.strictSame(
      await unreached(name, ...ids),
      refused(65, `The input is not valid: ${name} names 101 tasks: name at most 100 at once.`),
    );
  }
  t.equal((await taskward(['done', ...ids.slice(1), ...user])).code, 66, 'a hundred are looked for');
});

t.test("a user's text does not steer the terminal that it is printed on", async (t) => {
  const user = aUser();
  const title = `a\u001b[31m\u009b1m\u202ered\u0007`;
  await tasks.add(aDraft(user, { title }), anOrigin());
  for (const json of [[], ['--json']]) {
    const { out } = await taskward(['list', '--user', user, ...json]);
    t.notMatch(out.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
    t.strictSame(JSON.parse(out).title ?? JSON.parse(out)[0].title, title, 'and nothing of it is lost');
  }
});

t.test('each error has its exit code and its sentence, and prints nothing else', async (t) => {
  const unavailable = refused(69, 'The database cannot be reached right now. Try again in a moment.');
  const user = ['--user', aUser()];
  const table: [name: string, args: string[], ending: ReturnType<typeof refused>, env?: Record<string, string>][] = [
    ['an empty title', ['add', ' ', ...user], refused(65, 'The input is not valid: title must not be empty.')],
    [
      'every fault',
      ['add', '', '-d', 'x'.repeat(1001), ...user],
      refused(
        65,
        'The input is not valid: title must not be empty; description must be at most 1000 characters long, and has 1001.',
      ),
    ],
    ['an empty user', ['list', '--user', ''], refused(65, 'The input is not valid: user_id must not be empty.')],
    [
      'a long user',
      ['list', '--user', 'x'.repeat(256)],
      refused(65, 'The input is not valid: user_id must be at most 255 characters long, and has 256.'),
    ],
    ['no such task', ['done', '999', ...user], refused(66, "There is no task 999 among this user's tasks.")],
    ['the last id', ['rm', '2147483647', ...user], refused(66, "There is no task 2147483647 among this user's tasks.")],
    [
      'a text that is both given and taken away',
      ['edit', '1', '-d', 'x', '--clear-description', ...user],
      refused(65, 'The input is not valid: --clear-description cannot be combined with --description.'),
    ],
    [
      'a change of nothing',
      ['edit', '1', ...user],
      refused(
        65,
        'The input is not valid: edit needs at least one of --title, --description, --clear-description, --done, --undone, --priority, --clear-priority, --tag, --add-tag, --remove-tag, --clear-tags, --due, --clear-due, --repeat, --clear-repeat, --remind, --clear-reminders, --metadata.',
      ),
    ],
    ...['add x', 'list', 'done 1', 'rm 1'].map((command): (typeof table)[number] => [
      `no database: ${command}`,
      [...command.split(' '), ...user],
      unavailable,
      { DATABASE_URL: nowhere },
    ]),
    ['no database, to migrate', ['migrate'], unavailable, { DATABASE_URL: nowhere }],
    ['no database, in production', ['list', ...user], unavailable, { ...production, DATABASE_URL: nowhere }],
    [
      'a wrong environment',
      ['list', ...user],
      refused(
        1,
        'Taskward cannot start: the environment is not right.',
        '  - DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database.',
        '  - PORT must be a whole number from 0 to 65535.',
      ),
      { DATABASE_URL: 'nonsense', PORT: 'x' },
    ],
    [
      'an unsafe production',
      ['list', ...user],
      refused(
        1,
        'Taskward cannot start: the environment is not right.',
        '  - BETTER_AUTH_SECRET, JWT_PUBLIC_KEY or JWT_JWKS_URL is required in production: how else would tokens be verified?',
        '  - CORS_ALLOWED_ORIGINS is required in production: the origins of your front end, such as https://app.example.',
      ),
      { ENVIRONMENT: 'production' },
    ],
  ];
  const endings = await Promise.all(table.map(([, args, , env]) => taskward(args, env)));
  table.forEach(([name, , ending], index) => {
    t.strictSame(endings[index], ending, name);
  });
});

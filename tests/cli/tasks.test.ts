import { makeTaskRepository } from '@taskward/adapters-postgres';
import t from 'tap';
import { aDraft, anInstant, aUser } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, nowhere, printed, production, refused } from './command-line.ts';

const { database, url } = await aSharedDatabase(t);
const tasks = makeTaskRepository({ database });
const taskward = aCommandLine(t, url);

t.test('a task from its first day to its last', async (t) => {
  const user = aUser();
  t.strictSame(await taskward(['list', '--user', user]), printed(), 'nobody has no tasks');

  t.strictSame(await taskward(['add', '  Buy milk ', '--user', user]), printed('[ ] 1  Buy milk'));
  t.strictSame(await taskward(['add', 'Buy 👍', '-u', user, '-d', ' Oat ']), printed('[ ] 2  Buy 👍'));
  t.match(await tasks.get(user, 1), { title: 'Buy milk', description: null, completed: false, revision: 1 });
  t.match(await tasks.get(user, 2), { title: 'Buy 👍', description: ' Oat ' });
  const age = Date.now() - Date.parse((await tasks.get(user, 2)).createdAt);
  t.ok(age >= 0 && age < 60_000, "made by the machine's clock");

  t.strictSame(await taskward(['done', '1', '--user', user]), printed('[x] 1  Buy milk'));
  const done = await tasks.get(user, 1);
  t.strictSame(await taskward(['done', '1', '--user', user]), printed('[x] 1  Buy milk'), 'safe to repeat');
  t.strictSame(await tasks.get(user, 1), done, 'and the second time nothing was written');

  t.strictSame(await taskward(['list', '--user', user]), printed('[x] 1  Buy milk', '[ ] 2  Buy 👍'), 'oldest first');
  t.strictSame(await taskward(['rm', '1', '--user', user]), printed('Task 1 is gone.'));
  t.strictSame(await taskward(['rm', '1', '--user', user]), refused(66, "There is no task 1 among this user's tasks."));
  t.strictSame(await taskward(['list', '--user', user]), printed('[ ] 2  Buy 👍'));
  t.strictSame(
    await taskward(['add', 'Buy eggs', '--user', user]),
    printed('[ ] 3  Buy eggs'),
    'ids are not used again',
  );
});

t.test("each command touches the named user's tasks only", async (t) => {
  const [mine, theirs] = [aUser(), aUser()];
  const before = [await tasks.add(aDraft(mine)), await tasks.add(aDraft(theirs)), await tasks.add(aDraft(theirs))];
  const unknown = refused(66, "There is no task 2 among this user's tasks.");
  const endings = await Promise.all([
    taskward(['list', '--user', mine]),
    taskward(['done', '2', '--user', mine]),
    taskward(['rm', '2', '--user', mine]),
  ]);
  t.strictSame(endings, [printed('[ ] 1  Buy milk'), unknown, unknown]);
  t.strictSame(await Promise.all(before.map(({ owner, id }) => tasks.get(owner, id))), before);
});

t.test('list goes on to the last page', async (t) => {
  const user = aUser();
  const now = anInstant();
  const titles = Array.from({ length: 501 }, (_, index) => `Task ${index}`);
  // One after the other: writes of one user queue up anyway, and a slow disk must not make the last ones give up.
  for (const title of titles) await tasks.add(aDraft(user, { title }, now));
  const { code, out } = await taskward(['list', '--user', user]);
  t.equal(code, 0);
  const lines = out.trimEnd().split('\n');
  const ids = lines.map((line) => Number(/^\[ \] (\d+) {2}Task \d+$/.exec(line)?.[1]));
  t.strictSame(
    ids,
    titles.map((_, index) => index + 1),
    'each once, in the order of their ids',
  );
  t.strictSame(lines.map((line) => line.replace(/^.{4}\d+ {2}/, '')).sort(), [...titles].sort());
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

import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { aCommandProcess, aSharedDatabase, nowhere, refused, responded } from '../support/processes/command-line.ts';

// What only a process shows: that exit codes, output, arguments and environment are the process's own.
const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandProcess(t, url);

t.test('a process writes results to standard output, and exits with 0', async (t) => {
  const user = aUser();
  responded(t, await taskward(['add', 'Buy 👍', '-d', ' Oat ', '--done', '--user', user]), [
    { id: 1, user_id: user, title: 'Buy 👍', description: ' Oat ', completed: true },
  ]);
  t.match(await tasks.get(user, 1), { title: 'Buy 👍', description: ' Oat ', completed: true });
  const help = await taskward(['list', '--help']);
  t.match(help, { code: 0, out: /^Usage: taskward list \[options\]\n/, err: '' });
});

t.test('a process says what is wrong on standard error, and exits with the code of the error', async (t) => {
  const user = aUser();
  await tasks.add(aDraft(user), anOrigin());
  const unavailable = 'The database cannot be reached right now. Try again in a moment.';
  const endings = [
    await taskward(['done', '99', '--user', user]),
    await taskward(['edit', '1', '-t', 'x', '--if-revision', '7', '--user', user]),
    await taskward(['add', ' ', '--user', user]),
    await taskward(['list', '--user', user], { DATABASE_URL: nowhere }),
    await taskward(['frobnicate']),
  ];
  const stale =
    'The task was changed meanwhile, and is at revision 1 now. Look at it, merge, and try again with that revision.';
  t.strictSame(endings, [
    refused(66, "There is no task 99 among this user's tasks."),
    refused(75, stale),
    refused(65, 'The input is not valid: title must not be empty.'),
    refused(69, unavailable),
    refused(1, "error: unknown command 'frobnicate'", '(add --help for usage)'),
  ]);
  const both = await taskward(['done', '1', '99', '--user', user]);
  t.strictSame([both.code, JSON.parse(both.out).id, both.err.split('\n').length], [66, 1, 2], 'one done, one refused');
});

t.test('TASKWARD_USER stands for --user, unless it is set to nothing', async (t) => {
  const user = aUser();
  responded(t, await taskward(['add', 'Buy milk'], { TASKWARD_USER: user }), [{ id: 1, user_id: user }]);
  responded(t, await taskward(['list'], { TASKWARD_USER: user }), [{ id: 1 }]);
  const unset = await taskward(['list'], { TASKWARD_USER: ' ' });
  t.match(unset, { code: 1, out: '', err: /^error: required option '-u, --user <id>' not specified\n/ });
});

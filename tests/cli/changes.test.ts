import { makeOwnerPorts } from '@taskward/adapters-postgres';
import { operator } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { aCommandLine, aSharedDatabase, jsonLines, refused, responded } from '../support/processes/command-line.ts';

const { database, url } = await aSharedDatabase(t);
const { tasks } = makeOwnerPorts({ database });
const taskward = aCommandLine(t, url);

const runAs =
  (user: string) =>
  (...args: string[]) =>
    taskward([...args, '--user', user]);

t.test('log lists what was done to all tasks, newest first', async (t) => {
  const run = runAs(aUser());
  responded(t, await run('log'), [], 'nobody has done nothing');
  await run('add', 'Buy milk');
  await run('add', 'Pay rent', '-d', 'Before the 3rd');
  await run('edit', '1', '--title', 'Buy oat milk', '--done');
  await run('rm', '1', '2');
  await run('restore', '2');

  const entries = [
    { revision: 6, kind: 'restored', task_id: 2, title: 'Pay rent', fields: [] },
    { revision: 5, kind: 'deleted', task_id: 2, title: 'Pay rent', fields: [], batch: 4 },
    { revision: 4, kind: 'deleted', task_id: 1, title: 'Buy oat milk', fields: [], batch: 4 },
    { revision: 3, kind: 'updated', task_id: 1, title: 'Buy oat milk', fields: ['title', 'completed'] },
    { revision: 2, kind: 'created', task_id: 2, title: 'Pay rent', fields: [] },
    { revision: 1, kind: 'created', task_id: 1, title: 'Buy oat milk', fields: [] },
  ];
  responded(t, await run('log'), entries);
  t.match(jsonLines((await run('log')).out)[0], { at: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ });
  responded(t, await run('log', '--limit', '2'), entries.slice(0, 2));
  responded(t, await run('log', '--since', '4'), entries.slice(0, 2));
  responded(t, await run('log', '--since', '1', '--limit', '3'), entries.slice(0, 3));
  t.match(JSON.parse((await run('log', '--json')).out), entries, 'one array');
  t.strictSame((await run('log', '--json', '--since', '6')).out, '[]\n');
});

t.test('log and history are read page by page, and every change is listed once', async (t) => {
  const user = aUser();
  await tasks.transact(user, { ids: [] }, anOrigin(), (unit) => {
    for (let n = 0; n < 700; n += 1) unit.add(aDraft(user));
    for (let n = 0; n < 600; n += 1)
      unit.update(1, (task) => task.setCompleted(operator, {}, task.updatedAt, aPlanning()));
    return { result: undefined, store: true };
  });
  const revisions = async (...args: string[]) => jsonLines((await runAs(user)(...args)).out).map((one) => one.revision);
  const countdown = (from: number, count: number) => Array.from({ length: count }, (_, n) => from - n);
  t.strictSame(await revisions('log'), countdown(1_300, 1_300));
  t.strictSame(await revisions('log', '--limit', '750'), countdown(1_300, 750));
  t.strictSame(await revisions('history', '1'), [...countdown(1_300, 600), 1]);
});

t.test('history shows the values of one task, also of a deleted one', async (t) => {
  const run = runAs(aUser());
  await run('add', 'Buy milk');
  await run('edit', '1', '--title', 'Buy oat milk', '-d', 'Two');
  await run('rm', '1');
  const entries = [
    {
      revision: 3,
      kind: 'deleted',
      changed: { title: ['Buy oat milk', null], description: ['Two', null], completed: [false, null] },
    },
    { revision: 2, kind: 'updated', changed: { title: ['Buy milk', 'Buy oat milk'], description: [null, 'Two'] } },
    { revision: 1, kind: 'created', changed: { title: [null, 'Buy milk'], completed: [null, false] } },
  ];
  responded(t, await run('history', '1'), entries);
  responded(t, await run('history', '1', '--limit', '1'), entries.slice(0, 1));
  t.match(JSON.parse((await run('history', '1', '--json')).out), entries);
  t.strictSame(await run('history', '7'), refused(66, "There is no task 7 among this user's tasks."));
});

t.test('undo says what has become of each task, and runs once under a key', async (t) => {
  const run = runAs(aUser());
  for (const title of ['a', 'b']) await run('add', title);
  await run('done', '1', '2');
  responded(t, await run('undo', '3'), [
    { id: 2, completed: false, revision: 5 },
    { id: 1, completed: false, revision: 6 },
  ]);
  responded(t, await run('undo', '5', '--idempotency-key', 'k'), [
    { id: 1, completed: true, revision: 7 },
    { id: 2, completed: true },
  ]);
  const repeated = await run('undo', '5', '--idempotency-key', 'k');
  t.match([repeated.code, jsonLines(repeated.out)], [0, [{ id: 1, revision: 7 }, { id: 2 }]]);
  t.match(repeated.err, /^This was done before under the same key/);
  const other = await run('undo', '1', '--idempotency-key', 'k');
  t.equal(other.code, 65, 'the key is that of another undo');

  await run('add', 'c');
  responded(t, await run('undo', '9'), [{ id: 3, deleted: true }], 'a creation');
  responded(t, await run('undo', '10'), [{ id: 3, title: 'c' }], 'a deletion');
  await run('edit', '3', '-t', 'd');
  await run('edit', '3', '-t', 'e');
  const superseded =
    'The change 12 cannot be undone, because later changes touched the same: title of task 3. Undo those first, or edit the task.';
  t.strictSame(await run('undo', '12'), refused(75, superseded));
  t.match(await run('undo', '99'), { code: 66, out: '', err: /^There is no change 99 in this user's history\./ });
});

t.test('what was deleted can be listed, and restored', async (t) => {
  const run = runAs(aUser());
  for (const title of ['a', 'b', 'c']) await run('add', title, '-d', `about ${title}`);
  await run('done', '2');
  await run('rm', '1');
  await run('rm', '2');
  const deleted = [
    { id: 2, title: 'b', description: 'about b', completed: true, revision: 6, deleted_at: /Z$/ },
    { id: 1, title: 'a', description: 'about a', completed: false, revision: 5 },
  ];
  responded(t, await run('trash'), deleted);
  responded(t, await run('trash', 'list'), deleted);
  responded(t, await run('trash', '--limit', '1'), deleted.slice(0, 1));
  t.match(JSON.parse((await run('trash', '--json')).out), deleted);

  t.match(await run('restore', '2', '--if-revision', '4'), { code: 75, out: '' });
  responded(t, await run('restore', '2', '--if-revision', '6'), [
    { id: 2, title: 'b', description: 'about b', completed: true, revision: 7 },
  ]);
  responded(t, await run('restore', '2'), [{ id: 2, revision: 7 }], 'safe to repeat');
  const both = await run('restore', '1', '9');
  t.match(jsonLines(both.out), [{ id: 1, title: 'a' }]);
  t.strictSame([both.code, both.err], [66, "There is no task 9 among this user's tasks.\n"]);
  responded(t, await run('trash'), []);
});

t.test('what is purged from the trash is gone for good', async (t) => {
  const run = runAs(aUser());
  for (const title of ['a', 'b', 'c', 'd']) await run('add', title);
  await run('rm', '1', '2', '3');
  t.strictSame(
    await run('trash', 'purge', '1'),
    refused(1, 'This removes deleted tasks for good. Where nobody can be asked, add --yes.'),
  );
  t.strictSame(
    await run('trash', 'purge', '--yes'),
    refused(65, 'The input is not valid: purge needs ids of tasks, or --all.'),
  );
  t.strictSame(
    await run('trash', 'purge', '1', '--all', '--yes'),
    refused(65, 'The input is not valid: --all cannot be combined with ids.'),
  );
  const some = await run('trash', 'purge', '1', '4', '--yes');
  t.strictSame(jsonLines(some.out), [{ id: 1, deleted: true }]);
  t.strictSame([some.code, some.err], [66, "There is no task 4 among this user's tasks.\n"], 'task 4 is not deleted');
  t.match(await run('restore', '1'), { code: 66, err: /^The task 1 was removed from the trash for good/ });
  t.strictSame(JSON.parse((await run('trash', 'purge', '--all', '--yes', '--json')).out), { purged: 2 });
  responded(t, await run('trash'), []);
  responded(t, await run('log', '--limit', '1'), [{ revision: 7, kind: 'deleted', task_id: 3, title: null }]);
  responded(t, await run('list'), [{ id: 4 }]);
});

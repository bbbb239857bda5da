import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { aUser } from '../support/builders.ts';
import { aCommandLine, aSharedDatabase, jsonLines } from '../support/processes/command-line.ts';

const { url } = await aSharedDatabase(t);
const taskward = aCommandLine(t, url);
const quota = { MAX_TASKS_PER_USER: '4' };
const full =
  'This user already has 4 tasks, the most that one user may have. Delete tasks that are no longer needed, and try again.\n';

t.test('import tells by their lines which rows are beyond the quota, and imports the others', async (t) => {
  const user = aUser();
  const file = join(t.testdir({}), 'tasks.csv');
  const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => `Task ${id},${id}`);
  writeFileSync(file, ['title,external_id', ...rows, ''].join('\n'));
  const { code, err } = await taskward(['import', file, '--user', user], quota);
  t.equal(code, 65);
  t.match(err, `line 6: ${full}line 7: ${full}`);
  t.match(err, 'Imported 4 tasks; 2 rows were refused.');
  const list = await taskward(['list', '--user', user]);
  t.equal(jsonLines(list.out).length, 4);

  t.match(await taskward(['add', 'One more', '--user', user], quota), { code: 73, out: '', err: full });
  const keyed = ['add', 'One more', '--user', user, '--idempotency-key', 'k'];
  t.match(await taskward(keyed, quota), { code: 73, out: '', err: full });
  t.match(await taskward(['rm', '1', '--user', user]), { code: 0 });
  t.match(await taskward(keyed, quota), { code: 0, out: /One more/ }, 'the error was not stored');
});

t.test('seed says so when not all tasks fit', async (t) => {
  const user = aUser();
  const { code, out, err } = await taskward(['seed', '--user', user], quota);
  t.strictSame([code, out, err], [73, '', `4 of 10 tasks were added. ${full}`]);
});

t.test('a quota that is no number is refused', async (t) => {
  const { code, err } = await taskward(['list', '--user', aUser()], { MAX_TASKS_PER_USER: '0' });
  t.equal(code, 1);
  t.match(err, 'MAX_TASKS_PER_USER must be a whole number from 1 to 1000000000.');
});

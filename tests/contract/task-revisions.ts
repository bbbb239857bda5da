import { type AskedQuery, type ListedTasks, makeListTasks, type TaskRepository } from '@taskward/application';
import { operator, type Revisions, type Task, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { absentPorts } from '../support/absent-ports.ts';
import { aDraft, anOrigin, aQuery, aSteadyClock, aUser, changing, sortedBy } from '../support/builders.ts';
import { calendar } from '../support/planning.ts';
import { idsOf, type MakeRepository } from './task-lists.ts';

const unchangedAt = (revision: number): ListedTasks => ({ revision, unchanged: true, tasks: [] });

/** Lists by the use-case, which compares the counter with the revisions that the caller knows. */
const listing = (tasks: TaskRepository) => (owner: UserId, query: AskedQuery, known: Revisions) =>
  makeListTasks({ ...absentPorts, tasks, clock: aSteadyClock(), calendar })(operator, { owner, query, known });

/** How every task repository must count changes, and tell by the count that a list is known already. */
export const testTaskRevisions = (t: Test, make: MakeRepository): void => {
  t.test('a list has its owner’s change counter, which moves with each change and with nothing else', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const isAt = async (revision: number, about: string) => {
      const page = await tasks.list(owner, aQuery({ status: 'completed' }));
      t.strictSame([page.revision, await tasks.revision(owner)], [revision, revision], about);
    };
    await isAt(0, 'a user without tasks');
    await tasks.add(aDraft(owner), anOrigin());
    await isAt(1, 'added, though the list does not show it');
    await tasks.add(aDraft(owner), anOrigin());
    await isAt(2, 'added');
    await tasks.update(owner, 1, changing(owner, { title: 'Bread' }), anOrigin());
    await isAt(3, 'changed');
    await tasks.update(owner, 1, changing(owner, { title: 'Bread' }), anOrigin());
    await t.rejects(tasks.update(owner, 9, changing(owner, { title: 'Bread' }), anOrigin()));
    await t.rejects(tasks.update(owner, 1, changing(owner, { title: '' }), anOrigin()));
    await t.rejects(tasks.remove(owner, 9, anOrigin()));
    await tasks.add(aDraft(aUser()), anOrigin());
    await isAt(3, 'nothing changed, nothing was there, something was refused, somebody else');
    await tasks.remove(owner, 2, anOrigin());
    await isAt(4, 'removed');
  });

  t.test('a list at a known revision is not read, one at another is', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner), anOrigin());
    for (const query of [
      aQuery(),
      aQuery({ search: 'milk', sort: sortedBy('title') }),
      aQuery({ limit: 1, offset: 1, count: true }),
      aQuery({ limit: 1, after: { values: ['2026-11-20T09:30:00.123Z'], id: 3 } }),
    ]) {
      const whole = { ...(await tasks.list(owner, query)), unchanged: false };
      t.ok(whole.tasks.length > 0);
      const about = (known: Revisions) => `${JSON.stringify(query)} known at ${known}`;
      for (const known of ['any', [3], [1, 3], [3, 3, 9_999_999_999_999_998]] as const) {
        t.strictSame(await listing(tasks)(owner, query, known), unchangedAt(3), about(known));
      }
      for (const known of [[], [0], [2], [4], [1, 2, 4], [9_999_999_999_999_998]]) {
        t.strictSame(await listing(tasks)(owner, query, known), whole, about(known));
      }
    }
  });

  t.test('a user without tasks is at revision 0, and may know that too', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    t.strictSame(await listing(tasks)(owner, aQuery(), [0]), unchangedAt(0));
    t.strictSame(await listing(tasks)(owner, aQuery(), 'any'), unchangedAt(0));
    t.strictSame(await listing(tasks)(owner, aQuery(), [1]), { revision: 0, unchanged: false, tasks: [] });
    t.equal((await listing(tasks)(owner, aQuery({ count: true }), [1])).total, 0);
  });

  t.test('known revisions are the owner’s: another’s at the same say nothing', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    await tasks.add(aDraft(ann, { title: 'Ann’s' }), anOrigin());
    await tasks.add(aDraft(bob), anOrigin());
    await tasks.add(aDraft(bob), anOrigin());
    t.match(await listing(tasks)(ann, aQuery(), [2]), { revision: 1, unchanged: false, tasks: [{ title: 'Ann’s' }] });
  });

  t.test('whoever may allow a removal sees the task, and keeps it by throwing', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { title: 'Milk', description: 'Oat' }), anOrigin());
    const before = await tasks.update(owner, 1, changing(owner, { completed: true }), anOrigin());
    const thrown = new Error('it stays');
    const seen: Task[] = [];
    const refuse = (task: Task) => {
      seen.push(task);
      throw thrown;
    };
    await t.rejects(tasks.remove(owner, 1, anOrigin(), refuse), thrown);
    t.strictSame(seen, [before]);
    t.strictSame(await tasks.get(owner, 1), before);
    t.equal((await tasks.list(owner, aQuery())).revision, 2, 'no revision was spent');

    t.equal(await tasks.remove(owner, 1, anOrigin(), (task) => void seen.push(task)), undefined);
    t.strictSame(seen, [before, before]);
    await t.rejects(tasks.get(owner, 1), { code: 'task/not-found' });
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2, revision: 4 }, 'the removal took revision 3');
  });

  t.test('nobody is asked about the removal of what is not there, or is another’s', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    await tasks.add(aDraft(bob), anOrigin());
    const asked = () => t.fail('there is nothing to ask about');
    await t.rejects(tasks.remove(ann, 1, anOrigin(), asked), { code: 'task/not-found' });
    await tasks.add(aDraft(ann), anOrigin());
    await t.rejects(tasks.remove(ann, 2, anOrigin(), asked), { code: 'task/not-found' });
    await tasks.remove(ann, 1, anOrigin());
    await t.rejects(tasks.remove(ann, 1, anOrigin(), asked), { code: 'task/not-found' });
    t.match(await tasks.get(bob, 1), { revision: 1 });
  });

  t.test('a removal on condition and changes at once: each sees what the one before it left', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    const onlyAt = (revision: number) => (task: Task) => task.assertMeets({ match: [revision] });
    const results = await Promise.allSettled([
      tasks.update(owner, 1, changing(owner, { title: 'a' }), anOrigin()),
      tasks.remove(owner, 1, anOrigin(), onlyAt(1)),
      tasks.update(owner, 1, changing(owner, { title: 'b' }), anOrigin()),
      tasks.remove(owner, 1, anOrigin(), onlyAt(1)),
    ]);
    const removed = [results[1], results[3]].filter((one) => one?.status === 'fulfilled').length;
    const left = await tasks.list(owner, aQuery());
    if (removed === 0) t.strictSame([idsOf(left.tasks), left.revision], [[1], 3], 'changed first, so it stays');
    else t.strictSame([removed, idsOf(left.tasks), left.revision], [1, [], 2], 'removed first, so nothing to change');
  });
};

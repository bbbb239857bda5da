import { fieldNames, type Task } from '@taskward/domain';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, asRead, aUser, changing, giving, sortedBy } from '../support/builders.ts';
import { aContent, contentOf, differingContents } from '../support/contents.ts';
import { walk } from '../support/walk.ts';
import { testTaskCompletion } from './task-completion.ts';
import { testTaskFilters } from './task-filters.ts';
import { idsOf, type MakeRepository, testTaskLists } from './task-lists.ts';
import { testTaskQuota } from './task-quota.ts';
import { testTaskRevisions } from './task-revisions.ts';
import { testTaskScopes } from './task-scopes.ts';
import { testTaskSorts } from './task-sorts.ts';
import { testTaskTransactions } from './task-transactions.ts';
import { testTaskUnits } from './task-units.ts';

/** What every task repository must do. Each promise of the port has its test here, and each implementation runs all. */
export const testTaskRepository = (t: Test, make: MakeRepository): void => {
  t.test('every field comes back as it was stored', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await fc.assert(
      fc.asyncProperty(aContent(), async (content) => {
        const draft = aDraft(owner, content);
        t.strictSame(contentOf(draft), content);
        const stored = await tasks.add(draft, anOrigin());
        t.match(stored, { ...draft, remindAt: [] });
        t.strictSame(contentOf(stored), content);
        t.same(await tasks.get(owner, stored.id), stored);
      }),
      { numRuns: 50 },
    );
    const { tasks: listed } = await tasks.list(owner, aQuery({ limit: 1 }));
    t.strictSame(listed[0], await tasks.get(owner, 50));
  });

  t.test('a change of any one field is stored, and leaves the others as they are', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const [before, after] = differingContents();
    await tasks.add(aDraft(owner, before), anOrigin());
    for (const name of fieldNames) {
      const changed = await tasks.update(owner, 1, giving(owner, { [name]: after[name] }), anOrigin());
      t.strictSame(contentOf(changed), { ...before, [name]: after[name] }, name);
      t.strictSame(await tasks.get(owner, 1), asRead(changed), `${name}, as it is stored`);
      await tasks.update(owner, 1, giving(owner, before), anOrigin());
      t.strictSame(contentOf(await tasks.get(owner, 1)), before, `${name}, changed back`);
    }
  });

  t.test('times keep their milliseconds, also those that end in zeros', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (const text of [
      '2026-01-01T00:00:00.000Z',
      '2026-12-31T23:59:59.999Z',
      '2026-06-15T12:00:00.100Z',
      '2026-06-15T12:00:00.010Z',
    ]) {
      const { id } = await tasks.add(aDraft(owner, {}, anInstant(text)), anOrigin());
      const { createdAt, updatedAt } = await tasks.get(owner, id);
      t.same([createdAt, updatedAt], [text, text]);
    }
  });

  t.test('ids and revisions are counted per user, and neither is used twice', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    t.match(await tasks.add(aDraft(ann), anOrigin()), { id: 1, revision: 1 });
    t.match(await tasks.add(aDraft(ann), anOrigin()), { id: 2, revision: 2 });
    t.match(await tasks.add(aDraft(bob), anOrigin()), { id: 1, revision: 1 });
    await tasks.remove(ann, 2, anOrigin());
    t.match(await tasks.add(aDraft(ann), anOrigin()), { id: 3, revision: 4 }, 'the removal took revision 3');
    t.match(await tasks.update(ann, 1, changing(ann, { completed: true }), anOrigin()), { id: 1, revision: 5 });
  });

  t.test('what is not there is not found', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const notFound = { code: 'task/not-found' };
    await t.rejects(tasks.get(owner, 1), notFound, 'a user without tasks');
    await tasks.add(aDraft(owner), anOrigin());
    await t.rejects(tasks.get(owner, 2), notFound);
    await t.rejects(tasks.update(owner, 2, changing(owner, { title: 'x' }), anOrigin()), notFound);
    await t.rejects(tasks.remove(owner, 2, anOrigin()), notFound);
    await tasks.remove(owner, 1, anOrigin());
    await t.rejects(tasks.remove(owner, 1, anOrigin()), notFound, 'removed twice');
    t.same((await tasks.list(owner, aQuery({ count: true }))).total, 0);
  });

  t.test('a user has no way to a task of another', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    await tasks.add(aDraft(bob, { title: 'Mine' }), anOrigin());
    const before = await tasks.get(bob, 1);
    const notFound = { code: 'task/not-found' };
    await t.rejects(tasks.get(ann, 1), notFound);
    await t.rejects(tasks.update(ann, 1, changing(ann, { title: 'Stolen' }), anOrigin()), notFound);
    await t.rejects(tasks.remove(ann, 1, anOrigin()), notFound);
    t.same((await tasks.list(ann, aQuery({ search: 'Mine', count: true }))).tasks, []);
    t.same(await tasks.get(bob, 1), before);
  });

  t.test('a change that throws writes nothing and passes its error on', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const before = await tasks.add(aDraft(owner), anOrigin());
    const thrown = new Error('no');
    const failing = () => {
      throw thrown;
    };
    await t.rejects(tasks.update(owner, 1, failing, anOrigin()), thrown);
    t.same(await tasks.get(owner, 1), before);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { revision: 2 }, 'no revision was spent');
  });

  t.test('a change to nothing writes nothing', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const before = await tasks.add(aDraft(owner), anOrigin());
    t.same(await tasks.update(owner, 1, changing(owner, { title: before.title }), anOrigin()), before);
    t.same(await tasks.get(owner, 1), before);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { revision: 2 }, 'no revision was spent');
  });

  t.test('a change is stored whole, and returned as stored', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { description: 'Two litres' }), anOrigin());
    const changed = await tasks.update(
      owner,
      1,
      changing(owner, { title: 'Milk', description: null, completed: true }),
      anOrigin(),
    );
    t.match(changed, {
      title: 'Milk',
      description: null,
      completed: true,
      updatedAt: '2026-11-20T10:00:00.000Z',
      revision: 2,
    });
    t.same(await tasks.get(owner, 1), changed);
  });

  t.test('parallel writes of one user lose nothing', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { title: '0' }), anOrigin());
    const count = (task: Task) => changing(owner, { title: String(Number(task.title) + 1) })(task);
    const writes = Array.from({ length: 30 }, (_, n) => {
      if (n % 3 === 0) return tasks.add(aDraft(owner), anOrigin()).then(({ revision }) => revision);
      return tasks.update(owner, 1, count, anOrigin()).then(({ revision }) => revision);
    });
    const revisions = await Promise.all(writes);
    t.equal((await tasks.get(owner, 1)).title, '20', 'each of 20 increments counted');
    t.same(
      revisions.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, n) => n + 2),
      'revisions without gaps',
    );
    t.same(
      idsOf(await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }))).sort((a, b) => a - b),
      Array.from({ length: 11 }, (_, n) => n + 1),
    );
  });

  t.test('parallel first writes make one user', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const added = await Promise.all(Array.from({ length: 10 }, () => tasks.add(aDraft(owner), anOrigin())));
    t.same(
      idsOf(added).sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
  });

  t.test('of two removals at once one finds the task', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    const results = await Promise.allSettled([
      tasks.remove(owner, 1, anOrigin()),
      tasks.remove(owner, 1, anOrigin()),
      tasks.remove(owner, 1, anOrigin()),
    ]);
    t.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2, revision: 3 });
  });

  t.test('what is returned is no alias of what is stored', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const tamper = (task: Task) => Object.assign(task, { title: 'Changed behind its back' });
    const before = { ...(await tasks.add(aDraft(owner), anOrigin())) };
    tamper(await tasks.get(owner, 1));
    tamper(await tasks.update(owner, 1, (task) => task, anOrigin()));
    for (const task of (await tasks.list(owner, aQuery())).tasks) tamper(task);
    t.match(await tasks.get(owner, 1), before);
    const page = await tasks.list(owner, aQuery());
    (page.tasks as Task[]).length = 0;
    t.equal((await tasks.list(owner, aQuery())).tasks.length, 1);
  });

  testTaskLists(t, make);
  testTaskFilters(t, make);
  testTaskSorts(t, make);
  testTaskQuota(t, make);
  testTaskRevisions(t, make);
  testTaskCompletion(t, make);
  testTaskTransactions(t, make);
  testTaskScopes(t, make);
  testTaskUnits(t, make);
};

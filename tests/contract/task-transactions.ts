import { fieldNames, type Task, type UnitOfWork } from '@taskward/domain';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, asRead, aUser, changing, giving, sortedBy } from '../support/builders.ts';
import { aContent, contentOf, differingContents } from '../support/contents.ts';
import { aPlanning } from '../support/planning.ts';
import { walk } from '../support/walk.ts';
import { idsOf, type MakeRepository } from './task-lists.ts';

const later = anInstant('2026-11-20T10:00:00.010Z');

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);
const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

/** How every task repository must make several changes in one step. */
export const testTaskTransactions = (t: Test, make: MakeRepository): void => {
  t.test('several changes are one step: stored as they stand in the unit of work', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title, description: title }), anOrigin());
    const third = await tasks.get(owner, 3);
    const shelved = await tasks.transact(owner, { ids: [1, 2] }, anOrigin(), (unit) => {
      t.strictSame([unit.lastTaskId, unit.revision], [3, 3]);
      const changed = unit.update(1, changing(owner, { title: 'A', description: null, completed: true }, later));
      unit.remove(2, () => {});
      const added = unit.add(aDraft(owner, { title: 'd' }, later));
      const twice = unit.update(added.id, changing(owner, { completed: true }));
      return { store: true, result: { changed, twice, revision: unit.revision } };
    });
    t.match(shelved, {
      changed: { id: 1, title: 'A', description: null, completed: true, updatedAt: later, revision: 4 },
      twice: { id: 4, title: 'd', completed: true, createdAt: later, revision: 7 },
      revision: 7,
    });
    t.strictSame(await tasks.get(owner, 1), shelved.changed);
    t.strictSame(await tasks.get(owner, 4), shelved.twice);
    t.strictSame(await tasks.get(owner, 3), third, 'what was not named is as it was');
    await t.rejects(tasks.get(owner, 2), { code: 'task/not-found' });
    t.equal((await tasks.list(owner, aQuery())).revision, 7);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 5, revision: 8 });
  });

  t.test('nothing is stored when that is not wanted, or the work throws', async (t) => {
    const tasks = await make(t);
    const [owner, newcomer] = [aUser(), aUser()];
    await tasks.add(aDraft(owner), anOrigin());
    const before = await tasks.list(owner, aQuery());
    const work = (unit: UnitOfWork) => {
      unit.add(aDraft(owner));
      unit.update(1, changing(owner, { title: 'New' }));
      unit.remove(1, () => {});
    };
    const unwanted = (unit: UnitOfWork) => {
      work(unit);
      return { store: false, result: unit.revision };
    };
    t.equal(await tasks.transact(owner, { ids: [1] }, anOrigin(), unwanted), 4, 'what would have been is told');
    t.strictSame(await tasks.list(owner, aQuery()), before);
    const thrown = new Error('no');
    const failing = (unit: UnitOfWork) => {
      work(unit);
      throw thrown;
    };
    await t.rejects(tasks.transact(owner, { ids: [1] }, anOrigin(), failing), thrown);
    t.strictSame(await tasks.list(owner, aQuery()), before);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2, revision: 2 }, 'no id and no revision was spent');

    await tasks.transact(newcomer, { ids: [] }, anOrigin(), (unit) => {
      unit.add(aDraft(newcomer));
      return { store: false, result: undefined };
    });
    t.equal((await tasks.list(newcomer, aQuery())).revision, 0);
    t.match(await tasks.add(aDraft(newcomer), anOrigin()), { id: 1, revision: 1 });
  });

  t.test('what changes nothing writes nothing', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const before = await tasks.add(aDraft(owner), anOrigin());
    const same = (unit: UnitOfWork) => ({ store: true, result: unit.update(1, (task) => task) });
    t.strictSame(await tasks.transact(owner, { ids: [1] }, anOrigin(), same), before);
    t.equal(
      await tasks.transact(owner, { ids: [] }, anOrigin(), () => ({ store: true, result: 'nothing' })),
      'nothing',
    );
    t.match(await tasks.list(owner, aQuery()), { revision: 1, tasks: [before] });
  });

  t.test('a task made and removed in one step is not stored, and its id is spent', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      const { id } = unit.add(aDraft(owner));
      unit.remove(id, () => {});
      return { store: true, result: undefined };
    });
    t.strictSame(await tasks.list(owner, aQuery()), { revision: 2, tasks: [] });
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2, revision: 3 });
  });

  t.test('only the named tasks that exist are in the unit of work', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(ann), anOrigin());
    for (let n = 0; n < 4; n += 1) await tasks.add(aDraft(bob, { title: 'Bob’s' }), anOrigin());
    await tasks.remove(ann, 3, anOrigin());
    const bobs = await tasks.list(bob, aQuery());
    const found = await tasks.transact(ann, { ids: [1, 1, 3, 4, 999, 2_147_483_647] }, anOrigin(), (unit) => {
      for (const id of [2, 3, 4, 999, 2_147_483_647]) {
        t.throws(() => unit.get(id), { code: 'task/not-found' }, `${id}: not named, removed, another’s, never there`);
        t.throws(() => unit.update(id, (task) => task.setCompleted({ kind: 'operator' }, {}, later, aPlanning())), {
          code: 'task/not-found',
        });
        t.throws(() => unit.remove(id, () => {}), { code: 'task/not-found' });
      }
      return { store: true, result: unit.get(1) };
    });
    t.strictSame(found, await tasks.get(ann, 1), 'as it is stored');
    t.strictSame(await tasks.list(bob, aQuery()), bobs);
  });

  t.test('two users’ steps have nothing to do with each other', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    for (const owner of [ann, bob]) await tasks.add(aDraft(owner), anOrigin());
    const bobs = await tasks.list(bob, aQuery());
    await tasks.transact(ann, { ids: [1] }, anOrigin(), (unit) => {
      unit.add(aDraft(ann));
      unit.remove(1, () => {});
      return { store: true, result: undefined };
    });
    t.strictSame(await tasks.list(bob, aQuery()), bobs);
    t.match(await tasks.list(ann, aQuery()), { revision: 3, tasks: [{ id: 2, owner: ann }] });
  });

  t.test('every field comes back as it was shelved', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const drafts = [
      ...fc.sample(aContent(), 200),
      { title: '"}],\'\\u0041\\', description: '\u0001\u001f\u007f\u2028{}\t\r\n', completed: false },
      { title: 'null', description: '', completed: true },
    ];
    const times = ['2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z', '2026-06-15T12:00:00.010Z'];
    const shelved = await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
      store: true,
      result: drafts.map((content, n) => unit.add(aDraft(owner, content, anInstant(times[n % 3])))),
    }));
    const { tasks: stored } = await tasks.list(owner, aQuery({ limit: 500 }));
    t.strictSame(inOrder(idsOf(stored)), upTo(drafts.length));
    for (const task of stored) t.strictSame(task, asRead(shelved[task.id - 1] as Task));
    for (const [n, content] of drafts.entries()) t.match(contentOf(shelved[n] as Task), content);
    await tasks.transact(owner, { ids: upTo(drafts.length) }, anOrigin(), (unit) => {
      for (const task of shelved) t.strictSame(unit.get(task.id), task);
      return { store: false, result: undefined };
    });
  });

  t.test(
    'a change of any one field is stored, and leaves the others as they are, also in a step of several',
    async (t) => {
      const tasks = await make(t);
      const owner = aUser();
      const [before, after] = differingContents();
      const ids = upTo(fieldNames.length);
      for (const _ of ids) await tasks.add(aDraft(owner, before), anOrigin());
      const changed = await tasks.transact(owner, { ids }, anOrigin(), (unit) => ({
        store: true,
        result: fieldNames.map((name, n) => unit.update(n + 1, giving(owner, { [name]: after[name] }))),
      }));
      for (const [n, name] of fieldNames.entries()) {
        const stored = await tasks.get(owner, n + 1);
        t.strictSame(stored, asRead(changed[n] as Task), name);
        t.strictSame(contentOf(stored), { ...before, [name]: after[name] }, `${name}, and nothing else`);
      }
    },
  );

  t.test('a thousand tasks in one step', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const ids = upTo(1_000);
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (const id of ids) unit.add(aDraft(owner, { title: `Task ${id}` }));
      return { store: true, result: undefined };
    });
    await tasks.transact(owner, { ids }, anOrigin(), (unit) => {
      for (const id of ids) {
        if (id % 2 === 0) unit.remove(id, () => {});
        else unit.update(id, changing(owner, { completed: true }));
      }
      return { store: true, result: undefined };
    });
    const left = await walk(tasks, owner, aQuery({ sort: sortedBy('created_at'), limit: 500 }));
    const expected = ids.filter((id) => id % 2 === 1);
    t.strictSame(idsOf(left), expected);
    t.strictSame(
      left.map(({ title, completed, revision }) => [title, completed, revision]),
      expected.map((id) => [`Task ${id}`, true, 1_000 + id]),
    );
    t.equal((await tasks.list(owner, aQuery())).revision, 2_000);
  });

  t.test('parallel steps and single writes lose nothing, and count without gaps', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { title: '0' }), anOrigin());
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner), anOrigin());
    const count = (task: Task) => changing(owner, { title: String(Number(task.title) + 1) })(task);
    const revisionsOf = async (...written: Promise<Task | readonly Task[]>[]) =>
      (await Promise.all(written)).flat().map(({ revision }) => revision);
    const step = () =>
      tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({
        store: true,
        result: [unit.update(1, count), unit.add(aDraft(owner)), unit.update(1, count)],
      }));
    const unwanted = () =>
      tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => {
        unit.update(1, count);
        return { store: false, result: undefined };
      });
    const [revisions] = await Promise.all([
      revisionsOf(
        ...upTo(8).flatMap(() => [step(), tasks.update(owner, 1, count, anOrigin())]),
        ...upTo(6).map(() => tasks.add(aDraft(owner), anOrigin())),
      ),
      ...upTo(4).map(unwanted),
      ...[2, 3, 4].map((id) => tasks.remove(owner, id, anOrigin())),
    ]);
    t.equal((await tasks.get(owner, 1)).title, '24', 'each of 24 increments counted');
    const spent = inOrder(revisions);
    t.equal(new Set(spent).size, 8 * 4 + 6, 'no revision was given twice');
    const { revision, tasks: left } = await tasks.list(owner, aQuery());
    t.equal(revision, 4 + 8 * 4 + 6 + 3, 'and the three removals have the others');
    t.ok(spent.every((one) => one > 4 && one <= revision));
    t.strictSame(inOrder(idsOf(left)), [1, ...upTo(18).slice(4)]);
  });

  t.test('parallel first steps make one user', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const add = () =>
      tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
        store: true,
        result: unit.add(aDraft(owner)) as Task,
      }));
    const added = await Promise.all(upTo(8).map((n) => (n % 2 === 0 ? add() : tasks.add(aDraft(owner), anOrigin()))));
    t.strictSame(inOrder(idsOf(added)), upTo(8));
  });

  t.test('what work is handed and returns is no alias of what is stored', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    const tamper = (task: Task) => Object.assign(task, { title: 'Changed behind its back' });
    await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({ store: false, result: tamper(unit.get(1)) }));
    const added = await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
      store: true,
      result: unit.add(aDraft(owner)),
    }));
    tamper(added);
    for (const id of [1, 2]) t.equal((await tasks.get(owner, id)).title, 'Buy milk');
  });
};

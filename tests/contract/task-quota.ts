import type { Test } from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import type { MakeRepository } from './task-lists.ts';

const exceeded = { code: 'task/quota-exceeded' };

/** How every task repository must keep an owner within the quota. */
export const testTaskQuota = (t: Test, make: MakeRepository): void => {
  t.test('no task beyond the quota is added, and removing one makes room', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin(), 2);
    await tasks.add(aDraft(owner), anOrigin(), 2);
    await t.rejects(tasks.add(aDraft(owner), anOrigin(), 2), exceeded);
    t.match(
      await tasks.list(owner, aQuery({ count: true })),
      { revision: 2, total: 2 },
      'no id and no revision was spent',
    );
    await tasks.remove(owner, 1, anOrigin());
    t.match(await tasks.add(aDraft(owner), anOrigin(), 2), { id: 3, revision: 4 });
    await tasks.remove(owner, 3, anOrigin(), () => {});
    t.match(await tasks.add(aDraft(owner), anOrigin(), 2), { id: 4 }, 'also when a condition was asked');
    await t.rejects(tasks.add(aDraft(owner), anOrigin(), 2), exceeded);
    t.match(await tasks.add(aDraft(owner), anOrigin(), 3), { id: 5 }, 'with a larger quota there is room');
  });

  t.test('a removal that removes nothing makes no room', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin(), 1);
    await t.rejects(tasks.remove(owner, 2, anOrigin()), { code: 'task/not-found' });
    const keeping = tasks.remove(owner, 1, anOrigin(), () => {
      throw new Error('it stays');
    });
    await t.rejects(keeping, /it stays/);
    await tasks.remove(owner, 1, anOrigin());
    await t.rejects(tasks.remove(owner, 1, anOrigin()), { code: 'task/not-found' });
    await tasks.add(aDraft(owner), anOrigin(), 1);
    await t.rejects(tasks.add(aDraft(owner), anOrigin(), 1), exceeded);
  });

  t.test('several changes in one step count like as many steps', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin(), 3);
    const count = await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => {
      const made = [unit.add(aDraft(owner), 3), unit.add(aDraft(owner), 3)];
      t.throws(() => unit.add(aDraft(owner), 3), exceeded);
      unit.remove(1, () => {});
      unit.remove(made[0]?.id ?? 0, () => {});
      return { store: true, result: unit.taskCount };
    });
    t.equal(count, 1);
    await tasks.add(aDraft(owner), anOrigin(), 3);
    await tasks.add(aDraft(owner), anOrigin(), 3);
    await t.rejects(tasks.add(aDraft(owner), anOrigin(), 3), exceeded);
    const seen = await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
      store: true,
      result: unit.taskCount,
    }));
    t.equal(seen, 3, 'also those that were not named');
  });

  t.test('of many that are added at once only as many as there is room for are', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const adding = Array.from({ length: 30 }, (_, n) =>
      n % 3 > 0
        ? tasks.add(aDraft(owner), anOrigin(), 7)
        : tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
            store: true,
            result: unit.add(aDraft(owner), 7),
          })),
    );
    const ends = await Promise.allSettled(adding);
    t.equal(ends.filter(({ status }) => status === 'fulfilled').length, 7);
    t.ok(ends.every((end) => end.status === 'fulfilled' || end.reason.code === exceeded.code));
    t.equal((await tasks.list(owner, aQuery({ count: true }))).total, 7);
  });

  t.test('one user’s tasks leave another’s quota alone', async (t) => {
    const tasks = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    await tasks.add(aDraft(ann), anOrigin(), 1);
    await t.rejects(tasks.add(aDraft(ann), anOrigin(), 1), exceeded);
    await t.resolves(tasks.add(aDraft(bob), anOrigin(), 1));
  });
};

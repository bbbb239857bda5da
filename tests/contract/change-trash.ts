import type { ChangeLog } from '@taskward/application';
import { operator, restoreTask, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing } from '../support/builders.ts';
import { aCall } from '../support/idempotent-calls.ts';
import { calendar } from '../support/planning.ts';
import { type ChangeStores, entriesOf, lastStateOf, type MakeChangeStores } from './change-stores.ts';

const now = anInstant('2026-11-22T08:00:00.000Z');

const restoring = ({ tasks }: Pick<ChangeStores, 'tasks'>, owner: UserId, id: number) =>
  tasks.transact(owner, { ids: [id], restored: [id] }, anOrigin(), (unit) => ({
    result: restoreTask(unit, id, {}, { actor: operator, owner, now, calendar, quota: 100 }),
    store: true,
  }));

/** An owner of so many tasks, of which some were deleted, in this order. */
const anOwnerWithout = async ({ tasks }: Pick<ChangeStores, 'tasks'>, deleted: readonly number[], count = 6) => {
  const owner = aUser();
  for (let n = 1; n <= count; n += 1) await tasks.add(aDraft(owner, { title: `Task ${n}` }), anOrigin());
  for (const id of deleted) await tasks.remove(owner, id, anOrigin({ at: now }));
  return owner;
};

const trashOf = async (changes: ChangeLog, owner: UserId, before?: number, limit = 100) =>
  (await changes.trash(owner, before, limit)).map(({ id, revision }) => [id, revision]);

/** How every log of changes must keep deleted tasks, and give them up. */
export const testChangeTrash = (t: Test, make: MakeChangeStores): void => {
  t.test('the trash: every deleted task as it was, newest deletion first', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title, description: title }), anOrigin());
    t.strictSame(await changes.trash(owner, undefined, 10), []);
    const first = await tasks.update(owner, 1, changing(owner, { completed: true }), anOrigin());
    const third = await tasks.get(owner, 3);
    await tasks.remove(owner, 3, anOrigin({ at: now }));
    await tasks.transact(owner, { ids: [1] }, anOrigin({ at: now }), (unit) => {
      unit.remove(unit.add(aDraft(owner)).id);
      unit.remove(1);
      return { result: undefined, store: true };
    });
    const [last, inOneStep, earliest, ...more] = await changes.trash(owner, undefined, 10);
    t.strictSame({ ...last }, { id: 1, revision: 8, deletedAt: now, last: lastStateOf(first) });
    t.match(inOneStep, { id: 4, revision: 7, deletedAt: now, last: { title: 'Buy milk', revision: 6 } });
    t.strictSame({ ...earliest }, { id: 3, revision: 5, deletedAt: now, last: lastStateOf(third) });
    t.strictSame(more, []);
  });

  t.test('the trash, page by page', async (t) => {
    const stores = await make(t);
    const owner = await anOwnerWithout(stores, [2, 5, 1, 4]);
    t.strictSame(await trashOf(stores.changes, owner, undefined, 3), [
      [4, 10],
      [1, 9],
      [5, 8],
    ]);
    t.strictSame(await trashOf(stores.changes, owner, 10, 2), [
      [1, 9],
      [5, 8],
    ]);
    t.strictSame(await trashOf(stores.changes, owner, 8, 2), [[2, 7]]);
    t.strictSame(await trashOf(stores.changes, owner, 7, 2), []);
  });

  t.test('what is restored is not in the trash, and what is deleted again is in it once', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    const owner = await anOwnerWithout(stores, [2, 5]);
    await restoring(stores, owner, 2);
    t.strictSame(await trashOf(changes, owner), [[5, 8]]);
    await tasks.update(owner, 2, changing(owner, { title: 'once more' }), anOrigin());
    await tasks.remove(owner, 2, anOrigin({ at: now }));
    t.strictSame(await trashOf(changes, owner), [
      [2, 11],
      [5, 8],
    ]);
    t.match(await changes.trash(owner, undefined, 1), [{ last: { title: 'once more', revision: 10 } }]);
  });

  t.test(
    'a task that is purged is gone for good: the log has that it was there, and none of its content',
    async (t) => {
      const stores = await make(t);
      const { tasks, changes } = stores;
      const owner = await anOwnerWithout(stores, [], 2);
      for (const id of [1, 2]) {
        await tasks.update(owner, id, changing(owner, { title: 'secret' }), anOrigin());
        await tasks.remove(owner, id, anOrigin({ at: now }));
        await restoring(stores, owner, id);
        await tasks.update(owner, id, changing(owner, { description: 'secret', completed: true }), anOrigin());
        await tasks.remove(owner, id, anOrigin({ at: now }));
      }
      const others = await entriesOf(changes, owner, 2);
      const bounds = await changes.bounds(owner);
      t.equal(await changes.purgeTrash(owner, 1, 10), 1);
      const entries = (await entriesOf(changes, owner, 1)) as { kind: string; before?: object }[];
      t.strictSame(
        entries.map(({ kind, before }) => [kind, before]),
        [
          ['deleted', undefined],
          ['updated', {}],
          ['restored', undefined],
          ['deleted', undefined],
          ['updated', {}],
          ['created', undefined],
        ],
      );
      t.notMatch(JSON.stringify(entries), /secret|Task 1/);
      t.strictSame(await entriesOf(changes, owner, 2), others, 'another one keeps its content');
      t.strictSame(await trashOf(changes, owner), [[2, 12]]);
      const since = await changes.since(owner, bounds.revision, 10);
      t.match(since, { epoch: bounds.epoch, oldest: 0, changes: [], hasMore: false }, 'it is no change of a task');
      await t.rejects(restoring(stores, owner, 1), { code: 'task/purged' });
      t.match(await restoring(stores, owner, 2), { id: 2, title: 'secret' });
      t.equal(await changes.purgeTrash(owner, 1, 10), 0, 'once');
    },
  );

  t.test('only what is in the trash is purged, at most so much at once', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    const owner = await anOwnerWithout(stores, [1, 2, 3, 4]);
    await tasks.update(owner, 5, changing(owner, { title: 'changed' }), anOrigin());
    await restoring(stores, owner, 4);
    const kept = await Promise.all([4, 5].map((id) => entriesOf(changes, owner, id)));
    for (const id of [4, 5, 99]) t.equal(await changes.purgeTrash(owner, id, 10), 0, `not ${id}`);
    t.equal(await changes.purgeTrash(owner, undefined, 2), 2);
    t.equal((await trashOf(changes, owner)).length, 1);
    t.equal(await changes.purgeTrash(owner, undefined, 2), 1);
    t.equal(await changes.purgeTrash(owner, undefined, 2), 0);
    t.strictSame(await trashOf(changes, owner), []);
    t.strictSame(await Promise.all([4, 5].map((id) => entriesOf(changes, owner, id))), kept);
    for (const id of [1, 2, 3]) await t.rejects(restoring(stores, owner, id), { code: 'task/purged' });
  });

  t.test('a restoration and a purge at once: the task is back with its history, or gone for good', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    for (let n = 0; n < 5; n += 1) {
      const owner = await anOwnerWithout(stores, [1], 1);
      const [restored, purged] = await Promise.allSettled([
        restoring(stores, owner, 1),
        changes.purgeTrash(owner, undefined, 10),
      ]);
      const isBack = restored.status === 'fulfilled';
      t.strictSame(purged, { status: 'fulfilled', value: isBack ? 0 : 1 });
      const [last] = (await changes.history(owner, 1, 100, 10)).changes.filter(({ kind }) => kind === 'deleted');
      t.equal(last?.kind === 'deleted' && last.before !== undefined, isBack);
      t.equal((await tasks.list(owner, aQuery())).tasks.length, isBack ? 1 : 0);
    }
  });

  t.test('one user’s trash is not another’s', async (t) => {
    const stores = await make(t);
    const { changes } = stores;
    const [ann, bob] = [await anOwnerWithout(stores, [1, 2]), await anOwnerWithout(stores, [3])];
    t.strictSame(await trashOf(changes, bob), [[3, 7]]);
    t.equal(await changes.purgeTrash(bob, 1, 10), 0);
    t.equal(await changes.purgeTrash(bob, undefined, 10), 1);
    t.strictSame(await trashOf(changes, ann), [
      [2, 8],
      [1, 7],
    ]);
    t.match(await restoring(stores, ann, 1), { id: 1, title: 'Task 1' });
  });

  t.test('under a key, the log is part of the step: seen within it, undone with it, of this owner only', async (t) => {
    const stores = await make(t);
    const { changes, idempotency } = stores;
    const [owner, other] = [await anOwnerWithout(stores, [1, 2]), await anOwnerWithout(stores, [1])];
    const failing = idempotency.runIdempotently(aCall(owner), async (within) => {
      await within.changes.purgeTrash(owner, undefined, 10);
      t.strictSame(await trashOf(within.changes, owner), []);
      throw new Error('no');
    });
    await t.rejects(failing, { message: 'no' });
    t.equal((await trashOf(changes, owner)).length, 2);
    const done = await idempotency.runIdempotently(aCall(owner), async (within) => {
      await restoring(within, owner, 2);
      const { revision } = await within.changes.bounds(owner);
      return JSON.stringify([revision, await within.changes.purgeTrash(owner, undefined, 10)]);
    });
    t.equal(done.response, '[9,1]');
    t.strictSame(await trashOf(changes, owner), []);
    const reads: Record<keyof ChangeLog, (log: ChangeLog) => unknown> = {
      bounds: (log) => log.bounds(other),
      since: (log) => log.since(other, 0, 10),
      snapshot: (log) => log.snapshot(other, 0, 10),
      history: (log) => log.history(other, 1, 100, 10),
      occurrences: (log) => log.occurrences(other, 1, undefined, 10),
      latest: (log) => log.latest(other, { before: undefined, after: undefined }, 10),
      trash: (log) => log.trash(other, undefined, 10),
      purgeTrash: (log) => log.purgeTrash(other, undefined, 10),
    };
    for (const [name, read] of Object.entries(reads)) {
      const reaching = idempotency.runIdempotently(
        aCall(owner, { key: name }),
        async (within) => `${await read(within.changes)}`,
      );
      await t.rejects(reaching, /reached for the tasks of another/, name);
    }
    t.equal((await trashOf(changes, other)).length, 1);
  });
};

import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import type { ChangeStores, MakeChangeStores } from './change-stores.ts';

const completing = async ({ tasks }: ChangeStores, owner: UserId, id: number) => {
  const at = anInstant('2026-11-20T10:00:00.000Z');
  await tasks.transact(owner, { ids: [id] }, anOrigin({ at, requestId: 'request-1' }), (unit) => ({
    result: unit.update(id, changing(owner, { completed: true }, at)),
    store: true,
  }));
};

/** How every log of changes must tell which occurrences of a task were completed. */
export const testCompletedOccurrences = (t: Test, make: MakeChangeStores): void => {
  t.test('completed occurrences: those of one task, newest first, before a revision', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    const owner = aUser();
    for (let n = 0; n < 2; n += 1) {
      await tasks.add(aDraft(owner, { due_date: '2026-11-20', repeat: 'daily' }), anOrigin());
    }
    for (const id of [1, 2, 1, 1]) await completing(stores, owner, id);
    await tasks.update(owner, 1, changing(owner, { title: 'Call' }), anOrigin());

    const found = await changes.occurrences(owner, 1, undefined, 10);
    const at = '2026-11-20T10:00:00.000Z';
    const entry = { kind: 'occurrence_completed', taskId: 1, at, requestId: 'request-1' };
    t.match(found, [
      { ...entry, revision: 6, before: { due_date: '2026-11-22' } },
      { ...entry, revision: 5, before: { due_date: '2026-11-21' } },
      { ...entry, revision: 3, before: { due_date: '2026-11-20' } },
    ]);
    t.equal(found.length, 3);
    t.match(await changes.occurrences(owner, 1, 6, 1), [{ revision: 5 }]);
    t.same(await changes.occurrences(owner, 1, 3, 1), []);
    t.same(await changes.occurrences(owner, 3, undefined, 10), []);
    t.same(await changes.occurrences(aUser(), 1, undefined, 10), []);

    await tasks.remove(owner, 1, anOrigin());
    t.equal((await changes.occurrences(owner, 1, undefined, 10)).length, 3, 'also those of a deleted one');
    await changes.purgeTrash(owner, 1, 1);
    t.match(await changes.occurrences(owner, 1, undefined, 1), [{ revision: 6, before: {} }], 'and of a purged one');
  });
};

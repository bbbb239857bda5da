import type { LoggedChange } from '@taskward/application';
import { operator, restoreTask, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { calendar } from '../support/planning.ts';
import type { ChangeStores, MakeChangeStores } from './change-stores.ts';

const all = { before: undefined, after: undefined };

const brief = (logged: readonly LoggedChange[]) =>
  logged.map(({ change: { revision, kind, taskId }, title }) => ({ revision, kind, taskId, title }));

/** An owner of the task 2, who deleted the tasks 1 and 3. */
const anOwner = async ({ tasks }: ChangeStores): Promise<UserId> => {
  const owner = aUser();
  for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title }), anOrigin());
  await tasks.update(owner, 1, changing(owner, { title: 'A' }), anOrigin());
  await tasks.update(owner, 2, changing(owner, { title: 'B', completed: true }), anOrigin({ requestId: 'r' }));
  await tasks.transact(owner, { ids: [1, 3] }, anOrigin(), (unit) => {
    unit.remove(1);
    unit.remove(3);
    return { result: undefined, store: true };
  });
  return owner;
};

const expected = [
  { revision: 7, kind: 'deleted', taskId: 3, title: 'c' },
  { revision: 6, kind: 'deleted', taskId: 1, title: 'A' },
  { revision: 5, kind: 'updated', taskId: 2, title: 'B' },
  { revision: 4, kind: 'updated', taskId: 1, title: 'A' },
  { revision: 3, kind: 'created', taskId: 3, title: 'c' },
  { revision: 2, kind: 'created', taskId: 2, title: 'B' },
  { revision: 1, kind: 'created', taskId: 1, title: 'A' },
];

/** How every log of changes must list all changes of an owner. */
export const testLatestChanges = (t: Test, make: MakeChangeStores): void => {
  t.test('all changes of an owner are listed newest first, each with what its task is called now', async (t) => {
    const stores = await make(t);
    const [owner, other] = [await anOwner(stores), await anOwner(stores)];
    const { changes, tasks } = stores;
    t.strictSame(brief(await changes.latest(owner, all, 10)), expected);
    const [deleted, , updated] = await changes.latest(owner, all, 10);
    t.match(deleted?.change, { batch: 6, before: { title: 'c', revision: 3 } });
    t.match(updated?.change, { requestId: 'r', before: { title: 'b', completed: false } });
    await tasks.update(other, 2, changing(other, { title: 'of another' }), anOrigin());
    t.strictSame(brief(await changes.latest(owner, all, 10)), expected, 'of nobody else');
    t.strictSame(await changes.latest(aUser(), all, 10), []);
  });

  t.test('of all changes those before or after a revision can be listed, and so many', async (t) => {
    const stores = await make(t);
    const owner = await anOwner(stores);
    const { changes } = stores;
    const listed = async (before?: number, after?: number, limit = 10) =>
      (await changes.latest(owner, { before, after }, limit)).map(({ change }) => change.revision);
    t.strictSame(await listed(5), [4, 3, 2, 1]);
    t.strictSame(await listed(undefined, 5), [7, 6]);
    t.strictSame(await listed(6, 2), [5, 4, 3]);
    t.strictSame(await listed(6, 2, 2), [5, 4]);
    t.strictSame(await listed(undefined, undefined, 1), [7]);
    t.strictSame([await listed(1), await listed(undefined, 7), await listed(3, 2)], [[], [], []]);
  });

  t.test('what was restored is called what it is called, and what was purged nothing', async (t) => {
    const stores = await make(t);
    const owner = await anOwner(stores);
    const { changes, tasks } = stores;
    const context = { actor: operator, owner, now: anInstant(), calendar, quota: 10 };
    await tasks.transact(owner, { ids: [1], restored: [1] }, anOrigin(), (unit) => ({
      result: restoreTask(unit, 1, {}, context),
      store: true,
    }));
    await tasks.update(owner, 1, changing(owner, { title: 'restored' }), anOrigin());
    await changes.purgeTrash(owner, 3, 10);
    const titles = new Map(brief(await changes.latest(owner, all, 10)).map(({ taskId, title }) => [taskId, title]));
    t.strictSame([...titles].sort(), [
      [1, 'restored'],
      [2, 'B'],
      [3, undefined],
    ]);
  });
};

import { operator, restoreTask, type Task, type UnitOfWork, type UserId, undoChange } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing, sortedBy } from '../support/builders.ts';
import { calendar } from '../support/planning.ts';
import { type ChangeStores, entriesOf, lastStateOf, type MakeChangeStores } from './change-stores.ts';
import { idsOf } from './task-lists.ts';

const now = anInstant('2026-11-22T08:00:00.000Z');
const everything = Number.POSITIVE_INFINITY;

const revisionsOf = (changes: readonly { readonly revision: number }[]) => changes.map(({ revision }) => revision);

/** An owner whose first task has the revisions 1, 3, 4 and 6 (a deletion), and the second one 2 and 5. */
const aPast = async ({ tasks }: Pick<ChangeStores, 'tasks'>) => {
  const owner = aUser();
  for (const title of ['a', 'x']) await tasks.add(aDraft(owner, { title }), anOrigin());
  for (const title of ['b', 'c']) await tasks.update(owner, 1, changing(owner, { title }), anOrigin());
  await tasks.update(owner, 2, changing(owner, { title: 'y' }), anOrigin());
  await tasks.remove(owner, 1, anOrigin());
  return owner;
};

const contextOf = (owner: UserId) => ({ actor: operator, owner, now, calendar, quota: 100 });

/** How every log of changes must tell the past of a task, and every repository take it back. */
export const testChangeHistory = (t: Test, make: MakeChangeStores): void => {
  t.test('the history of a task: its changes only, newest first, and the task', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    const owner = await aPast(stores);
    const second = await changes.history(owner, 2, everything, 10);
    t.strictSame(second.current, await tasks.get(owner, 2));
    t.match(second.changes, [
      { kind: 'updated', taskId: 2, revision: 5, before: { title: 'x' } },
      { kind: 'created', taskId: 2, revision: 2 },
    ]);
    t.equal(second.changes.length, 2);
    const first = await changes.history(owner, 1, everything, 10);
    t.equal(first.current, undefined, 'also of one that is deleted');
    t.strictSame(revisionsOf(first.changes), [6, 4, 3, 1]);
    t.same(await changes.history(owner, 3, everything, 10), { current: undefined, changes: [] });
    t.same(
      await changes.history(aUser(), 1, everything, 10),
      { current: undefined, changes: [] },
      'of this owner only',
    );
  });

  t.test('the history before a revision: so many, and all since, which say what the values were', async (t) => {
    const stores = await make(t);
    const owner = await aPast(stores);
    const history = async (before: number, limit: number) =>
      revisionsOf((await stores.changes.history(owner, 1, before, limit)).changes);
    t.strictSame(await history(everything, 2), [6, 4]);
    t.strictSame(await history(4, 1), [6, 4, 3]);
    t.strictSame(await history(4, 2), [6, 4, 3, 1]);
    t.strictSame(await history(5, 1), [6, 4]);
    t.strictSame(await history(1, 5), [6, 4, 3, 1]);
    t.strictSame(await history(7, 1), [6]);
  });

  t.test('a unit of work has what is to be undone: its tasks, and all since the first of it', async (t) => {
    const { tasks } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title }), anOrigin());
    await tasks.update(owner, 1, changing(owner, { title: 'a before' }), anOrigin());
    await tasks.transact(owner, { ids: [1, 2] }, anOrigin(), (unit) => {
      unit.update(1, changing(owner, { title: 'A' }));
      unit.remove(2);
      return { result: undefined, store: true };
    });
    for (const id of [1, 3]) await tasks.update(owner, id, changing(owner, { completed: true }), anOrigin());
    const seen = (unit: UnitOfWork) => ({
      tasks: [1, 2, 3].filter((id) => unit.find(id) !== undefined),
      log: [1, 2, 3].map((id) => revisionsOf(unit.changesOf(id))),
      together: [5, 6, 7].map((revision) => revisionsOf(unit.changesMadeWith(revision))),
    });
    const look = (scope: Parameters<typeof tasks.transact>[1]) =>
      tasks.transact(owner, scope, anOrigin(), (unit) => ({ result: seen(unit), store: false }));
    for (const revision of [5, 6]) {
      t.strictSame(await look({ ids: [], undone: [revision] }), {
        tasks: [1],
        log: [[7, 5], [6], []],
        together: [[6, 5], [6, 5], [7]],
      });
    }
    t.match(await look({ ids: [3], undone: [7] }), { tasks: [1, 3], log: [[7], [], []] });
    t.match(await look({ ids: [], undone: [4, 8] }), { tasks: [1, 3], log: [[7, 5, 4], [], [8]] });
    t.match(await look({ ids: [2], restored: [2] }), { tasks: [], log: [[], [6], []] });
    t.match(await look({ ids: [1], restored: [1] }), { tasks: [1], log: [[7], [], []] });
    t.match(await look({ ids: [], undone: [5], restored: [2] }), { tasks: [1], log: [[7, 5], [6], []] });
    t.match(await look({ ids: [], undone: [99], restored: [99] }), { tasks: [], log: [[], [], []] });
    t.match(await look({ ids: [1] }), { tasks: [1], log: [[], [], []] }, 'nothing that is not asked for');
  });

  t.test('an undo is stored like any other change, and can be undone', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b']) await tasks.add(aDraft(owner, { title }), anOrigin());
    const before = await tasks.list(owner, aQuery());
    await tasks.transact(owner, { ids: [1, 2] }, anOrigin(), (unit) => {
      unit.update(1, changing(owner, { title: 'A', description: 'new' }));
      unit.remove(2);
      unit.add(aDraft(owner, { title: 'c' }));
      return { result: undefined, store: true };
    });
    const after = await tasks.list(owner, aQuery());
    const undo = (revision: number) =>
      tasks.transact(owner, { ids: [], undone: [revision] }, anOrigin({ at: now }), (unit) => ({
        result: undoChange(unit, revision, contextOf(owner)),
        store: true,
      }));
    const contents = (all: readonly Task[]) =>
      all
        .map(({ id, title, description, completed, createdAt }) => ({ id, title, description, completed, createdAt }))
        .sort((a, b) => a.id - b.id);
    await undo(4);
    t.strictSame(contents((await tasks.list(owner, aQuery())).tasks), contents(before.tasks));
    const last = async (id: number) => (await changes.history(owner, id, everything, 1)).changes[0];
    t.match(await last(3), { kind: 'deleted', revision: 6, batch: 6, before: { title: 'c' }, at: now });
    t.match(await last(2), { kind: 'restored', revision: 7, batch: 6, at: now });
    t.match(await last(1), {
      kind: 'updated',
      revision: 8,
      batch: 6,
      before: { title: 'A', description: 'new' },
      at: now,
    });
    await undo(7);
    t.strictSame(contents((await tasks.list(owner, aQuery())).tasks), contents(after.tasks));
    t.match(await changes.bounds(owner), { revision: 11 });
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 4, revision: 12 }, 'ids and revisions go on');
  });

  t.test('of an undo that is superseded nothing is stored', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    for (const title of ['b', 'c']) await tasks.update(owner, 1, changing(owner, { title }), anOrigin());
    const undoing = tasks.transact(owner, { ids: [], undone: [2] }, anOrigin(), (unit) => ({
      result: undoChange(unit, 2, contextOf(owner)),
      store: true,
    }));
    await t.rejects(undoing, {
      code: 'undo/superseded',
      superseded: [{ taskId: 1, field: 'title', given: 'b', current: 'c' }],
    });
    t.match(await changes.bounds(owner), { revision: 3 });
  });

  t.test('of several undos of one change at once, one takes it back', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner, { title: 'a' }), anOrigin());
    await tasks.update(owner, 1, changing(owner, { title: 'b' }), anOrigin());
    const undo = () =>
      tasks.transact(owner, { ids: [], undone: [2] }, anOrigin(), (unit) => ({
        result: undoChange(unit, 2, contextOf(owner)),
        store: true,
      }));
    const results = await Promise.allSettled(Array.from({ length: 8 }, undo));
    t.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
    t.match(await tasks.get(owner, 1), { title: 'a' });
    const { changes: log } = await changes.history(owner, 1, everything, 10);
    t.equal(log.length, 3);
  });

  t.test('a task that is restored has its id, content and time of creation', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b']) await tasks.add(aDraft(owner, { title }), anOrigin());
    const before = await tasks.get(owner, 1);
    await tasks.remove(owner, 1, anOrigin());
    const restore = () =>
      tasks.transact(owner, { ids: [1], restored: [1] }, anOrigin({ at: now }), (unit) => ({
        result: restoreTask(unit, 1, {}, contextOf(owner)),
        store: true,
      }));
    const restored = await restore();
    t.strictSame({ ...restored }, { ...before, revision: 4, updatedAt: now });
    t.strictSame(await tasks.get(owner, 1), restored);
    t.strictSame(await restore(), restored, 'and stays as it is');
    t.strictSame(idsOf((await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }))).tasks), [1, 2]);
    t.match(await tasks.list(owner, aQuery({ count: true })), { total: 2, revision: 4 });
    t.match(await entriesOf(changes, owner, 1), [
      { kind: 'restored', taskId: 1, revision: 4, at: now },
      { kind: 'deleted', revision: 3, before: lastStateOf(before) },
      { kind: 'created' },
    ]);
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 3 });
  });
};

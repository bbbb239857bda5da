import { neighbourCount, type TaskRepository, type UnitScope } from '@taskward/application';
import { operator, type PositionAnchor, positionOf, positionOfId, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import type { MakeRepository } from './task-lists.ts';

const later = anInstant('2026-11-20T10:00:00.010Z');

/** What a unit of work of this scope has: its tasks in the order of positions, and what its filters select. */
const loaded = (tasks: TaskRepository, owner: UserId, scope: Partial<UnitScope>) =>
  tasks.transact(owner, { ids: [], ...scope }, anOrigin(), (unit) => ({
    result: {
      ids: unit.tasks.map(({ id }) => id).sort((a, b) => a - b),
      selected: (scope.matching ?? []).map((_, index) => unit.selected(index)),
    },
    store: false,
  }));

const aKey = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 60 }).map(positionOfId), fc.constantFrom('gffffff0', 'gfffffff')),
    fc.constantFrom('', '', '1', '08', '8', 'f'),
  )
  .map(([whole, fraction]) => `${whole}${fraction}`);

/** How every task repository must load what a unit of work is to have. */
export const testTaskScopes = (t: Test, make: MakeRepository): void => {
  t.test('filters select tasks for a unit of work, each by itself, in the order of the ids', async (t) => {
    const tasks = await make(t);
    const [owner, another] = [aUser(), aUser()];
    for (const tags of [['home'], ['work', 'Home'], [], ['work'], ['HOME']]) {
      await tasks.add(aDraft(owner, { tags }), anOrigin());
      await tasks.add(aDraft(another, { tags }), anOrigin());
    }
    const tagged = (name: string, limit?: number) =>
      ({ status: 'all', tags: [name], ...(limit !== undefined && { limit }) }) as const;
    t.strictSame(await loaded(tasks, owner, { matching: [tagged('home'), tagged('work'), tagged('garden')] }), {
      ids: [1, 2, 4, 5],
      selected: [[1, 2, 5], [2, 4], []],
    });
    t.strictSame(await loaded(tasks, owner, { ids: [3], matching: [tagged('home', 2)] }), {
      ids: [1, 2, 3],
      selected: [[1, 2]],
    });
    t.strictSame(await loaded(tasks, aUser(), { matching: [tagged('home')] }), { ids: [], selected: [[]] });
  });

  t.test('what a filter selected can be changed, with its reminders', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    const content = { due_date: '2026-12-01', reminders: [{ at: '2026-12-01T09:00' }] };
    for (const one of [content, {}, content]) await tasks.add(aDraft(owner, one), anOrigin());
    const settings = { ...aPlanning().settings, time_zone: 'Europe/Berlin' };
    const scope = { ids: [], matching: [{ status: 'all', dated: true }] } as const;
    await tasks.transact(owner, scope, anOrigin({ at: later }), (unit) => {
      unit.changeSettings(settings);
      for (const id of unit.selected()) unit.update(id, (task) => task.recompute(later, aPlanning(settings)));
      return { result: undefined, store: true };
    });
    const due = '2026-12-01T22:59:59.999Z';
    t.match(await tasks.get(owner, 1), { dueAt: due, revision: 5 });
    t.match(await tasks.get(owner, 3), { dueAt: due, revision: 6 });
    await tasks.transact(owner, { ids: [1, 3] }, anOrigin(), (unit) => {
      t.strictSame(unit.settings, settings);
      for (const id of [1, 3]) t.strictSame(unit.get(id).remindAt, ['2026-12-01T08:00:00.000Z']);
      return { result: undefined, store: false };
    });
  });

  t.test('an anchor has its neighbours by position, and an end has those on one side', async (t) => {
    const tasks = await make(t);
    const keys = fc.array(fc.option(aKey), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(keys, fc.integer({ min: 0, max: 59 }), async (positions, chosen) => {
        const owner = aUser();
        await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
          for (const position of positions) {
            const { id } = unit.add(aDraft(owner));
            if (position !== null) unit.update(id, (task) => task.moveTo(operator, position, later));
          }
          return { result: undefined, store: true };
        });
        const ordered = positions
          .map((position, index) => ({ id: index + 1, key: positionOf({ id: index + 1, position }) }))
          .sort((a, b) => (a.key === b.key ? a.id - b.id : a.key < b.key ? -1 : 1))
          .map(({ id }) => id);
        const near = async (around: PositionAnchor) =>
          (await loaded(tasks, owner, { ids: typeof around === 'number' ? [around] : [], around })).ids;
        const anchor = (chosen % positions.length) + 1;
        const index = ordered.indexOf(anchor);
        const expected = ordered.slice(Math.max(0, index - neighbourCount), index + neighbourCount + 1);
        const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);
        t.strictSame(await near(anchor), inOrder(expected), 'around a task');
        t.strictSame(await near('top'), inOrder(ordered.slice(0, neighbourCount)), 'at the top');
        t.strictSame(await near('bottom'), inOrder(ordered.slice(-neighbourCount)), 'at the bottom');
      }),
      { numRuns: 30 },
    );
  });

  t.test('an anchor that is gone has no neighbours', async (t) => {
    const tasks = await make(t);
    const owner = aUser();
    for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner), anOrigin());
    await tasks.remove(owner, 2, anOrigin());
    t.strictSame(await loaded(tasks, owner, { ids: [1, 2], around: 2 }), { ids: [1], selected: [] });
    t.strictSame(await loaded(tasks, aUser(), { around: 'top' }), { ids: [], selected: [] });
  });
};

import type { OwnerPorts } from '@taskward/application';
import { type ChangeOrigin, fieldNames, operator, Task, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing, giving } from '../support/builders.ts';
import { contentOf, differingContents } from '../support/contents.ts';
import { aCall } from '../support/idempotent-calls.ts';
import { aPlanning } from '../support/planning.ts';
import { type ChangeStores, entriesOf, lastStateOf, type MakeChangeStores } from './change-stores.ts';

const origin: ChangeOrigin = { at: anInstant('2026-11-22T08:00:00.000Z'), requestId: 'a request' };
const made = { at: origin.at, requestId: 'a request' };

/** Ways to write, to an owner of the tasks 1 and 2, and what they leave in the log of each task. */
const ways: Record<string, (stores: ChangeStores, owner: UserId, task: Task) => Promise<Record<number, unknown[]>>> = {
  add: async ({ tasks }, owner) => {
    await tasks.add(aDraft(owner), origin);
    return { 3: [{ kind: 'created', taskId: 3, revision: 3, ...made }] };
  },
  update: async ({ tasks }, owner) => {
    await tasks.update(owner, 1, changing(owner, { title: 'b', completed: true }), origin);
    return {
      1: [{ kind: 'updated', taskId: 1, revision: 3, before: { title: 'Buy milk', completed: false }, ...made }],
    };
  },
  'update by a rule': async ({ tasks }, owner) => {
    const at = anInstant('2026-11-22T08:00:00.000Z');
    const rule = Task.completionRule(undefined, at);
    const toggle = (task: Task) => task.setCompleted(operator, {}, at, aPlanning());
    await tasks.update(owner, 1, toggle, origin, rule);
    await tasks.update(owner, 1, toggle, origin, rule);
    return {
      1: [
        { kind: 'updated', taskId: 1, revision: 4, before: { completed: true }, ...made },
        { kind: 'updated', taskId: 1, revision: 3, before: { completed: false }, ...made },
      ],
    };
  },
  remove: async ({ tasks }, owner, task) => {
    await tasks.remove(owner, 1, origin);
    return { 1: [{ kind: 'deleted', taskId: 1, revision: 3, before: lastStateOf(task), ...made }] };
  },
  'remove, if allowed': async ({ tasks }, owner, task) => {
    await tasks.remove(owner, 1, origin, () => {});
    return { 1: [{ kind: 'deleted', taskId: 1, revision: 3, before: lastStateOf(task), ...made }] };
  },
  'transact, one change': async ({ tasks }, owner) => {
    await tasks.transact(owner, { ids: [1] }, origin, (unit) => ({
      result: unit.update(1, changing(owner, { title: 'b' })),
      store: true,
    }));
    return { 1: [{ kind: 'updated', taskId: 1, revision: 3, before: { title: 'Buy milk' }, ...made }] };
  },
  'transact, several changes': async ({ tasks }, owner, task) => {
    await tasks.transact(owner, { ids: [1, 2] }, origin, (unit) => {
      unit.update(1, changing(owner, { title: 'b' }));
      unit.remove(1);
      const added = unit.add(aDraft(owner));
      unit.update(added.id, changing(owner, { description: 'c' }));
      unit.update(2, changing(owner, { completed: true }));
      return { result: undefined, store: true };
    });
    const before = { ...lastStateOf(task), title: 'b', revision: 3, updatedAt: '2026-11-20T10:00:00.000Z' };
    return {
      1: [
        { kind: 'deleted', taskId: 1, revision: 4, batch: 3, before, ...made },
        { kind: 'updated', taskId: 1, revision: 3, batch: 3, before: { title: 'Buy milk' }, ...made },
      ],
      2: [{ kind: 'updated', taskId: 2, revision: 7, batch: 3, before: { completed: false }, ...made }],
      3: [
        { kind: 'updated', taskId: 3, revision: 6, batch: 3, before: { description: null }, ...made },
        { kind: 'created', taskId: 3, revision: 5, batch: 3, ...made },
      ],
    };
  },
  import: async ({ imports }, owner) => {
    await imports.transact(owner, ['x'], origin, (unit) => {
      const imported = new Map([['x', unit.add(aDraft(owner)).id]]);
      unit.add(aDraft(owner));
      return { result: undefined, store: true, imported };
    });
    return {
      3: [{ kind: 'created', taskId: 3, revision: 3, batch: 3, ...made }],
      4: [{ kind: 'created', taskId: 4, revision: 4, batch: 3, ...made }],
    };
  },
  'a call with a key': async ({ idempotency }, owner, task) => {
    await idempotency.runIdempotently(aCall(owner), async (within) => {
      await within.tasks.update(owner, 1, changing(owner, { title: 'b' }), origin);
      await within.tasks.remove(owner, 2, origin);
      const seen = await within.changes.since(owner, 2, 10);
      return String(seen.changes.length);
    });
    return {
      1: [{ kind: 'updated', taskId: 1, revision: 3, before: { title: 'Buy milk' }, ...made }],
      2: [{ kind: 'deleted', taskId: 2, revision: 4, before: { ...lastStateOf(task), revision: 2 }, ...made }],
    };
  },
};

/** Ways to write nothing, to an owner of one task. */
const without: Record<string, (stores: ChangeStores, owner: UserId) => Promise<unknown>> = {
  'an add over the quota': ({ tasks }, owner) => tasks.add(aDraft(owner), origin, 1),
  'an update to the same': ({ tasks }, owner) => tasks.update(owner, 1, (task) => task, origin),
  'an update that throws': ({ tasks }, owner) => tasks.update(owner, 1, changing(owner, { title: '' }), origin),
  'an update of no task': ({ tasks }, owner) => tasks.update(owner, 9, changing(owner, { title: 'b' }), origin),
  'a rule without effect': ({ tasks }, owner) => {
    const { at } = origin;
    const reopen = (task: Task) => task.setCompleted(operator, { completed: false }, at, aPlanning());
    return tasks.update(owner, 1, reopen, origin, Task.completionRule(false, at));
  },
  'a removal of no task': ({ tasks }, owner) => tasks.remove(owner, 9, origin),
  'a removal that is not allowed': ({ tasks }, owner) =>
    tasks.remove(owner, 1, origin, () => {
      throw new Error('no');
    }),
  'a transaction not to be stored': ({ tasks }, owner) =>
    tasks.transact(owner, { ids: [1] }, origin, (unit) => ({ result: unit.remove(1), store: false })),
  'a transaction that throws': ({ tasks }, owner) =>
    tasks.transact(owner, { ids: [1] }, origin, (unit) => {
      unit.remove(1);
      throw new Error('no');
    }),
  'a transaction without changes': ({ tasks }, owner) =>
    tasks.transact(owner, { ids: [1] }, origin, () => ({ result: undefined, store: true })),
  'an import not to be stored': ({ imports }, owner) =>
    imports.transact(owner, ['x'], origin, (unit) => ({
      result: undefined,
      store: false,
      imported: new Map([['x', unit.add(aDraft(owner)).id]]),
    })),
  'a call with a key that throws': ({ idempotency }, owner) =>
    idempotency.runIdempotently(aCall(owner), async ({ tasks }: OwnerPorts) => {
      await tasks.update(owner, 1, changing(owner, { title: 'b' }), origin);
      await tasks.remove(owner, 1, origin);
      throw new Error('no');
    }),
};

/** How every store must write the log of changes. */
export const testChangeEntries = (t: Test, make: MakeChangeStores): void => {
  for (const [name, write] of Object.entries(ways)) {
    t.test(`${name}: each change has its entry`, async (t) => {
      const stores = await make(t);
      const owner = aUser();
      const task = await stores.tasks.add(aDraft(owner), anOrigin());
      await stores.tasks.add(aDraft(owner), anOrigin());
      const expected = await write(stores, owner, task);
      let written = 0;
      for (const id of [1, 2, 3, 4, 5]) {
        const first = { kind: 'created', taskId: id, revision: id, at: anOrigin().at };
        const entries = expected[id] ?? [];
        t.strictSame(await entriesOf(stores.changes, owner, id), id <= 2 ? [...entries, first] : entries, `task ${id}`);
        written += entries.length;
      }
      t.match(await stores.changes.bounds(owner), { revision: 2 + written, oldest: 0 });
    });
  }

  for (const [name, attempt] of Object.entries(without)) {
    t.test(`${name}: no entry`, async (t) => {
      const stores = await make(t);
      const owner = aUser();
      await stores.tasks.add(aDraft(owner), anOrigin());
      const before = await stores.changes.bounds(owner);
      await attempt(stores, owner).catch(() => {});
      t.strictSame(await stores.changes.bounds(owner), before);
      t.match(await stores.changes.since(owner, 1, 10), { changes: [], upTo: 1, hasMore: false });
      t.strictSame(await entriesOf(stores.changes, owner, 1), [
        { kind: 'created', taskId: 1, revision: 1, at: anOrigin().at },
      ]);
      t.match(await stores.tasks.add(aDraft(owner), anOrigin()), { revision: 2 });
    });
  }

  t.test('every value comes back as it was: of fields, of a deleted task, of a request’s id', async (t) => {
    const { tasks, changes } = await make(t);
    for (const requestId of ['r-1', 'a"b\\c', '00-4bf92f3577b34da6a3ce929d0e0e4736', '\u2028😀', undefined]) {
      const owner = aUser();
      const odd = { at: origin.at, requestId };
      const [one, other] = differingContents();
      await tasks.add(aDraft(owner, one), odd);
      await tasks.update(owner, 1, giving(owner, other), odd);
      const last = await tasks.get(owner, 1);
      await tasks.remove(owner, 1, odd);
      const { current, changes: entries } = await changes.history(owner, 1, Number.POSITIVE_INFINITY, 10);
      t.equal(current, undefined);
      t.strictSame(
        entries.map((entry) => entry.requestId ?? undefined),
        Array(3).fill(requestId),
      );
      const [deleted, updated] = entries;
      t.strictSame(deleted?.kind === 'deleted' && { ...deleted.before }, lastStateOf(last));
      const before = updated?.kind === 'updated' ? updated.before : {};
      t.strictSame(Object.keys(before).sort(), [...fieldNames].sort());
      t.strictSame({ ...before }, contentOf(one));
    }
  });

  t.test('what a caller does to an entry does not reach the log', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), origin);
    await tasks.update(owner, 1, changing(owner, { title: 'b' }), origin);
    const before = await entriesOf(changes, owner, 1);
    const { changes: entries } = await changes.history(owner, 1, Number.POSITIVE_INFINITY, 10);
    for (const entry of entries) Object.assign(entry, { kind: 'deleted', before: {}, taskId: 2 });
    t.strictSame(await entriesOf(changes, owner, 1), before);
  });

  t.test('an unknown owner has no log', async (t) => {
    const { changes } = await make(t);
    const owner = aUser();
    const bounds = { epoch: 0, revision: 0, oldest: 0 };
    t.strictSame(await changes.bounds(owner), bounds);
    t.strictSame(await changes.since(owner, 0, 10), { ...bounds, changes: [], reminders: [], upTo: 0, hasMore: false });
    t.strictSame(await changes.snapshot(owner, 0, 10), { ...bounds, tasks: [], hasMore: false });
    t.same(await changes.history(owner, 1, Number.POSITIVE_INFINITY, 10), { current: undefined, changes: [] });
    t.strictSame(await changes.trash(owner, undefined, 10), []);
    t.equal(await changes.purgeTrash(owner, undefined, 10), 0);
    t.strictSame(await changes.bounds(owner), bounds, 'and becomes none by that');
  });
};

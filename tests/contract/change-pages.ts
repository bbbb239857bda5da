import assert from 'node:assert/strict';
import type { ChangeLog } from '@taskward/application';
import type { Task, TaskOutcome, UserId } from '@taskward/domain';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing, sortedBy } from '../support/builders.ts';
import { walk } from '../support/walk.ts';
import type { ChangeStores, MakeChangeStores } from './change-stores.ts';
import { idsOf } from './task-lists.ts';

const deletedAt = anInstant('2026-11-22T08:00:00.000Z');

const short = (outcome: TaskOutcome) =>
  outcome.kind === 'put' ? ['put', outcome.task.id, outcome.task.revision] : ['deleted', outcome.id, outcome.revision];
const shorts = (outcomes: readonly TaskOutcome[]) => outcomes.map(short);

/** All that changed after a revision, so many entries at a time. */
const follow = async (changes: ChangeLog, owner: UserId, since: number, limit: number): Promise<TaskOutcome[]> => {
  const all: TaskOutcome[] = [];
  let position = since;
  for (;;) {
    const page = await changes.since(owner, position, limit);
    assert.ok(page.changes.length <= limit);
    assert.ok(page.upTo > position || !page.hasMore, 'each page goes on');
    all.push(...page.changes);
    position = page.upTo;
    if (!page.hasMore) {
      assert.equal(position, page.revision);
      return all;
    }
  }
};

const applied = (replica: Map<number, Task>, outcomes: readonly TaskOutcome[]): Map<number, Task> => {
  for (const outcome of outcomes) {
    if (outcome.kind === 'put') replica.set(outcome.task.id, outcome.task);
    else replica.delete(outcome.id);
  }
  return replica;
};

type Deed = (stores: ChangeStores, owner: UserId) => Promise<unknown>;
const anId = fc.integer({ min: 1, max: 5 });
const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  fc.constant<Deed>(({ tasks }, owner) => tasks.add(aDraft(owner), anOrigin())),
  fc.tuple(anId, fc.constantFrom('a', 'b', 'c')).map(
    ([id, title]): Deed =>
      ({ tasks }, owner) =>
        tasks.update(owner, id, changing(owner, { title }), anOrigin()),
  ),
  anId.map(
    (id): Deed =>
      ({ tasks }, owner) =>
        tasks.remove(owner, id, anOrigin()),
  ),
  fc.tuple(anId, anId).map(
    ([id, other]): Deed =>
      ({ tasks }, owner) =>
        tasks.transact(owner, { ids: [id, other] }, anOrigin(), (unit) => {
          if (unit.find(id)) unit.update(id, changing(owner, { completed: true }));
          if (unit.find(other)) unit.remove(other);
          unit.add(aDraft(owner));
          return { result: undefined, store: true };
        }),
  ),
);

/** How every log of changes must be read page by page. */
export const testChangePages = (t: Test, make: MakeChangeStores): void => {
  t.test('the changes since a revision: in order, each with the task as it is', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title }), anOrigin());
    const updated = await tasks.update(owner, 2, changing(owner, { title: 'B' }), anOrigin());
    await tasks.remove(owner, 1, anOrigin({ at: deletedAt }));
    const { epoch } = await changes.bounds(owner);
    const bounds = { epoch, revision: 5, oldest: 0 };
    const third = await tasks.get(owner, 3);
    const expected = [
      { kind: 'put', task: third },
      { kind: 'put', task: updated },
      { kind: 'deleted', id: 1, revision: 5, at: deletedAt },
    ];
    const page = { ...bounds, changes: expected, reminders: [], upTo: 5, hasMore: false };
    t.strictSame(await changes.since(owner, 0, 100), page, 'what changed again is left out');
    t.strictSame(await changes.since(owner, 2, 100), page);
    t.strictSame(await changes.since(owner, 3, 100), { ...page, changes: expected.slice(1) });
    t.strictSame(await changes.since(owner, 5, 100), { ...page, changes: [] });
    t.match(await changes.since(owner, 6, 100), { ...bounds, changes: [] }, 'from the future');
  });

  t.test('a page has so many entries of the log, and may be empty where all of them changed again', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(owner, { title }), anOrigin());
    for (const title of ['x', 'y']) await tasks.update(owner, 1, changing(owner, { title }), anOrigin());
    const first = await changes.since(owner, 0, 1);
    t.match([first.changes, first.upTo, first.hasMore, first.revision], [[], 1, true, 5]);
    const second = await changes.since(owner, first.upTo, 2);
    t.match(
      [shorts(second.changes), second.upTo, second.hasMore],
      [
        [
          ['put', 2, 2],
          ['put', 3, 3],
        ],
        3,
        true,
      ],
    );
    const last = await changes.since(owner, second.upTo, 3);
    t.match([shorts(last.changes), last.upTo, last.hasMore], [[['put', 1, 5]], 5, false]);
    for (const limit of [1, 2, 3, 4, 5, 6]) {
      t.strictSame(shorts(await follow(changes, owner, 0, limit)), [
        ['put', 2, 2],
        ['put', 3, 3],
        ['put', 1, 5],
      ]);
    }
  });

  t.test('who follows the log has the tasks, however many entries at a time', async (t) => {
    const stores = await make(t);
    const runs = fc.array(fc.tuple(fc.array(aDeed, { maxLength: 6 }), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(runs, async (rounds) => {
        const owner = aUser();
        const replica = new Map<number, Task>();
        let position = 0;
        for (const [deeds, limit] of rounds) {
          for (const deed of deeds) await deed(stores, owner).catch(({ code }) => assert.equal(code, 'task/not-found'));
          applied(replica, await follow(stores.changes, owner, position, limit));
          position = (await stores.changes.bounds(owner)).revision;
          const all = await walk(stores.tasks, owner, aQuery({ limit: 100 }));
          assert.deepEqual(replica, new Map(all.map((task) => [task.id, task])));
        }
      }),
      { numRuns: 25 },
    );
    t.pass('no counter-example was found');
  });

  t.test('a snapshot: all tasks by id, page by page, with the bounds', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (let n = 0; n < 7; n += 1) await tasks.add(aDraft(owner), anOrigin());
    await tasks.remove(owner, 3, anOrigin());
    await tasks.update(owner, 1, changing(owner, { title: 'changed' }), anOrigin());
    const { epoch } = await changes.bounds(owner);
    t.ok(Number.isSafeInteger(epoch) && epoch > 0, 'a known owner has an epoch');
    const walked: Task[] = [];
    for (;;) {
      const page = await changes.snapshot(owner, walked.at(-1)?.id ?? 0, 2);
      t.match(page, { epoch, revision: 9, oldest: 0 });
      walked.push(...page.tasks);
      t.equal(page.hasMore, walked.length < 6);
      if (!page.hasMore) break;
    }
    t.same(idsOf(walked), [1, 2, 4, 5, 6, 7]);
    t.strictSame(walked[0], await tasks.get(owner, 1));
    t.match(await changes.snapshot(owner, 7, 2), { tasks: [], hasMore: false, revision: 9 });
  });

  t.test('a snapshot, and what changed since its beginning, are the tasks', async (t) => {
    const { tasks, changes } = await make(t);
    const owner = aUser();
    for (let n = 0; n < 5; n += 1) await tasks.add(aDraft(owner), anOrigin());
    const first = await changes.snapshot(owner, 0, 2);
    await tasks.remove(owner, 1, anOrigin());
    await tasks.remove(owner, 4, anOrigin());
    await tasks.update(owner, 2, changing(owner, { title: 'changed' }), anOrigin());
    await tasks.add(aDraft(owner), anOrigin());
    const rest = await changes.snapshot(owner, 2, 10);
    const replica = new Map([...first.tasks, ...rest.tasks].map((task) => [task.id, task]));
    applied(replica, await follow(changes, owner, first.revision, 2));
    const all = await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }));
    t.strictSame(
      [...replica.values()].sort((a, b) => a.id - b.id),
      all,
    );
  });

  t.test('nobody’s changes are in another’s log', async (t) => {
    const { tasks, changes } = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    for (const title of ['a', 'b', 'c']) await tasks.add(aDraft(ann, { title }), anOrigin());
    await tasks.remove(ann, 2, anOrigin());
    const bobs = await tasks.add(aDraft(bob), anOrigin());
    t.match(await changes.bounds(ann), { revision: 4 });
    t.match(await changes.bounds(bob), { revision: 1 });
    t.strictSame((await changes.since(bob, 0, 100)).changes, [{ kind: 'put', task: bobs }]);
    t.strictSame((await changes.snapshot(bob, 0, 100)).tasks, [bobs]);
    t.strictSame(shorts((await changes.since(ann, 0, 100)).changes), [
      ['put', 1, 1],
      ['put', 3, 3],
      ['deleted', 2, 4],
    ]);
  });
};

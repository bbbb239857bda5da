import assert from 'node:assert/strict';
import { makePositionKeys } from '@taskward/adapters-planning';
import { neighbourCount } from '@taskward/application';
import {
  type Actor,
  anchorOf,
  moveTask,
  operator,
  ownerActor,
  type Place,
  positionOf,
  positionOfId,
  Task,
  toUserId,
  UnitOfWork,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { holds } from '../../support/arbitraries.ts';
import { aDraft, anInstant } from '../../support/builders.ts';
import { scaled } from '../../support/scale.ts';

const owner = toUserId('somebody');
const later = anInstant('2026-11-21T00:00:00.000Z');
const context = { actor: operator, now: later, keys: makePositionKeys(), neighbourCount };

const inOrder = (a: Task, b: Task): number => {
  if (positionOf(a) === positionOf(b)) return a.id - b.id;
  return positionOf(a) < positionOf(b) ? -1 : 1;
};

/** An owner's tasks, of which a unit of work has only what a move needs. */
const aList = (count: number, positions: readonly string[] = []) => {
  const draft = aDraft(owner);
  let stored: Task[] = [];
  let [lastTaskId, revision] = [0, 0];
  const put = (tasks: readonly Task[]) => {
    const ids = new Set(tasks.map(({ id }) => id));
    stored = [...stored.filter(({ id }) => !ids.has(id)), ...tasks].sort(inOrder);
  };
  const add = () => {
    lastTaskId += 1;
    revision += 1;
    const position = positions[lastTaskId - 1] ?? null;
    put([Task.restore({ ...draft, id: lastTaskId, position, revision })]);
  };
  for (let added = 0; added < count; added += 1) add();
  const indexOf = (id: number) => stored.findIndex((task) => task.id === id);
  const around = (anchor: number | 'top' | 'bottom') => {
    if (anchor === 'top') return stored.slice(0, neighbourCount);
    if (anchor === 'bottom') return stored.slice(-neighbourCount);
    const index = indexOf(anchor);
    return index === -1 ? [] : stored.slice(Math.max(0, index - neighbourCount), index + neighbourCount + 1);
  };
  return {
    add,
    remove(id: number) {
      stored = stored.filter((task) => task.id !== id);
    },
    /** Moves a task. @returns it, how many tasks were written, and their changes */
    move(id: number, place: Place, actor: Actor = operator) {
      const tasks = [...stored.filter((task) => task.id === id), ...around(anchorOf(place))];
      const unit = new UnitOfWork({ lastTaskId, revision, taskCount: stored.length, tasks });
      const task = moveTask(unit, id, place, { ...context, actor });
      put(unit.written);
      revision = unit.revision;
      return { task, written: unit.written.length, changes: unit.changes };
    },
    order: () => stored.map(({ id }) => id),
    longestKey: () => Math.max(...stored.map((task) => positionOf(task).length)),
  };
};

/** What the list is to be after a move. */
const moved = (ids: readonly number[], id: number, place: Place): number[] => {
  const anchor = anchorOf(place);
  if (anchor === id) return [...ids];
  const others = ids.filter((other) => other !== id);
  if (anchor === 'top') return [id, ...others];
  if (anchor === 'bottom') return [...others, id];
  return others.toSpliced(others.indexOf(anchor) + ('after' in place ? 1 : 0), 0, id);
};

t.test('a task goes before or after another, or to an end, and nothing else is written', async (t) => {
  const places: [place: Place, order: number[]][] = [
    [{ before: 2 }, [1, 3, 2, 4, 5]],
    [{ after: 1 }, [1, 3, 2, 4, 5]],
    [{ before: 1 }, [3, 1, 2, 4, 5]],
    [{ to: 'top' }, [3, 1, 2, 4, 5]],
    [{ before: 5 }, [1, 2, 4, 3, 5]],
    [{ after: 5 }, [1, 2, 4, 5, 3]],
    [{ to: 'bottom' }, [1, 2, 4, 5, 3]],
  ];
  for (const [place, order] of places) {
    const list = aList(5);
    const { task, written, changes } = list.move(3, place);
    t.strictSame(list.order(), order, JSON.stringify(place));
    t.equal(written, 1);
    t.match(task, { id: 3, revision: 6, updatedAt: later });
    t.strictSame(changes, [{ kind: 'updated', before: { position: null }, revision: 6, taskId: 3 }]);
    list.add();
    t.strictSame(list.order(), [...order, 6], 'a new task comes last');
  }
});

t.test('a task that is there already stays as it is', async (t) => {
  const places: [id: number, place: Place][] = [
    [3, { before: 4 }],
    [3, { after: 2 }],
    [3, { before: 3 }],
    [3, { after: 3 }],
    [1, { to: 'top' }],
    [1, { before: 2 }],
    [5, { to: 'bottom' }],
    [5, { after: 4 }],
  ];
  for (const [id, place] of places) {
    const list = aList(5);
    const { task, written } = list.move(id, place);
    t.match([task, written], [{ id, position: null, revision: id }, 0], JSON.stringify([id, place]));
  }
  t.equal(aList(1).move(1, { to: 'bottom' }).written, 0);
});

t.test('a move needs its task, its anchor, and the right to it', async (t) => {
  const list = aList(3);
  list.remove(2);
  const message = 'There is no task 2 to move this one to. Read the list again, and name a task that is on it.';
  t.throws(() => list.move(1, { before: 2 }), { code: 'task/anchor-gone', message });
  t.throws(() => list.move(1, { after: 2 }), { code: 'task/anchor-gone' });
  t.throws(() => list.move(2, { before: 1 }), { code: 'task/not-found' });
  t.throws(() => list.move(2, { before: 2 }), { code: 'task/not-found' });
  t.throws(() => list.move(3, { to: 'top' }, ownerActor(toUserId('another'))), { code: 'auth/wrong-user' });
  t.strictSame(list.order(), [1, 3]);
});

const anId = fc.integer({ min: 1, max: 60 });
const aPlace = fc.oneof<fc.Arbitrary<Place>[]>(
  anId.map((before) => ({ before })),
  anId.map((after) => ({ after })),
  fc.constantFrom({ to: 'top' } as const, { to: 'bottom' } as const),
);
const someSteps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ id: anId, place: aPlace }) },
    { weight: 1, arbitrary: fc.constant('add' as const) },
    { weight: 1, arbitrary: anId },
  ),
  { maxLength: 80 },
);

t.test('moves, additions and deletions give the order that they would give a list', async (t) => {
  const aCase = fc.tuple(fc.integer({ min: 1, max: 50 }), someSteps);
  const property = fc.property(aCase, ([count, steps]) => {
    const list = aList(count);
    let model = Array.from({ length: count }, (_, index) => index + 1);
    let last = count;
    for (const step of steps) {
      if (step === 'add') {
        list.add();
        last += 1;
        model.push(last);
      } else if (typeof step === 'number') {
        list.remove(step);
        model = model.filter((id) => id !== step);
      } else {
        const anchor = anchorOf(step.place);
        const isThere = model.includes(step.id) && (typeof anchor === 'string' || model.includes(anchor));
        if (!isThere) continue;
        const { written } = list.move(step.id, step.place);
        const next = moved(model, step.id, step.place);
        assert.equal(written, Number(next.join() !== model.join()), 'one task is written, or none');
        model = next;
      }
      assert.deepEqual(list.order(), model);
    }
  });
  holds(t, property);
});

/** Moves that people make over and over, in a list of tasks: each gives the next task, and its place. */
const habits: Record<string, (step: number, ids: readonly number[]) => [id: number, place: Place]> = {
  'before one task': (step) => [2 + (step % 199), { before: 1 }],
  'after one task': (step) => [2 + (step % 199), { after: 1 }],
  'after the one moved last': (step) => [2 + (step % 199), { after: step === 0 ? 1 : 2 + ((step - 1) % 199) }],
  'before the one moved last': (step) => [2 + (step % 199), { before: step === 0 ? 1 : 2 + ((step - 1) % 199) }],
  'to the top': (step) => [2 + (step % 199), { to: 'top' }],
  'to the bottom': (step) => [2 + (step % 199), { to: 'bottom' }],
  'of the last one after the first one': (_, ids) => [ids.at(-1) as number, { after: ids[0] as number }],
  'from anywhere to anywhere': (step) => [1 + ((step * 7_919) % 199), { after: 200 - ((step * 104_729) % 101) }],
  'of two tasks, in turns, between two others': (step) => (step % 2 ? [3, { before: 2 }] : [4, { after: 1 }]),
};

t.test('keys stay short, however often something is moved to one place', async (t) => {
  for (const [habit, next] of Object.entries(habits)) {
    const list = aList(200);
    let model = list.order();
    let most = 0;
    for (let step = 0; step < scaled(10_000, 2_000); step += 1) {
      const [id, place] = next(step, model);
      most = Math.max(most, list.move(id, place).written);
      model = moved(model, id, place);
      if (step % 100 === 0) assert.deepEqual(list.order(), model, `${habit}, ${step}`);
    }
    t.strictSame(list.order(), model, habit);
    t.ok(list.longestKey() <= 48, `${habit}: ${list.longestKey()} characters`);
    t.ok(most <= 2 * neighbourCount + 1, `${habit}: ${most} tasks written`);
  }
});

t.test('where two tasks have one key, their neighbours get new ones, and no others', async (t) => {
  const positions = Array.from({ length: 80 }, (_, index) => positionOfId(index + 1));
  positions[39] = positionOfId(41);
  const order = positions.map((_, index) => index + 1);
  for (const [id, place] of [
    [1, { after: 40 }],
    [80, { before: 41 }],
    [39, { before: 41 }],
    [42, { after: 40 }],
  ] as const) {
    const list = aList(80, positions);
    const { task, written, changes } = list.move(id, place);
    t.strictSame(list.order(), moved(order, id, place), JSON.stringify([id, place]));
    t.equal(task.id, id);
    t.ok(written > 1 && written <= 2 * neighbourCount, `${written} tasks written`);
    const touched = changes.map(({ taskId }) => taskId).filter((taskId) => taskId !== id);
    const anchor = anchorOf(place) as number;
    t.ok(
      touched.every((taskId) => Math.abs(taskId - anchor) < neighbourCount),
      'the outermost neighbours stay',
    );
    t.equal(new Set(changes.map(({ batch }) => batch)).size, 1, 'undone as one');
  }
});

t.test('at the ends of a list, all neighbours can get new keys', async (t) => {
  for (const place of [{ after: 2 }, { before: 3 }] as const) {
    const list = aList(
      5,
      Array.from({ length: 4 }, () => positionOfId(9)),
    );
    const { written } = list.move(5, place);
    t.strictSame(list.order(), [1, 2, 5, 3, 4], JSON.stringify(place));
    t.equal(written, 5);
    list.add();
    t.strictSame(list.order(), [1, 2, 5, 3, 4, 6]);
  }
});

t.test('a task can be moved among any number of tasks that have one key', async (t) => {
  const list = aList(
    100,
    Array.from({ length: 99 }, () => positionOfId(1)),
  );
  list.move(100, { after: 50 });
  const order = list.order();
  t.equal(order.indexOf(100), order.indexOf(50) + 1);
  t.strictSame(
    order.toSorted((a, b) => a - b),
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
});

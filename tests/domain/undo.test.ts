import { operator, ownerActor, toUserId, undoChange } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { aBench, context, now, owner, purged } from './undo-support.ts';

t.test('an update is undone field by field, and a later one of other fields stays', async (t) => {
  const { update, undo, task } = aBench('a');
  update(1, { title: 'b', completed: true });
  update(1, { description: 'later' });
  t.match(undo(2), [{ kind: 'put', task: { id: 1, revision: 4, updatedAt: now } }]);
  t.match(task(1), { title: 'a', completed: false, description: 'later', revision: 4 });
});

t.test('a creation is undone by deleting', async (t) => {
  const { add, undo, titles, state } = aBench('a');
  add('b');
  t.strictSame(undo(2), [{ kind: 'deleted', id: 2, revision: 3, at: now }]);
  t.strictSame(titles(), [[1, 'a']]);
  t.match(state().log?.[0], { kind: 'deleted', taskId: 2, before: { title: 'b', revision: 2 } });
});

t.test('a deletion is undone by restoring the task with its id', async (t) => {
  const { remove, undo, task, state } = aBench('a', 'b');
  const before = task(1);
  remove(1);
  undo(3);
  t.strictSame({ ...task(1) }, { ...before, revision: 4, updatedAt: now });
  t.match(state().log?.[0], { kind: 'restored', taskId: 1, revision: 4 });
  t.strictSame([state().taskCount, state().lastTaskId], [2, 2]);
});

t.test('a restoration is undone by deleting again', async (t) => {
  const { remove, undo, restore, titles } = aBench('a');
  remove(1);
  restore(1);
  t.match(undo(3), [{ kind: 'deleted', id: 1, revision: 4 }]);
  t.strictSame(titles(), []);
});

t.test('what was made in one step is undone as one, whichever revision of it is named', async (t) => {
  for (const revision of [4, 5, 6, 7]) {
    const { transact, undo, titles, state } = aBench('a', 'b', 'c');
    transact((unit) => {
      unit.update(1, (task) => task.change(operator, { title: 'A' }, now, aPlanning()));
      unit.remove(2);
      unit.add(aDraft(owner, { title: 'd' }));
      unit.update(1, (task) => task.change(operator, { title: 'AA' }, now, aPlanning()));
    });
    t.match(
      undo(revision).map((outcome) => (outcome.kind === 'put' ? outcome.task.id : -outcome.id)),
      [-4, 1, 2],
      'what is deleted comes first, to make room',
    );
    t.strictSame(titles(), [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    t.equal(
      new Set(
        state()
          .log?.slice(0, 3)
          .map(({ batch }) => batch),
      ).size,
      1,
      'and that is one step too',
    );
  }
});

t.test('a task that one step created, changed and deleted: nothing is left to take back', async (t) => {
  const { transact, undo, state } = aBench('a');
  transact((unit) => {
    const { id } = unit.add(aDraft(owner));
    unit.update(id, (task) => task.setCompleted(operator, { completed: true }, now, aPlanning()));
    unit.remove(id);
  });
  t.strictSame(undo(3), []);
  t.equal(state().revision, 4);
});

t.test('an undo can be undone, and that too', async (t) => {
  const { transact, undo, contents, state } = aBench('a', 'b');
  const before = contents();
  transact((unit) => {
    unit.update(1, (task) => task.change(operator, { title: 'A' }, now, aPlanning()));
    unit.remove(2);
    unit.add(aDraft(owner));
  });
  const after = contents();
  for (const expected of [before, after, before]) {
    undo(state().revision);
    t.strictSame(contents(), expected);
  }
});

t.test('a field that was changed since is superseded, with the value it was given and that it has', async (t) => {
  const { update, undo, titles } = aBench('a');
  update(1, { title: 'b', completed: true });
  update(1, { title: 'c' });
  t.throws(() => undo(2), {
    code: 'undo/superseded',
    superseded: [{ taskId: 1, field: 'title', given: 'b', current: 'c' }],
  });
  t.strictSame(titles(), [[1, 'c']]);
  update(1, { title: 'b' });
  undo(2);
  t.strictSame(titles(), [[1, 'a']], 'unless it has that value again');
});

t.test(
  'one superseded field keeps a whole step from being undone, and all are named, newest change first',
  async (t) => {
    const { transact, update, undo, contents } = aBench('a', 'b');
    transact((unit) => {
      for (const id of [1, 2])
        unit.update(id, (task) => task.change(operator, { title: 'x', completed: true }, now, aPlanning()));
    });
    update(1, { title: 'y' });
    update(2, { completed: false });
    const before = contents();
    t.throws(() => undo(3), {
      code: 'undo/superseded',
      superseded: [
        { taskId: 2, field: 'completed', given: true, current: false },
        { taskId: 1, field: 'title', given: 'x', current: 'y' },
      ],
    });
    t.strictSame(contents(), before);
  },
);

t.test(
  'an update of a task that is gone, a creation of one that was changed, a deletion of one that is back',
  async (t) => {
    const { update, remove, restore, undo, state } = aBench('a', 'b');
    update(1, { title: 'c' });
    remove(1);
    t.throws(() => undo(3), {
      code: 'undo/superseded',
      superseded: [{ taskId: 1, field: 'title', given: 'c', current: null }],
    });
    restore(1);
    t.throws(() => undo(4), {
      code: 'undo/superseded',
      superseded: [{ taskId: 1, field: 'title', given: null, current: 'c' }],
    });
    t.throws(() => undo(1), {
      code: 'undo/superseded',
      superseded: [{ taskId: 1, field: 'title', given: 'a', current: 'c' }],
    });
    remove(2);
    t.throws(() => undo(2), {
      code: 'undo/superseded',
      superseded: [
        { taskId: 2, field: 'title', given: 'b', current: null },
        { taskId: 2, field: 'description', given: null, current: null },
        { taskId: 2, field: 'completed', given: false, current: null },
      ],
    });
    t.equal(state().revision, 6);
  },
);

t.test('in one step, an undo sees what was done before it', async (t) => {
  const { update, transact, undo, titles } = aBench('a');
  update(1, { title: 'b' });
  update(1, { title: 'c' });
  t.throws(
    () =>
      transact((unit) => {
        unit.update(1, (task) => task.change(operator, { title: 'mine' }, now, aPlanning()));
        return undoChange(unit, 3, context);
      }),
    { code: 'undo/superseded', superseded: [{ taskId: 1, field: 'title', given: 'c', current: 'mine' }] },
  );
  transact((unit) => {
    undoChange(unit, 3, context);
    undoChange(unit, 2, context);
  });
  t.strictSame(titles(), [[1, 'a']]);
  undo(5);
  t.strictSame(titles(), [[1, 'c']]);
});

t.test('what was purged does not come back', async (t) => {
  const { remove, relog, undo, restore, titles } = aBench('a');
  remove(1);
  relog(purged(1));
  t.throws(() => undo(2), { code: 'task/purged' });
  t.throws(() => restore(1), { code: 'task/purged' });
  t.strictSame(titles(), []);
});

t.test('a change that is not in the log is not found, nor a step of which a part is gone', async (t) => {
  const { transact, relog, undo } = aBench('a');
  t.throws(() => undo(2), { code: 'change/not-found' });
  transact((unit) => {
    unit.add(aDraft(owner));
    unit.add(aDraft(owner));
  });
  relog((log) => log.filter(({ revision }) => revision > 2));
  t.throws(() => undo(3), { code: 'change/not-found' });
});

t.test('neither an undo nor a restoration exceeds the quota', async (t) => {
  const { remove, undo, restore, add, transact, titles, state } = aBench('a', 'b');
  remove(1);
  t.throws(() => undo(3, { quota: 1 }), { code: 'task/quota-exceeded' });
  t.throws(() => restore(1, {}, { quota: 1 }), { code: 'task/quota-exceeded' });
  transact((unit) => {
    unit.remove(2);
    unit.add(aDraft(owner, { title: 'instead' }));
  });
  undo(4, { quota: 1 });
  t.strictSame(titles(), [[2, 'b']], 'what it deletes makes room');
  add('more');
  undo(3, { quota: 3 });
  t.equal(titles().length, 3);
  transact((unit) => unit.update(1, (task) => task.change(operator, { title: 'x' }, now, aPlanning())));
  t.doesNotThrow(() => undo(state().revision, { quota: 1 }), 'an update needs no room');
});

t.test('a clock that was set back does not move the last change back', async (t) => {
  const { update, remove, restore, undo } = aBench('a');
  update(1, { title: 'b' });
  remove(1);
  const earlier = { now: anInstant('2026-11-20T00:00:00.000Z') };
  t.match(restore(1, {}, earlier), { updatedAt: now });
  remove(1);
  t.match(undo(5, earlier), [{ task: { updatedAt: now } }]);
});

t.test('nobody takes back what is another’s', async (t) => {
  const { remove, undo, restore } = aBench('a');
  remove(1);
  const actor = ownerActor(toUserId('somebody else'));
  for (const revision of [1, 2, 99]) t.throws(() => undo(revision, { actor }), { code: 'auth/wrong-user' });
  for (const id of [1, 99]) t.throws(() => restore(id, {}, { actor }), { code: 'auth/wrong-user' });
  t.match(restore(1, {}, { actor: ownerActor(owner) }), { id: 1 });
});

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  DomainError,
  fieldNames,
  latest,
  mergedMetadata,
  momentsOf,
  operator,
  ownerActor,
  type StoredValues,
  Task,
  type TaskEdit,
  writableFields,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import {
  allowedActors,
  aMoment,
  anIllFormedText,
  aSingleTask,
  aState,
  aTask,
  holds,
  someChanges,
  stateOf,
} from '../support/arbitraries.ts';
import { aDraft, anInstant, aUser } from '../support/builders.ts';
import { changeTo, contentOf, differingContents } from '../support/contents.ts';
import { aPlanning } from '../support/planning.ts';

const created = anInstant('2026-11-20T09:30:00.123Z');
const later = anInstant('2026-11-20T09:30:00.124Z');
const earlier = anInstant('2026-11-20T09:30:00.122Z');

const buyMilk = (over: Partial<Parameters<typeof Task.restore>[0]> = {}): Task =>
  Object.freeze(
    Task.restore({ ...aDraft(aUser(), { description: 'Oat' }, created), id: 1, revision: 7, ...over }),
  ) as Task;

const dates = ['due_date', 'repeat', 'reminders'] as const;

/** Whether a change completes an occurrence, and moves the task on to the next one. */
const movesOn = (task: Task, changes: StoredValues): boolean =>
  changes.completed === true && !task.completed && { ...contentOf(task), ...changes }.repeat !== null;

t.test('a restored task is what was stored, and not the object that it was stored in', async (t) => {
  holds(
    t,
    fc.property(aState, (state) => {
      const task = Task.restore(state);
      assert.deepEqual(stateOf(task), { ...state, completedOccurrence: undefined });
      assert.notEqual(task, state);
      assert.ok(task instanceof Task);
    }),
  );
});

t.test('a change names fields: the others keep their values', async (t) => {
  holds(
    t,
    fc.property(aTask, someChanges, aMoment, (task, { typed, stored }, now) => {
      if (movesOn(task, stored)) return;
      const before = stateOf(task);
      const metadata = mergedMetadata(before.metadata, stored.metadata ?? {});
      const content = { ...before, ...stored, metadata };
      const changed = fieldNames.filter((name) => !isDeepStrictEqual(content[name], before[name]));
      const isSame = changed.length === 0;
      const expected = {
        ...content,
        ...(dates.some((name) => changed.includes(name)) && momentsOf(content, now, aPlanning())),
        completedAt: content.completed ? (before.completed ? before.completedAt : now) : null,
        updatedAt: isSame ? before.updatedAt : latest(now, before.updatedAt),
      };
      for (const actor of allowedActors(task)) {
        const after = task.change(actor, typed, now, aPlanning());
        assert.deepEqual(stateOf(after), expected);
        assert.equal(after === task, isSame, 'the very same task if, and only if, nothing changes');
        assert.ok(after instanceof Task);
        assert.deepEqual(stateOf(task), before, 'the task itself is as it was');
      }
    }),
  );
});

t.test('a change of any one field is a change, and of that field only', async (t) => {
  const [before, after] = differingContents();
  for (const name of writableFields) {
    // Completing a recurring task changes its due date.
    const content = name === 'completed' ? { ...before, completed: false, repeat: null } : before;
    const values = { [name]: name === 'completed' ? true : after[name] };
    const changes = changeTo(content, values);
    const task = buyMilk(content);
    const changed = task.change(operator, changes, later, aPlanning());
    const computed = {
      ...((dates as readonly string[]).includes(name) && momentsOf(changed, later, aPlanning())),
      ...(name === 'completed' && { completedAt: later }),
    };
    t.strictSame(stateOf(changed), { ...stateOf(task), ...values, ...computed, updatedAt: later }, name);
    t.equal(changed.change(operator, changes, later, aPlanning()), changed, `${name}, once more`);
  }
  const task = buyMilk(before);
  const position = before.position === 'zz0' ? 'a0' : 'zz0';
  const moved = task.moveTo(operator, position, later);
  t.strictSame(stateOf(moved), { ...stateOf(task), position, updatedAt: later }, 'position');
  t.equal(moved.moveTo(operator, position, later), moved, 'position, once more');
});

t.test('a change again, or back, is no change, or one back', async (t) => {
  holds(
    t,
    fc.property(aTask, someChanges, aMoment, aMoment, (task, { typed, stored }, now, then) => {
      if (movesOn(task, stored)) return;
      const once = task.change(operator, typed, now, aPlanning());
      assert.equal(once.change(operator, typed, then, aPlanning()), once);
      if (movesOn(once, contentOf(task))) return;
      const back = once.change(operator, changeTo(once, contentOf(task)), then, aPlanning());
      const { updatedAt, completedAt, remindAt } = back;
      assert.deepEqual(stateOf(back), { ...stateOf(task), updatedAt, completedAt, remindAt });
      assert.equal(completedAt !== null, task.completed);
    }),
  );
});

t.test('what a change does to one task', async (t) => {
  const table: [name: string, changes: TaskEdit, expected: Partial<Task>][] = [
    ['nothing', {}, {}],
    ['a title', { title: 'Buy bread' }, { title: 'Buy bread', updatedAt: later }],
    ['a title in white space', { title: '\tBuy bread ' }, { title: 'Buy bread', updatedAt: later }],
    ['the same title in white space', { title: ' Buy milk ' }, {}],
    ['a description', { description: 'Soy' }, { description: 'Soy', updatedAt: later }],
    ['a description in white space', { description: 'Oat ' }, { description: 'Oat ', updatedAt: later }],
    ['null clears', { description: null }, { description: null, updatedAt: later }],
    ['empty is not null', { description: '' }, { description: '', updatedAt: later }],
    ['completed', { completed: true }, { completed: true, completedAt: later, updatedAt: later }],
    ['a priority', { priority: 'high' }, { priority: 'high', updatedAt: later }],
    ['tags', { tags: [' home ', 'HOME', 'b'] }, { tags: ['home', 'b'], updatedAt: later }],
    ['tags to add and to take off', { add_tags: ['a', 'b'], remove_tags: ['B'] }, { tags: ['a'], updatedAt: later }],
    ['tags to take off that it has not', { remove_tags: ['a'] }, {}],
    [
      'a due date',
      { due_date: '2026-12-01' },
      { due_date: '2026-12-01', dueAt: anInstant('2026-12-01T23:59:59.999Z'), updatedAt: later },
    ],
    [
      'a reminder',
      { reminders: [{ at: '2026-12-01T09:00:00Z' }] },
      {
        reminders: [{ at: '2026-12-01T09:00:00Z' }],
        remindAt: [anInstant('2026-12-01T09:00:00.000Z')],
        updatedAt: later,
      },
    ],
    [
      'a reminder in the past',
      { reminders: [{ at: '2026-01-01T09:00:00Z' }] },
      {
        reminders: [{ at: '2026-01-01T09:00:00Z' }],
        updatedAt: later,
      },
    ],
    ['not completed, as it was', { completed: false }, {}],
    ['all, as they were', { title: 'Buy milk', description: 'Oat', completed: false }, {}],
    // Whoever spreads an input may hand over keys that hold nothing.
    ['keys without values', { title: undefined, description: undefined, completed: undefined } as object, {}],
  ];
  for (const [name, changes, expected] of table) {
    const task = buyMilk();
    const after = task.change(ownerActor(task.owner), changes, later, aPlanning());
    t.strictSame(stateOf(after), { ...stateOf(task), ...expected }, name);
    t.equal(after === task, Object.keys(expected).length === 0, `${name}: the same task or another`);
  }
  const cleared = buyMilk({ description: null });
  t.equal(cleared.change(operator, { description: null }, later, aPlanning()), cleared, 'nothing to clear');
});

t.test('updatedAt never goes back, and createdAt never moves', async (t) => {
  holds(
    t,
    fc.property(aTask, fc.array(fc.tuple(someChanges, aMoment), { maxLength: 6 }), (task, steps) => {
      let current = task;
      for (const [{ typed }, now] of steps) {
        const next = current.change(operator, typed, now, aPlanning());
        assert.ok(next.updatedAt >= current.updatedAt);
        assert.equal(next.createdAt, task.createdAt);
        current = next;
      }
    }),
  );
  const task = buyMilk();
  t.equal(
    task.setCompleted(operator, { completed: true }, earlier, aPlanning()).updatedAt,
    created,
    'a clock that was set back',
  );
  t.equal(
    task.setCompleted(operator, { completed: true }, created, aPlanning()).updatedAt,
    created,
    'a clock that stood still',
  );
  t.equal(
    task.setCompleted(operator, { completed: true }, later, aPlanning()).updatedAt,
    later,
    'a clock that went on',
  );
});

t.test('setting and toggling completion', async (t) => {
  holds(
    t,
    fc.property(aSingleTask, aMoment, (task, now) => {
      for (const actor of allowedActors(task)) {
        const other = {
          ...stateOf(task),
          completed: !task.completed,
          completedAt: task.completed ? null : now,
          updatedAt: latest(now, task.updatedAt),
        };
        assert.equal(
          task.setCompleted(actor, { completed: task.completed }, now, aPlanning()),
          task,
          'to what it is: changes nothing',
        );
        assert.deepEqual(
          stateOf(task.setCompleted(actor, { completed: !task.completed }, now, aPlanning())),
          other,
          'to the opposite',
        );
        assert.deepEqual(stateOf(task.setCompleted(actor, {}, now, aPlanning())), other, 'toggle');
        assert.equal(
          task.setCompleted(actor, {}, now, aPlanning()).setCompleted(actor, {}, now, aPlanning()).completed,
          task.completed,
          'twice is as it was',
        );
      }
    }),
  );
});

t.test('revise changes the revision and nothing else', async (t) => {
  holds(
    t,
    fc.property(aTask, fc.integer({ min: 1 }), (task, revision) => {
      const before = stateOf(task);
      const revised = task.revise(revision);
      assert.deepEqual(stateOf(revised), { ...before, revision });
      assert.deepEqual(stateOf(task), before);
      assert.ok(revised instanceof Task);
    }),
  );
});

t.test('a refused change names every fault and leaves the task as it was', async (t) => {
  const tooLong = 'must be at most 200 characters long, and has 201';
  const table: [changes: TaskEdit, faults: [field: string, message: string][]][] = [
    [{ title: '' }, [['title', 'must not be empty']]],
    [{ title: ' \n' }, [['title', 'must not be empty']]],
    [{ title: '👍'.repeat(201) }, [['title', tooLong]]],
    [{ description: '\0' }, [['description', 'must not contain the NUL character (U+0000)']]],
    [
      { title: 'x'.repeat(201), description: '\ud800', completed: true },
      [
        ['title', tooLong],
        ['description', 'must be well-formed Unicode: it contains half of a surrogate pair'],
      ],
    ],
  ];
  for (const [changes, faults] of table) {
    const task = buyMilk();
    const before = stateOf(task);
    t.throws(() => task.change(operator, changes, later, aPlanning()), {
      code: 'request/invalid',
      message: `The input is not valid: ${faults.map((fault) => fault.join(' ')).join('; ')}.`,
      faults: faults.map(([field, message]) => ({ field, message })),
    });
    t.strictSame(stateOf(task), before);
  }
  holds(
    t,
    fc.property(aTask, anIllFormedText, aMoment, (task, text, now) => {
      assert.throws(() => task.change(operator, { title: `a${text}b` }, now, aPlanning()), DomainError);
      assert.throws(() => task.change(operator, { description: text }, now, aPlanning()), DomainError);
    }),
  );
});

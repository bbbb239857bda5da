import assert from 'node:assert/strict';
import { type Actor, assertMayAct, operator, ownerActor, Task, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aMoment, aState, aUserId, holds, shown } from '../support/arbitraries.ts';
import { anInstant, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';

const wrongUser = {
  name: 'DomainError',
  code: 'auth/wrong-user',
  message: 'These tasks belong to another user. Name the user who acts as their owner.',
  faults: [],
};

const now = anInstant();

/** Everything that an actor can do to a task. */
const deeds: Readonly<Record<string, (actor: Actor, owner: UserId) => unknown>> = {
  assertMayAct,
  draft: (actor, owner) => Task.draft(actor, owner, { title: 'x' }, now, aPlanning()),
  change: (actor, owner) => taskOf(owner).change(actor, { title: 'y' }, now, aPlanning()),
  'change nothing': (actor, owner) => taskOf(owner).change(actor, {}, now, aPlanning()),
  'change to what is refused': (actor, owner) => taskOf(owner).change(actor, { title: '' }, now, aPlanning()),
  'set completed': (actor, owner) => taskOf(owner).setCompleted(actor, { completed: true }, now, aPlanning()),
  'set open': (actor, owner) => taskOf(owner).setCompleted(actor, { completed: false }, now, aPlanning()),
  toggle: (actor, owner) => taskOf(owner).setCompleted(actor, {}, now, aPlanning()),
};

const taskOf = (owner: UserId): Task =>
  Task.restore({ ...Task.draft(operator, owner, { title: 'x' }, now, aPlanning()), id: 1, revision: 1 });

const rejections: Readonly<Record<string, string>> = { 'change to what is refused': 'request/invalid' };

for (const [name, deed] of Object.entries(deeds)) {
  t.test(`${name}: an owner may on their own only, an operator on anybody's`, async (t) => {
    const [mine, theirs] = [aUser(), aUser()];
    const code = rejections[name];
    for (const [who, actor] of Object.entries({ owner: ownerActor(mine), operator })) {
      if (code === undefined) t.doesNotThrow(() => deed(actor, mine), `${who} on their own`);
      else t.throws(() => deed(actor, mine), { code }, `${who} on their own`);
    }
    if (code === undefined) t.doesNotThrow(() => deed(operator, theirs), "operator on another's");
    t.throws(() => deed(ownerActor(mine), theirs), wrongUser, "owner on another's");

    holds(
      t,
      fc.property(aUserId, aUserId, (a, b) => {
        if (a !== b) assert.throws(() => deed(ownerActor(a), b), wrongUser);
      }),
    );
  });
}

t.test('ids are compared exactly: what looks the same is not', async (t) => {
  const lookalikes: [a: string, b: string][] = [
    ['user', 'User'],
    ['user', 'user '],
    ['user', ' user'],
    ['user', 'user\u200b'],
    ['é', 'e\u0301'],
    ['a', 'а'],
    ['1', '01'],
    ['1', '1.0'],
    ['user', 'user%20'],
  ];
  for (const [a, b] of lookalikes) {
    t.throws(() => assertMayAct(ownerActor(a as UserId), b as UserId), wrongUser, shown(`${a} / ${b}`));
    t.throws(() => assertMayAct(ownerActor(b as UserId), a as UserId), wrongUser, shown(`${b} / ${a}`));
  }
});

t.test('the owner of a task never changes', async (t) => {
  holds(
    t,
    fc.property(aState, aMoment, (state, now) => {
      const task = Task.restore(state);
      const changed = task.change(
        operator,
        { title: 'x', owner: 'another', id: 0, revision: 0 } as object,
        now,
        aPlanning(),
      );
      assert.deepEqual([changed.owner, changed.id, changed.revision], [state.owner, state.id, state.revision]);
    }),
  );
});

t.test('actors', async (t) => {
  const userId = aUser();
  t.strictSame(ownerActor(userId), { kind: 'owner', userId });
  t.strictSame(operator, { kind: 'operator' });
});

import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import {
  changedFields,
  contentAfterEach,
  contentBefore,
  contentOf,
  fieldNames,
  operator,
  originOf,
  ownerActor,
  previousValues,
  toUserId,
  withDefaults,
} from '@taskward/domain';
import fc from 'fast-check';
import t from 'tap';
import { aState, holds, someContent } from '../support/arbitraries.ts';
import { anInstant } from '../support/builders.ts';

const now = anInstant();
const content = someContent.map(({ stored }) => stored);

t.test('the origin of a change: when, and in which request', async (t) => {
  const ann = toUserId('ann');
  t.strictSame(originOf(ownerActor(ann, 'r-1'), now), { at: now, requestId: 'r-1' });
  t.strictSame(originOf(ownerActor(ann), now), { at: now, requestId: undefined });
  t.strictSame(originOf(operator, now), { at: now, requestId: undefined });
});

t.test('the previous values are of the fields that differ, and lead back', async (t) => {
  holds(
    t,
    fc.property(content, content, (before, after) => {
      const previous = previousValues(before, after);
      assert.deepEqual(
        Object.keys(previous),
        fieldNames.filter((name) => !isDeepStrictEqual(before[name], after[name])),
      );
      assert.deepEqual(contentBefore({ kind: 'updated', before: previous }, after), before);
      assert.deepEqual(previousValues(after, after), {});
    }),
  );
});

t.test('the content before a change: none before a creation, the whole before a deletion', async (t) => {
  holds(
    t,
    fc.property(aState, content, ({ owner: _owner, id: _id, dueAt: _dueAt, remindAt: _remindAt, ...last }, after) => {
      assert.equal(contentBefore({ kind: 'created' }, after), undefined);
      assert.equal(contentBefore({ kind: 'restored' }, after), undefined);
      assert.deepEqual(contentBefore({ kind: 'deleted', before: last }, undefined), contentOf(last));
      assert.equal(contentBefore({ kind: 'deleted' }, undefined), undefined, 'purged');
      assert.equal(contentBefore({ kind: 'updated', before: {} }, undefined), undefined, 'purged');
    }),
  );
});

t.test('the content after each change, from the content now', async (t) => {
  const [old, now] = [withDefaults({ title: 'a' }), withDefaults({ title: 'b' })];
  const deleted = {
    kind: 'deleted',
    before: { ...now, createdAt: anInstant(), updatedAt: anInstant(), completedAt: null, revision: 2 },
  };
  const changes = [{ kind: 'updated', before: { title: 'a' } }, { kind: 'created' }] as const;
  t.strictSame(contentAfterEach(now, changes), [now, old]);
  t.strictSame(contentAfterEach(undefined, [deleted as never, ...changes]), [undefined, now, old]);
  t.strictSame(contentAfterEach(undefined, [{ kind: 'deleted' }, ...changes]), [undefined, undefined, undefined]);
  t.strictSame(contentAfterEach(now, []), []);
});

t.test('the fields that changed, with both values', async (t) => {
  const before = withDefaults({ title: 'a' });
  t.strictSame(changedFields(before, { ...before, title: 'b', completed: true }), {
    title: ['a', 'b'],
    completed: [false, true],
  });
  t.strictSame(changedFields(before, before), {});
  t.strictSame(
    changedFields(undefined, before),
    { title: [null, 'a'], completed: [null, false] },
    'a field that had no value and has none has not changed',
  );
  t.strictSame(changedFields(undefined, undefined), {}, 'purged');
});

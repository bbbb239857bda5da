import t from 'tap';
import { aBench, now } from './undo-support.ts';

t.test('a restoration: the same task at a new revision, however often it is repeated', async (t) => {
  const { update, remove, restore, task, state } = aBench('a');
  update(1, { title: 'b', description: '', completed: true });
  const before = task(1);
  remove(1);
  const restored = restore(1);
  t.strictSame({ ...restored }, { ...before, revision: 4, updatedAt: now });
  t.strictSame({ ...restore(1) }, { ...restored });
  t.strictSame({ ...restore(1, { match: [3] }) }, { ...restored }, 'under the condition of the first');
  t.equal(state().revision, 4);
  t.throws(() => restore(7), { code: 'task/not-found' });
});

t.test('a restoration on a condition is about the revision of the deletion', async (t) => {
  const { remove, restore } = aBench('a');
  remove(1);
  t.throws(() => restore(1, { match: [1] }), { code: 'task/stale', current: { id: 1, title: 'a', revision: 2 } });
  t.throws(() => restore(1, { match: [] }), { code: 'task/stale' });
  t.match(restore(1, { match: [1, 2] }), { id: 1, revision: 3 });
  remove(1);
  t.match(restore(1, { match: 'any' }), { id: 1, revision: 5 });
});

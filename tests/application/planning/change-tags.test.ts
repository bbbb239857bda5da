import { maxSelected } from '@taskward/application';
import t from 'tap';
import { aDraft, anInstant, anOrigin } from '../../support/builders.ts';
import { anAccount } from './account.ts';

const tagged = async () => {
  const account = anAccount();
  await account.create({ tags: ['home', 'work'] }, { tags: ['HOME'], completed: true }, { tags: ['Work'] }, {});
  const tagsOf = async () => Promise.all([1, 2, 3, 4].map(async (id) => (await account.get(id)).tags));
  return { ...account, tagsOf };
};

t.test('a tag is renamed on all tasks that have it, in one step', async (t) => {
  const { renameTag, owner, actor, time, tagsOf, log, undo } = await tagged();
  time.now = anInstant('2026-11-21T00:00:00.000Z');
  t.strictSame(await renameTag(actor, { owner, name: ' Home', newName: ' house ' }), { tasks: 2 });
  t.strictSame(await tagsOf(), [['house', 'work'], ['house'], ['Work'], []]);
  const changes = (await log()).slice(4);
  t.match(changes, [
    { taskId: 1, kind: 'updated', revision: 5, batch: 5, before: { tags: ['home', 'work'] } },
    { taskId: 2, kind: 'updated', revision: 6, batch: 5, before: { tags: ['HOME'] } },
  ]);
  t.equal(changes.length, 2);
  await undo(6);
  t.strictSame(await tagsOf(), [['home', 'work'], ['HOME'], ['Work'], []]);
});

t.test('a name that another tag has is taken, unless both are to be one', async (t) => {
  const { renameTag, owner, actor, tagsOf, log } = await tagged();
  const message = 'There is a tag "Work" already. Choose another name, or send `"merge": true` to make both one tag.';
  await t.rejects(renameTag(actor, { owner, name: 'home', newName: 'Work' }), { code: 'tag/exists', message });
  t.equal((await log()).length, 4);
  t.strictSame(await renameTag(actor, { owner, name: 'home', newName: 'WORK', merge: true }), { tasks: 2 });
  t.strictSame(await tagsOf(), [['work'], ['WORK'], ['Work'], []]);
});

t.test('a tag can change its case, and who has the new spelling already does not change', async (t) => {
  const { renameTag, owner, actor, tagsOf } = await tagged();
  t.strictSame(await renameTag(actor, { owner, name: 'home', newName: 'HOME' }), { tasks: 1 });
  t.strictSame(await tagsOf(), [['HOME', 'work'], ['HOME'], ['Work'], []]);
  t.strictSame(await renameTag(actor, { owner, name: 'home', newName: 'HOME' }), { tasks: 0 });
});

t.test('a tag is taken off all tasks that have it', async (t) => {
  const { removeTag, owner, actor, tagsOf, log, undo } = await tagged();
  t.strictSame(await removeTag(actor, { owner, name: 'WORK' }), { tasks: 2 });
  t.strictSame(await tagsOf(), [['home'], ['HOME'], [], []]);
  t.match((await log()).slice(4), [{ batch: 5 }, { batch: 5 }]);
  await undo(5);
  t.strictSame(await tagsOf(), [['home', 'work'], ['HOME'], ['Work'], []]);
});

t.test('a tag that no task has is not found, and a name that no tag can have is a fault', async (t) => {
  const { renameTag, removeTag, owner, actor, stranger, log } = await tagged();
  const notFound = { code: 'tag/not-found', message: 'None of this user\'s tasks has the tag "garden".' };
  await t.rejects(renameTag(actor, { owner, name: 'garden', newName: 'work' }), notFound);
  await t.rejects(removeTag(actor, { owner, name: 'garden' }), notFound);
  const long = 'x'.repeat(51);
  const faultOf = (field: string) => ({
    code: 'request/invalid',
    faults: [{ field, message: 'must be at most 50 characters long, and has 51' }],
  });
  await t.rejects(renameTag(actor, { owner, name: 'home', newName: long }), faultOf('name'));
  await t.rejects(renameTag(actor, { owner, name: long, newName: 'home' }), faultOf('tag'));
  await t.rejects(removeTag(actor, { owner, name: long }), faultOf('tag'));
  await t.rejects(removeTag(stranger, { owner, name: 'home' }), { code: 'auth/wrong-user' });
  await t.rejects(renameTag(stranger, { owner, name: 'home', newName: 'work' }), { code: 'auth/wrong-user' });
  t.equal((await log()).length, 4);
});

t.test('a tag that too many tasks have is changed in parts', async (t) => {
  const { renameTag, removeTag, owner, actor, stores } = anAccount();
  const add = (count: number, tag: string) =>
    stores.tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 0; n < count; n += 1) unit.add(aDraft(owner, { tags: [tag] }));
      return { result: undefined, store: true };
    });
  await add(maxSelected, 'home');
  t.strictSame(await renameTag(actor, { owner, name: 'home', newName: 'house' }), { tasks: maxSelected });
  await add(1, 'house');
  const message = 'is about more than 10000 tasks, the most that are changed at once: change them in parts';
  const tooMany = { code: 'request/invalid', faults: [{ field: 'tag', message }] };
  await t.rejects(renameTag(actor, { owner, name: 'house', newName: 'home' }), tooMany);
  await t.rejects(removeTag(actor, { owner, name: 'house' }), tooMany);
});

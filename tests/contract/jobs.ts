import type { ImportStore, TaskRepository, UserDirectory } from '@taskward/application';
import { type TaskContent, toUserId, type UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, changing, sortedBy } from '../support/builders.ts';
import { contentOf, differingContents } from '../support/contents.ts';
import { idsOf } from './task-lists.ts';

/** The stores that jobs need, over the same tasks. */
export interface JobStores {
  readonly tasks: TaskRepository;
  readonly imports: ImportStore;
  readonly users: UserDirectory;
}

export type MakeStores = (scope: Test) => Promise<JobStores>;

/** Imports one task under each of the external ids that was not imported before. */
const importing = (
  imports: ImportStore,
  owner: UserId,
  externalIds: readonly string[],
  content: Partial<TaskContent> = {},
) =>
  imports.transact(owner, externalIds, anOrigin(), (unit, known) => {
    const fresh = externalIds.filter((externalId) => !known.has(externalId));
    const imported = new Map(fresh.map((externalId) => [externalId, unit.add(aDraft(owner, content)).id]));
    return { result: fresh, store: true, imported };
  });

const odd = [
  '',
  '__proto__',
  'constructor',
  '"',
  '\\',
  "'",
  '{}',
  'a,b',
  ' 1',
  '1',
  '😀',
  '\u001b',
  'é'.repeat(255),
  // The longest in bytes.
  '😀'.repeat(255),
].slice(1);

const testImportStore = (t: Test, make: MakeStores): void => {
  t.test('what was imported under an external id is known, whatever became of its task', async (t) => {
    const { imports, tasks } = await make(t);
    const owner = aUser();
    t.same(await importing(imports, owner, ['a', 'b']), ['a', 'b']);
    t.same(idsOf((await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }))).tasks), [1, 2]);
    await tasks.remove(owner, 1, anOrigin());
    await tasks.update(owner, 2, changing(owner, { title: 'Changed' }), anOrigin());
    t.same(await importing(imports, owner, ['c', 'b', 'a']), ['c']);
    t.same(idsOf((await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }))).tasks), [2, 3]);
    t.same(await imports.list(owner, undefined, 10), [
      { externalId: 'a', taskId: 1 },
      { externalId: 'b', taskId: 2 },
      { externalId: 'c', taskId: 3 },
    ]);
  });

  t.test('ids and revisions go on as they do for every other write', async (t) => {
    const { imports, tasks } = await make(t);
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    await importing(imports, owner, ['a', 'b']);
    t.match(await tasks.get(owner, 3), { id: 3, revision: 3 });
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 4, revision: 4 });
  });

  t.test('every field and every external id comes back as it was stored', async (t) => {
    const { imports, tasks } = await make(t);
    const owner = aUser();
    const content = { title: '"\\\u001b😀', description: 'a\r\n\tb\\', completed: true };
    await importing(imports, owner, odd, content);
    t.match(await tasks.get(owner, 1), { ...content, createdAt: anInstant(), updatedAt: anInstant() });
    const listed = await imports.list(owner, undefined, 100);
    t.same(
      new Map(listed.map(({ externalId, taskId }) => [externalId, taskId])),
      new Map(odd.map((one, n) => [one, n + 1])),
    );
    t.same(await importing(imports, owner, odd), [], 'each is known');
    for (const [n, any] of differingContents().entries()) {
      await importing(imports, owner, [`any ${n}`], any);
      t.strictSame(contentOf(await tasks.get(owner, odd.length + 1 + n)), any, 'every field');
    }
  });

  t.test('external ids are listed page by page', async (t) => {
    const { imports } = await make(t);
    const owner = aUser();
    await importing(imports, owner, odd);
    const walked: string[] = [];
    for (;;) {
      const page = await imports.list(owner, walked.at(-1), 5);
      walked.push(...page.map(({ externalId }) => externalId));
      if (page.length < 5) break;
    }
    t.same(walked.sort(), [...odd].sort(), 'each once');
    t.same(await imports.list(aUser(), undefined, 5), []);
  });

  t.test('one user knows nothing of what another imported', async (t) => {
    const { imports, tasks } = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    await importing(imports, ann, ['a']);
    t.same(await importing(imports, bob, ['a']), ['a']);
    t.same(await imports.list(bob, undefined, 10), [{ externalId: 'a', taskId: 1 }]);
    t.equal((await tasks.list(ann, aQuery({ count: true }))).total, 1);
  });

  t.test('work that throws, or is not to be stored, leaves nothing behind', async (t) => {
    const { imports, tasks } = await make(t);
    const owner = aUser();
    const thrown = new Error('no');
    const failing = imports.transact(owner, ['a'], anOrigin(), (unit) => {
      unit.add(aDraft(owner));
      throw thrown;
    });
    await t.rejects(failing, thrown);
    const result = await imports.transact(owner, ['a'], anOrigin(), (unit) => {
      const { id } = unit.add(aDraft(owner));
      return { result: id, store: false, imported: new Map([['a', id]]) };
    });
    t.equal(result, 1);
    t.same(await imports.list(owner, undefined, 10), []);
    t.equal((await tasks.list(owner, aQuery())).revision, 0, 'the owner is not even known');
  });

  t.test('of several imports at once each external id is imported by one', async (t) => {
    const { imports, tasks } = await make(t);
    const owner = aUser();
    const names = Array.from({ length: 20 }, (_, n) => `x-${n}`);
    const done = await Promise.all(Array.from({ length: 8 }, () => importing(imports, owner, names)));
    t.same(done.flat().sort(), [...names].sort());
    t.equal((await tasks.list(owner, aQuery({ count: true }))).total, 20);
  });
};

const testUserDirectory = (t: Test, make: MakeStores): void => {
  t.test('users are listed page by page, each once', async (t) => {
    const { tasks, users } = await make(t);
    const mine = [aUser(), aUser(), aUser(), toUserId(`${aUser()} 'é😀%`), toUserId(aUser().toUpperCase())];
    for (const owner of mine) await tasks.add(aDraft(owner), anOrigin());
    const walked: UserId[] = [];
    for (;;) {
      const page = await users.list(walked.at(-1), 100);
      walked.push(...page);
      if (page.length < 100) break;
    }
    t.equal(new Set(walked).size, walked.length);
    t.same(
      mine.filter((owner) => !walked.includes(owner)),
      [],
    );
    t.equal((await users.list(undefined, 2)).length, 2);
  });

  t.test('a user who is erased leaves nothing behind, and no other loses anything', async (t) => {
    const { tasks, imports, users } = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    for (const owner of [ann, bob]) {
      await tasks.add(aDraft(owner), anOrigin());
      await importing(imports, owner, ['a']);
    }
    t.equal(await users.erase(ann), true);
    t.match(await tasks.list(ann, aQuery()), { revision: 0, tasks: [] });
    t.same(await imports.list(ann, undefined, 10), []);
    t.equal(await users.erase(ann), false, 'there is nobody any more');
    t.match(await tasks.list(bob, aQuery({ count: true })), { revision: 2, total: 2 });
    t.same(await imports.list(bob, undefined, 10), [{ externalId: 'a', taskId: 2 }]);
    t.match(await tasks.add(aDraft(ann), anOrigin()), { id: 1, revision: 1 }, 'who comes back begins anew');
  });
};

/** What every import store and user directory must do, over whatever keeps the tasks. */
export const testJobStores = (t: Test, make: MakeStores): void => {
  testImportStore(t, make);
  testUserDirectory(t, make);
};

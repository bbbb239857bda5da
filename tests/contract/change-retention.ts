import { type Instant, operator, restoreTask, toInstant, type UserId, undoChange } from '@taskward/domain';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { calendar } from '../support/planning.ts';
import { type ChangeStores, entriesOf, type MakeChangeStores } from './change-stores.ts';

const lifetime = 1_000;
// Long before everything that other tests store, because a purge removes the old changes of all users.
const start = anInstant('1990-01-01T00:00:00.000Z');
const after = (milliseconds: number): Instant => toInstant(new Date(Date.parse(start) + milliseconds).toISOString());

const purging =
  ({ changeRetention }: ChangeStores) =>
  (milliseconds: number, limit = 1_000) =>
    changeRetention.purge({ now: after(milliseconds), lifetime, limit });

/** An owner with one task, which was changed once a second. */
const anOwnerChanged = async ({ tasks }: ChangeStores, times: number): Promise<UserId> => {
  const owner = aUser();
  await tasks.add(aDraft(owner, { title: '0' }), anOrigin({ at: after(0) }));
  for (let n = 1; n <= times; n += 1) {
    await tasks.update(owner, 1, changing(owner, { title: `${n}` }), anOrigin({ at: after(n * 1_000) }));
  }
  return owner;
};

/** How every log of changes must be bounded, and end. */
export const testChangeRetention = (t: Test, make: MakeChangeStores): void => {
  t.test('what is older than the retention is removed, and the log says from where on it is whole', async (t) => {
    const stores = await make(t);
    const { changes, tasks } = stores;
    const purge = purging(stores);
    while ((await purge(0)) > 0);
    const owner = await anOwnerChanged(stores, 4);
    const { epoch } = await changes.bounds(owner);
    t.equal(await purge(lifetime - 1), 0, 'nothing is too old yet');
    t.strictSame(await changes.bounds(owner), { epoch, revision: 5, oldest: 0 });
    t.equal(await purge(2_500 + lifetime), 3);
    t.strictSame(await changes.bounds(owner), { epoch, revision: 5, oldest: 3 });
    const revisions = ((await entriesOf(changes, owner, 1)) as { revision: number }[]).map(({ revision }) => revision);
    t.strictSame(revisions, [5, 4]);
    t.equal(await purge(2_500 + lifetime), 0);
    t.match(await changes.since(owner, 3, 10), { oldest: 3, changes: [{ task: { id: 1, title: '4' } }], upTo: 5 });
    t.match(await changes.since(owner, 0, 10), { oldest: 3 }, 'whoever is behind that is told');
    t.match(await tasks.get(owner, 1), { title: '4', revision: 5 }, 'the task stays');
    t.equal(await purge(4_500 + lifetime), 2);
    t.strictSame(await changes.bounds(owner), { epoch, revision: 5, oldest: 5 }, 'the log may be empty');
    t.match(await tasks.add(aDraft(owner), anOrigin({ at: after(5_000) })), { id: 2, revision: 6 });
    t.match(await changes.since(owner, 5, 10), { oldest: 5, revision: 6, changes: [{ task: { id: 2 } }] });
    t.equal(await purge(9_000 + lifetime), 1);
  });

  t.test('a removal is bounded, and goes on where it was; each log loses its oldest changes first', async (t) => {
    const stores = await make(t);
    const { changes } = stores;
    const purge = purging(stores);
    while ((await purge(0)) > 0);
    const owners = [await anOwnerChanged(stores, 3), await anOwnerChanged(stores, 3)];
    t.equal(await purge(9_000, 0), 0);
    const removed: number[] = [];
    for (let last = 3; last === 3; removed.push(last)) {
      last = await purge(9_000, 3);
      for (const owner of owners) {
        const { oldest, revision } = await changes.bounds(owner);
        const entries = (await entriesOf(changes, owner, 1)) as { revision: number }[];
        t.equal(entries.length, revision - oldest);
        t.ok(entries.every((entry) => entry.revision > oldest));
      }
    }
    t.strictSame(removed, [3, 3, 2]);
  });

  t.test('of one user, what is too old can be counted, and removed', async (t) => {
    const stores = await make(t);
    const { changes, changeRetention } = stores;
    while ((await purging(stores)(0)) > 0);
    const [owner, other] = [await anOwnerChanged(stores, 3), await anOwnerChanged(stores, 3)];
    const expired = { now: after(2_500), lifetime, owner };
    t.equal(await changeRetention.count(expired), 2);
    t.equal(await changeRetention.count({ ...expired, now: after(lifetime - 1) }), 0);
    t.equal(await changeRetention.count({ ...expired, owner: aUser() }), 0);
    t.equal(await changeRetention.purge({ ...expired, limit: 1 }), 1);
    t.equal(await changeRetention.purge({ ...expired, limit: 10 }), 1);
    t.equal(await changeRetention.purge({ ...expired, limit: 10 }), 0);
    t.equal(await changeRetention.count(expired), 0);
    t.match(await changes.bounds(owner), { oldest: 2, revision: 4 });
    t.match(await changes.bounds(other), { oldest: 0, revision: 4 }, 'and of nobody else');
    t.equal(await changeRetention.count({ ...expired, owner: other }), 2);
    while ((await purging(stores)(9_000)) > 0);
  });

  t.test('what is not kept is neither restored nor undone', async (t) => {
    const stores = await make(t);
    const { tasks, changes } = stores;
    const purge = purging(stores);
    while ((await purge(0)) > 0);
    const owner = await anOwnerChanged(stores, 1);
    await tasks.remove(owner, 1, anOrigin({ at: after(2_000) }));
    t.equal((await changes.trash(owner, undefined, 10)).length, 1);
    t.equal(await purge(2_500 + lifetime), 3);
    t.strictSame(await changes.trash(owner, undefined, 10), []);
    const context = { actor: operator, owner, now: after(3_000), calendar, quota: 100 };
    const undoing = tasks.transact(owner, { ids: [], undone: [3] }, anOrigin(), (unit) => ({
      result: undoChange(unit, 3, context),
      store: true,
    }));
    await t.rejects(undoing, { code: 'change/not-found' });
    const restoring = tasks.transact(owner, { ids: [1], restored: [1] }, anOrigin(), (unit) => ({
      result: restoreTask(unit, 1, {}, context),
      store: true,
    }));
    await t.rejects(restoring, { code: 'task/not-found' });
  });

  t.test('where clocks differ, nothing is kept without what followed it', async (t) => {
    const stores = await make(t);
    const { changes, changeRetention, tasks } = stores;
    const owner = aUser();
    for (const at of [2_000, 1_000, 3_000].map(after)) await tasks.add(aDraft(owner), anOrigin({ at }));
    const expired = { now: after(1_000 + lifetime), lifetime, owner };
    t.equal(await changeRetention.count(expired), 2);
    t.equal(await changeRetention.purge({ ...expired, limit: 10 }), 2);
    t.match(await changes.bounds(owner), { oldest: 2, revision: 3 });
    while ((await purging(stores)(9_000)) > 0);
  });

  t.test('another epoch changes nothing else', async (t) => {
    const stores = await make(t);
    const { changes, tasks, users } = stores;
    const [owner, other] = [aUser(), aUser()];
    for (const user of [owner, other]) {
      await tasks.add(aDraft(user), anOrigin());
      await tasks.update(user, 1, changing(user, { title: '1' }), anOrigin());
    }
    const before = { owner: await changes.bounds(owner), other: await changes.bounds(other) };
    t.equal(await users.renewEpoch(owner), true);
    const { epoch, ...rest } = await changes.bounds(owner);
    t.not(epoch, before.owner.epoch);
    t.strictSame(rest, { revision: 2, oldest: 0 });
    t.match(await changes.since(owner, 0, 10), { epoch, upTo: 2 });
    t.match(await tasks.get(owner, 1), { title: '1', revision: 2 });
    t.strictSame(await changes.bounds(other), before.other, 'nor anything of another user');
    t.equal(await users.renewEpoch(aUser()), false, 'nobody is not made');
    t.match(await tasks.add(aDraft(owner), anOrigin()), { id: 2, revision: 3 });
  });

  t.test('who is erased has no log, and who comes back has another', async (t) => {
    const { tasks, changes, users } = await make(t);
    const [ann, bob] = [aUser(), aUser()];
    for (const owner of [ann, bob]) {
      for (const title of ['a', 'b']) await tasks.add(aDraft(owner, { title }), anOrigin());
      await tasks.remove(owner, 1, anOrigin());
    }
    const before = { ann: await changes.bounds(ann), bob: await changes.bounds(bob) };
    t.equal(await users.erase(ann), true);
    t.strictSame(await changes.bounds(ann), { epoch: 0, revision: 0, oldest: 0 });
    t.strictSame(await changes.trash(ann, undefined, 10), []);
    t.strictSame(await entriesOf(changes, ann, 1), []);
    t.match(await changes.since(ann, 0, 10), { changes: [] });
    t.strictSame(await changes.bounds(bob), before.bob);
    t.equal((await changes.trash(bob, undefined, 10)).length, 1);
    await tasks.add(aDraft(ann, { title: 'again' }), anOrigin());
    const { epoch, ...rest } = await changes.bounds(ann);
    t.strictSame(rest, { revision: 1, oldest: 0 });
    t.ok(epoch > 0 && epoch !== before.ann.epoch, 'no cursor of the first account is taken for one of the second');
    t.match(await changes.history(ann, 1, 100, 10), { changes: [{ kind: 'created', revision: 1 }] });
  });
};

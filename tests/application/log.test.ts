import { makeJobs, makeUseCases } from '@taskward/application';
import { operator, ownerActor, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';

const day = 86_400_000;
const now = anInstant('2026-11-20T00:00:00.000Z');
const ago = (days: number) => anInstant(new Date(Date.parse(now) - days * day).toISOString());

const aBench = () => {
  const ports = { ...makeMemoryStores(), calendar, keys, clock: { now: () => now } };
  return { ...ports, useCases: makeUseCases(ports), jobs: makeJobs(ports) };
};

t.test('listLog is paged from the newest change on, and each page says where the next begins', async (t) => {
  const { useCases, tasks } = aBench();
  const owner = aUser();
  for (let n = 0; n < 5; n += 1) await tasks.add(aDraft(owner), anOrigin());
  const page = async (input: { before?: number; after?: number; limit: number }) => {
    const { entries, ...rest } = await useCases.listLog(ownerActor(owner), { owner, ...input });
    return { revisions: entries.map(({ change }) => change.revision), ...rest };
  };
  t.strictSame(await page({ limit: 2 }), { revisions: [5, 4], next: 4 });
  t.strictSame(await page({ limit: 2, before: 4 }), { revisions: [3, 2], next: 2 });
  t.strictSame(await page({ limit: 2, before: 2 }), { revisions: [1] });
  t.strictSame(await page({ limit: 5 }), { revisions: [5, 4, 3, 2, 1] }, 'no page follows a full last one');
  t.strictSame(await page({ limit: 1, after: 3 }), { revisions: [5], next: 5 });
  t.strictSame(await page({ limit: 1, before: 5, after: 3 }), { revisions: [4] });
  for (const limit of [0, 501, 1.5]) await t.rejects(page({ limit }), { code: 'request/invalid' });
});

t.test(
  'purgeChanges removes what is as old as asked, of one user or of all, and countOldChanges says how much',
  async (t) => {
    const { useCases, tasks, changes } = aBench();
    const [ann, bob] = [aUser(), aUser()];
    for (const owner of [ann, bob]) {
      for (const days of [3, 2, 1]) await tasks.add(aDraft(owner), anOrigin({ at: ago(days) }));
    }
    const left = async (owner: UserId) =>
      (await changes.latest(owner, { before: undefined, after: undefined }, 9)).length;
    t.equal(await useCases.countOldChanges(operator, { owner: ann, days: 2 }), 2);
    t.equal(await useCases.countOldChanges(operator, { owner: ann, days: 2.5 }), 1);
    t.equal(await useCases.purgeChanges(operator, { owner: ann, days: 2.5, limit: 9 }), 1);
    t.strictSame([await left(ann), await left(bob)], [2, 3]);
    t.equal(await useCases.purgeChanges(operator, { days: 2, limit: 2 }), 2);
    t.equal(await useCases.purgeChanges(operator, { days: 2, limit: 2 }), 1);
    t.equal(await useCases.purgeChanges(operator, { days: 2, limit: 2 }), 0);
    t.strictSame([await left(ann), await left(bob)], [1, 1]);
    for (const owner of [ann, bob]) {
      const actor = ownerActor(ann);
      await t.rejects(useCases.purgeChanges(actor, { owner, days: 0, limit: 9 }), { code: 'auth/wrong-user' });
      await t.rejects(useCases.countOldChanges(actor, { owner, days: 0 }), { code: 'auth/wrong-user' });
    }
    t.equal((await tasks.list(ann, aQuery())).tasks.length, 3, 'the tasks stay');
  },
);

t.test('renewEpoch voids every position of a user, and none of another', async (t) => {
  const { useCases, jobs, tasks } = aBench();
  const [ann, bob] = [aUser(), aUser()];
  for (const owner of [ann, bob]) await tasks.add(aDraft(owner), anOrigin());
  const end = (owner: UserId) => useCases.endOfChanges(operator, { owner });
  const [ofAnn, ofBob] = [await end(ann), await end(bob)];
  const snapshot = await useCases.listChanges(operator, { owner: ann, limit: 1 });
  t.equal(await jobs.renewEpoch(operator, { owner: ann }), true);
  for (const since of [ofAnn, snapshot.next, { ...ofAnn, afterId: 1 }]) {
    await t.rejects(useCases.listChanges(operator, { owner: ann, since, limit: 9 }), { code: 'changes/gone' });
  }
  t.match(await useCases.listChanges(operator, { owner: bob, since: ofBob, limit: 9 }), { changes: [] });
  t.match(await useCases.listChanges(operator, { owner: ann, since: await end(ann), limit: 9 }), { changes: [] });
  t.equal(await jobs.renewEpoch(operator, { owner: aUser() }), false);
});

import type { UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { aFaultyRepository, aRepository, several } from './support.ts';

t.test('a search that takes longer than it may is told so, and what is no search is not', async (t) => {
  const tasks = await aFaultyRepository(t, [
    { file: 'timeouts.ts', from: 'severalStatements: 3_000', to: 'severalStatements: 5' },
  ]);
  const owner = aUser();
  await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
    for (const _ of several(4_000, String)) unit.add(aDraft(owner, { description: 'x'.repeat(1_000) }));
    return { store: true, result: undefined };
  });
  await t.rejects(tasks.list(owner, aQuery({ search: 'nowhere', count: true })), { code: 'search/too-slow' });
  t.equal((await tasks.list(owner, aQuery({ search: 'xxx', limit: 1 }))).tasks.length, 1, 'a narrower one succeeds');
});

t.test('a search that waits too long for a slot fails: the database is busy', { timeout: 30_000 }, async (t) => {
  const tasks = await aFaultyRepository(t, [{ file: 'timeouts.ts', from: 'queue: 2_000', to: 'queue: 25' }]);
  const owner = aUser();
  await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
    for (const _ of several(6_000, String)) unit.add(aDraft(owner, { description: 'x'.repeat(1_000) }));
    return { store: true, result: undefined };
  });
  const ends = await Promise.allSettled(several(12, () => tasks.list(owner, aQuery({ search: 'nowhere' }))));
  t.equal(ends[0]?.status, 'fulfilled');
  t.match(ends.at(-1), { status: 'rejected', reason: { code: 'database/busy' } });
});

t.test('a text that somebody changes by hand is found as it is then', async (t) => {
  const { tasks, sql } = await aRepository(t);
  const owner: UserId = aUser();
  await tasks.add(aDraft(owner, { title: 'Äpfel', description: 'plain' }), anOrigin());
  const found = async (search: string) => (await tasks.list(owner, aQuery({ search }))).tasks.length;
  await sql(`update taskward.tasks set title = 'BIRNEN', description = 'ÜBEN' where user_id = ?`, [owner]);
  t.strictSame([await found('äpfel'), await found('birnen'), await found('plain'), await found('üben')], [0, 1, 0, 1]);
});

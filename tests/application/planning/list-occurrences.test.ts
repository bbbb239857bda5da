import { ownerActor } from '@taskward/domain';
import t from 'tap';
import { anInstant } from '../../support/builders.ts';
import { anAccount } from './account.ts';

const recurring = async () => {
  const account = anAccount();
  const { create, changeTask, actor, owner, time } = account;
  await create({ due_date: '2026-11-20', repeat: 'daily' }, {});
  for (const day of ['20', '21', '22', '23']) {
    time.now = anInstant(`2026-11-${day}T12:00:00.000Z`);
    await changeTask(actor, { owner, id: 1, change: { kind: 'complete' } });
  }
  const list = (input: { id?: number; before?: number; limit?: number } = {}) =>
    account.listOccurrences(actor, { owner, id: 1, limit: 100, ...input });
  return { ...account, list };
};

t.test('completed occurrences are listed, the newest first, one page after the other', async (t) => {
  const { list, changeTask, actor, owner } = await recurring();
  const occurrences = ['23', '22', '21', '20'].map((day, index) => ({
    revision: 6 - index,
    completed_at: `2026-11-${day}T12:00:00.000Z`,
    due_date: `2026-11-${day}`,
  }));
  t.strictSame(await list(), { occurrences });
  t.strictSame(await list({ limit: 3 }), { occurrences: occurrences.slice(0, 3), next: 4 });
  t.strictSame(await list({ limit: 3, before: 4 }), { occurrences: occurrences.slice(3) });

  const change = { kind: 'update', changes: { title: 'Pay less rent' } } as const;
  await changeTask(actor, { owner, id: 1, change });
  t.strictSame(await list(), { occurrences }, 'other changes are none');
  await changeTask(ownerActor(owner, 'request-1'), { owner, id: 1, change: { kind: 'complete' } });
  t.match((await list()).occurrences[0], { due_date: '2026-11-24', request_id: 'request-1' });
});

t.test('occurrences of tasks without any, of deleted, purged and unknown ones', async (t) => {
  const { list, deleteTask, purgeTrash, listOccurrences, actor, owner, stranger } = await recurring();
  t.strictSame(await list({ id: 2 }), { occurrences: [] });
  await t.rejects(list({ id: 3 }), { code: 'task/not-found' });
  await deleteTask(actor, { owner, id: 1 });
  t.equal((await list()).occurrences.length, 4);
  await purgeTrash(actor, { owner, id: 1 });
  t.match((await list()).occurrences, [{ due_date: null }, { due_date: null }, { due_date: null }, { due_date: null }]);
  for (const limit of [0, 501]) await t.rejects(list({ limit }), { code: 'request/invalid' });
  await t.rejects(listOccurrences(stranger, { owner, id: 1, limit: 1 }), { code: 'auth/wrong-user' });
});

import type { Place } from '@taskward/domain';
import t from 'tap';
import { sortedBy } from '../../support/builders.ts';
import { anAccount } from './account.ts';

const aListOf = async (count: number) => {
  const account = anAccount();
  const { owner, actor, create, listTasks, moveTask } = account;
  await create(...Array.from({ length: count }, () => ({})));
  return {
    ...account,
    move: (id: number, to: Place) => moveTask(actor, { owner, id, to }),
    async order() {
      const query = { status: 'all', sort: sortedBy('position'), limit: 500, offset: 0, count: false } as const;
      return (await listTasks(actor, { owner, query })).tasks.map(({ id }) => id);
    },
  };
};

t.test('a task is moved beside another, or to an end, by one change that can be undone', async (t) => {
  const { move, order, log, undo } = await aListOf(4);
  t.match(await move(4, { before: 2 }), { id: 4, revision: 5 });
  t.strictSame(await order(), [1, 4, 2, 3]);
  t.match(await move(1, { after: 3 }), { id: 1, revision: 6 });
  t.strictSame(await order(), [4, 2, 3, 1]);
  t.match(await move(3, { to: 'top' }), { id: 3, revision: 7 });
  t.match(await move(4, { to: 'bottom' }), { id: 4, revision: 8 });
  t.strictSame(await order(), [3, 2, 1, 4]);
  t.match((await log()).at(-1), { kind: 'updated', taskId: 4, revision: 8 });
  await undo(7);
  t.strictSame(await order(), [2, 3, 1, 4]);
});

t.test('a move that changes nothing writes nothing', async (t) => {
  const { move, order, log } = await aListOf(3);
  for (const to of [{ before: 3 }, { after: 1 }, { before: 2 }, { after: 2 }] as const) {
    t.match(await move(2, to), { id: 2, position: null, revision: 2 });
  }
  t.equal((await log()).length, 3);
  t.strictSame(await order(), [1, 2, 3]);
});

t.test('a move fails where its task, its anchor or its condition does', async (t) => {
  const { move, order, moveTask, deleteTask, owner, actor, stranger } = await aListOf(3);
  await deleteTask(actor, { owner, id: 2 });
  await t.rejects(move(1, { after: 2 }), { code: 'task/anchor-gone' });
  await t.rejects(move(2, { after: 1 }), { code: 'task/not-found' });
  const to = { to: 'bottom' } as const;
  await t.rejects(moveTask(actor, { owner, id: 1, to, condition: { match: [9] } }), { code: 'task/stale' });
  await t.rejects(moveTask(stranger, { owner, id: 1, to }), { code: 'auth/wrong-user' });
  t.strictSame(await order(), [1, 3]);
});

t.test('moves at one time all take effect', async (t) => {
  const { move, order } = await aListOf(6);
  await Promise.all([move(3, { before: 2 }), move(4, { before: 2 }), move(5, { before: 2 }), move(6, { to: 'top' })]);
  t.strictSame(await order(), [6, 1, 3, 4, 5, 2]);
});

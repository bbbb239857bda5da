import { maxSelected, type Operation, type UpdateWhere } from '@taskward/application';
import t from 'tap';
import { aDraft, anInstant, anOrigin } from '../../support/builders.ts';
import { anAccount } from './account.ts';

const anAccountWithTasks = async () => {
  const account = anAccount();
  await account.create(
    { tags: ['home'], priority: 'high' },
    { tags: ['Home'], due_date: '2026-11-19' },
    { tags: ['work'], due_date: '2026-11-20', repeat: 'daily' },
    {},
  );
  return {
    ...account,
    batch: (operations: readonly Operation[], { atomic = false, dryRun = false } = {}) =>
      account.applyBatch(account.actor, { owner: account.owner, operations, atomic, dryRun }),
  };
};

const update = (where: Partial<UpdateWhere['where']>, set: UpdateWhere['set']): UpdateWhere => ({
  kind: 'update_where',
  where: { status: 'all', ...where },
  set,
});

t.test('an update by a filter changes all tasks that meet it, and is undone as one', async (t) => {
  const { batch, get, log, undo } = await anAccountWithTasks();
  const { applied, outcomes } = await batch([update({ tags: ['HOME'] }, { priority: 'high', add_tags: ['flat'] })]);
  t.strictSame({ applied, outcomes }, { applied: true, outcomes: [{ kind: 'updated', count: 2, changed: 2 }] });
  t.match(await get(1), { tags: ['home', 'flat'], priority: 'high', revision: 5 });
  t.match(await get(2), { tags: ['Home', 'flat'], priority: 'high', revision: 6 });
  t.match((await log()).slice(4), [{ batch: 5 }, { batch: 5 }]);
  t.strictSame((await batch([update({ priority: ['high'] }, { priority: 'high' })])).outcomes, [
    { kind: 'updated', count: 2, changed: 0 },
  ]);
  await undo(5);
  t.match([await get(1), await get(2)], [{ tags: ['home'] }, { tags: ['Home'], priority: null }]);
});

t.test('a dry run counts, and stores nothing', async (t) => {
  const { batch, log } = await anAccountWithTasks();
  const { applied, outcomes } = await batch([update({ due: 'overdue' }, { completed: true })], { dryRun: true });
  t.strictSame({ applied, outcomes }, { applied: false, outcomes: [{ kind: 'updated', count: 1, changed: 1 }] });
  t.equal((await log()).length, 4);
});

t.test('filters select the tasks as they were before the batch, whatever was done to them in it', async (t) => {
  const { batch, get } = await anAccountWithTasks();
  const { outcomes } = await batch([
    { kind: 'create', content: { title: 'Paint', tags: ['home'] } },
    { kind: 'update', id: 1, changes: { tags: [] } },
    { kind: 'delete', id: 2 },
    update({ tags: ['home'] }, { title: 'Move' }),
    update({ untagged: true }, { priority: 'low' }),
  ]);
  t.match(outcomes.slice(3), [
    { kind: 'updated', count: 1, changed: 1 },
    { kind: 'updated', count: 1, changed: 1 },
  ]);
  t.match(
    [await get(1), await get(4), await get(5)],
    [
      { title: 'Move', tags: [], priority: 'high' },
      { title: 'Pay rent', priority: 'low' },
      { title: 'Paint', priority: null },
    ],
  );
});

t.test('a recurring task that is completed so moves on', async (t) => {
  const { batch, get, log, time } = await anAccountWithTasks();
  time.now = anInstant('2026-11-22T12:00:00.000Z');
  await batch([update({ due: 'overdue' }, { completed: true })]);
  t.match([await get(2), await get(3)], [{ completed: true }, { completed: false, due_date: '2026-11-23' }]);
  t.match((await log()).slice(4), [{ kind: 'updated' }, { kind: 'occurrence_completed' }]);
});

t.test('what is wrong with an update by a filter is told once, and the others take effect', async (t) => {
  const { batch, get, log } = await anAccountWithTasks();
  const { outcomes } = await batch([
    update({ dueBefore: 'soon', tags: [''] }, { title: ' ', tags: [], add_tags: ['x'] }),
    update({ search: 'x'.repeat(101) }, {}),
    update({}, { repeat: 'daily' }),
    update({ tags: ['garden'] }, { title: '' }),
    update({ tags: ['work'] }, { title: 'Work' }),
  ]);
  t.match(outcomes, [
    { error: { code: 'request/invalid' } },
    { error: { faults: [{ field: 'where.search' }] } },
    { error: { faults: [{ field: 'repeat' }] } },
    { error: { faults: [{ field: 'title' }] } },
    { kind: 'updated', count: 1, changed: 1 },
  ]);
  const [first] = outcomes;
  const fields = first?.kind === 'rejected' ? first.error.faults.map(({ field }) => field) : [];
  t.strictSame(fields, ['where.tags', 'where.due_before', 'set.title', 'set.tags']);
  t.equal((await log()).length, 5, 'one that fails for one task changes none');
  t.match([await get(1), await get(2), await get(3)], [{ repeat: null }, { repeat: null }, { title: 'Work' }]);
});

t.test('with atomic, one that is rejected keeps all from taking effect', async (t) => {
  const { batch, log } = await anAccountWithTasks();
  const operations = [update({ tags: ['home'] }, { title: 'Home' }), update({ tags: ['work'] }, { title: '' })];
  t.equal((await batch(operations, { atomic: true })).applied, false);
  t.equal((await log()).length, 4);
});

t.test('the updates of a batch are bounded together', async (t) => {
  const { applyBatch, owner, actor, stores } = anAccount();
  await stores.tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
    for (let n = 0; n < maxSelected / 2; n += 1) unit.add(aDraft(owner));
    unit.add(aDraft(owner, { tags: ['home'] }));
    return { result: undefined, store: true };
  });
  const untagged = update({ untagged: true }, { priority: 'low' });
  const run = async (operations: readonly Operation[]) =>
    (await applyBatch(actor, { owner, operations, atomic: false, dryRun: true })).outcomes;
  const count = maxSelected / 2;
  t.strictSame(await run([untagged, untagged]), [
    { kind: 'updated', count, changed: count },
    { kind: 'updated', count, changed: 0 },
  ]);
  const message = 'is about more than 10000 tasks, the most that are changed at once: change them in parts';
  const rejected = { kind: 'rejected', error: { faults: [{ field: 'where', message }] } };
  t.match(await run([untagged, untagged, update({ tags: ['home'] }, { priority: 'low' })]), [
    rejected,
    rejected,
    rejected,
  ]);
});

import type { TaskEdit } from '@taskward/domain';
import t from 'tap';
import { anInstant } from '../../support/builders.ts';
import { anAccount } from './account.ts';

const saturday = anInstant('2026-11-21T12:00:00.000Z');

/** An owner of one task, due on a Friday and every week from then on, whose reminders are on the day before. */
const weekly = async (content = {}) => {
  const account = anAccount();
  const { create, changeTask, actor, owner, stores } = account;
  const reminders = [{ before: 'P1D' }];
  await create({ due_date: '2026-11-20', repeat: 'weekly', reminders, ...content });
  return {
    ...account,
    toggle: (occurrence?: string) =>
      changeTask(actor, {
        owner,
        id: 1,
        change: { kind: 'complete', ...(occurrence !== undefined && { occurrence }) },
      }),
    complete: (completed: boolean, occurrence?: string) =>
      changeTask(actor, { owner, id: 1, change: { kind: 'complete', completed, occurrence } }),
    edit: (changes: TaskEdit) => changeTask(actor, { owner, id: 1, change: { kind: 'update', changes } }),
    remindAt: () =>
      stores.tasks.transact(owner, { ids: [1] }, { at: saturday }, (unit) => ({
        result: unit.get(1).remindAt as readonly string[],
        store: false,
      })),
  };
};

const moved = {
  due_date: '2026-11-27',
  dueAt: '2026-11-27T23:59:59.999Z',
  completed: false,
  completedAt: null,
  revision: 2,
  completedOccurrence: { dueDate: '2026-11-20', skipped: 0 },
};

t.test('a recurring task that is completed moves on, in whichever way it is completed', async (t) => {
  const whole = {
    title: 'Pay rent',
    description: null,
    completed: true,
    priority: null,
    tags: [],
    due_date: '2026-11-20',
    repeat: { rule: 'FREQ=WEEKLY' },
    reminders: [{ before: 'P1D' }],
  } as const;
  const ways: Record<string, (account: Awaited<ReturnType<typeof weekly>>) => Promise<unknown>> = {
    toggle: ({ toggle }) => toggle(),
    'toggle, with the occurrence': ({ toggle }) => toggle('2026-11-20'),
    complete: ({ complete }) => complete(true),
    'complete, with the occurrence': ({ complete }) => complete(true, '2026-11-20'),
    'completed, among the fields': ({ edit }) => edit({ completed: true }),
    'completed and the occurrence, among the fields': ({ edit }) => edit({ completed: true, occurrence: '2026-11-20' }),
    'the whole task': ({ edit }) => edit(whole),
  };
  for (const [name, way] of Object.entries(ways)) {
    const account = await weekly();
    t.match(await way(account), moved, name);
    const { completedOccurrence: _completedOccurrence, ...stored } = moved;
    t.match(await account.get(1), { ...stored, repeat: { rule: 'FREQ=WEEKLY', start: '2026-11-20' } }, name);
    t.strictSame(await account.remindAt(), ['2026-11-26T09:00:00.000Z'], `${name}: reminders move with it`);
    t.match((await account.log()).slice(1), [
      { kind: 'occurrence_completed', revision: 2, before: { due_date: '2026-11-20' } },
    ]);
  }
});

t.test('a task that is completed late skips what has passed, and early nothing', async (t) => {
  const late = await weekly();
  late.time.now = anInstant('2026-12-12T12:00:00.000Z');
  const completedOccurrence = { dueDate: '2026-11-20', skipped: 3 };
  t.match(await late.toggle(), { due_date: '2026-12-18', completedOccurrence });
  const early = await weekly();
  for (const due_date of ['2026-11-27', '2026-12-04', '2026-12-11']) t.match(await early.toggle(), { due_date });
});

t.test('who names an occurrence that has passed completes none', async (t) => {
  const account = await weekly();
  await account.toggle('2026-11-20');
  const passed = { code: 'task/occurrence-passed', current: { id: 1, due_date: '2026-11-27', revision: 2 } };
  await t.rejects(account.toggle('2026-11-20'), passed);
  await t.rejects(account.complete(true, '2026-11-20'), passed);
  await t.rejects(account.edit({ completed: true, occurrence: '2026-11-20' }), passed);
  await t.rejects(
    account.edit({ title: 'New', occurrence: '2026-11-20T00:00' }),
    passed,
    'another form is another date',
  );
  await t.rejects(account.toggle('yesterday'), { code: 'request/invalid' });
  t.match(await account.get(1), { title: 'Pay rent', due_date: '2026-11-27', revision: 2 });
});

t.test('the last occurrence of a series completes the task, and reopening it does not move it', async (t) => {
  for (const rule of ['FREQ=WEEKLY;COUNT=2', 'FREQ=WEEKLY;UNTIL=20261127']) {
    const account = await weekly({ repeat: { rule } });
    t.match(await account.toggle(), { due_date: '2026-11-27', completed: false });
    const done = await account.toggle();
    t.match(done, { due_date: '2026-11-27', completed: true, completedAt: account.time.now }, rule);
    t.equal(done.completedOccurrence, undefined);
    t.match(await account.complete(true), { revision: done.revision }, 'done already');
    t.match(await account.toggle(), { due_date: '2026-11-27', completed: false, completedAt: null });
    t.match(await account.toggle(), { completed: true });
    t.match((await account.log()).at(-1), { kind: 'updated', before: { completed: false } });
  }
});

t.test('a task that is to stop recurring is completed like any other', async (t) => {
  const account = await weekly();
  await account.edit({ repeat: null });
  t.match(await account.toggle(), { completed: true, due_date: '2026-11-20', completedAt: account.time.now });
});

t.test('an edit that completes and renames does both in one change, which is undone as one', async (t) => {
  const account = await weekly();
  t.match(await account.edit({ title: 'Rent', completed: true }), { ...moved, title: 'Rent' });
  t.match((await account.log()).at(-1), {
    kind: 'occurrence_completed',
    before: { title: 'Pay rent', due_date: '2026-11-20' },
  });
  await account.undo(2);
  t.match(await account.get(1), { title: 'Pay rent', due_date: '2026-11-20', revision: 3 });
});

t.test('an occurrence that is taken back is due again, with its reminders', async (t) => {
  const account = await weekly({ due_date: '2026-12-04' });
  await account.toggle();
  t.strictSame(await account.remindAt(), ['2026-12-10T09:00:00.000Z']);
  await account.undo(2);
  t.match(await account.get(1), {
    due_date: '2026-12-04',
    dueAt: '2026-12-04T23:59:59.999Z',
    completed: false,
    repeat: { rule: 'FREQ=WEEKLY', start: '2026-12-04' },
  });
  t.strictSame(await account.remindAt(), ['2026-12-03T09:00:00.000Z']);
  await account.toggle();
  await account.edit({ due_date: '2026-12-20' });
  await t.rejects(account.undo(4), { code: 'undo/superseded', superseded: [{ field: 'due_date' }] });
});

t.test('one occurrence moves, or the series with it', async (t) => {
  const one = await weekly();
  t.match(await one.edit({ due_date: '2026-11-22' }), { due_date: '2026-11-22', repeat: { start: '2026-11-20' } });
  t.match(await one.toggle(), { due_date: '2026-11-27' });
  const all = await weekly();
  const series = await all.edit({ due_date: '2026-11-22', scope: 'series' });
  t.match(series, { due_date: '2026-11-22', repeat: { start: '2026-11-22' } });
  t.match(await all.toggle(), { due_date: '2026-11-29' });
});

t.test('a restored task is due, and reminds, by its owner’s settings then', async (t) => {
  const { actor, owner, deleteTask, restoreTask, changeSettings, get, remindAt } = await weekly({
    due_date: '2026-12-04',
  });
  await deleteTask(actor, { owner, id: 1 });
  await changeSettings(actor, { owner, changes: { time_zone: 'America/New_York' } });
  const restored = await restoreTask(actor, { owner, id: 1 });
  t.match(restored, { due_date: '2026-12-04', dueAt: '2026-12-05T04:59:59.999Z' });
  t.match(await get(1), { dueAt: '2026-12-05T04:59:59.999Z', repeat: { start: '2026-12-04' } });
  t.strictSame(await remindAt(), ['2026-12-03T14:00:00.000Z']);
});

t.test('“today” is the owner’s: the next occurrence is after it, in their zone and by their day', async (t) => {
  const account = await weekly({ repeat: 'daily' });
  const { actor, owner, changeSettings, time, toggle } = account;
  await changeSettings(actor, { owner, changes: { time_zone: 'Asia/Tokyo', day_starts_at: '04:00' } });
  // The 25th, 02:00 in Tokyo, whose day is still the 24th.
  time.now = anInstant('2026-11-24T17:00:00.000Z');
  t.match(await toggle(), { due_date: '2026-11-25', dueAt: '2026-11-25T18:59:59.999Z' });
  time.now = anInstant('2026-11-24T19:00:00.000Z');
  t.match(await toggle(), { due_date: '2026-11-26' });
});

import { makeImportTasks } from '@taskward/application';
import { operator, toInstant } from '@taskward/domain';
import t from 'tap';
import { calendar } from '../../support/planning.ts';
import { anAccount } from './account.ts';

const settings = { time_zone: 'Europe/Berlin', day_starts_at: '03:00' } as const;

/** What these dates mean for a user in Berlin whose day starts at three. */
const table = [
  ['2026-12-01', '2026-12-02T01:59:59.999Z', '2026-12-01T07:30:00.000Z'],
  ['2026-12-01T10:00', '2026-12-01T09:00:00.000Z', '2026-12-01T08:30:00.000Z'],
  ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00.000Z', '2026-12-01T09:30:00.000Z'],
  ['2026-12-01T10:00[America/New_York]', '2026-12-01T15:00:00.000Z', '2026-12-01T14:30:00.000Z'],
] as const;

const aBerliner = async () => {
  const account = anAccount();
  await account.changeSettings(account.actor, { owner: account.owner, changes: settings });
  const remindAt = (id: number) =>
    account.stores.tasks.transact(account.owner, { ids: [id] }, { at: account.time.now }, (unit) => ({
      result: unit.get(id).remindAt as readonly string[],
      store: false,
    }));
  return { ...account, remindAt };
};

t.test('a new task with dates takes its owner’s settings', async (t) => {
  const { create, get, remindAt } = await aBerliner();
  await create(...table.map(([due_date]) => ({ due_date, reminders: [{ before: 'PT30M' }] })));
  for (const [index, [due_date, dueAt, at]] of table.entries()) {
    t.match(await get(index + 1), { due_date, dueAt, revision: index + 2 });
    t.strictSame(await remindAt(index + 1), [at]);
  }
});

t.test('so does a task that gets dates later, alone and in a batch', async (t) => {
  const { create, changeTask, applyBatch, get, remindAt, actor, owner } = await aBerliner();
  await create(...table.map(() => ({})), ...table.map(() => ({})));
  for (const [index, [due_date]] of table.entries()) {
    const changes = { due_date, reminders: [{ before: 'PT30M' }] };
    await changeTask(actor, { owner, id: index + 1, change: { kind: 'update', changes } });
  }
  const operations = table.map(([due_date], index) => ({
    kind: 'update' as const,
    id: table.length + index + 1,
    changes: { due_date, reminders: [{ before: 'PT30M' }] },
  }));
  await applyBatch(actor, { owner, operations, atomic: true, dryRun: false });
  for (const [index, [due_date, dueAt, at]] of [...table, ...table].entries()) {
    t.match(await get(index + 1), { due_date, dueAt });
    t.strictSame(await remindAt(index + 1), [at]);
  }
});

t.test('and imported ones, of which reminders that have passed do not come', async (t) => {
  const { stores, get, remindAt, owner, time } = await aBerliner();
  const importTasks = makeImportTasks({ imports: stores.imports, clock: { now: () => time.now }, calendar });
  const rows = [
    ...table.map(([due_date]) => ({ title: 'Imported', due_date, reminders: [{ before: 'PT30M' }] })),
    { title: 'Old', due_date: '2025-01-31', repeat: 'monthly', reminders: [{ before: 'P1D' }], completed: true },
    { title: 'Wrong', due_date: '2025-02-30' },
    { title: 'Without a date', repeat: 'daily' },
  ];
  const outcomes = await importTasks(operator, { owner, rows, dryRun: false });
  for (const [index, [due_date, dueAt, at]] of table.entries()) {
    t.match(await get(index + 1), { due_date, dueAt });
    t.strictSame(await remindAt(index + 1), [at]);
  }
  t.match(await get(table.length + 1), {
    due_date: '2025-01-31',
    repeat: { rule: 'FREQ=MONTHLY', from: 'due', short_months: 'last', start: '2025-01-31' },
    completed: true,
  });
  t.strictSame(await remindAt(table.length + 1), []);
  t.match(outcomes.slice(-2), [
    { kind: 'rejected', error: { faults: [{ field: 'due_date' }] } },
    { kind: 'rejected', error: { faults: [{ field: 'repeat' }] } },
  ]);
});

t.test(
  'a day that starts in the hour which clocks show twice starts for lists when the day before is over',
  async (t) => {
    const { create, get, listTasks, taskSummary, changeSettings, time, actor, owner } = anAccount();
    const ofNight = { time_zone: 'Europe/Berlin', day_starts_at: '02:30' };
    await changeSettings(actor, { owner, changes: ofNight });
    await create({ due_date: '2026-10-24' }, { due_date: '2026-10-25' });
    t.equal((await get(1)).dueAt, '2026-10-25T00:29:59.999Z', 'the first of two times 02:30');
    // The second time that clocks show 02:15.
    time.now = toInstant('2026-10-25T01:15:00.000Z');
    const sort = [{ field: 'due_date', order: 'asc' }] as const;
    const due = async (word: 'today' | 'overdue') => {
      const query = { status: 'all', due: word, sort, limit: 10, offset: 0, count: false } as const;
      return (await listTasks(actor, { owner, query })).tasks.map(({ id }) => id);
    };
    t.strictSame(await due('overdue'), [1]);
    t.strictSame(await due('today'), [2]);
    t.match(await taskSummary(actor, { owner }), { overdue: 1, today: 1 });
  },
);

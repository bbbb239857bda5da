import { makeReminderUseCases } from '@taskward/application';
import { type Instant, operator, ownerActor, type TaskContent, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aUser, changing } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { aPlanning, calendar } from '../support/planning.ts';
import { after, aReminding, remindersToCome } from '../support/reminders.ts';

const nine = anInstant('2026-12-01T09:00:00.000Z');
const minute = 60_000;
const hour = 60 * minute;

/** Stores, a clock that is set by hand, and processes that fire reminders. */
const aWorld = () => {
  const stores = makeMemoryStores();
  const time = { now: nine };
  const announced: UserId[] = [];
  /** A process that fires what it finds. A new one knows nothing of the former. */
  const aProcess = () => {
    const useCases = makeReminderUseCases({
      ...{ tasks: stores.tasks, reminderQueue: stores.reminderQueue, calendar },
      feed: { announce: (owner) => void announced.push(owner) },
      clock: { now: () => time.now },
    });
    const look = async (now: Instant = time.now) => {
      time.now = now;
      const found = await useCases.findDueReminders(operator, { limit: 100, except: [] });
      const counts = await Promise.all(found.map((due) => useCases.fireReminders(operator, due)));
      return counts.reduce(
        (sum, { fired, late, missed }) => [sum[0] + fired, sum[1] + late, sum[2] + missed] as const,
        [0, 0, 0] as readonly [fired: number, late: number, missed: number],
      );
    };
    return { ...useCases, look };
  };
  const fired = async (owner: UserId) =>
    (await stores.changes.since(owner, 0, 1_000)).reminders.map(({ reminder, task }) => [
      task.id,
      reminder.at,
      reminder.late,
    ]);
  const add = async (owner: UserId, ...at: Instant[]) =>
    (await stores.tasks.add(aReminding(owner, ...at), anOrigin())).id;
  return { ...stores, ...aProcess(), aProcess, time, announced, fired, add };
};

t.test('each reminder is fired once, when it is due', async (t) => {
  const { look, add, fired, tasks } = aWorld();
  const owner = aUser();
  const id = await add(owner, nine, after(nine, hour));
  const other = await add(owner, after(nine, 1));
  t.same(await look(after(nine, -1)), [0, 0, 0]);
  t.same(await look(nine), [1, 0, 0]);
  t.same(await look(nine), [0, 0, 0]);
  t.same(await look(after(nine, 1_000)), [1, 0, 0]);
  t.same(await look(after(nine, hour)), [1, 0, 0]);
  t.same(await look(after(nine, 100 * hour)), [0, 0, 0]);
  t.same(await fired(owner), [
    [id, nine, false],
    [other, after(nine, 1), false],
    [id, after(nine, hour), false],
  ]);
  t.match(await tasks.get(owner, id), { revision: 1, reminders: [{}, {}] }, 'the task is as it was');
});

t.test('several of one task, due at once: each is fired', async (t) => {
  const { look, add, fired } = aWorld();
  const owner = aUser();
  const id = await add(owner, nine, after(nine, 2 * minute), after(nine, 3 * minute));
  t.same(await look(after(nine, 3 * minute)), [3, 1, 0]);
  t.same(await fired(owner), [
    [id, nine, true],
    [id, after(nine, 2 * minute), false],
    [id, after(nine, 3 * minute), false],
  ]);
});

t.test('after a standstill: late within an hour, missed after it', async (t) => {
  const { look, aProcess, add, fired } = aWorld();
  const owner = aUser();
  const id = await add(owner, nine, after(nine, hour), after(nine, 2 * hour));
  t.same(await look(after(nine, -minute)), [0, 0, 0]);
  const restarted = aProcess();
  t.same(await restarted.look(after(nine, 2 * hour)), [2, 1, 1]);
  t.same(await fired(owner), [
    [id, after(nine, hour), true],
    [id, after(nine, 2 * hour), false],
  ]);
  const missed = await add(owner, nine);
  t.same(await restarted.look(after(nine, 3 * hour)), [0, 0, 1]);
  t.same(await restarted.look(after(nine, 3 * hour)), [0, 0, 0], 'it is not found again');
  t.notOk((await fired(owner)).some(([one]) => one === missed));
});

t.test('a clock that is put forward and back fires nothing twice, and loses nothing', async (t) => {
  const { look, add, fired } = aWorld();
  const owner = aUser();
  const [early, middle, late] = [nine, after(nine, 30 * minute), after(nine, 3 * hour)];
  await add(owner, early, middle, late);
  t.same(await look(after(nine, -minute)), [0, 0, 0]);
  t.same(await look(after(nine, 40 * minute)), [2, 2, 0], 'forward by 41 minutes');
  t.same(await look(nine), [0, 0, 0], 'and back');
  t.same(await look(after(nine, 40 * minute)), [0, 0, 0]);
  t.same(await look(late), [1, 0, 0]);
  t.equal((await fired(owner)).length, 3);
});

t.test('the clock is put back between finding and firing', async (t) => {
  const { findDueReminders, fireReminders, time, add, look } = aWorld();
  const owner = aUser();
  await add(owner, nine);
  const [due] = await findDueReminders(operator, { limit: 1, except: [] });
  time.now = after(nine, -minute);
  t.same(await fireReminders(operator, due as never), { fired: 0, late: 0, missed: 0 });
  t.same(await look(nine), [1, 0, 0]);
});

t.test('two processes that find the same at once', async (t) => {
  const { look, aProcess, add, fired } = aWorld();
  const owners = Array.from({ length: 5 }, aUser);
  for (const owner of owners) for (let n = 0; n < 4; n += 1) await add(owner, nine);
  const [ours, theirs] = await Promise.all([look(), aProcess().look()]);
  t.equal(ours[0] + theirs[0], 20);
  for (const owner of owners) t.equal((await fired(owner)).length, 4);
});

t.test('a completed task reminds nobody; one that is opened again does, of what is to come', async (t) => {
  const { look, add, fired, tasks } = aWorld();
  const owner = aUser();
  const id = await add(owner, nine, after(nine, hour));
  await tasks.update(owner, id, changing(owner, { completed: true }), anOrigin());
  t.same(await look(nine), [0, 0, 0]);
  t.same(await remindersToCome(tasks, owner, id), [after(nine, hour)]);
  await tasks.update(owner, id, changing(owner, { completed: false }), anOrigin());
  t.same(await look(after(nine, hour)), [1, 0, 0]);
  t.same(await fired(owner), [[id, after(nine, hour), false]]);
});

t.test('a task that is gone, or whose reminders have changed since they were found', async (t) => {
  const { findDueReminders, fireReminders, add, fired, tasks } = aWorld();
  const owner = aUser();
  const gone = await add(owner, nine);
  const changed = await add(owner, nine);
  const [due] = await findDueReminders(operator, { limit: 10, except: [] });
  t.same(due, { owner, ids: [gone, changed] });
  await tasks.remove(owner, gone, anOrigin());
  const later = { reminders: [{ at: after(nine, hour) }] };
  await tasks.transact(owner, { ids: [changed] }, anOrigin(), (unit) => ({
    result: unit.update(changed, changing(owner, later, nine)),
    store: true,
  }));
  t.same(await fireReminders(operator, due as never), { fired: 0, late: 0, missed: 0 });
  t.same(await fired(owner), []);
});

t.test('nights in which the clocks change', async (t) => {
  const zone = { time_zone: 'Europe/Berlin' };
  const table: [name: string, content: Partial<TaskContent>, at: string][] = [
    [
      'a time that is skipped is an hour later',
      { reminders: [{ at: '2026-03-29T02:30' }] },
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'a time that comes twice is the first one',
      { reminders: [{ at: '2026-10-25T02:30' }] },
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'a day before is the same time on the clock',
      { due_date: '2026-03-29T09:00', reminders: [{ before: 'P1D' }] },
      '2026-03-28T08:00:00.000Z',
    ],
    [
      '24 hours before are 24 hours',
      { due_date: '2026-03-29T09:00', reminders: [{ before: 'PT24H' }] },
      '2026-03-28T07:00:00.000Z',
    ],
    [
      'half an hour before nine on the day itself',
      { due_date: '2026-10-25', reminders: [{ before: 'PT30M' }] },
      '2026-10-25T07:30:00.000Z',
    ],
  ];
  for (const [name, content, at] of table) {
    const { look, fired, tasks } = aWorld();
    const owner = aUser();
    const before = anInstant('2026-03-01T00:00:00.000Z');
    await tasks.add(aDraft(owner, content, before, aPlanning(zone)), anOrigin());
    // Every quarter of an hour, through the night and the hour that is there twice.
    const start = after(anInstant(at), -6 * hour);
    for (let n = 0; n <= 48; n += 1) await look(after(start, n * 15 * minute));
    t.same(await fired(owner), [[1, at, false]], name);
  }
});

t.test('streams are told, and only an operator may look', async (t) => {
  const { look, findDueReminders, fireReminders, announced, add } = aWorld();
  const owner = aUser();
  await add(owner, nine);
  await look(nine);
  t.same(announced, [owner]);
  await t.rejects(findDueReminders(ownerActor(owner), { limit: 1, except: [] }), { code: 'auth/wrong-user' });
  await t.rejects(fireReminders(ownerActor(aUser()), { owner, ids: [1] }), { code: 'auth/wrong-user' });
});

import type { OwnerPorts, UnitScope } from '@taskward/application';
import { operator, Task, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { ownDatabase } from '../support/postgres/database.ts';
import { after, aReminding } from '../support/reminders.ts';
import { anExplainedRepository } from './explained.ts';

const unseen = (): never => {
  throw new Error('it is not to be read first');
};
const toggle = () => Task.completionRule(undefined, anInstant('2026-11-30T00:00:00.000Z'));

t.test('how many rows an operation reads does not depend on how many tasks there are', async (t) => {
  const { tasks, explained, aUserWith } = await anExplainedRepository(t);
  const few = await aUserWith(60);
  const many = await aUserWith(3_000);
  const limit = 20;
  const beyond = async (owner: UserId, pages: number) => {
    let page = await tasks.list(owner, aQuery({ limit }));
    for (let n = 1; n < pages && page.next !== undefined; n += 1)
      page = await tasks.list(owner, aQuery({ limit, after: page.next }));
    return page.next;
  };
  const change = (owner: UserId) =>
    tasks.update(owner, 7, (task) => task.setCompleted(operator, {}, anInstant(), aPlanning()), anOrigin());
  const operations: [name: string, rows: number, work: (owner: UserId) => Promise<unknown>][] = [
    ['read one', 1, (owner) => tasks.get(owner, 7)],
    ['the newest: the counter, the page, and one more', 1 + limit + 1, (owner) => tasks.list(owner, aQuery({ limit }))],
    ['the oldest', 1 + limit + 1, (owner) => tasks.list(owner, aQuery({ limit, sort: sortedBy('created_at') }))],
    ['a list that is known: the counter', 1, (owner) => tasks.revision(owner)],
    ['add: the counter', 1, (owner) => tasks.add(aDraft(owner), anOrigin())],
    ['change: the task; the counter, the task', 3, change],
    [
      'toggle: whether there is one, the counter, the task',
      3,
      (owner) => tasks.update(owner, 8, unseen, anOrigin(), toggle()),
    ],
    ['remove: the counter, the task, the counter', 3, (owner) => tasks.remove(owner, 9, anOrigin())],
  ];
  for (const [name, rows, work] of operations)
    for (const owner of [few, many])
      t.match(
        await explained(() => work(owner)),
        { rows, scans: 0, sorts: 0 },
        `${name}; ${owner === few ? 60 : 3_000}`,
      );

  const together = [few, many, few, many, many];
  const rows = together.length;
  for (const [name, work] of [
    ['read one each', (owner: UserId): Promise<unknown> => tasks.get(owner, 7)],
    ['lists that are known', (owner: UserId): Promise<unknown> => tasks.revision(owner)],
  ] as const)
    t.match(
      await explained(() => Promise.all(together.map(work))),
      { rows, scans: 0, sorts: 0, statements: 2 },
      `several at once: ${name}`,
    );

  const after = await beyond(many, 100);
  t.match(
    await explained(() => tasks.list(many, aQuery({ limit, ...(after && { after }) }))),
    { rows: 1 + limit + 1, scans: 0, sorts: 0 },
    'page 101, by cursor',
  );
});

/** What reads the log of a user of `aUserWithLog`, who has `count` tasks. */
const readsOfLog = (
  { tasks, changes }: Pick<OwnerPorts, 'tasks' | 'changes'>,
  owner: UserId,
  count: number,
): [name: string, rows: number, read: () => Promise<unknown>][] => {
  const transact = (scope: UnitScope) => () =>
    tasks.transact(owner, scope, anOrigin(), () => ({ store: false, result: undefined }));
  return [
    ['undo one', 7, transact({ ids: [], undone: [count + 6] })],
    ['undo one of five that were made in one step', 31, transact({ ids: [], undone: [count + 2] })],
    ['restore', 3, transact({ ids: [9], restored: [9] })],
    [
      'what has changed since the last change: the counter twice, the entry, the task',
      4,
      async () => {
        const { revision } = await changes.bounds(owner);
        return changes.since(owner, revision - 1, 20);
      },
    ],
    ['the trash', 1, () => changes.trash(owner, undefined, 20)],
    ['a history', 3, () => changes.history(owner, 1, Number.MAX_SAFE_INTEGER, 20)],
  ];
};

t.test('what is read of a log does not depend on how long it is', { timeout: 120_000 }, async (t) => {
  const given = await anExplainedRepository(t);
  for (const [count, later] of [
    [20, 2],
    [2_000, 1_000],
  ] as const) {
    const owner = await given.aUserWithLog(count, later);
    for (const [name, rows, read] of readsOfLog(given, owner, count))
      t.match(await given.explained(read), { rows, scans: 0 }, `${name}; ${count} tasks`);
  }
});

t.test('a search reads its owner’s tasks, and nobody else’s', async (t) => {
  const { tasks, explained, aUserWith } = await anExplainedRepository(t);
  const owner = await aUserWith(40);
  await aUserWith(500);
  // How much the owner has, is read once more the first time.
  await tasks.list(owner, aQuery({ status: 'pending' }));
  for (const query of [
    { search: 'milk' },
    { status: 'completed' as const },
    { sort: sortedBy('title') },
    { sort: sortedBy('-updated_at') },
  ]) {
    const { rows, statements } = await explained(() => tasks.list(owner, aQuery(query)));
    t.ok(statements >= 2, 'it was explained');
    t.ok(rows <= 41, `${JSON.stringify(query)}: ${rows} rows`);
  }
});

t.test('a statement is planned once, for whomever', async (t) => {
  const { tasks, explained, aUserWith } = await anExplainedRepository(t);
  const owner = await aUserWith(60);
  for (const [name, work] of [
    ['a page', () => tasks.list(owner, aQuery({ limit: 20, count: true }))],
    ['a search', () => tasks.list(owner, aQuery({ search: 'milk', sort: sortedBy('title') }))],
    ['one', () => tasks.get(owner, 7)],
    ['a new one', () => tasks.add(aDraft(owner), anOrigin())],
    [
      'a change',
      () => tasks.update(owner, 7, (task) => task.setCompleted(operator, {}, anInstant(), aPlanning()), anOrigin()),
    ],
    ['a toggle', () => tasks.update(owner, 7, unseen, anOrigin(), toggle())],
  ] as const) {
    const { plans } = await explained(work);
    t.ok(plans.includes('$1'), `${name}: its plan says where the owner goes`);
    t.notOk(plans.includes(owner), `${name}: and names none`);
  }
});

t.test('looking for reminders reads those that are due, and nothing where none is', { timeout: 120_000 }, async (t) => {
  const { tasks, reminders, explained, aUserWith, analyze } = await anExplainedRepository(t, await ownDatabase(t));
  const start = anInstant('2026-12-01T09:00:00.000Z');
  const aReminder = (owner: UserId, n: number) => aReminding(owner, after(start, n * 1_000));
  const look = (n: number, except: readonly UserId[] = []) =>
    explained(() => reminders.due({ now: after(start, n * 1_000), limit: 20, except }));
  const nothing = { scans: 0, sorts: 0, statements: 2 };
  // The statement that sets the role reads no table.
  t.match(await look(0), { rows: 0, statements: 2 }, 'in an empty table');
  for (const hasStatistics of [false, true]) {
    const owner = await aUserWith(2_000);
    await tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => {
      for (let n = 1; n <= 1_000; n += 1) unit.add(aReminder(owner, n));
      return { store: true, result: undefined };
    });
    if (hasStatistics) await analyze();
    const times = hasStatistics ? 2 : 1;
    t.match(await look(0), { rows: 0, ...nothing }, `none is due; ${hasStatistics}`);
    t.match(await look(3), { rows: 3 * times, ...nothing }, `some are due; ${hasStatistics}`);
    t.match(await look(1_000), { rows: 20, ...nothing }, `more are due than are asked for; ${hasStatistics}`);
    t.match(await look(3, [owner]), { rows: 3 * times, ...nothing }, `an owner is left out; ${hasStatistics}`);
  }
});

const planned = async (
  t: Test,
  before: (given: Awaited<ReturnType<typeof anExplainedRepository>>) => Promise<unknown>,
) => {
  const given = await anExplainedRepository(t, await ownDatabase(t));
  const { tasks, imports, explained, aUserWith } = given;
  await before(given);
  const limit = 20;
  const reads = (owner: UserId) => [
    () => tasks.list(owner, aQuery({ limit })),
    () => tasks.list(owner, aQuery({ limit, sort: sortedBy('created_at') })),
    () => tasks.list(owner, aQuery({ limit, after: { values: [anInstant()], id: 1 } })),
    () => tasks.revision(owner),
    () => tasks.get(owner, 7),
    () => Promise.all([7, 8, 9].map((id) => tasks.get(owner, id))),
    () => Promise.all([7, 8, 9].map(() => tasks.revision(owner))),
    () => tasks.transact(owner, { ids: [7, 8, 9] }, anOrigin(), () => ({ store: false, result: undefined })),
    () =>
      imports.transact(owner, ['a', 'b', 'c'], anOrigin(), () => ({
        store: false,
        result: undefined,
        imported: new Map(),
      })),
    () => imports.list(owner, 'id-998', limit),
  ];
  for (const read of reads(aUser())) await read().catch(() => 'nothing there');
  const owner = await aUserWith(3_000);
  await aUserWith(3_000);
  await imports.transact(owner, [], anOrigin(), (unit) => {
    const names = Array.from({ length: 1_000 }, (_, n) => [`id-${n}`, unit.add(aDraft(owner)).id] as const);
    return { store: true, result: undefined, imported: new Map(names) };
  });
  for (const [index, read] of reads(owner).entries()) {
    const { rows, scans, sorts } = await explained(read);
    t.ok(rows <= limit + 2, `${index}: ${rows} rows`);
    t.match({ scans, sorts }, { scans: 0, sorts: 0 }, `${index}: by the index`);
  }
};

t.test('plans made while there was nothing serve when there is much', { timeout: 240_000 }, (t) =>
  planned(t, async () => {}),
);

t.test('also where the server knew that there was nothing', { timeout: 240_000 }, (t) =>
  planned(t, ({ analyze }) => analyze()),
);

t.test('or next to nothing', { timeout: 240_000 }, (t) =>
  planned(t, async ({ aUserWith, analyze }) => {
    for (let n = 0; n < 3; n += 1) await aUserWith(5);
    await analyze();
  }),
);

import { makeJobs, type TaskRepository } from '@taskward/application';
import { type Actor, type ImportedContent, invalid, operator, ownerActor, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aSteadyClock, aUser, changing, sortedBy } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar } from '../support/planning.ts';
import { walk } from '../support/walk.ts';

const [january, february, march] = ['01', '02', '03'].map((month) => anInstant(`2026-${month}-01T00:00:00.000Z`)) as [
  ReturnType<typeof anInstant>,
  ReturnType<typeof anInstant>,
  ReturnType<typeof anInstant>,
];

const aBench = (through: (tasks: TaskRepository) => TaskRepository = (tasks) => tasks) => {
  const stores = makeMemoryStores();
  const tasks = through(stores.tasks);
  return { ...stores, jobs: makeJobs({ ...stores, tasks, calendar, clock: aSteadyClock() }) };
};

t.test('importTasks tells of each row what became of it', async (t) => {
  const { jobs, tasks } = aBench();
  const owner = aUser();
  const unreadable = invalid([{ field: 'task', message: 'is not JSON' }]);
  const rows: (ImportedContent | typeof unreadable)[] = [
    { title: 'One', externalId: 'a', createdAt: january },
    unreadable,
    { title: '', externalId: 'b' },
    { title: 'One again', externalId: 'a' },
    { title: 'Nameless' },
    { title: 'Nameless' },
  ];
  const importing = (dryRun: boolean) => jobs.importTasks(operator, { owner, rows, dryRun });
  const kinds = async (dryRun: boolean) => (await importing(dryRun)).map(({ kind }) => kind);
  const first = ['created', 'rejected', 'rejected', 'known', 'created', 'created'];
  t.strictSame(await kinds(true), first);
  t.equal((await tasks.list(owner, aQuery())).revision, 0, 'a dry run stores nothing');
  const outcomes = await importing(false);
  t.strictSame(
    outcomes.map(({ kind }) => kind),
    first,
  );
  t.match(outcomes, [
    { task: { id: 1, title: 'One', createdAt: january, revision: 1 } },
    { error: unreadable },
    { error: { code: 'request/invalid', faults: [{ field: 'title' }] } },
    {},
    { task: { id: 2 } },
    { task: { id: 3 } },
  ]);
  t.strictSame(await kinds(false), ['known', 'rejected', 'rejected', 'known', 'created', 'created']);
  t.strictSame(await jobs.listImports(operator, { owner, limit: 9 }), [{ externalId: 'a', taskId: 1 }]);
  t.strictSame(await jobs.listImports(operator, { owner, limit: 9, after: 'a' }), []);
});

const purgeAll = async (
  { purgeTasks }: ReturnType<typeof makeJobs>,
  input: { owner: UserId; before: typeof march; limit: number; dryRun: boolean },
) => {
  const steps: number[] = [];
  for (let after: Parameters<typeof purgeTasks>[1]['after']; ; ) {
    const { removed, next } = await purgeTasks(operator, { ...input, ...(after && { after }) });
    steps.push(removed);
    if (next === undefined) return steps;
    after = next;
  }
};

t.test('purgeTasks removes what was done before, in small steps, and nothing else', async (t) => {
  for (const dryRun of [true, false]) {
    const { jobs, tasks } = aBench();
    const owner = aUser();
    for (const [title, completed, now] of [
      ['old', true, january],
      ['open', false, january],
      ['old', true, february],
      ['old', true, february],
      ['on the day', true, march],
    ] as const) {
      await tasks.add(aDraft(owner, { title, completed }, now), anOrigin());
    }
    const other = aUser();
    await tasks.add(aDraft(other, { completed: true }, january), anOrigin());
    const steps = await purgeAll(jobs, { owner, before: march, limit: 2, dryRun });
    t.strictSame(steps, [2, 1]);
    const left = (await walk(tasks, owner, aQuery({ sort: sortedBy('created_at') }))).map(({ title }) => title);
    t.strictSame(left, dryRun ? ['old', 'open', 'old', 'old', 'on the day'] : ['open', 'on the day']);
    t.equal((await tasks.list(other, aQuery())).tasks.length, 1);
    t.strictSame(await purgeAll(jobs, { owner: aUser(), before: march, limit: 2, dryRun }), [0], 'nobody has nothing');
  }
});

t.test('purgeTasks leaves alone what is opened again, or gone, meanwhile', async (t) => {
  const owner = aUser();
  const { jobs, tasks } = aBench((store) => ({
    ...store,
    async transact(of, scope, origin, work) {
      await store.update(owner, 1, changing(owner, { completed: false }), anOrigin());
      await store.remove(owner, 2, anOrigin());
      return store.transact(of, scope, origin, work);
    },
  }));
  for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(owner, { completed: true }, january), anOrigin());
  t.match(await jobs.purgeTasks(operator, { owner, before: march, limit: 10, dryRun: false }), { removed: 1 });
  t.strictSame(
    (await tasks.list(owner, aQuery())).tasks.map(({ id }) => id),
    [1],
  );
});

t.test('users are for operators to list and erase', async (t) => {
  const { jobs, tasks } = aBench();
  const users = [aUser(), aUser(), aUser()].sort();
  for (const owner of users) await tasks.add(aDraft(owner), anOrigin());
  t.strictSame(await jobs.listUsers(operator, { limit: 2 }), users.slice(0, 2));
  t.strictSame(await jobs.listUsers(operator, { limit: 2, after: users[1] as UserId }), users.slice(2));
  t.equal(await jobs.eraseUser(operator, { owner: users[0] as UserId }), true);
  t.strictSame(await jobs.listUsers(operator, { limit: 9 }), users.slice(1));
});

t.test('an owner does no job on anybody else, and none that concerns all', async (t) => {
  const [mine, owner] = [aUser(), aUser()];
  const { jobs, tasks } = aBench();
  await tasks.add(aDraft(owner, { completed: true }, january), anOrigin());
  const purge = { before: march, limit: 9, dryRun: false };
  const deeds: Record<keyof typeof jobs, (actor: Actor, owner: UserId) => Promise<unknown>> = {
    importTasks: (actor, owner) => jobs.importTasks(actor, { owner, rows: [{ title: 'x' }], dryRun: false }),
    listImports: (actor, owner) => jobs.listImports(actor, { owner, limit: 9 }),
    purgeTasks: (actor, owner) => jobs.purgeTasks(actor, { owner, ...purge }),
    listUsers: (actor) => jobs.listUsers(actor, { limit: 9 }),
    eraseUser: (actor, owner) => jobs.eraseUser(actor, { owner }),
    renewEpoch: (actor, owner) => jobs.renewEpoch(actor, { owner }),
  };
  t.strictSame(Object.keys(deeds), Object.keys(jobs), 'the table has every job');
  for (const [name, deed] of Object.entries(deeds)) {
    await t.rejects(deed(ownerActor(mine), owner), { code: 'auth/wrong-user' }, name);
    const ownToo = !['listUsers', 'eraseUser', 'renewEpoch'].includes(name);
    if (ownToo) await t.resolves(deed(ownerActor(mine), mine), `${name}, on their own`);
    else await t.rejects(deed(ownerActor(mine), mine), { code: 'auth/wrong-user' }, `${name} is for operators`);
  }
  t.equal((await tasks.list(owner, aQuery())).tasks.length, 1, 'and nothing has happened');
});

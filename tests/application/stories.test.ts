import { makeTaskUseCases, type TaskRepository } from '@taskward/application';
import {
  type Actor,
  newContent,
  operator,
  ownerActor,
  Task,
  type TaskChanges,
  type TaskContent,
  type UserId,
} from '@taskward/domain';
import t from 'tap';
import { anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { makeMemoryStores, makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';
import { recording } from './recording-ports.ts';

const monday = anInstant('2026-11-23T08:00:00.000Z');
const tuesday = anInstant('2026-11-24T08:00:00.000Z');

/** The use-cases over an empty store, with a clock that is set by hand. */
const aBench = (through: (tasks: TaskRepository) => TaskRepository = (tasks) => tasks) => {
  const { tasks: store, changes, planning } = makeMemoryStores();
  const time = { now: monday };
  const useCases = makeTaskUseCases({
    tasks: through(store),
    changes,
    planning,
    calendar,
    keys,
    clock: { now: () => time.now },
  });
  return { ...useCases, store, time };
};

const actorsFor = (owner: UserId): readonly Actor[] => [ownerActor(owner), operator];

t.test('a task from its first day to its last', async (t) => {
  for (const actor of actorsFor(aUser())) {
    const { createTask, getTask, listTasks, changeTask, deleteTask, time } = aBench();
    const owner = actor.kind === 'owner' ? actor.userId : aUser();

    const created = await createTask(actor, { owner, content: { title: '  Buy milk ', description: ' Oat ' } });
    const content = newContent({ title: 'Buy milk', description: ' Oat ' }, calendar);
    const computed = { completedAt: null, dueAt: null, remindAt: [], completedOccurrence: undefined };
    const expected = { owner, id: 1, ...content, ...computed };
    t.strictSame({ ...created }, { ...expected, createdAt: monday, updatedAt: monday, revision: 1 });
    t.ok(created instanceof Task);
    t.strictSame(await getTask(actor, { owner, id: 1 }), created);

    time.now = tuesday;
    const renamed = await changeTask(actor, {
      owner,
      id: 1,
      change: { kind: 'update', changes: { title: 'Buy bread', description: null } },
    });
    const changed = { ...expected, title: 'Buy bread', description: null, createdAt: monday, updatedAt: tuesday };
    t.strictSame({ ...renamed }, { ...changed, revision: 2 });

    const done = await changeTask(actor, { owner, id: 1, change: { kind: 'complete' } });
    t.strictSame({ ...done }, { ...changed, completed: true, completedAt: tuesday, revision: 3 });
    t.strictSame((await listTasks(actor, { owner, query: aQuery() })).tasks, [done]);

    t.equal(await deleteTask(actor, { owner, id: 1 }), undefined);
    await t.rejects(getTask(actor, { owner, id: 1 }), { code: 'task/not-found' });
    t.strictSame((await listTasks(actor, { owner, query: aQuery({ count: true }) })).total, 0);

    const next = await createTask(actor, { owner, content: { title: 'Buy eggs', completed: true } });
    t.equal(next.id, 2, 'an id is never used again');
    t.equal(next.completed, true);
  }
});

t.test('completeTask toggles, or sets what it is told', async (t) => {
  const table: [was: boolean, completed: boolean | undefined, is: boolean, revision: number][] = [
    [false, undefined, true, 2],
    [true, undefined, false, 2],
    [false, true, true, 2],
    [true, true, true, 1],
    [false, false, false, 1],
    [true, false, false, 2],
  ];
  for (const [was, completed, is, revision] of table) {
    const name = `${was ? 'done' : 'open'}, told ${completed}`;
    const owner = aUser();
    for (const input of [{ completed }, ...(completed === undefined ? [{}] : [])]) {
      const { createTask, changeTask, store, time } = aBench();
      const { id } = await createTask(operator, { owner, content: { title: 'Buy milk', completed: was } });
      time.now = tuesday;
      const task = await changeTask(ownerActor(owner), { owner, id, change: { kind: 'complete', ...input } });
      t.equal(task.completed, is, name);
      t.equal(task.revision, revision, `${name}: written only if it changes`);
      t.equal(task.updatedAt, revision === 1 ? monday : tuesday, name);
      t.strictSame(await store.get(owner, id), task, `${name}: what is returned is what is stored`);

      const again = await changeTask(ownerActor(owner), { owner, id, change: { kind: 'complete', ...input } });
      t.equal(again.completed, completed === undefined ? was : is, `${name}, twice`);
      t.equal(again.revision, completed === undefined ? revision + 1 : revision, `${name}, twice`);
    }
  }
});

t.test('a change that is refused, or changes nothing, writes nothing', async (t) => {
  const refused: TaskChanges[] = [{ title: ' ' }, { title: 'Fine', description: '\0' }, { title: 'x'.repeat(201) }];
  const idle: TaskChanges[] = [{}, { title: ' Buy milk ' }, { description: null }, { completed: false }];
  const owner = aUser();
  const { createTask, changeTask, store, time } = aBench();
  const task = await createTask(operator, { owner, content: { title: 'Buy milk' } });
  time.now = tuesday;
  for (const changes of refused) {
    await t.rejects(changeTask(ownerActor(owner), { owner, id: task.id, change: { kind: 'update', changes } }), {
      code: 'request/invalid',
    });
    t.strictSame(await store.get(owner, task.id), task);
  }
  for (const changes of idle) {
    t.strictSame(
      await changeTask(ownerActor(owner), { owner, id: task.id, change: { kind: 'update', changes } }),
      task,
    );
    t.strictSame(await store.get(owner, task.id), task);
  }
  const next = await createTask(operator, { owner, content: { title: 'Buy bread' } });
  t.equal(next.revision, task.revision + 1, 'and no revision was used up');
});

t.test('a draft that is refused stores nothing, and tells every fault', async (t) => {
  const owner = aUser();
  const content: TaskContent = { title: '', description: 'x'.repeat(1001) };
  const { tasks, calls } = recording({ tasks: makeMemoryTaskRepository() });
  const { createTask } = aBench(() => tasks);
  await t.rejects(createTask(ownerActor(owner), { owner, content }), {
    code: 'request/invalid',
    faults: [
      { field: 'title', message: 'must not be empty' },
      { field: 'description', message: 'must be at most 1000 characters long, and has 1001' },
    ],
  });
  t.strictSame(calls, []);
});

t.test('the closure of a write is pure: a repository may run it again', async (t) => {
  const twice = (tasks: TaskRepository): TaskRepository => ({
    ...tasks,
    update: (owner, id, change) =>
      tasks.update(
        owner,
        id,
        (task) => {
          const first = change(task);
          const second = change(task);
          t.ok(first instanceof Task, 'it is synchronous');
          t.strictSame(second, first);
          return second;
        },
        anOrigin(),
      ),
  });
  const owner = aUser();
  const { createTask, changeTask } = aBench(twice);
  const { id } = await createTask(operator, { owner, content: { title: 'Buy milk' } });
  t.equal((await changeTask(operator, { owner, id, change: { kind: 'complete' } })).completed, true, 'a toggle, once');
  t.equal(
    (await changeTask(operator, { owner, id, change: { kind: 'update', changes: { title: 'Buy bread' } } })).revision,
    3,
  );
});

t.test('the clock is read once a write, and before the repository is asked', async (t) => {
  const log: string[] = [];
  const owner = aUser();
  const { tasks: store, changes, planning } = makeMemoryStores();
  const asked = <T>(value: T): T => {
    log.push('store');
    return value;
  };
  const tasks: TaskRepository = {
    ...store,
    add: (...args) => asked(store.add(...args)),
    update: (...args) => asked(store.update(...args)),
  };
  const clock = {
    now: () => {
      log.push('clock');
      return monday;
    },
  };
  const { createTask, changeTask } = makeTaskUseCases({ tasks, changes, planning, calendar, keys, clock });
  const { id } = await createTask(operator, { owner, content: { title: 'Buy milk' } });
  await changeTask(operator, { owner, id, change: { kind: 'update', changes: { title: 'Buy bread' } } });
  for (const completed of [undefined, true, false])
    await changeTask(operator, { owner, id, change: { kind: 'complete', completed } });
  t.strictSame(log, Array(5).fill(['clock', 'store']).flat());
});

t.test('a completion is stated as a rule, unless it depends on a condition', async (t) => {
  const owner = aUser();
  const { tasks, calls } = recording({ tasks: makeMemoryTaskRepository() });
  const { createTask, changeTask } = aBench(() => tasks);
  const { id } = await createTask(operator, { owner, content: { title: 'Buy milk' } });
  for (const completed of [undefined, false, true]) {
    const rule = Task.completionRule(completed, monday);
    for (const actor of actorsFor(owner)) {
      await changeTask(actor, { owner, id, change: { kind: 'complete', completed } });
      t.strictSame(calls.at(-1)?.args.slice(4), [rule], `to ${completed}`);
      await changeTask(actor, { owner, id, change: { kind: 'complete', completed }, condition: {} });
      t.equal(calls.at(-1)?.args[4], undefined, `to ${completed}, on a condition`);
    }
  }
});

t.test('a query reaches the repository as it is, and its page comes back as it is', async (t) => {
  const owner = aUser();
  const query = aQuery({ status: 'pending', search: '%', sort: sortedBy('title'), limit: 1, count: true });
  const { tasks, calls } = recording({ tasks: makeMemoryTaskRepository() });
  const { createTask, listTasks } = aBench(() => tasks);
  for (const title of ['b %', 'a %', 'c']) await createTask(operator, { owner, content: { title } });
  const page = await listTasks(ownerActor(owner), { owner, query });
  t.strictSame(calls.at(-1)?.args[1], query);
  t.strictSame(
    { titles: page.tasks.map(({ title }) => title), next: page.next, total: page.total },
    { titles: ['a %'], next: { values: ['a %'], id: 2 }, total: 2 },
  );
  const rest = await listTasks(ownerActor(owner), {
    owner,
    query: { ...query, ...(page.next && { after: page.next }) },
  });
  t.strictSame([rest.tasks.map(({ title }) => title), rest.next], [['b %'], undefined]);
});

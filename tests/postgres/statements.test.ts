import type { TaskRepository } from '@taskward/application';
import { operator, ownerActor, Task, type UserId } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, changing } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { aCountedRepository, type Counted } from './counted.ts';

t.test('several changes take as many statements as one', async (t) => {
  const { counting, tasks, ids, aUserWith } = await aCountedRepository(t);
  const counts: Counted[] = [];
  for (const count of [1, 10, 900]) {
    const owner = await aUserWith(count);
    const work = () =>
      tasks.transact(owner, { ids: ids(count) }, anOrigin(), (unit) => {
        for (const id of ids(count)) {
          if (id % 3 === 0) unit.remove(id, () => {});
          else unit.update(id, changing(owner, { completed: true }));
          unit.add(aDraft(owner));
        }
        return { store: true, result: undefined };
      });
    counts.push(await counting(work));
  }
  const [one, ten, many] = counts.map(({ batches, statements }) => ({ batches, statements }));
  t.strictSame(one, { batches: 2, statements: 5 }, 'enter, counters, tasks; enter, store');
  t.strictSame(ten, one);
  t.strictSame(many, one);
});

t.test('what each operation costs: round trips and statements', async (t) => {
  const { counting, tasks, listTasks, idempotency, aUserWith } = await aCountedRepository(t);
  const owner = await aUserWith(3);
  const done = (task: Task) => task.setCompleted(operator, { completed: true }, anInstant(), aPlanning());
  const toggle = (id: number, completed?: boolean) => {
    const rule = Task.completionRule(completed, anInstant());
    return tasks.update(
      owner,
      id,
      (task) => task.setCompleted(operator, { completed }, anInstant(), aPlanning()),
      anOrigin(),
      rule,
    );
  };
  const add = (to: TaskRepository = tasks) => to.add(aDraft(owner), anOrigin());
  const bounds = { keys: 10, bytes: 10_000 };
  const call = { owner, key: 'k', fingerprint: 'f', hasEffect: true, now: anInstant(), lifetime: 1_000, bounds };
  const keyed = () => idempotency.runIdempotently(call, async (within) => String((await add(within.tasks)).id));
  const costs: [name: string, work: () => Promise<unknown>, roundTrips: number, statements: number][] = [
    ['read one', () => tasks.get(owner, 1), 1, 2],
    ['a page', () => tasks.list(owner, aQuery()), 1, 3],
    ['a page and the total, of an owner of unknown size', () => tasks.list(owner, aQuery({ count: true })), 2, 6],
    ['a page that is not known any more', () => listTasks(operator, { owner, query: aQuery(), known: [0] }), 2, 5],
    ['a page and the total', () => tasks.list(owner, aQuery({ count: true })), 1, 4],
    ['add', add, 1, 2],
    ['change', () => tasks.update(owner, 1, done, anOrigin()), 2, 4],
    ['change nothing', () => tasks.update(owner, 1, done, anOrigin()), 1, 2],
    ['toggle', () => toggle(2), 1, 2],
    ['set completion to what it is', () => toggle(1, true), 2, 4],
    ['remove', () => tasks.remove(owner, 2, anOrigin()), 1, 2],
    ['remove on a condition', () => tasks.remove(owner, 3, anOrigin(), () => {}), 2, 4],
    ['add under a key: begin, settings, lock, look, usage; add; keep, commit', keyed, 3, 8],
    ['the same again: begin, settings, lock, look, usage; roll back', keyed, 2, 6],
  ];
  for (const [name, work, batches, statements] of costs) t.match(await counting(work), { batches, statements }, name);
});

t.test('what planning costs: round trips and statements', async (t) => {
  const { counting, useCases, aUserWith } = await aCountedRepository(t);
  const owner = await aUserWith(5);
  const actor = ownerActor(owner);
  const dated = { title: 'Pay rent', due_date: '2026-12-01', repeat: 'monthly', tags: ['home'] } as const;
  const complete = (id: number) =>
    useCases.changeTask(actor, { owner, id, change: { kind: 'complete', completed: true } });
  const costs: [name: string, work: () => Promise<unknown>, roundTrips: number, statements: number][] = [
    [
      'add with dates: enter, counters, tasks; enter, store',
      () => useCases.createTask(actor, { owner, content: dated }),
      2,
      5,
    ],
    ['complete what does not recur', () => complete(1), 1, 2],
    ['complete an occurrence: try, read, then as above', () => complete(6), 4, 9],
    [
      'move: enter, counters, tasks, neighbours; enter, store',
      () => useCases.moveTask(actor, { owner, id: 2, to: { to: 'top' } }),
      2,
      6,
    ],
    [
      'change settings: enter, counters, tasks, dated ones; enter, store',
      () => useCases.changeSettings(actor, { owner, changes: { time_zone: 'Europe/Berlin' } }),
      2,
      6,
    ],
    [
      'rename a tag: enter, counters, tasks, tagged ones twice; enter, store',
      () => useCases.renameTag(actor, { owner, name: 'home', newName: 'house' }),
      2,
      7,
    ],
    ['settings', () => useCases.getSettings(actor, { owner }), 1, 2],
    ['tags', () => useCases.listTags(actor, { owner }), 1, 3],
    ['a summary: settings; counts; tags', () => useCases.taskSummary(actor, { owner }), 3, 8],
    ['occurrences', () => useCases.listOccurrences(actor, { owner, id: 6, limit: 20 }), 1, 2],
  ];
  for (const [name, work, batches, statements] of costs) t.match(await counting(work), { batches, statements }, name);
});

t.test('a list that is known costs the same however many tasks there are', async (t) => {
  const { counting, tasks, listTasks, aUserWith } = await aCountedRepository(t);
  for (const count of [1, 400]) {
    const owner = await aUserWith(count);
    const query = aQuery({ limit: 500 });
    const known = () => listTasks(operator, { owner, query, known: [count] });
    t.match(await known(), { unchanged: true });
    // What the server sends: the settings and the counter.
    t.strictSame(await counting(known), { batches: 1, statements: 2, rows: 2 }, `${count} tasks`);
    t.equal((await counting(() => tasks.list(owner, query))).rows, 2 + count, 'else every task');
  }
});

t.test('what ten ask at once is one round trip', async (t) => {
  const { counting, tasks, listTasks, aUserWith } = await aCountedRepository(t);
  const owners: UserId[] = [];
  for (let n = 0; n < 10; n += 1) owners.push(await aUserWith(2));
  const all = (work: (owner: UserId) => Promise<unknown>) => counting(() => Promise.all(owners.map(work)));
  const get = (owner: UserId) => tasks.get(owner, 1);
  const known = (owner: UserId) => listTasks(operator, { owner, query: aQuery(), known: 'any' });
  t.strictSame(await all(get), { batches: 1, statements: 2, rows: 11 }, 'reading one each: settings, tasks');
  t.strictSame(await all(known), { batches: 1, statements: 2, rows: 11 }, 'a list that they know: settings, counters');
  t.match(await all((owner) => tasks.list(owner, aQuery())), { batches: 1, statements: 30 }, 'a page each');
  t.match(await all((owner) => tasks.add(aDraft(owner), anOrigin())), { batches: 1, statements: 20 }, 'one more each');
});

import { setTimeout as wait } from 'node:timers/promises';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import { operator, type Task, type UnitOfWork } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import { ownMigratedDatabase } from '../support/postgres/database.ts';
import { aRepository, isUnavailable, newcomers, several, whileLocked } from './support.ts';

t.test('of many writes of one user who is locked none keeps others waiting', async (t) => {
  const { tasks, database } = await aRepository(t);
  const [locked, ...others] = await newcomers(tasks, 6);
  let blocked: Promise<PromiseSettledResult<Task>[]> = Promise.resolve([]);
  await whileLocked(database, [locked], async () => {
    const began = performance.now();
    blocked = Promise.allSettled(several(300, () => tasks.add(aDraft(locked), anOrigin())));
    await Promise.all(others.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    const first = Math.round(performance.now() - began);
    t.ok(first < 800, `those who came with them, after ${first} ms`);
    await Promise.all(others.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    const second = Math.round(performance.now() - began) - first;
    t.ok(second < 500, `those who came later, after ${second} ms`);
  });
  const ends = await blocked;
  t.ok(ends.every((result) => result.status === 'fulfilled' || isUnavailable(result)));
  const stored = ends.filter(({ status }) => status === 'fulfilled').length;
  t.ok(stored > 0, `${stored} of 300 went on when the lock was gone`);
  t.equal((await tasks.list(locked, aQuery())).revision, 1 + stored, 'each of them once, and nothing of the others');
});

t.test('who waits for a lock of somebody else’s does not keep others waiting', async (t) => {
  const { tasks, database } = await aRepository(t);
  const [locked, ...others] = await newcomers(tasks, 12);
  let lockedDone = false;
  let waiting: Promise<unknown> = Promise.resolve();
  await whileLocked(database, [locked], async () => {
    waiting = tasks.add(aDraft(locked), anOrigin()).then(() => {
      lockedDone = true;
    });
    const began = performance.now();
    await Promise.all(others.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    const first = performance.now() - began;
    await Promise.all(others.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    const second = performance.now() - began - first;
    t.ok(first < 1_500, `they met the lock, and went again without: ${Math.round(first)} ms`);
    t.ok(second < 1_000, `and then did not meet it any more: ${Math.round(second)} ms`);
    t.notOk(lockedDone);
  });
  await waiting;
  t.equal((await tasks.list(locked, aQuery())).tasks.length, 2);
});

t.test('who meets a lock alone does not keep those waiting who come later', async (t) => {
  const { tasks, database } = await aRepository(t);
  const [locked, ...others] = await newcomers(tasks, 4);
  let waiting: Promise<unknown> = Promise.resolve();
  await whileLocked(database, [locked], async () => {
    waiting = tasks.add(aDraft(locked), anOrigin());
    await wait(20);
    const began = performance.now();
    await Promise.all(others.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    const took = Math.round(performance.now() - began);
    t.ok(took < 1_500, `${took} ms`);
  });
  await waiting;
});

t.test('of many who wait for locks each ends in time, and nobody else is late', async (t) => {
  const { tasks, database } = await aRepository(t);
  const owners = await newcomers(tasks, 60);
  const free = await newcomers(tasks, 5);
  const began = performance.now();
  const took = () => Math.round(performance.now() - began);
  await whileLocked(database, owners, async () => {
    const blocked = Promise.allSettled(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    await wait(20);
    const later = await Promise.allSettled(free.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    t.ok(took() < 4_000, `those who are free, after ${took()} ms`);
    t.ok(
      later.every((result) => result.status === 'fulfilled' || isUnavailable(result)),
      'done, or told to come again',
    );
    const ends = await blocked;
    t.ok(ends.every((result) => result.status === 'rejected' && isUnavailable(result)));
    t.ok(took() < 12_000, `those who are not, after ${took()} ms`);
  });
  for (const owner of owners) t.equal((await tasks.list(owner, aQuery())).revision, 1, 'nothing of theirs was done');
});

t.test('a read that comes alone waits for others no longer than a moment', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const owners = await newcomers(tasks, 20);
  const waits: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    let blocked: Promise<unknown> = Promise.resolve();
    await database.orm.em.fork().transactional(async (tx) => {
      await tx.execute('lock table taskward.tasks in access exclusive mode');
      blocked = Promise.allSettled(owners.map((owner) => tasks.get(owner, 1)));
      await wait(10);
      const began = performance.now();
      await tasks.revision(aUser());
      waits.push(Math.round(performance.now() - began));
    });
    await blocked;
  }
  const [, , median = Number.NaN] = waits.toSorted((a, b) => a - b);
  t.ok(median < 60, `twenty wait for a lock, the first until 100 ms are over: ${waits.join(', ')} ms`);
});

t.test('read-then-write succeeds at last against another process that writes for the same user', async (t) => {
  const { tasks } = await aRepository(t);
  const { tasks: elsewhere } = await aRepository(t);
  const owner = aUser();
  await tasks.add(aDraft(owner), anOrigin());
  const count = (task: Task) =>
    task.change(operator, { title: `${Number(task.title) + 1 || 1}` }, anInstant(), aPlanning());
  const counting = (unit: UnitOfWork) => ({ result: unit.update(1, count), store: true });
  let isOver = false;
  let written = 0;
  const writers = several(8, async () => {
    for (; !isOver; written += 1) await elsewhere.add(aDraft(owner), anOrigin());
  });
  let changed = 0;
  try {
    for (; changed < 40; changed += 1) await tasks.transact(owner, { ids: [1] }, anOrigin(), counting);
  } finally {
    isOver = true;
    await Promise.all(writers);
  }
  t.ok(written > 40, `the other process wrote ${written} times meanwhile`);
  t.match(await tasks.get(owner, 1), { title: '40' }, 'each of forty batches was stored, once');
  t.equal((await tasks.list(owner, aQuery())).revision, 1 + written + changed);
});

t.test('however many wait for locks, reads have a connection', async (t) => {
  const { tasks, database } = await aRepository(t);
  const [reader, ...locked] = await newcomers(tasks, 9);
  let blocked: Promise<unknown> = Promise.resolve();
  await whileLocked(database, locked, async () => {
    blocked = Promise.allSettled(locked.map((owner) => tasks.add(aDraft(owner), anOrigin())));
    await wait(1_200);
    const began = performance.now();
    await Promise.all(several(40, () => tasks.get(reader, 1)));
    const took = Math.round(performance.now() - began);
    t.ok(took < 500, `${took} ms`);
  });
  await blocked;
});

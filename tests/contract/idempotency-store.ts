import type { IdempotencyStore, IdempotentCall, OwnerPorts, TaskRepository } from '@taskward/application';
import { type Instant, toInstant, type UserId } from '@taskward/domain';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser } from '../support/builders.ts';
import { changing } from './task-lists.ts';

/** An idempotency store, and the tasks whose writes share its steps. */
export interface Stores {
  readonly tasks: TaskRepository;
  readonly idempotency: IdempotencyStore;
}
export type MakeStores = (scope: Test) => Promise<Stores>;

const lifetime = 1_000;
const start = anInstant('2026-11-20T09:00:00.000Z');
export const after = (from: Instant, milliseconds: number): Instant =>
  toInstant(new Date(Date.parse(from) + milliseconds).toISOString());

export const aCall = (owner: UserId, over: Partial<IdempotentCall> = {}): IdempotentCall => ({
  owner,
  key: 'key',
  fingerprint: 'fingerprint',
  hasEffect: true,
  now: start,
  lifetime,
  bounds: { keys: 1_000, bytes: 1_000_000 },
  ...over,
});

/** Work that adds a task and returns its id. */
export const adding =
  (owner: UserId) =>
  async ({ tasks }: Pick<OwnerPorts, 'tasks'>) =>
    `task ${(await tasks.add(aDraft(owner), anOrigin())).id}`;

export const never = async (): Promise<string> => {
  throw new Error('this must not be done');
};

/** Something to wait for, and to let go. */
const aGate = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

/** Work that adds a task, and then waits in the middle of its step. */
const waiting = (owner: UserId) => {
  const [arrived, gate] = [aGate(), aGate()];
  const work = async ({ tasks }: OwnerPorts): Promise<string> => {
    const response = await adding(owner)({ tasks });
    arrived.open();
    await gate.opened;
    return response;
  };
  return { work, arrived: arrived.opened, goOn: gate.open };
};

const countOf = async ({ tasks }: Stores, owner: UserId) =>
  (await tasks.list(owner, aQuery({ count: true, limit: 1 }))).total;

/** What every idempotency store must do, over the tasks that it shares its steps with. */
export const testIdempotencyStore = (t: Test, make: MakeStores): void => {
  t.test('a call is worked on once, and its response is replayed', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const { runIdempotently } = stores.idempotency;
    t.strictSame(await runIdempotently(aCall(owner), adding(owner)), { response: 'task 1', replayed: false });
    t.strictSame(await runIdempotently(aCall(owner), never), { response: 'task 1', replayed: true });
    t.strictSame(await runIdempotently(aCall(owner), never), { response: 'task 1', replayed: true }, 'and again');
    t.strictSame(await runIdempotently(aCall(owner, { key: 'KEY' }), adding(owner)), {
      response: 'task 2',
      replayed: false,
    });
    t.match(await stores.tasks.get(owner, 1), { id: 1, revision: 1 }, 'what was written is there');
    t.equal(await countOf(stores, owner), 2);
  });

  t.test('a response comes back as it was given, whatever is in it, for whatever key', async (t) => {
    const { idempotency } = await make(t);
    const owner = aUser();
    const anyText = (maxLength: number) =>
      fc.string({ unit: 'binary', minLength: 1, maxLength }).map((text) => text.replaceAll('\0', '0'));
    const keys = ['1', ' 1', "'", '\\', '%', '"', '🗝', 'x'.repeat(255), ...fc.sample(anyText(20), 10)];
    for (const [n, key] of keys.entries()) {
      const response = n === 0 ? '' : n === 1 ? '😀'.repeat(100_000) : (fc.sample(anyText(50), 1)[0] as string);
      const call = aCall(owner, { key: `${n}${key}`.slice(0, 255), fingerprint: key });
      await idempotency.runIdempotently(call, async () => response);
      const replay = await idempotency.runIdempotently(call, never);
      t.ok(replay.replayed && replay.response === response, `key ${n}`);
    }
  });

  t.test('work that writes nothing has a response too, also for a user that is not known yet', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const looking = ({ tasks }: OwnerPorts) =>
      tasks.get(owner, 7).then(
        () => 'found',
        ({ code }) => code as string,
      );
    t.match(await stores.idempotency.runIdempotently(aCall(owner), looking), {
      response: 'task/not-found',
      replayed: false,
    });
    await stores.tasks.add(aDraft(owner), anOrigin());
    t.match(await stores.idempotency.runIdempotently(aCall(owner), never), {
      response: 'task/not-found',
      replayed: true,
    });
    t.match(await stores.tasks.get(owner, 1), { revision: 1 });
  });

  t.test('the same key for another call is a mismatch, and is not worked on', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    await stores.idempotency.runIdempotently(aCall(owner), adding(owner));
    for (const fingerprint of ['other', 'Fingerprint', 'fingerprint ', '']) {
      await t.rejects(stores.idempotency.runIdempotently(aCall(owner, { fingerprint }), never), {
        code: 'idempotency/mismatch',
      });
    }
    t.match(
      await stores.idempotency.runIdempotently(aCall(owner), never),
      { replayed: true },
      'the stored response is unchanged',
    );
    t.equal(await countOf(stores, owner), 1);
  });

  t.test('while a call is worked on, another under its key is told so', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const { work, arrived, goOn } = waiting(owner);
    const first = stores.idempotency.runIdempotently(aCall(owner), work);
    await arrived;
    for (const fingerprint of ['fingerprint', 'other']) {
      await t.rejects(stores.idempotency.runIdempotently(aCall(owner, { fingerprint }), never), {
        code: 'idempotency/in-flight',
      });
    }
    goOn();
    t.match(await first, { response: 'task 1', replayed: false });
    t.match(await stores.idempotency.runIdempotently(aCall(owner), never), { response: 'task 1', replayed: true });
  });

  t.test('of many calls at once one is worked on; the others get its response, or are told to wait', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const call = () => stores.idempotency.runIdempotently(aCall(owner), adding(owner));
    const results = await Promise.allSettled(Array.from({ length: 20 }, call));
    const responses = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const rejections = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    t.equal(responses.filter(({ replayed }) => !replayed).length, 1);
    t.strictSame([...new Set(responses.map(({ response }) => response))], ['task 1']);
    t.strictSame([...new Set(rejections)], rejections.length > 0 ? ['idempotency/in-flight'] : []);
    t.equal(await countOf(stores, owner), 1);
    t.match(await call(), { response: 'task 1', replayed: true });
  });

  t.test('a write and its response are one step: nobody sees the one without the other', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const { work, arrived, goOn } = waiting(owner);
    const first = stores.idempotency.runIdempotently(aCall(owner), work);
    await arrived;
    await t.rejects(stores.tasks.get(owner, 1), { code: 'task/not-found' }, 'written, but not yet committed');
    t.equal((await stores.tasks.list(owner, aQuery())).revision, 0);
    goOn();
    await first;
    t.match(await stores.tasks.get(owner, 1), { id: 1 });
  });

  t.test('work that throws after it wrote leaves nothing: no write, no response, no key in use', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    await stores.tasks.add(aDraft(owner), anOrigin());
    const before = await stores.tasks.list(owner, aQuery());
    const thrown = new Error('no');
    const failing = async ({ tasks }: OwnerPorts): Promise<string> => {
      await tasks.add(aDraft(owner), anOrigin());
      await tasks.update(owner, 1, changing(owner, { title: 'Changed' }), anOrigin());
      await tasks.remove(owner, 1, anOrigin());
      throw thrown;
    };
    await t.rejects(stores.idempotency.runIdempotently(aCall(owner), failing), thrown);
    t.strictSame(await stores.tasks.list(owner, aQuery()), before);
    const again = aCall(owner, { fingerprint: 'other' });
    t.strictSame(await stores.idempotency.runIdempotently(again, adding(owner)), {
      response: 'task 2',
      replayed: false,
    });
    t.equal((await stores.tasks.list(owner, aQuery())).revision, 2);
  });

  t.test('work has the whole repository, and sees what it wrote', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const { response } = await stores.idempotency.runIdempotently(aCall(owner), async ({ tasks }) => {
      await tasks.add(aDraft(owner), anOrigin());
      await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({
        store: true,
        result: unit.add(aDraft(owner)),
      }));
      await tasks.transact(owner, { ids: [1] }, anOrigin(), (unit) => ({
        store: false,
        result: unit.add(aDraft(owner)),
      }));
      await tasks.update(owner, 1, changing(owner, { title: 'Changed' }), anOrigin());
      await tasks.add(aDraft(owner), anOrigin());
      await tasks.remove(owner, 3, anOrigin());
      await tasks.remove(owner, 2, anOrigin(), () => {});
      await t.rejects(tasks.get(owner, 2), { code: 'task/not-found' });
      await t.rejects(tasks.update(owner, 1, changing(owner, { title: '' }), anOrigin()), { code: 'request/invalid' });
      const { revision, tasks: left } = await tasks.list(owner, aQuery());
      return JSON.stringify([revision, left.map(({ id, title }) => [id, title])]);
    });
    t.equal(response, '[6,[[1,"Changed"]]]');
    t.match(await stores.tasks.list(owner, aQuery()), {
      revision: 6,
      tasks: [{ id: 1, title: 'Changed', revision: 3 }],
    });
  });

  t.test('work under one user’s key cannot reach another’s tasks', async (t) => {
    const stores = await make(t);
    const [owner, other] = [aUser(), aUser()];
    const { id } = await stores.tasks.add(aDraft(other), anOrigin());
    const deeds: Record<string, (tasks: TaskRepository) => unknown> = {
      add: (tasks) => tasks.add(aDraft(other), anOrigin()),
      get: (tasks) => tasks.get(other, id),
      list: (tasks) => tasks.list(other, aQuery()),
      update: (tasks) => tasks.update(other, id, changing(other, { title: 'Stolen' }), anOrigin()),
      remove: (tasks) => tasks.remove(other, id, anOrigin()),
      'remove, if allowed': (tasks) => tasks.remove(other, id, anOrigin(), () => {}),
      transact: (tasks) =>
        tasks.transact(other, { ids: [id] }, anOrigin(), (unit) => ({ store: true, result: unit.get(id) })),
    };
    for (const [name, deed] of Object.entries(deeds)) {
      const work = async ({ tasks }: OwnerPorts) => `done: ${await deed(tasks)}`;
      await t.rejects(stores.idempotency.runIdempotently(aCall(owner), work), /reached for the tasks of another/, name);
    }
    t.match(await stores.tasks.list(other, aQuery()), { revision: 1, tasks: [{ id, title: 'Buy milk' }] });
    t.match(
      await stores.idempotency.runIdempotently(aCall(owner), adding(owner)),
      { replayed: false },
      'and nothing was stored',
    );
  });

  t.test('keys of two users are independent: with a response, at work, or free', async (t) => {
    const stores = await make(t);
    const [ann, bob, eve] = [aUser(), aUser(), aUser()];
    const { work, arrived, goOn } = waiting(ann);
    const anns = stores.idempotency.runIdempotently(aCall(ann), work);
    await arrived;
    const bobs = aCall(bob, { fingerprint: 'of Bob' });
    t.match(await stores.idempotency.runIdempotently(bobs, async () => 'Bob’s'), {
      response: 'Bob’s',
      replayed: false,
    });
    goOn();
    t.match(await anns, { response: 'task 1', replayed: false });
    t.match(await stores.idempotency.runIdempotently(aCall(ann), never), { response: 'task 1', replayed: true });
    t.match(await stores.idempotency.runIdempotently(bobs, never), { response: 'Bob’s', replayed: true });
    t.match(await stores.idempotency.runIdempotently(aCall(eve), async () => 'Eve’s'), {
      response: 'Eve’s',
      replayed: false,
    });
  });

  t.test('different keys of one user at once: each is worked on, and nothing is lost', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const call = (_: unknown, n: number) =>
      stores.idempotency.runIdempotently(aCall(owner, { key: `key ${n}` }), adding(owner));
    const responses = await Promise.all(Array.from({ length: 12 }, call));
    t.equal(new Set(responses.map(({ response }) => response)).size, 12);
    t.match(await stores.tasks.list(owner, aQuery({ count: true })), { total: 12, revision: 12 });
  });

  t.test('a response is stored for its lifetime, to the millisecond; then the key is free for any call', async (t) => {
    const stores = await make(t);
    const owner = aUser();
    const at = (milliseconds: number, fingerprint = 'fingerprint') =>
      aCall(owner, { now: after(start, milliseconds), fingerprint });
    await stores.idempotency.runIdempotently(at(0), adding(owner));
    t.match(await stores.idempotency.runIdempotently(at(lifetime - 1), never), { replayed: true });
    const renewed = at(lifetime, 'other');
    t.strictSame(await stores.idempotency.runIdempotently(renewed, adding(owner)), {
      response: 'task 2',
      replayed: false,
    });
    t.match(await stores.idempotency.runIdempotently(at(2 * lifetime - 1, 'other'), never), {
      response: 'task 2',
      replayed: true,
    });
    await t.rejects(stores.idempotency.runIdempotently(at(lifetime + 1), never), { code: 'idempotency/mismatch' });
    t.match(await stores.idempotency.runIdempotently(at(2 * lifetime), adding(owner)), {
      response: 'task 3',
      replayed: false,
    });
  });

  // Long before everything that other tests store, because a purge removes the old responses of all users.
  t.test('what is old is forgotten, of all users, so many at once', async (t) => {
    const stores = await make(t);
    const { runIdempotently, purge } = stores.idempotency;
    const then = anInstant('1999-01-01T00:00:00.000Z');
    const purgeAt = (milliseconds: number, limit: number) => purge({ now: after(then, milliseconds), lifetime, limit });
    while ((await purgeAt(0, 1_000)) > 0);
    const users = Array.from({ length: 5 }, aUser);
    for (const owner of users) {
      for (const key of ['a', 'b']) await runIdempotently(aCall(owner, { key, now: then }), adding(owner));
    }
    const young = aUser();
    await runIdempotently(aCall(young, { now: after(then, 1) }), adding(young));
    t.equal(await purgeAt(lifetime - 1, 100), 0, 'not old yet');
    t.equal(await purgeAt(lifetime, 0), 0);
    t.equal(await purgeAt(lifetime, 4), 4);
    t.equal(await purgeAt(lifetime, 4), 4);
    t.equal(await purgeAt(lifetime, 4), 2, 'fewer than allowed: there are no more');
    t.equal(await purgeAt(lifetime, 4), 0);
    t.match(
      await runIdempotently(aCall(young, { now: after(then, 1) }), never),
      { replayed: true },
      'the young one is kept',
    );
    const first = aCall(users[0] as UserId, { key: 'a', now: then });
    t.match(
      await runIdempotently(first, async () => 'anew'),
      { response: 'anew', replayed: false },
      'forgotten, also by its own time',
    );
    t.equal(await countOf(stores, users[0] as UserId), 2, 'tasks are not forgotten');
    t.equal(await purgeAt(lifetime + 1, 100), 2);
  });

  t.test('a response that is stored again has a new lifetime', async (t) => {
    const { idempotency } = await make(t);
    const owner = aUser();
    const then = anInstant('1998-01-01T00:00:00.000Z');
    while ((await idempotency.purge({ now: then, lifetime, limit: 1_000 })) > 0);
    await idempotency.runIdempotently(aCall(owner, { now: then }), async () => 'old');
    const renewed = aCall(owner, { now: after(then, lifetime) });
    await idempotency.runIdempotently(renewed, async () => 'new');
    t.equal(await idempotency.purge({ now: after(then, lifetime), lifetime, limit: 100 }), 0);
    t.match(await idempotency.runIdempotently(renewed, never), { response: 'new', replayed: true });
    t.equal(await idempotency.purge({ now: after(then, 2 * lifetime), lifetime, limit: 100 }), 1);
  });
};

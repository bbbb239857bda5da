import type { OwnerPorts, TaskRepository } from '@taskward/application';
import fc from 'fast-check';
import type { Test } from 'tap';
import { aDraft, anOrigin, aQuery, aUser, changing } from '../support/builders.ts';
import type { Stores } from '../support/http/api.ts';
import { aCall, adding, countOf, never } from '../support/idempotent-calls.ts';

/** Makes an idempotency store, and the tasks whose writes share its transactions. */
export type MakeStores = (scope: Test) => Promise<Stores>;

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
};

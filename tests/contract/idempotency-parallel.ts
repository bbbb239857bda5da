import type { OwnerPorts } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aQuery, aUser } from '../support/builders.ts';
import { aCall, adding, countOf, never } from '../support/idempotent-calls.ts';
import type { MakeStores } from './idempotency-store.ts';

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

/** What every idempotency store must do with calls that run at the same time. */
export const testParallelCalls = (t: Test, make: MakeStores): void => {
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
};

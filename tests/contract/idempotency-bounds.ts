import type { OwnerPorts } from '@taskward/application';
import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { aQuery, aUser } from '../support/builders.ts';
import { aCall, adding, after, never } from '../support/idempotent-calls.ts';
import type { MakeStores } from './idempotency-store.ts';

const tooMany = { code: 'idempotency/too-many' };
const text = async () => 'x'.repeat(100);

/** How every idempotency store must bound what it keeps of one owner. */
export const testIdempotencyBounds = (t: Test, make: MakeStores): void => {
  t.test('only so many keys of one owner are kept within a lifetime, and their responses still replayed', async (t) => {
    const { idempotency, tasks } = await make(t);
    const [owner, other] = [aUser(), aUser()];
    const call = (key: string, milliseconds = 0, whose = owner) => {
      const one = aCall(whose, { key, bounds: { keys: 2, bytes: 1_000_000 } });
      return { ...one, now: after(one.now, milliseconds) };
    };
    await idempotency.runIdempotently(call('a'), adding(owner));
    await idempotency.runIdempotently(call('b', 400), adding(owner));
    await t.rejects(idempotency.runIdempotently(call('c', 400), adding(owner)), { ...tooMany, retryAfter: 1 });
    t.equal((await tasks.list(owner, aQuery())).revision, 2, 'nothing was done');
    t.match(await idempotency.runIdempotently(call('a', 400), never), { response: 'task 1', replayed: true });
    await t.rejects(idempotency.runIdempotently({ ...call('a', 400), fingerprint: 'other' }, never), {
      code: 'idempotency/mismatch',
    });
    t.match(
      await idempotency.runIdempotently(call('c', 0, other), adding(other)),
      { replayed: false },
      'others have room',
    );
    t.match(
      await idempotency.runIdempotently(call('c', 1_000), adding(owner)),
      { response: 'task 3' },
      'a lifetime after the first',
    );
    t.match(await idempotency.runIdempotently(call('d', 1_000), adding(owner)), { response: 'task 4' });
    await t.rejects(idempotency.runIdempotently(call('e', 1_000), adding(owner)), tooMany);
  });

  t.test('only so many bytes are kept', async (t) => {
    const { idempotency, tasks } = await make(t);
    const owner = aUser();
    const call = (key: string) => aCall(owner, { key, bounds: { keys: 1_000, bytes: 2_000 } });
    const kept: string[] = [];
    const keepAll = async () => {
      for (let n = 0; n < 50; n += 1) {
        await idempotency.runIdempotently(call(`${n}`), text);
        kept.push(`${n}`);
      }
    };
    await t.rejects(keepAll(), tooMany);
    t.ok(kept.length >= 2 && kept.length <= 20, `${kept.length} responses of 100 bytes`);
    const large = (whose: UserId) => async (inner: OwnerPorts) =>
      `${await adding(whose)(inner)} ${Array.from({ length: 2_000 }, Math.random)}`;
    const newcomer = aUser();
    const first = { ...call('large'), owner: newcomer };
    await t.rejects(idempotency.runIdempotently(first, large(newcomer)), tooMany, 'not even as the first response');
    t.equal((await tasks.list(newcomer, aQuery())).revision, 0, 'what it wrote went with its response');
    t.match(
      await idempotency.runIdempotently(first, adding(newcomer)),
      { response: 'task 1', replayed: false },
      'and its key is free',
    );
  });

  t.test('of many calls at once no more are kept', async (t) => {
    const { idempotency, tasks } = await make(t);
    const owner = aUser();
    const calls = Array.from({ length: 12 }, (_, n) =>
      idempotency.runIdempotently(aCall(owner, { key: `${n}`, bounds: { keys: 5, bytes: 1_000_000 } }), adding(owner)),
    );
    const ends = await Promise.allSettled(calls);
    t.equal(ends.filter(({ status }) => status === 'fulfilled').length, 5);
    t.ok(ends.every((end) => end.status === 'fulfilled' || end.reason.code === tooMany.code));
    t.equal((await tasks.list(owner, aQuery())).revision, 5);
  });

  t.test('of a call without effect nothing is kept, and it writes nothing', async (t) => {
    const { idempotency, tasks } = await make(t);
    const owner = aUser();
    const dry = aCall(owner, { fingerprint: 'dry', hasEffect: false });
    t.match(await idempotency.runIdempotently(dry, adding(owner)), { response: 'task 1', replayed: false });
    t.match(
      await idempotency.runIdempotently(dry, adding(owner)),
      { response: 'task 1', replayed: false },
      'worked out anew',
    );
    t.equal((await tasks.list(owner, aQuery())).revision, 0);
    t.match(
      await idempotency.runIdempotently(aCall(owner), adding(owner)),
      { response: 'task 1', replayed: false },
      'the key is free',
    );
    await t.rejects(idempotency.runIdempotently(dry, never), { code: 'idempotency/mismatch' }, 'and then it is not');
  });

  t.test('responses of any length and content are replayed unchanged', async (t) => {
    const { idempotency } = await make(t);
    const owner = aUser();
    const responses = ['', 'short', 'é😀'.repeat(100_000), `"\\\u0001${Array.from({ length: 3_000 }, Math.random)}`];
    for (const [n, response] of responses.entries()) {
      const call = aCall(owner, { key: `${n}` });
      await idempotency.runIdempotently(call, async () => response);
      t.ok((await idempotency.runIdempotently(call, never)).response === response, `${response.length} characters`);
    }
  });
};

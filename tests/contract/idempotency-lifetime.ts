import type { UserId } from '@taskward/domain';
import type { Test } from 'tap';
import { anInstant, aUser } from '../support/builders.ts';
import { aCall, adding, after, countOf, lifetime, never, start } from '../support/idempotent-calls.ts';
import type { MakeStores } from './idempotency-store.ts';

/** How long every idempotency store must keep a response, and what a purge of old ones removes. */
export const testIdempotencyLifetime = (t: Test, make: MakeStores): void => {
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

import { makeUseCases, storedResponseLifetime, type TaskUseCases } from '@taskward/application';
import { type Instant, operator, ownerActor, toInstant, type UserId } from '@taskward/domain';
import t from 'tap';
import { anInstant, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { calendar, keys } from '../support/planning.ts';

const start = anInstant('2026-11-20T09:00:00.000Z');
const after = (milliseconds: number): Instant => toInstant(new Date(Date.parse(start) + milliseconds).toISOString());

/** Everything that can be done, over empty stores, with a clock that is set by hand. */
const aBench = () => {
  const stores = makeMemoryStores();
  const time = { now: start };
  const useCases = makeUseCases({ ...stores, calendar, keys, clock: { now: () => time.now } });
  const titles = async (owner: UserId) =>
    (await stores.tasks.list(owner, aQuery({ sort: sortedBy('created_at') }))).tasks.map(({ title }) => title);
  return { ...useCases, time, titles };
};

/** Work that creates a task and returns its id. */
const creating =
  (owner: UserId, title = 'Milk') =>
  async ({ createTask }: TaskUseCases) =>
    String((await createTask(ownerActor(owner), { owner, content: { title } })).id);

const never = async () => {
  throw new Error('this must not be done');
};

const call = (owner: UserId, over: { key?: string; fingerprint?: string } = {}) => ({
  owner,
  key: 'key',
  fingerprint: 'create milk',
  hasEffect: true,
  ...over,
});

t.test('a call is done once, and its response is replayed', async (t) => {
  const { runIdempotently, titles, time } = aBench();
  const owner = aUser();
  const actor = ownerActor(owner);
  t.strictSame(await runIdempotently(actor, call(owner), creating(owner)), { response: '1', replayed: false });
  for (const milliseconds of [0, 1, storedResponseLifetime - 1]) {
    time.now = after(milliseconds);
    t.strictSame(
      await runIdempotently(actor, call(owner), never),
      { response: '1', replayed: true },
      `after ${milliseconds} ms`,
    );
  }
  t.strictSame(await titles(owner), ['Milk']);
  const other = await runIdempotently(actor, call(owner, { key: 'Key' }), creating(owner, 'Bread'));
  t.strictSame(other, { response: '2', replayed: false }, 'another key is another call');
});

t.test('the same key for another call is a mismatch, and changes nothing', async (t) => {
  const { runIdempotently, titles } = aBench();
  const owner = aUser();
  await runIdempotently(ownerActor(owner), call(owner), creating(owner));
  await t.rejects(runIdempotently(ownerActor(owner), call(owner, { fingerprint: 'other' }), never), {
    name: 'ApplicationError',
    code: 'idempotency/mismatch',
    message: 'This idempotency key was used for another request. Repeat exactly that one, or take a new key.',
  });
  t.strictSame(await titles(owner), ['Milk']);
  t.match(await runIdempotently(ownerActor(owner), call(owner), never), { response: '1', replayed: true });
});

t.test('a key is one user’s: another’s same key is another call', async (t) => {
  const { runIdempotently, titles } = aBench();
  const [ann, bob] = [aUser(), aUser()];
  await runIdempotently(ownerActor(ann), call(ann), creating(ann));
  const bobs = call(bob, { fingerprint: 'something else' });
  t.match(await runIdempotently(ownerActor(bob), bobs, creating(bob)), { replayed: false });
  t.strictSame([await titles(ann), await titles(bob)], [['Milk'], ['Milk']]);
});

t.test('after a day a response is forgotten: the call is a first one, of whatever it asks for', async (t) => {
  t.equal(storedResponseLifetime, 24 * 60 * 60 * 1000);
  const { runIdempotently, titles, time } = aBench();
  const owner = aUser();
  await runIdempotently(ownerActor(owner), call(owner), creating(owner));
  time.now = after(storedResponseLifetime);
  const again = call(owner, { fingerprint: 'create bread' });
  t.strictSame(await runIdempotently(ownerActor(owner), again, creating(owner, 'Bread')), {
    response: '2',
    replayed: false,
  });
  t.strictSame(await titles(owner), ['Milk', 'Bread']);
  time.now = after(2 * storedResponseLifetime - 1);
  t.match(
    await runIdempotently(ownerActor(owner), again, never),
    { response: '2', replayed: true },
    'and kept for a day again',
  );
});

t.test('work that throws stores nothing: neither what it wrote, nor a response', async (t) => {
  const { runIdempotently, titles } = aBench();
  const owner = aUser();
  const thrown = new Error('no');
  const failing = async (useCases: TaskUseCases) => {
    await creating(owner)(useCases);
    throw thrown;
  };
  await t.rejects(runIdempotently(ownerActor(owner), call(owner), failing), thrown);
  t.strictSame(await titles(owner), []);
  t.strictSame(await runIdempotently(ownerActor(owner), call(owner, { fingerprint: 'other' }), creating(owner)), {
    response: '1',
    replayed: false,
  });
});

t.test('a refused use-case is refused within the work as ever', async (t) => {
  const { runIdempotently } = aBench();
  const owner = aUser();
  const { response } = await runIdempotently(ownerActor(owner), call(owner), ({ getTask }) =>
    getTask(ownerActor(owner), { owner, id: 7 }).then(
      () => 'found',
      ({ code }) => code,
    ),
  );
  t.equal(response, 'task/not-found', 'and what the work makes of it is the response');
});

t.test('an owner under their own keys only, an operator under anybody’s', async (t) => {
  const { runIdempotently, titles } = aBench();
  const owner = aUser();
  await t.rejects(runIdempotently(ownerActor(aUser()), call(owner), never), { code: 'auth/wrong-user' });
  t.match(await runIdempotently(operator, call(owner), creating(owner)), { replayed: false });
  await t.rejects(
    runIdempotently(ownerActor(aUser()), call(owner), never),
    { code: 'auth/wrong-user' },
    'nor is it replayed',
  );
  t.strictSame(await titles(owner), ['Milk']);
});

t.test('purgeIdempotencyKeys: old ones only, of all users, at most so many', async (t) => {
  const { runIdempotently, purgeIdempotencyKeys, time } = aBench();
  const users = Array.from({ length: 5 }, aUser);
  for (const owner of users) await runIdempotently(ownerActor(owner), call(owner), creating(owner));
  time.now = after(storedResponseLifetime - 1);
  const young = aUser();
  await runIdempotently(ownerActor(young), call(young), creating(young));
  t.equal(await purgeIdempotencyKeys(operator, { limit: 100 }), 0);
  time.now = after(storedResponseLifetime);
  t.equal(await purgeIdempotencyKeys(operator, { limit: 3 }), 3);
  t.equal(await purgeIdempotencyKeys(operator, { limit: 3 }), 2);
  t.equal(await purgeIdempotencyKeys(operator, { limit: 3 }), 0);
  t.match(await runIdempotently(ownerActor(young), call(young), never), { replayed: true });
});

t.test('purgeIdempotencyKeys: not for owners', async (t) => {
  const { runIdempotently, purgeIdempotencyKeys, time } = aBench();
  const owner = aUser();
  await runIdempotently(ownerActor(owner), call(owner), creating(owner));
  time.now = after(storedResponseLifetime);
  await t.rejects(purgeIdempotencyKeys(ownerActor(owner), { limit: 1 }), { code: 'auth/wrong-user' });
  t.equal(await purgeIdempotencyKeys(operator, { limit: 1 }), 1, 'it was still there');
});

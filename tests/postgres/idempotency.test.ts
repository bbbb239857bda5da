import { makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import type { OwnerPorts } from '@taskward/application';
import { toUserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { anInstant, aQuery, aUser } from '../support/builders.ts';
import type { Stores } from '../support/http/api.ts';
import { aCall, adding, after, never } from '../support/idempotent-calls.ts';
import { importMutated, type Mutation } from '../support/mutation.ts';
import { ownMigratedDatabase, sharedDatabase } from '../support/postgres/database.ts';

/** What the contract says of an idempotency store, as checks that a broken one fails. */
const promises = {
  'what throws leaves nothing': async ({ tasks, idempotency }: Stores) => {
    const owner = aUser();
    const failing = async (inner: OwnerPorts): Promise<string> => {
      await adding(owner)(inner);
      throw new Error('no');
    };
    await idempotency.runIdempotently(aCall(owner), failing).catch(() => {});
    return (await tasks.list(owner, aQuery())).revision === 0;
  },
  'another call under the key is a mismatch': async ({ idempotency }: Stores) => {
    const owner = aUser();
    await idempotency.runIdempotently(aCall(owner), adding(owner));
    const other = idempotency.runIdempotently(aCall(owner, { fingerprint: 'other' }), adding(owner));
    return other.then(
      () => false,
      ({ code }) => code === 'idempotency/mismatch',
    );
  },
  'one of two at once works': async ({ idempotency }: Stores) => {
    const owner = aUser();
    let works = 0;
    const work = async () => {
      works += 1;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return String(works);
    };
    await Promise.allSettled([
      idempotency.runIdempotently(aCall(owner), work),
      idempotency.runIdempotently(aCall(owner), work),
    ]);
    return works === 1;
  },
  'users do not wait for each other’s keys': async ({ idempotency }: Stores) => {
    const other = () =>
      idempotency
        .runIdempotently(aCall(aUser()), async () => 'done')
        .then(
          () => 'done',
          ({ code }) => code as string,
        );
    const { response } = await idempotency.runIdempotently(aCall(aUser()), other);
    return response === 'done';
  },
  'expired responses are not replayed': async ({ idempotency }: Stores) => {
    const owner = aUser();
    const call = aCall(owner);
    await idempotency.runIdempotently(call, adding(owner));
    const much = { ...call, now: after(call.now, call.lifetime) };
    return !(await idempotency.runIdempotently(much, adding(owner))).replayed;
  },
  'nobody is handed another’s tasks': async ({ idempotency }: Stores) => {
    const [owner, other] = [aUser(), aUser()];
    return idempotency.runIdempotently(aCall(owner), adding(other)).then(
      () => false,
      (error) => /reached for the tasks of another/.test(String(error)),
    );
  },
};

const file = 'idempotency-store.ts';
const faults: Record<keyof typeof promises, readonly Mutation[]> = {
  'what throws leaves nothing': [
    {
      file,
      from: /import \{\s+brokenConstraint,/g,
      to: `const run = (_owner, work) => work();
        const unlocked = (all) => new Proxy(all, { get: (_, name) => name === 'locks' ? { exclusive: run, shared: run } : typeof all[name] === 'function' ? all[name].bind(all) : all[name] });
        import { ownerSession, brokenConstraint,`,
    },
    {
      file,
      from: 'return tx;',
      to: 'return ownerSession(unlocked(database.transactions), owner);',
    },
  ],
  'another call under the key is a mismatch': [
    { file, from: 'if (was !== fingerprint) throw idempotencyMismatch();', to: '' },
  ],
  'one of two at once works': [
    { file, from: "if (locked?.[0]?.[0] !== 't') throw idempotencyInFlight();", to: 'void locked;' },
    { file, from: 'if (inFlight.has(name)) throw idempotencyInFlight();', to: '' },
    {
      file: 'owner-session.ts',
      from: /transactions\.locks\s+\.exclusive\(owner, \(\) => transactions\.retry\(canRetry, attempt\)\)/g,
      to: 'transactions.retry(canRetry, attempt)',
    },
  ],
  'users do not wait for each other’s keys': [
    { file, from: 'hashtextextended($2, hashtextextended($1, 0))', to: 'hashtextextended($2, 0 * length($1))' },
  ],
  'expired responses are not replayed': [
    {
      file,
      from: 'created_at > $3::timestamptz - ',
      to: "created_at > '-infinity'::timestamptz + 0 * ($3::timestamptz - $3::timestamptz) - ",
    },
  ],
  'nobody is handed another’s tasks': [{ file, from: 'if (other !== owner) throw', to: 'if (false) throw' }],
};

const storesOf = async (
  t: Test,
  adapter: Pick<typeof import('@taskward/adapters-postgres'), 'makeIdempotencyStore' | 'makeOwnerPorts'>,
): Promise<Stores> => {
  const database = await sharedDatabase(t);
  return { ...adapter.makeOwnerPorts({ database }), idempotency: adapter.makeIdempotencyStore({ database }) };
};

for (const [promise, holds] of Object.entries(promises)) {
  t.test(`${promise}: and where it is broken, that is seen`, async (t) => {
    t.equal(await holds(await storesOf(t, { makeIdempotencyStore, makeOwnerPorts })), true);
    const mutations = faults[promise as keyof typeof promises];
    const broken = await importMutated<typeof import('@taskward/adapters-postgres')>(
      '@taskward/adapters-postgres',
      mutations,
    );
    t.equal(await holds(await storesOf(t, broken)), false);
  });
}

t.test('a response that is stored again while old ones are purged stays', async (t) => {
  // A database of its own, because a purge removes the old responses of all users.
  const { database } = await ownMigratedDatabase(t);
  const idempotency = makeIdempotencyStore({ database });
  const owner = aUser();
  const then = anInstant('1997-01-01T00:00:00.000Z');
  const old = aCall(owner, { now: then });
  await idempotency.runIdempotently(old, async () => 'old');
  const now = after(then, old.lifetime);

  // As `once` renews it, but with its transaction still open when the job comes by.
  const purged = await database.orm.em.fork().transactional(async (em) => {
    await em.execute(`select set_config('role', 'taskward_api', true), set_config('taskward.user_id', ?, true)`, [
      owner,
    ]);
    await em.execute(
      `update taskward.idempotency_keys set response = 'new', created_at = ?::timestamptz where user_id = ?`,
      [now, owner],
    );
    return idempotency.purge({ now, lifetime: old.lifetime, limit: 100 });
  });
  t.equal(purged, 0, 'it was passed over, without waiting');
  t.match(await idempotency.runIdempotently({ ...old, now }, never), { response: 'new', replayed: true });
});

t.test('a user’s id and key stand in their own columns: no two pairs are one', async (t) => {
  const { idempotency } = await storesOf(t, { makeIdempotencyStore, makeOwnerPorts });
  const user = aUser();
  const other = toUserId(`${user}k`);
  await idempotency.runIdempotently(aCall(user, { key: 'kk' }), async () => 'one');
  t.match(await idempotency.runIdempotently(aCall(other, { key: 'k' }), async () => 'two'), {
    response: 'two',
    replayed: false,
  });
});

t.test('calls that come to several processes at once keep no more than the bounds allow', async (t) => {
  const processes = await Promise.all([1, 2, 3].map(() => storesOf(t, { makeIdempotencyStore, makeOwnerPorts })));
  const owner = aUser();
  // They write no task, so they do not wait for each other at the owner's row.
  const calls = Array.from({ length: 24 }, (_, n) => {
    const { idempotency } = processes[n % processes.length] as Stores;
    const call = aCall(owner, { key: `key ${n}`, bounds: { keys: 5, bytes: 1_000_000 } });
    return idempotency.runIdempotently(call, async () => 'nothing was there to change');
  });
  const ends = await Promise.allSettled(calls);
  const reasons = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
  t.strictSame(reasons, Array(19).fill('idempotency/too-many'));
});

import {
  type Database,
  makeIdempotencyStore,
  makeImportStore,
  makeOwnerPorts,
  makeUserDirectory,
} from '@taskward/adapters-postgres';
import { makeJobs, type OwnerPorts } from '@taskward/application';
import { operator, type UserId } from '@taskward/domain';
import t, { type Test } from 'tap';
import { aDraft, anInstant, anOrigin, aSteadyClock, aUser, changing } from '../support/builders.ts';
import { aCall, adding } from '../support/idempotent-calls.ts';
import { importMutated } from '../support/mutation.ts';
import { calendar } from '../support/planning.ts';
import { ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';

interface Counts {
  readonly user: string;
  readonly counted: number;
  readonly there: number;
}

const countsIn = (database: Database) =>
  sqlOn(database)<Counts>(
    `select id as user, last_task_id - coalesce(removed_count, 0) as counted,
       (select count(*)::int from taskward.tasks where user_id = users.id) as there
     from taskward.users`,
  );

type Adapter = typeof import('@taskward/adapters-postgres');

/** Every way of writing tasks there is, each by a user of its own. */
const waysOver = (database: Database, adapter: Adapter): Record<string, (owner: UserId) => Promise<unknown>> => {
  const { tasks } = adapter.makeOwnerPorts({ database });
  const imports = adapter.makeImportStore({ database });
  const users = adapter.makeUserDirectory({ database });
  const idempotency = adapter.makeIdempotencyStore({ database });
  const jobs = makeJobs({ tasks, imports, users, calendar, clock: aSteadyClock() });
  const several = async (owner: UserId, count: number, over: Partial<{ completed: boolean }> = {}) => {
    for (let n = 0; n < count; n += 1) await tasks.add(aDraft(owner, over), anOrigin());
  };
  return {
    add: (owner) => several(owner, 3),
    'add at once': (owner) => Promise.all(Array.from({ length: 8 }, () => tasks.add(aDraft(owner), anOrigin()))),
    update: async (owner) => {
      await several(owner, 2);
      await tasks.update(owner, 1, changing(owner, { title: 'Changed' }), anOrigin());
      await tasks.update(owner, 2, changing(owner, { completed: true }), anOrigin());
    },
    remove: async (owner) => {
      await several(owner, 3);
      await tasks.remove(owner, 2, anOrigin());
      await tasks.remove(owner, 2, anOrigin()).catch(() => {});
    },
    'remove on a condition': async (owner) => {
      await several(owner, 3);
      await tasks.remove(owner, 2, anOrigin(), () => {});
    },
    'remove at once': async (owner) => {
      await several(owner, 3);
      await Promise.allSettled(
        [1, 1, 2, 2, 3].map((id, n) => tasks.remove(owner, id, anOrigin(), n % 2 ? () => {} : undefined)),
      );
    },
    batch: async (owner) => {
      await several(owner, 3);
      await tasks.transact(owner, { ids: [1, 2] }, anOrigin(), (unit) => {
        unit.remove(1, () => {});
        unit.remove(unit.add(aDraft(owner)).id, () => {});
        unit.add(aDraft(owner));
        return { store: true, result: undefined };
      });
    },
    'under a key': async (owner) => {
      await idempotency.runIdempotently(aCall(owner), adding(owner));
      const removing = async ({ tasks: inner }: OwnerPorts) => {
        await inner.add(aDraft(owner), anOrigin());
        await inner.remove(owner, 1, anOrigin());
        return '';
      };
      await idempotency.runIdempotently(aCall(owner, { key: 'other' }), removing);
      await idempotency.runIdempotently(aCall(owner, { key: 'new' }), adding(owner));
    },
    import: (owner) =>
      jobs.importTasks(operator, {
        owner,
        dryRun: false,
        rows: [{ title: 'a', externalId: 'a' }, { title: 'b', externalId: 'a' }, { title: 'c' }, { title: '' }],
      }),
    purge: async (owner) => {
      await several(owner, 2, { completed: true });
      await several(owner, 1);
      const before = anInstant('2027-01-01T00:00:00.000Z');
      await jobs.purgeTasks(operator, { owner, before, limit: 10, dryRun: false });
    },
    'erase, and come back': async (owner) => {
      await several(owner, 2);
      await users.erase(owner);
      await several(owner, 1);
    },
  };
};

const unmutated: Adapter = await import('@taskward/adapters-postgres');

/** The ways of writing after which the count is wrong. */
const wrongAfter = async (t: Test, adapter: Adapter): Promise<string[]> => {
  const { database } = await ownMigratedDatabase(t);
  const names = new Map<string, string>();
  for (const [name, write] of Object.entries(waysOver(database, adapter))) {
    const owner = aUser();
    names.set(owner, name);
    await write(owner);
  }
  const counts = await countsIn(database);
  t.equal(counts.length, names.size);
  return counts.flatMap(({ user, counted, there }) => (counted === there ? [] : (names.get(user) as string)));
};

t.test('the count that the quota is held against is right after every way of writing', async (t) => {
  t.strictSame(await wrongAfter(t, unmutated), []);
});

t.test('and where a way forgets to count, that is seen', async (t) => {
  const faults: [string, string, string, readonly string[]][] = [
    [
      'task-writes.ts',
      ', removed_count = u.removed_count + 1',
      '',
      ['remove', 'remove on a condition', 'remove at once', 'under a key'],
    ],
    ['unit-of-work-store.ts', 'unit.lastTaskId - unit.taskCount', '0', ['batch', 'purge']],
    ['import-store.ts', 'unit.lastTaskId - unit.taskCount', '1', ['import']],
  ];
  for (const [file, from, to, seen] of faults) {
    const broken = await importMutated<Adapter>('@taskward/adapters-postgres', [{ file, from, to }]);
    t.strictSame(await wrongAfter(t, broken), seen, `${file}: ${from}`);
  }
});

t.test('a user of a version that did not count removals has the whole quota', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const sql = sqlOn(database);
  const exceeded = { code: 'task/quota-exceeded' };
  // Ten were made, seven of them removed, and nobody counted.
  const olderUser = async () => {
    const owner = aUser();
    for (let n = 0; n < 10; n += 1) await tasks.add(aDraft(owner), anOrigin());
    for (let id = 1; id <= 7; id += 1) await tasks.remove(owner, id, anOrigin());
    await sql('update taskward.users set removed_count = null where id = ?', [owner]);
    return owner;
  };

  const ann = await olderUser();
  await tasks.remove(ann, 8, anOrigin());
  for (let n = 0; n < 3; n += 1) await tasks.add(aDraft(ann), anOrigin(), 5);
  await t.rejects(tasks.add(aDraft(ann), anOrigin(), 5), exceeded, 'the three that were left, less one, and three');

  const bob = await olderUser();
  const ends = await Promise.allSettled(Array.from({ length: 12 }, () => tasks.add(aDraft(bob), anOrigin(), 5)));
  t.equal(ends.filter(({ status }) => status === 'fulfilled').length, 2, 'also of many at once');

  const eve = await olderUser();
  const room = (owner: UserId) =>
    tasks.transact(owner, { ids: [] }, anOrigin(), (unit) => ({
      store: true,
      result: 20 - unit.add(aDraft(owner), 20).id + unit.taskCount,
    }));
  t.equal(await room(eve), 20 - 11 + 4);

  const kim = await olderUser();
  const jobs = makeJobs({
    tasks,
    imports: makeImportStore({ database }),
    users: makeUserDirectory({ database }),
    calendar,
    clock: aSteadyClock(),
    limits: { tasksPerUser: 5, idempotencyKeysPerUser: 1, idempotencyBytesPerUser: 1 },
  });
  const rows = ['a', 'b', 'c'].map((title) => ({ title, externalId: title }));
  const outcomes = await jobs.importTasks(operator, { owner: kim, rows, dryRun: false });
  t.strictSame(
    outcomes.map(({ kind }) => kind),
    ['created', 'created', 'rejected'],
  );
  t.match(outcomes[2], { error: exceeded });

  const lee = await olderUser();
  const idempotency = makeIdempotencyStore({ database });
  const quota = async ({ tasks: inner }: OwnerPorts) => `${(await inner.add(aDraft(lee), anOrigin(), 4)).id}`;
  t.match(await idempotency.runIdempotently(aCall(lee), quota), { response: '11' }, 'under a key');
  await t.rejects(idempotency.runIdempotently(aCall(lee, { key: 'next' }), quota), exceeded);
  for (const { user, counted, there } of await countsIn(database)) t.equal(counted, there, user);
});

t.test('a change of a user’s counters stays on its page', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const owner = aUser();
  for (let n = 0; n < 100; n += 1) await tasks.add(aDraft(owner), anOrigin(), 1_000);
  for (let id = 1; id <= 50; id += 1) await tasks.remove(owner, id, anOrigin());
  const sql = sqlOn(database);
  const updates = async () => {
    const [row] = await sql<{ all: string; hot: string }>(
      `select n_tup_upd as all, n_tup_hot_upd as hot from pg_stat_user_tables where relname = 'users'`,
    );
    return row ? [Number(row.all), Number(row.hot)] : [];
  };
  let [all = 0, hot = 0] = await updates();
  for (let n = 0; n < 200 && all < 149; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    [all = 0, hot = 0] = await updates();
  }
  t.ok(all >= 149 && hot / all > 0.95, `${hot} of ${all} updates were HOT`);
});

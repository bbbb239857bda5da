import { setTimeout } from 'node:timers/promises';
import { makeOwnerPorts } from '@taskward/adapters-postgres';
import { operator, Task, type TaskDraft } from '@taskward/domain';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { aPlanning } from '../support/planning.ts';
import {
  open,
  ownMigratedDatabase,
  poolSettings,
  sharedDatabase,
  sharedDatabaseUrl,
} from '../support/postgres/database.ts';
import { aPostgresProxy } from '../support/postgres/postgres-proxy.ts';
import { aFaultyRepository, aRepository, backendsOf, isUnavailable, newcomers, several } from './support.ts';

// No use-case makes such a draft: the database has to know by itself.
const tooLong = (owner: TaskDraft['owner']) => ({ ...aDraft(owner), title: 'x'.repeat(201) }) as TaskDraft;

t.test('writes of several users at once share transactions', async (t) => {
  const { tasks, sql } = await aRepository(t);
  const owners = several(40, aUser);
  const transactionsOf = async () => {
    const rows = await sql<{ count: number }>(
      `select count(distinct xmin::text)::int as count from taskward.tasks where user_id = any(?)`,
      [`{${owners.join()}}`],
    );
    return rows[0]?.count as number;
  };
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
  t.ok((await transactionsOf()) <= 50, 'the second time, when all were known, hardly ten');
  const done = await Promise.all(
    owners.map((owner) =>
      tasks.update(
        owner,
        2,
        (task) => task.setCompleted(operator, { completed: true }, anInstant(), aPlanning()),
        anOrigin(),
      ),
    ),
  );
  t.ok(
    done.every(({ id, revision, completed }) => id === 2 && revision === 3 && completed),
    'each its own',
  );
  for (const owner of owners) {
    const { revision, tasks: found } = await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }));
    t.match(found, [
      { owner, id: 1, revision: 1 },
      { owner, id: 2, revision: 3 },
    ]);
    t.match({ revision, length: found.length }, { revision: 3, length: 2 });
  }
});

t.test('writes of one user at once share transactions too, each on what the one before it left', async (t) => {
  const { tasks, sql } = await aRepository(t);
  const owner = aUser();
  const added = await Promise.all(several(30, (n) => tasks.add(aDraft(owner, { title: `Task ${n}` }), anOrigin())));
  t.strictSame(
    added.map(({ id, revision }) => [id, revision]).sort(([a = 0], [b = 0]) => a - b),
    several(30, (n) => [n + 1, n + 1]),
  );
  const now = anInstant();
  const toggle = Task.completionRule(undefined, now);
  const done = Promise.all(
    several(30, (n) =>
      tasks.update(owner, n + 1, (task) => task.setCompleted(operator, {}, now, aPlanning()), anOrigin(), toggle),
    ),
  );
  // A change that is decided on between them has them all before or behind it.
  const renamed = tasks.update(
    owner,
    7,
    (task) => task.change(operator, { title: 'Renamed' }, now, aPlanning()),
    anOrigin(),
  );
  await Promise.all([done, renamed]);
  const [{ count } = { count: 0 }] = await sql<{ count: number }>(
    `select count(distinct xmin::text)::int as count from taskward.tasks where user_id = ?`,
    [owner],
  );
  t.ok(count <= 8, `${count} transactions for 31 changes`);
  const page = await tasks.list(owner, aQuery({ limit: 50, status: 'completed' }));
  t.match({ revision: page.revision, length: page.tasks.length }, { revision: 61, length: 30 });
  t.match(await tasks.get(owner, 7), { title: 'Renamed', completed: true });
});

t.test('what the database refuses one user is not done, and everything of the others is, once', async (t) => {
  const { tasks } = await aRepository(t);
  const owners = several(20, aUser);
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
  const isBad = (n: number) => n % 7 === 3;
  const results = await Promise.allSettled(
    owners.map((owner, n) =>
      tasks.add(isBad(n) ? tooLong(owner) : aDraft(owner, { title: `Second of ${n}` }), anOrigin()),
    ),
  );
  for (const [n, result] of results.entries()) {
    const owner = owners[n] as (typeof owners)[number];
    const { tasks: found, revision } = await tasks.list(owner, aQuery({ sort: sortedBy('created_at') }));
    if (isBad(n)) {
      t.equal(result.status, 'rejected');
      t.match(result, { reason: { code: '23514', constraint: 'title_check' } });
      t.match({ length: found.length, revision }, { length: 1, revision: 1 });
    } else {
      t.equal(result.status, 'fulfilled');
      t.match(
        { length: found.length, revision, second: found[1]?.title },
        { length: 2, revision: 2, second: `Second of ${n}` },
      );
    }
  }
});

t.test('what a pooler lost after it was done is not done again', async (t) => {
  await sharedDatabase(t);
  let disowning = false;
  const proxy = await aPostgresProxy(t, await sharedDatabaseUrl(t), ({ commits }) =>
    disowning && commits ? 'disowned' : 'pass',
  );
  const { tasks } = makeOwnerPorts({ database: open(t, proxy.url) });
  const owners = several(5, aUser);
  await Promise.all(owners.map((owner) => tasks.add(aDraft(owner), anOrigin())));
  disowning = true;
  const results = await Promise.allSettled(
    owners.map((owner) => tasks.add(aDraft(owner, { title: 'Second' }), anOrigin())),
  );
  disowning = false;
  t.ok(results.every((result) => result.status === 'rejected' && isUnavailable(result)));
  for (const owner of owners) t.equal((await tasks.list(owner, aQuery())).revision, 2, 'once');
});

t.test('a statement that failed leaves those behind it prepared', async (t) => {
  const { tasks: elsewhere } = await aRepository(t);
  const owners = several(24, aUser);
  await Promise.all(owners.map((owner) => elsewhere.add(aDraft(owner), anOrigin())));
  const database = open(t, await sharedDatabaseUrl(t));
  const { tasks } = makeOwnerPorts({ database });
  // On a connection that has prepared nothing yet, three transactions one behind the other, the first of which fails.
  const results = await Promise.allSettled(
    owners
      .toSorted()
      .map((owner, n) => (n === 0 ? tasks.add(tooLong(owner), anOrigin()) : tasks.remove(owner, 1, anOrigin()))),
  );
  t.equal(results.filter(({ status }) => status === 'rejected').length, 1);
  t.match(database.transactions, { prepares: true, lostStatements: 0 });
});

t.test('a column that changes its type while the server runs is noticed, and read', async (t) => {
  const { database } = await ownMigratedDatabase(t);
  const { tasks } = makeOwnerPorts({ database });
  const owner = aUser();
  await tasks.add(aDraft(owner), anOrigin());
  await tasks.list(owner, aQuery());
  await database.orm.em.getConnection().execute('drop trigger tasks_forget_folded_title on taskward.tasks');
  for (const type of ['varchar', 'taskward.title']) {
    await database.orm.em.getConnection().execute(`alter table taskward.tasks alter column title type ${type}`);
    t.match(await tasks.get(owner, 1), { title: 'Buy milk' }, type);
    t.match((await tasks.list(owner, aQuery())).tasks, [{ title: 'Buy milk' }]);
    await tasks.add(aDraft(owner), anOrigin());
    t.match(
      await tasks.update(owner, 1, (task) => task.setCompleted(operator, {}, anInstant(), aPlanning()), anOrigin()),
      {
        title: 'Buy milk',
      },
    );
  }
  t.equal((await tasks.list(owner, aQuery())).revision, 5);
});

t.test('two processes that write for the same users at once do not wait for each other for good', async (t) => {
  const { tasks } = await aRepository(t);
  const { tasks: elsewhere } = await aRepository(t);
  const owners = several(16, aUser);
  const rounds = 12;
  const failures: unknown[] = [];
  await Promise.all(
    [tasks, elsewhere].flatMap((repository, side) =>
      (side === 0 ? owners : owners.toReversed()).map(async (owner) => {
        for (const _ of several(rounds, () => 0))
          await repository.add(aDraft(owner), anOrigin()).catch((error) => failures.push(error));
      }),
    ),
  );
  t.strictSame(failures, []);
  for (const owner of owners) {
    const { revision, tasks: found } = await tasks.list(owner, aQuery());
    t.match({ revision, length: found.length }, { revision: 2 * rounds, length: 2 * rounds });
    t.strictSame(
      found.map(({ id }) => id).sort((a, b) => a - b),
      several(2 * rounds, (n) => n + 1),
      'each id once',
    );
  }
});

t.test('of two processes that toggle the same task, each finds what the other wrote', async (t) => {
  const { tasks } = await aRepository(t);
  const { tasks: elsewhere } = await aRepository(t);
  const owners = several(8, aUser);
  const rounds = 15;
  const now = anInstant();
  for (const owner of owners) await tasks.add(aDraft(owner), anOrigin());
  const toggles = await Promise.all(
    [tasks, elsewhere].flatMap((repository) =>
      owners.flatMap((owner) => {
        const rule = Task.completionRule(undefined, now);
        return several(rounds, () =>
          repository.update(owner, 1, (task) => task.setCompleted(operator, {}, now, aPlanning()), anOrigin(), rule),
        );
      }),
    ),
  );
  for (const owner of owners) {
    const [first, ...others] = toggles.filter((task) => task.owner === owner).sort((a, b) => a.revision - b.revision);
    t.match(first, { completed: true, revision: 2 });
    t.equal(others.length, 2 * rounds - 1);
    for (const [n, { completed, revision }] of others.entries())
      t.same({ completed, revision }, { completed: n % 2 === 1, revision: n + 3 });
    t.match(await tasks.get(owner, 1), { completed: false, revision: 2 * rounds + 1 });
  }
});

t.test('a transaction that is not handed on shows and takes nothing of the next user', async (t) => {
  const mutations = [{ file: 'owner-context.ts', from: 'query(another, owner)', to: `query(another, 'nobody')` }];
  const tasks = await aFaultyRepository(t, mutations);
  const owners = several(6, aUser);
  for (const owner of owners) await tasks.add(aDraft(owner, { title: `Of ${owner}` }), anOrigin());

  const pages = await Promise.all(owners.map((owner) => tasks.list(owner, aQuery())));
  const shown = pages.map(({ tasks: found }) => found.map(({ title }) => title));
  t.equal(shown.filter(([title]) => title !== undefined).length, 1, 'whoever began it sees their own');
  for (const [n, titles] of shown.entries()) if (titles.length > 0) t.strictSame(titles, [`Of ${owners[n]}`]);
});

t.test('reads share a connection, but not with one that is late', async (t) => {
  const { database: elsewhere } = await aRepository(t);
  const database = open(t, await sharedDatabaseUrl(t));
  const { tasks } = makeOwnerPorts({ database });
  const backends = await backendsOf(database);
  const owners = await newcomers(tasks, 40);
  const [owner] = owners;
  await tasks.get(owner, 1);
  backends.clear();
  await Promise.all(owners.map((one) => tasks.get(one, 1)));
  t.equal(backends.size, 0, 'forty at once need no other than the first');

  const waited: number[] = [];
  // Another process may take the machine for a moment: the quietest attempt says how long it waits.
  while (waited.length < 40 && !(Math.min(...waited) < 50)) {
    const { late } = await elsewhere.orm.em.fork().transactional(async (tx) => {
      await tx.execute('lock table taskward.tasks in access exclusive mode');
      const late = tasks.get(owner, 1);
      await setTimeout(30);
      const began = performance.now();
      await tasks.revision(owner);
      waited.push(performance.now() - began);
      return { late };
    });
    await late;
  }
  t.ok(Math.min(...waited) < 50, `${waited.map(Math.round)} ms: behind it, it would have been 70, until it gives up`);
});

t.test('connections are replaced when they are old, those that are never idle too', async (t) => {
  const url = process.env.TASKWARD_TEST_DATABASE_URL;
  await sharedDatabase(t);
  const database = open(t, url ?? (await sharedDatabase(t)).orm.config.get('clientUrl') ?? '', {
    ...poolSettings,
    recycleSeconds: 0.2,
  });
  const { tasks } = makeOwnerPorts({ database });
  const owners = several(12, aUser);
  const until = performance.now() + 1_000;
  const backends = await backendsOf(database);
  await Promise.all(
    owners.map(async (owner) => {
      while (performance.now() < until) {
        await tasks.add(aDraft(owner), anOrigin());
        await tasks.list(owner, aQuery({ limit: 1 }));
      }
    }),
  );
  t.ok(backends.size >= 6, `${backends.size} connections, one after the other`);
});

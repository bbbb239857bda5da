import { loginRole, migrate } from '@taskward/adapters-postgres';
import t, { type Test } from 'tap';
import { open, ownDatabase } from '../support/database.ts';
import type { Mutation } from '../support/mutation.ts';
import { runInWorker } from '../support/worker.ts';
import type { Outcome, Task } from './compare.ts';

// Of its own: some of the faults that are planted here would reach the tasks of other tests.
const theDatabase = ownDatabase(t).then(async (url) => {
  const database = open(t, url);
  await migrate(database, await loginRole(database));
  return url;
});

const compare = async (t: Test, task: Omit<Task, 'databaseUrl'>): Promise<Outcome> => {
  const databaseUrl = await theDatabase;
  const outcome = await runInWorker<Outcome>(new URL('compare.ts', import.meta.url), { ...task, databaseUrl });
  const { difference: _difference, ...counts } = outcome;
  t.comment(JSON.stringify({ face: task.face, ...counts }));
  return outcome;
};

t.test('20 000 random commands: over PostgreSQL every answer is the one over the stores in memory', async (t) => {
  const faces = ['bare', 'envelope'] as const;
  const outcomes = await Promise.all(
    faces.map((face, seed) => compare(t, { face, commands: 10_000, seed: 1_000 * seed, mutations: [] })),
  );
  let sum = 0;
  for (const { commands, difference, statuses, replayed, kinds } of outcomes) {
    sum += commands;
    t.equal(difference, undefined);
    for (const status of [200, 201, 304, 403, 404, 412, 422]) t.ok((statuses[status] ?? 0) > 30, `${status} was seen`);
    t.ok(replayed > 100, `${replayed} answers were given again`);
    for (const [kind, count] of Object.entries(kinds)) t.ok(count > 300, `${count} × ${kind}`);
  }
  t.ok(sum >= 20_000, `${sum} commands`);
});

const faults: Record<string, Mutation> = {
  'a conditional delete is not counted': {
    file: 'task-repository.ts',
    from: /set revision = \$3::bigint (where .* returning id\)\s+delete)/g,
    to: 'set revision = revision $1',
  },
  'an answer is kept for ever': {
    file: 'idempotency-store.ts',
    from: / and created_at > \$3.*(?=`)/g,
    to: ' and $3::timestamptz is not null and $4::bigint is not null',
  },
  'ties on a page are in any order': { file: 'lists.ts', from: /, id \$\{query\.order\}/g, to: '' },
};

t.test('it finds planted faults: this test can fail', async (t) => {
  const found = async ([name, fault]: [string, Mutation]) => {
    const { difference } = await compare(t, { face: 'bare', commands: 8_000, seed: 7, mutations: [fault] });
    t.type(difference, 'string', name);
  };
  await Promise.all(Object.entries(faults).map(found));
});

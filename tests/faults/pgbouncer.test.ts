import t, { type Test } from 'tap';
import type { Outcome, Task } from '../support/http/two-users.ts';
import type { Mutation } from '../support/mutation.ts';
import { open, ownMigratedDatabase } from '../support/postgres/database.ts';
import { runInWorker } from '../support/processes/worker.ts';
import { aPgbouncer, withPgbouncer } from './pgbouncer.ts';

const poolSize = 4;
const workers = 16;

interface Left {
  readonly pid: number;
  readonly owner: string | null;
  readonly role: string;
}

/** What is left on each of the pooler's connections: asked for at once, so that each is asked. */
const leftBehind = async (t: Test, url: string): Promise<Left[]> => {
  const database = open(t, url);
  const ask = () =>
    database.orm.em.getConnection().execute<Left[]>(
      `select pg_backend_pid() as pid, current_setting('taskward.user_id', true) as owner,
           current_user = session_user as own, current_setting('role') as role, pg_sleep(0.3)::text`,
    );
  return (await Promise.all(Array.from({ length: poolSize }, ask))).flat();
};

const behindPgbouncer = async (t: Test, task: Pick<Task, 'operations' | 'seed'> & { mutations?: Mutation[] }) => {
  const { url: serverUrl } = await ownMigratedDatabase(t);
  const databaseUrl = await aPgbouncer(t, serverUrl, poolSize);
  const outcome = await runInWorker<Outcome>(new URL('../support/http/two-users.ts', import.meta.url), {
    mutations: [],
    workers,
    ...task,
    databaseUrl,
  });
  t.comment(JSON.stringify(outcome));
  const failed = Object.entries(outcome.statuses).reduce(
    (sum, [status, n]) => sum + (Number(status) >= 500 ? n : 0),
    0,
  );
  return { ...outcome, failed, left: await leftBehind(t, databaseUrl) };
};

t.test(
  '2 000 operations of two users by 16 clients on 4 pooled connections: nothing crosses or fails',
  withPgbouncer,
  async (t) => {
    const { foreign, failed, prepares, replayed, left } = await behindPgbouncer(t, { operations: 2_000, seed: 5 });
    t.equal(foreign, 0);
    t.equal(failed, 0, 'not even while it was found out that statements cannot be prepared');
    t.equal(prepares, false, 'they are not prepared any more');
    t.ok(replayed > 20, `${replayed} responses were replayed`);
    t.equal(new Set(left.map(({ pid }) => pid)).size, poolSize, 'every connection was asked what is left on it');
    for (const { owner, role } of left) t.match({ owner: owner ?? '', role }, { owner: '', role: 'none' });
  },
);

t.test('who goes on preparing fails: this test can fail', withPgbouncer, async (t) => {
  const mutations = [{ file: 'owner-transactions.ts', from: 'this.prepares = false', to: 'throw error' }];
  t.ok((await behindPgbouncer(t, { operations: 200, seed: 6, mutations })).failed > 0);
});

t.test(
  'an owner set for longer than a transaction stays on the connections: this test can fail',
  withPgbouncer,
  async (t) => {
    const mutations = [{ file: 'owner-context.ts', from: /(\$\{value\}), true\)/g, to: '$1, false)' }];
    const { left } = await behindPgbouncer(t, { operations: 200, seed: 7, mutations });
    t.ok(left.some(({ owner }) => owner !== null && owner !== ''));
  },
);

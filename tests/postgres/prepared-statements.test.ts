import type { TaskQuery } from '@taskward/application';
import t from 'tap';
import { aDraft, anInstant, anOrigin, aQuery, aUser, sortedBy } from '../support/builders.ts';
import { importMutated } from '../support/mutation.ts';
import { ownMigratedDatabase, poolSettings } from '../support/postgres/database.ts';

const combinations = (): TaskQuery[] => {
  const all: TaskQuery[] = [];
  for (const status of ['all', 'pending', 'completed'] as const)
    for (const sort of ['created_at', 'updated_at', 'title'] as const)
      for (const order of ['', '-'] as const)
        for (const search of [undefined, 'milk'])
          for (const isLater of [false, true])
            all.push(
              aQuery({
                status,
                sort: sortedBy(`${order}${sort}`),
                count: true,
                ...(search && { search }),
                ...(isLater && { after: { values: [sort === 'title' ? 'a' : anInstant()], id: 1 } }),
              }),
            );
  return all;
};

t.test('a connection keeps a bounded number of prepared statements, and works with each', async (t) => {
  const { url } = await ownMigratedDatabase(t);
  const mostWhere = async (bound: number) => {
    const adapter = await importMutated<typeof import('@taskward/adapters-postgres')>('@taskward/adapters-postgres', [
      { file: 'pipelined-query.ts', from: 'const maxGenerated = 64', to: `const maxGenerated = ${bound}` },
    ]);
    const database = adapter.openDatabase(url, poolSettings);
    t.teardown(() => adapter.closeDatabase(database));
    const { tasks } = adapter.makeOwnerPorts({ database });
    const owner = aUser();
    await tasks.add(aDraft(owner), anOrigin());
    const pool = await database.orm.em.getConnection().getNativeClient();
    const clients = new Set<{ query(text: string): Promise<{ rows: { count: string }[] }> }>();
    pool.on('acquire', (client) => clients.add(client as never));
    const queries = combinations();
    for (const query of [...queries, ...queries.slice(0, 3), ...queries]) await tasks.list(owner, query);
    // Some at once, on the same connections.
    await Promise.all([...queries, ...queries].map((query) => tasks.list(owner, query)));
    const counts = await Promise.all(
      [...clients].map(async (client) => (await client.query('select count(*) from pg_prepared_statements')).rows[0]),
    );
    return Math.max(...counts.map((row) => Number(row?.count)));
  };
  // Besides, those that are always the same: settings, the counter, a new task.
  const others = 10;
  const most = await mostWhere(16);
  t.ok(most > 0 && most <= 16 + others, `${most} statements on one connection`);
  const all = await mostWhere(6_400);
  t.ok(all > 16 + others, `${all} where nothing is forgotten`);
});

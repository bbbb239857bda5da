import { verifyIsolation } from '@taskward/adapters-postgres';
import t from 'tap';
import { open, sqlOn, withDatabase } from '../support/postgres/database.ts';
import { ownCitusDatabase, whyNoCitus } from './support.ts';

t.test(
  'a start finds a worker that keeps users apart no more',
  { skip: await whyNoCitus(t), timeout: 120_000 },
  async (t) => {
    const { url, database } = await ownCitusDatabase(t);
    await verifyIsolation(database);

    const [shard] = await sqlOn(database)<{ name: string; host: string; port: number }>(
      `select shard_name as name, nodename as host, nodeport as port from citus_shards
     where table_name = 'taskward.tasks'::regclass limit 1`,
    );
    const worker = new URL(url);
    worker.hostname = String(shard?.host);
    worker.port = String(shard?.port);
    const onWorker = sqlOn(open(t, withDatabase(worker.href, new URL(url).pathname.slice(1))));
    await onWorker('set citus.enable_manual_changes_to_shards = on');
    await onWorker(`alter table ${shard?.name} no force row level security`);
    await t.rejects(verifyIsolation(database), /1 shards of taskward\.tasks are open/);
    await onWorker(`alter table ${shard?.name} force row level security`);
    await verifyIsolation(database);
  },
);

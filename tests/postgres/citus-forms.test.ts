// What the stores send to Citus is SQL of any PostgreSQL. Here it runs on one that pretends to have Citus, so that every test run
// has it; tests/citus has what only Citus shows.
import {
  makeChangeRetention,
  makeIdempotencyStore,
  makeImportStore,
  makeOwnerPorts,
  makeUserDirectory,
} from '@taskward/adapters-postgres';
import t from 'tap';
import { testChangeLog } from '../contract/change-log.ts';
import { testIdempotencyBounds } from '../contract/idempotency-bounds.ts';
import { testIdempotencyLifetime } from '../contract/idempotency-lifetime.ts';
import { testParallelCalls } from '../contract/idempotency-parallel.ts';
import { testIdempotencyStore } from '../contract/idempotency-store.ts';
import { testJobStores } from '../contract/jobs.ts';
import { testTaskRepository } from '../contract/task-repository.ts';
import { open, ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';

const stores = (async () => {
  const { url, database: migrated } = await ownMigratedDatabase(t);
  await sqlOn(migrated)(
    `insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
     values (1234567, 'citus', 10, 'pg_catalog'::regnamespace, false, '13.2')`,
  );
  const database = open(t, url);
  if (!(await database.transactions.isDistributed())) throw new Error('the way of Citus is not taken');
  return {
    ...makeOwnerPorts({ database }),
    changeRetention: makeChangeRetention({ database }),
    idempotency: makeIdempotencyStore({ database }),
    imports: makeImportStore({ database }),
    users: makeUserDirectory({ database }),
  };
})();

testTaskRepository(t, async () => (await stores).tasks);
testChangeLog(t, () => stores);
testIdempotencyStore(t, () => stores);
testParallelCalls(t, () => stores);
testIdempotencyLifetime(t, () => stores);
testIdempotencyBounds(t, () => stores);
testJobStores(t, () => stores);

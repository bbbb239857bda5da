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
import { open, ownMigratedDatabase, sqlOn } from '../support/postgres/database.ts';
import { testChangeLog } from './change-log.ts';
import { testIdempotencyBounds } from './idempotency-bounds.ts';
import { testIdempotencyLifetime } from './idempotency-lifetime.ts';
import { testParallelCalls } from './idempotency-parallel.ts';
import { testIdempotencyStore } from './idempotency-store.ts';
import { testJobStores } from './jobs.ts';
import { testTaskRepository } from './task-repository.ts';

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

import {
  makeChangeRetention,
  makeIdempotencyStore,
  makeImportStore,
  makeOwnerPorts,
  makeUserDirectory,
} from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testChangeLog } from './change-log.ts';

testChangeLog(t, async (scope) => {
  const database = await sharedDatabase(scope);
  return {
    ...makeOwnerPorts({ database }),
    changeRetention: makeChangeRetention({ database }),
    idempotency: makeIdempotencyStore({ database }),
    imports: makeImportStore({ database }),
    users: makeUserDirectory({ database }),
  };
});

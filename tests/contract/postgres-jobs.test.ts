import { makeImportStore, makeOwnerPorts, makeUserDirectory } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testJobStores } from './jobs.ts';

testJobStores(t, async (scope) => {
  const database = await sharedDatabase(scope);
  return {
    ...makeOwnerPorts({ database }),
    imports: makeImportStore({ database }),
    users: makeUserDirectory({ database }),
  };
});

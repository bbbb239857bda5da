import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testPlanningStore } from './planning-store.ts';

testPlanningStore(t, async (scope) => makeOwnerPorts({ database: await sharedDatabase(scope) }));

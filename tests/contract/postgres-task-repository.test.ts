import { makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testTaskRepository } from './task-repository.ts';

testTaskRepository(t, async (scope) => makeOwnerPorts({ database: await sharedDatabase(scope) }).tasks);

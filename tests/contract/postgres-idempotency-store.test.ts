import { makeIdempotencyStore, makeTaskRepository } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/database.ts';
import { testIdempotencyStore } from './idempotency-store.ts';

testIdempotencyStore(t, async (scope) => {
  const database = await sharedDatabase(scope);
  return { tasks: makeTaskRepository({ database }), idempotency: makeIdempotencyStore({ database }) };
});

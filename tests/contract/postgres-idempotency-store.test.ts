import { makeIdempotencyStore, makeOwnerPorts } from '@taskward/adapters-postgres';
import t from 'tap';
import { sharedDatabase } from '../support/postgres/database.ts';
import { testIdempotencyBounds } from './idempotency-bounds.ts';
import { testIdempotencyLifetime } from './idempotency-lifetime.ts';
import { testParallelCalls } from './idempotency-parallel.ts';
import { type MakeStores, testIdempotencyStore } from './idempotency-store.ts';

const make: MakeStores = async (scope) => {
  const database = await sharedDatabase(scope);
  return { ...makeOwnerPorts({ database }), idempotency: makeIdempotencyStore({ database }) };
};
testIdempotencyStore(t, make);
testParallelCalls(t, make);
testIdempotencyLifetime(t, make);
testIdempotencyBounds(t, make);

import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testIdempotencyBounds } from './idempotency-bounds.ts';
import { testIdempotencyLifetime } from './idempotency-lifetime.ts';
import { testParallelCalls } from './idempotency-parallel.ts';
import { testIdempotencyStore } from './idempotency-store.ts';

const make = async () => makeMemoryStores();
testIdempotencyStore(t, make);
testParallelCalls(t, make);
testIdempotencyLifetime(t, make);
testIdempotencyBounds(t, make);

import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testIdempotencyStore } from './idempotency-store.ts';

testIdempotencyStore(t, async () => makeMemoryStores());

import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testIdempotencyBounds } from './idempotency-bounds.ts';
import { testIdempotencyStore } from './idempotency-store.ts';

const make = async () => makeMemoryStores();
testIdempotencyStore(t, make);
testIdempotencyBounds(t, make);

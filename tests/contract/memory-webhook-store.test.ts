import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testWebhookStore } from './webhook-store.ts';

testWebhookStore(t, async () => makeMemoryStores());

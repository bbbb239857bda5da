import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testPlanningStore } from './planning-store.ts';

testPlanningStore(t, async () => makeMemoryStores());

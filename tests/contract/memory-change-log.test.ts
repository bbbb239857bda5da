import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testChangeLog } from './change-log.ts';

testChangeLog(t, async () => makeMemoryStores());

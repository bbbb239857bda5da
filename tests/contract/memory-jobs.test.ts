import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testJobStores } from './jobs.ts';

testJobStores(t, async () => makeMemoryStores());

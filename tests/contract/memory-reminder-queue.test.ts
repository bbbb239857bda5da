import t from 'tap';
import { makeMemoryStores } from '../support/memory-stores.ts';
import { testReminderQueue } from './reminder-queue.ts';

testReminderQueue(t, async () => makeMemoryStores());

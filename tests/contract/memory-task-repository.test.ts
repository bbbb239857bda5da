import t from 'tap';
import { makeMemoryTaskRepository } from '../support/memory-stores.ts';
import { testTaskRepository } from './task-repository.ts';

testTaskRepository(t, async () => makeMemoryTaskRepository());

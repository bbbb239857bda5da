import t from 'tap';
import { makeMemoryTaskRepository } from '../support/memory-task-repository.ts';
import { testTaskRepository } from './task-repository.ts';

testTaskRepository(t, async () => makeMemoryTaskRepository());
